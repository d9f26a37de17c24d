/** Where the compliant stack's distribution sends the secret header. */
export const headers = "distribution.origins.0.customHeaders";

/** Where its listener rule demands it. */
export const header = "rule.conditions.0.httpHeader";

/** What the rule says where CloudFront sends nothing that the load balancer demands. */
export const violation = "violation: distribution origins[0].domainName";
