export { policyAllows, readPolicy } from "./bucketPolicies";
export { s3 } from "./bucket";
