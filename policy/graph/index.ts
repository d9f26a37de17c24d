export { isEncrypted, keepEncrypted } from "./encrypted";
export { groupBy } from "./groupBy";
export { LazyResource, nameOf, withInputs } from "./lazyResource";
export { isObject, own, parsedProperties, plain, plainProperties } from "./plain";
export { once, onceWithin } from "./once";
export { StackGraph } from "./stackGraph";
export {
    deploymentOf,
    readState,
    withoutUnread,
    type PendingOperation,
    type State,
    type StateResource,
    type UnreadableState,
} from "./state";
export { pathTo, rewrite, write, writtenAt } from "./writtenAt";
export { Read } from "./read";
export {
    dependenciesOf,
    Family,
    idsOf,
    isLeftOut,
    mostCandidates,
    NamedTargets,
    referredTo,
    type Link,
} from "./resolving";
export { UNKNOWN, type Graph, type Resource, type Value } from "./resource";
