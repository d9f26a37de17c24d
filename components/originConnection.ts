import type * as pulumi from "@pulumi/pulumi";
import { argumentSpecs, type TimeoutsArgs } from "./arguments/index";
import { resolved } from "./checks/index";

/** How CloudFront reaches the load balancer; of a VPC origin, protocol and TLS versions are its own. */
export function originConnection({
    timeouts,
    vpcOriginId,
}: {
    readonly timeouts?: TimeoutsArgs;
    readonly vpcOriginId?: pulumi.Input<string>;
}) {
    const { originRead, originKeepalive } = resolved(timeouts ?? {}, argumentSpecs.timeouts.fields);
    const waits = { originReadTimeout: originRead, originKeepaliveTimeout: originKeepalive };
    return vpcOriginId !== undefined
        ? { vpcOriginConfig: { vpcOriginId, ...waits } }
        : {
              customOriginConfig: {
                  originProtocolPolicy: "https-only",
                  originSslProtocols: ["TLSv1.2"],
                  httpsPort: 443,
                  // Never used by https-only, and required by the API.
                  httpPort: 80,
                  ...waits,
              },
          };
}
