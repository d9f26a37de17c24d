import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";
import { site } from "./site";

/** Nothing changed: what the recipes are compared with. */
export const edge = new EncryptedEdge("plain-edge", site("plain-edge"));
