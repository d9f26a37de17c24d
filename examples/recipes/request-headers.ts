import * as pulumi from "@pulumi/pulumi";
import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";
import { site } from "./site";

/** Adds a header to each request to the targets, and overwrites what a viewer sent under that name. */
export const edge = new EncryptedEdge("headers-edge", site("headers-edge"), {
    transform: {
        distribution: (args) => {
            for (const origin of args.origins) {
                origin.customHeaders?.push({ name: "X-Environment", value: pulumi.getStack() });
            }
        },
    },
});
