import type * as pulumi from "@pulumi/pulumi";
import { argumentSpecs, type TimeoutsArgs } from "./arguments/index";
import { resolved } from "./checks/index";
import { originSecretHeaderName } from "./originSecret";

/**
 * The addresses that CloudFront dials. Its default, IPv4, is left out.
 * Source: CloudFront developer guide, "IPv6 origin requests".
 */
const dialled: Readonly<Record<string, string>> = { dualstack: "dualstack", "dualstack-without-public-ipv4": "ipv6" };

/** How CloudFront reaches the load balancer; of a VPC origin, protocol and TLS versions are its own. */
export function originConnection({
    timeouts,
    vpcOriginId,
    originPort = 443,
    loadBalancerIpAddressType = "ipv4",
}: {
    readonly timeouts?: TimeoutsArgs;
    readonly vpcOriginId?: pulumi.Input<string>;
    readonly originPort?: number;
    readonly loadBalancerIpAddressType?: string;
}) {
    const { originRead, originKeepalive } = resolved(timeouts ?? {}, argumentSpecs.timeouts.fields);
    const waits = { originReadTimeout: originRead, originKeepaliveTimeout: originKeepalive };
    return vpcOriginId !== undefined
        ? { vpcOriginConfig: { vpcOriginId, ...waits } }
        : {
              customOriginConfig: {
                  originProtocolPolicy: "https-only",
                  originSslProtocols: ["TLSv1.2"],
                  httpsPort: originPort,
                  // Never used by https-only, and required by the API.
                  httpPort: 80,
                  ipAddressType: dialled[loadBalancerIpAddressType],
                  ...waits,
              },
          };
}

/** The headers that CloudFront adds for the load balancer. */
export function originHeaders(args: {
    readonly originSecret: pulumi.Input<string>;
    readonly domainNames: readonly string[];
    readonly forwardHostHeader: boolean;
    readonly forwardedHeadersEnabled: boolean;
}) {
    const secret = { name: originSecretHeaderName, value: args.originSecret };
    // Without the function that knows each request's name; set here, it overwrites what a viewer sent.
    const forwardedHost = { name: "X-Forwarded-Host", value: args.domainNames[0] ?? "" };
    return args.forwardHostHeader || args.forwardedHeadersEnabled ? [secret] : [secret, forwardedHost];
}
