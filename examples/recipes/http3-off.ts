import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";
import { site } from "./site";

/** Turns HTTP/3 off, for example if a firewall on the way to viewers drops UDP. */
export const edge = new EncryptedEdge("http3-edge", site("http3-edge"), {
    transform: { distribution: { httpVersion: "http2" } },
});
