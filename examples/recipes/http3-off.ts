import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";
import { site } from "./site";

/** No HTTP/3, for example where a firewall on the way to viewers drops UDP. */
export const edge = new EncryptedEdge("http3-edge", site("http3-edge"), {
    transform: { distribution: { httpVersion: "http2" } },
});
