import { securityHub } from "./controls";
import { behaviorsOf, DISTRIBUTION_TYPES } from "../aws";
import { cannotTell, oneOf, violation } from "../finding";
import type { ResourceRule } from "../rule";

const allowed = ["redirect-to-https", "https-only"];

/** No viewer gets content over plain HTTP, on any path of the distribution. */
export const cloudfrontViewerHttps: ResourceRule = {
    scope: "resource",
    name: "cloudfront-viewer-https",
    displayName: "CloudFront viewers use HTTPS",
    description: "Every cache behavior of a CloudFront distribution redirects viewers to HTTPS or accepts HTTPS only.",
    level: "advisory",
    severity: "high",
    controls: securityHub("CloudFront.3"),
    remediationSteps:
        'Set viewerProtocolPolicy to "redirect-to-https" (browsers) or "https-only" (APIs) on the default cache behavior and on every other one.',
    types: DISTRIBUTION_TYPES,
    evaluate(distribution, report) {
        for (const behavior of behaviorsOf(distribution)) {
            const policy = behavior.at("viewerProtocolPolicy");
            if (policy.isUnknown) {
                cannotTell(report, distribution, policy, "viewers must use HTTPS");
            } else if (!allowed.includes(policy.text ?? "")) {
                const pattern = behavior.at("pathPattern").text;
                const paths = pattern === undefined ? "every path without a behavior of its own" : `paths ${pattern}`;
                violation(
                    report,
                    distribution,
                    policy,
                    `${policy.path} is ${policy.shown()}: viewers of ${paths} may be served over plain HTTP. Write ${oneOf(allowed)}.`,
                );
            }
        }
    },
};
