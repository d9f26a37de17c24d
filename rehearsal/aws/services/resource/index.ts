export { type Refusals, refusals } from "./awsError";
export { isExpression } from "./expressions";
export { capitals, hex, stable } from "./ids";
export { checkRelations, checkUses, type Requirement, type Use } from "./relations";
export type { AutoName, Change, Lookup, Operation, ResourceModel, ServiceModel } from "./resourceModel";
export { checkRules, doubled, isKnown, namesOf, objectsAt, pluck, type Report, type Rule, valuesAt } from "./rules";
export { isAddress, isNetwork, networkOf } from "./networks";
export { ruleForms } from "./ruleForms";
