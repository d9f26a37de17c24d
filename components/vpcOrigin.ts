import * as cloudfront from "@pulumi/aws/cloudfront";
import type * as lb from "@pulumi/aws/lb";
import type * as pulumi from "@pulumi/pulumi";
import { onceInternetGateway } from "./internetGateway";

/**
 * CloudFront's way to an internal load balancer: its network interfaces in the VPC. AWS requires an internet gateway at the
 * VPC, which shows that the VPC may receive traffic from the internet, but no route to it. A VPC origin in use cannot be
 * changed, so another load balancer gets another one, with another name.
 *
 * Source: CloudFront developer guide, "Restrict access with VPC origins".
 */
export function vpcOrigin(
    name: string,
    vpcId: pulumi.Input<string>,
    loadBalancer: Pick<lb.LoadBalancer, "arn" | "name">,
    child: { readonly parent: pulumi.Resource },
): cloudfront.VpcOrigin {
    return new cloudfront.VpcOrigin(
        `${name}-vpc-origin`,
        {
            vpcOriginEndpointConfig: {
                name: loadBalancer.name,
                arn: onceInternetGateway(vpcId, loadBalancer.arn, child),
                originProtocolPolicy: "https-only",
                originSslProtocols: { items: ["TLSv1.2"], quantity: 1 },
                httpsPort: 443,
                // Never used by https-only, and required by the API.
                httpPort: 80,
            },
        },
        {
            ...child,
            replaceOnChanges: ["vpcOriginEndpointConfig"],
            // AWS takes up to 15 minutes, and as long to let go of it.
            customTimeouts: { create: "30m", delete: "30m" },
        },
    );
}
