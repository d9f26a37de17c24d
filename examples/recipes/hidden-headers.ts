import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";
import { site } from "./site";

/** Removes Server and X-Powered-By from answers, because they tell which version to attack. */
export const edge = new EncryptedEdge("hidden-edge", site("hidden-edge"), {
    transform: {
        responseHeadersPolicy: (args) => {
            args.removeHeadersConfig = { items: [{ header: "Server" }, { header: "X-Powered-By" }] };
        },
    },
});
