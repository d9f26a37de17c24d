import { securityHub } from "./controls";
import { behaviorsOf, DISTRIBUTION_TYPES } from "../aws";
import { cannotTell, oneOf, violation } from "../finding";
import type { Read } from "../graph";
import type { ResourceRule } from "../rule";

const allowed = ["redirect-to-https", "https-only"];

/** What the rule says. */
export const messages = {
    plainHttp: (policy: Read, pathPattern: string | undefined) => {
        const paths = pathPattern === undefined ? "every path that no other behavior matches" : `paths ${pathPattern}`;
        return `${policy.path} is ${policy.shown()}: viewers of ${paths} may be served over plain HTTP. Write ${oneOf(allowed)}.`;
    },
    /** Cannot tell whether. */
    httpsOnly: "viewers must use HTTPS",
};

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
                cannotTell(report, distribution, policy, messages.httpsOnly);
            } else if (!allowed.includes(policy.text ?? "")) {
                const message = messages.plainHttp(policy, behavior.at("pathPattern").text);
                violation(report, distribution, policy, message);
            }
        }
    },
};
