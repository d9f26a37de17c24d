import * as aws from "@pulumi/aws";
import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";
import { site } from "./site";

/** A staging distribution that gets a twentieth of the viewers, for a change of the distribution itself. */
export const edge = new EncryptedEdge("staging-edge", site("staging-edge"), {
    transform: {
        distribution: (args) => {
            // CloudFront wants neither HTTP/3 nor, on the staging one, names.
            args.httpVersion = "http2";
            const staging = new aws.cloudfront.Distribution("staging", { ...args, aliases: [], staging: true });
            args.continuousDeploymentPolicyId = new aws.cloudfront.ContinuousDeploymentPolicy("staging", {
                enabled: true,
                stagingDistributionDnsNames: { quantity: 1, items: [staging.domainName] },
                trafficConfig: { type: "SingleWeight", singleWeightConfig: { weight: 0.05 } },
            }).id;
        },
    },
});
