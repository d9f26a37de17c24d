export { Policies } from "./policies";
export { Wire } from "./wire";
