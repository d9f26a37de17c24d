export { cloudFrontZoneId, route53 } from "./records";
