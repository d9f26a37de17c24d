export { isEncrypted, keepEncrypted } from "./encrypted";
export { groupBy } from "./groupBy";
export { LazyResource, nameOf, withInputs } from "./lazyResource";
export { isObject, own, plain, plainProperties } from "./plain";
export { StackGraph } from "./stackGraph";
export { readState, type State, type StateResource, type UnreadableState } from "./state";
export { pathTo, write, writtenAt } from "./writtenAt";
