import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";
import { site } from "./site";

/** Uses only edge locations in North America and Europe, which cost less. */
export const edge = new EncryptedEdge("price-edge", site("price-edge"), {
    transform: { distribution: { priceClass: "PriceClass_100" } },
});
