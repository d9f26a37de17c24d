import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";
import { site } from "./site";

/** CloudFront itself answers 403 outside these countries; AWS WAF and its log never see those requests. */
export const edge = new EncryptedEdge("geo-edge", site("geo-edge"), {
    transform: {
        distribution: {
            restrictions: { geoRestriction: { restrictionType: "whitelist", locations: ["AT", "CH", "DE"] } },
        },
    },
});
