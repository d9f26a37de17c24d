import type * as pulumi from "@pulumi/pulumi";

/** A load balancer that serves already, and gets a second door that only this distribution can use. */
export interface ExistingLoadBalancerArgs {
    /** ARN of the load balancer: an internet-facing Application Load Balancer in `vpcId`. It is not changed itself. */
    arn: pulumi.Input<string>;

    /**
     * Id of a security group of the load balancer, to which the rule that admits CloudFront is added. The rule counts as 55
     * of the 60 that a group may hold (`L-0EA8095F`), so best a group of its own: a load balancer may have five. A group
     * whose rules are written inline in another program loses this one at that program's next update.
     * Source: Amazon VPC user guide, "Working with AWS-managed prefix lists".
     */
    securityGroupId: pulumi.Input<string>;

    /**
     * ARN of the target group that serves, which may be the one of the load balancer's other listeners. Defaults to one that
     * is made here. With it, `targetProtocol`, `targetPort`, `targetType`, `targets` and the health check have no effect:
     * they are the target group's own.
     * Source: Elastic Load Balancing user guide, "Target groups for your Application Load Balancers".
     */
    targetGroupArn?: pulumi.Input<string>;

    /**
     * Port of the listener for CloudFront, 443 or 1024 to 65535, on which the load balancer has no listener yet. Defaults to
     * 8443, since 443 serves the site. Targets see it in `X-Forwarded-Port`. A change makes the new
     * port before the old one goes, and needs another `securityGroupId` in the same update: a group has room for one port.
     * Source: CloudFront API reference, CustomOriginConfig (HTTPSPort).
     */
    port?: number;

    /**
     * Where the DNS records of `domainNames` lead: `unchanged` leaves them to whoever made them, `loadBalancer` takes them
     * over and leads them to the load balancer, `distribution` leads them to CloudFront. Defaults to `unchanged`: viewers
     * move when you say so. Records that exist already are overwritten, and stay when they are no longer managed here.
     * Source: Route 53 API reference, ChangeResourceRecordSets (UPSERT).
     */
    viewerRecords?: string;
}
