import type * as pulumi from "@pulumi/pulumi";
import { argumentSpecs, type TimeoutsArgs } from "./arguments/index";
import { resolved } from "./checks/index";
import { originSecretHeaderName } from "./originSecret";

/** How CloudFront reaches the load balancer; of a VPC origin, protocol and TLS versions are its own. */
export function originConnection({
    timeouts,
    vpcOriginId,
    originPort = 443,
}: {
    readonly timeouts?: TimeoutsArgs;
    readonly vpcOriginId?: pulumi.Input<string>;
    readonly originPort?: number;
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
