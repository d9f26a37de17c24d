export { acm } from "./acm";
export { alarms } from "./alarms";
export { cloudfront } from "./cloudfront";
export { ec2 } from "./ec2";
export { elbv2 } from "./elbv2";
export { route53 } from "./route53";
export { s3 } from "./s3";
export { wafv2 } from "./wafv2";
