export { Policies } from "./policies";
export { policies, type PoliciesOptions } from "./join";
export { Wire } from "./wire";
