export { listed, nearest, ValueCheck } from "./checkValue";
export { packageSchema } from "./packageSchema";
export type { FunctionTyping, Properties, Property, ResourceTyping, ValueType } from "./propertyTypes";
export { Typings, type TypingsOptions } from "./typings";
