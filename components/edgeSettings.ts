import type { argumentSpecs, EncryptedEdgeArgs } from "./arguments/index";
import type { Resolved } from "./checks/index";

/** The arguments of an edge with every default in its place. */
export type EdgeSettings = Resolved<EncryptedEdgeArgs, typeof argumentSpecs>;
