import { securityHub } from "./controls";
import { configOf, DISTRIBUTION_TYPES, WEB_ACL_TYPES } from "../aws";
import { cannotTell, violation } from "../finding";
import { Read } from "../graph";
import type { StackRule } from "../rule";

const TENANT_TYPES = [
    "aws:cloudfront/distributionTenant:DistributionTenant",
    "aws-native:cloudfront:DistributionTenant",
];

/** What the rule says. */
export const messages = {
    noWebAcl: (acl: Read) =>
        `${acl.path} is ${acl.isAbsent ? "empty" : acl.shown()}: no firewall inspects the requests. Write the ARN of a WAFv2 web ACL of scope CLOUDFRONT (us-east-1).`,
    disabledForTenant: (path: string) =>
        `${path} is "disable": no firewall inspects this tenant's requests. Remove customizations.webAcl, or write "override" with the ARN of another web ACL.`,
    /** Cannot tell whether. */
    hasWebAcl: "the distribution has a web ACL",
};

/** AWS WAF sees every request before the origin does. */
export const cloudfrontWebAcl: StackRule = {
    scope: "stack",
    name: "cloudfront-web-acl",
    displayName: "CloudFront has a web ACL",
    description: "Every CloudFront distribution is associated with an AWS WAF web ACL, and no tenant turns it off.",
    level: "advisory",
    severity: "medium",
    controls: securityHub("CloudFront.6"),
    remediationSteps:
        "Set webAclId to the ARN of a WAFv2 web ACL of scope CLOUDFRONT, created in us-east-1; a WebAclAssociation does not work for CloudFront.",
    types: [...DISTRIBUTION_TYPES, ...TENANT_TYPES, ...WEB_ACL_TYPES],
    evaluate(graph, report) {
        for (const distribution of graph.ofType(...DISTRIBUTION_TYPES)) {
            const acl = configOf(distribution).at("webAclId");
            if (acl.isUnknown) {
                if (graph.resolve(distribution, acl.topLevel, acl.value, WEB_ACL_TYPES).length > 0) {
                    continue;
                }
                cannotTell(report, distribution, acl, messages.hasWebAcl);
            } else if (acl.isAbsent || acl.text === undefined) {
                violation(report, distribution, acl, messages.noWebAcl(acl));
            }
        }
        for (const tenant of graph.ofType(...TENANT_TYPES)) {
            const action = Read.of(tenant).at("customizations", "webAcl", "action");
            if (action.text !== "disable") {
                continue;
            }
            violation(report, tenant, action, messages.disabledForTenant(action.path));
        }
    },
};
