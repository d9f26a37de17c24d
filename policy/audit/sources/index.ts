export type { Bytes } from "./bytes";
export { findSources, type Targets } from "./findSources";
export type { PulumiCli } from "./pulumiCli";
export { hashOf, openState, parseState, readSource } from "./readSource";
export { holdsState } from "./holdsState";
export { nameOfSource, withoutPassword, type Source } from "./source";
