import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";
import { site } from "./site";

/** Tags of single resources; those of all are the provider's `defaultTags`. */
export const edge = new EncryptedEdge("tags-edge", site("tags-edge"), {
    transform: {
        loadBalancer: { tags: { CostCenter: "web" } },
        logBucket: { tags: { CostCenter: "logs", DataClass: "internal" } },
    },
});
