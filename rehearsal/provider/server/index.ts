export { differencesOf } from "./differencesOf";
export type { Checked, Difference, Differences, Failure, Naming, Provider, Resource, State } from "./provider";
export { serve } from "./serve";
export {
    at,
    containsUnknown,
    isMarked,
    isObject,
    same,
    shown,
    unknownValue,
    type Value,
    type Values,
} from "./propertyValues";
