export { objectBytes } from "./bucketObject";
export { type BucketRequest, policyAllows, readPolicy } from "./bucketPolicies";
export { s3 } from "./bucket";
