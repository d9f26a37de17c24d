import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";
import { site } from "./site";

/** Adds one more layer of cache in the load balancer's region. AWS charges for each request that is not cached. */
export const edge = new EncryptedEdge("shield-edge", site("shield-edge"), {
    transform: {
        distribution: (args) => {
            for (const origin of args.origins) {
                origin.originShield = { enabled: true, originShieldRegion: "eu-central-1" };
            }
        },
    },
});
