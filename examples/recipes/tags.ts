import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";
import { site } from "./site";

/** Tags single resources; to tag all of them, use the provider's `defaultTags`. */
export const edge = new EncryptedEdge("tags-edge", site("tags-edge"), {
    transform: {
        loadBalancer: { tags: { CostCenter: "web" } },
        logBucket: { tags: { CostCenter: "logs", DataClass: "internal" } },
    },
});
