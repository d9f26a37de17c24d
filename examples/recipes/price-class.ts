import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";
import { site } from "./site";

/** Edge locations in North America and Europe only, which cost less. */
export const edge = new EncryptedEdge("price-edge", site("price-edge"), {
    transform: { distribution: { priceClass: "PriceClass_100" } },
});
