export { AwsError, refusals } from "./awsError";
export { capitals, hex, stable } from "./ids";
export type { AutoName, Lookup, Operation, Report, ResourceModel, ServiceModel } from "./resourceModel";
