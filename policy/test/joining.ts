import { byName } from "./programVerdicts";

/** The rules that join an origin and a load balancer, and what each says of a stack in {@link breach} once they are joined. */
export const joining = {
    defaultAction: [byName("alb-default-action-fail-closed"), "violation: listener defaultActions"],
    ingress: [byName("alb-ingress-cloudfront-only"), "violation: fromCloudFront cidrIpv4"],
    authenticated: [byName("cloudfront-origin-authenticated"), "violation: distribution origins[0].domainName"],
    hostHeader: [byName("cloudfront-origin-host-header"), "violation: distribution origins[0].domainName"],
} as const;

/** Changes of the compliant stack that break the first three, but for the record that joins origin and load balancer. */
export const breach = {
    originRecord: undefined,
    "listener.defaultActions": [{ type: "forward", targetGroupArn: "${targets.arn}" }],
    "fromCloudFront.cidrIpv4": "10.0.0.0/8",
    "distribution.origins.0.customHeaders": undefined,
};
