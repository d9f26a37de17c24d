import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";
import { site } from "./site";

/** No Server and no X-Powered-By towards viewers: they tell which version to attack. */
export const edge = new EncryptedEdge("hidden-edge", site("hidden-edge"), {
    transform: {
        responseHeadersPolicy: (args) => {
            args.removeHeadersConfig = { items: [{ header: "Server" }, { header: "X-Powered-By" }] };
        },
    },
});
