export { objectBytes } from "./bucketObject";
export { type BucketRequest, policyAllows, readPolicy } from "./bucketPolicies";
export { conditionOperator } from "./policySyntax";
export { s3 } from "./bucket";
