export type { FunctionTyping, Properties, Property, ResourceTyping, ValueType } from "./model";
export { Typings, type TypingsOptions } from "./typings";
