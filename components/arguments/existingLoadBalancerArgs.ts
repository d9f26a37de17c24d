import type * as pulumi from "@pulumi/pulumi";

/** A load balancer that already serves, and gets a second door that only this distribution can use. */
export interface ExistingLoadBalancerArgs {
    /**
     * ARN of the load balancer, an internet-facing Application Load Balancer in `vpcId`. The component does not change
     * it.
     */
    arn: pulumi.Input<string>;

    /**
     * Id of a security group of the load balancer, to which the component adds the rule that admits CloudFront. That
     * rule counts as 55 of the 60 that a group may have (`L-0EA8095F`), so it is best to use a separate group: a load
     * balancer may have five. If another program writes the group's rules inline, its next update removes this one.
     * Source: Amazon VPC user guide, "Working with AWS-managed prefix lists".
     */
    securityGroupId: pulumi.Input<string>;

    /**
     * ARN of the target group that serves, which can be the one of the load balancer's other listeners. Defaults to a
     * new one. An existing group keeps its settings: `targetProtocol`, `targetPort`, `targetType`, `targets` and the
     * health check arguments have no effect.
     * Source: Elastic Load Balancing user guide, "Target groups for your Application Load Balancers".
     */
    targetGroupArn?: pulumi.Input<string>;

    /**
     * Port of the listener for CloudFront, 443 or 1024 to 65535, on which the load balancer has no listener yet.
     * Defaults to 8443, because 443 serves the site. Targets see it in `X-Forwarded-Port`. A change creates the new
     * port before it removes the old one, and needs another `securityGroupId` in the same update, because a group has
     * room for one port only.
     * Source: CloudFront API reference, CustomOriginConfig (HTTPSPort).
     */
    port?: number;

    /**
     * Where the DNS records of `domainNames` point: `unchanged` leaves the present records alone, `loadBalancer` takes
     * them over and points them to the load balancer, `distribution` points them to CloudFront. Defaults to
     * `unchanged`: viewers move when you say so. The component overwrites records that exist, and leaves them in place
     * when it stops managing them.
     * Source: Route 53 API reference, ChangeResourceRecordSets (UPSERT).
     */
    viewerRecords?: string;
}
