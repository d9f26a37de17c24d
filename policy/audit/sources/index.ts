export { findSources, type Targets } from "./findSources";
export type { PulumiCli } from "./pulumiCli";
export { hashOf, openState, parseState, readSource, type Content } from "./readSource";
export { holdsState } from "./holdsState";
export { nameOfSource, withoutPassword, type Source } from "./source";
