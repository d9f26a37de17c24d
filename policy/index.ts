/**
 * The rules as a library: nothing is registered when it is loaded. A pack of your own joins them with yours; the pack
 * that this package is by itself stands beside it, in `@encrypted-edge/policy/pack`.
 */
export {
    checkConfiguration,
    readConfiguration,
    unusedExemption,
    type Configuration,
    type Exemption,
} from "./configuration";
export { policies, type PoliciesOptions } from "./engine";
export { cannotTell, listed, oneOf, step, texts, violation } from "./finding";
export { Read, readState, UNKNOWN, type Graph, type Resource, type State, type StateResource } from "./graph";
export { evaluate, type EvaluationOptions, type Result } from "./judging";
export { rules } from "./rules";
export type {
    ChainStep,
    Control,
    Finding,
    KnownNames,
    Level,
    Report,
    ResourceRule,
    Rule,
    Settings,
    SettingSchema,
    Severity,
    StackRule,
} from "./rule";
