export { AwsError, refusals } from "./awsError";
export { isExpression } from "./expressions";
export { capitals, hex, stable } from "./ids";
export type { AutoName, Lookup, Operation, ResourceModel, ServiceModel } from "./resourceModel";
export { checkRules, doubled, isKnown, namesOf, objectsAt, pluck, type Report, type Rule } from "./rules";
export { isAddress, isNetwork, networkOf } from "./networks";
export { ruleForms } from "./ruleForms";
