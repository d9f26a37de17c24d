import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";
import { site } from "./site";

/** Adds a path to every request to the targets: viewers ask for /, the application answers at /shop/. */
export const edge = new EncryptedEdge("path-edge", site("path-edge"), {
    transform: {
        distribution: (args) => {
            for (const origin of args.origins) {
                origin.originPath = "/shop";
            }
        },
    },
});
