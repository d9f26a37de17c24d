import { securityHub } from "./controls";
import {
    arnOf,
    CLASSIC_WEB_ACL_TYPES,
    configOf,
    DISTRIBUTION_TYPES,
    isFarFromEdge,
    isMultitenant,
    WEB_ACL_TYPES,
    TENANT_TYPES,
} from "../aws";
import { cannotTell, violation } from "../finding";
import { Read, type Graph, type Resource } from "../graph";
import type { Report, StackRule } from "../rule";

const LOOKED_UP = [...WEB_ACL_TYPES, ...Object.values(CLASSIC_WEB_ACL_TYPES)];

const toWrite = "Write the ARN of a WAFv2 web ACL of scope CLOUDFRONT (us-east-1)";

/** What the rule says. */
export const messages = {
    noWebAcl: (acl: Read) =>
        `${acl.path} is ${acl.isAbsent ? "empty" : acl.shown()}: no firewall inspects the requests. ${toWrite}.`,
    refused: (path: string, what: string) => `${path} is ${what}, which CloudFront refuses. ${toWrite}.`,
    idOnly: (path: string, { name }: Resource) =>
        `${path} is the id of web ACL "${name}", which CloudFront refuses. Write its arn.`,
    disabledForTenant: (path: string) =>
        `${path} is "disable": no firewall inspects this tenant's requests. Remove customizations.webAcl, or write "override" with the ARN of another web ACL.`,
    /** What CloudFront refuses. */
    otherProperty: ({ name }: Resource, property: Read) =>
        `web ACL "${name}", whose ${property.path} is ${property.shown()}`,
    notWebAcl: (acl: Read) => `${acl.shown()}, not the ARN of a WAFv2 web ACL`,
    regional: (acl: Read) => `${acl.shown()}, a web ACL of scope REGIONAL`,
    otherRegion: (acl: Read, region: string) => `${acl.shown()}, a web ACL in ${region}`,
    classicRegional: ({ name }: Resource) => `"${name}", a regional web ACL of AWS WAF Classic`,
    classic: (acl: Read, found?: Resource) =>
        found === undefined
            ? `${acl.shown()}, an id of AWS WAF Classic`
            : `"${found.name}", a web ACL of AWS WAF Classic`,
    forTenants: (what: string) => `${what}, in a multi-tenant distribution`,
    /** Cannot tell whether. */
    hasWebAcl: "the distribution has a web ACL",
    tenantHasWebAcl: "the tenant has a web ACL",
    /** Why not. */
    classicHasEnded: (path: string, what: string) => `${path} is ${what}, whose support has ended. ${toWrite}`,
    scopeNotKnown: ({ name }: Resource, scope: Read) => `${scope.path} of web ACL "${name}" ${scope.unknown}`,
};

/** AWS WAF sees every request before the origin does. */
export const cloudfrontWebAcl: StackRule = {
    scope: "stack",
    name: "cloudfront-web-acl",
    displayName: "CloudFront has a web ACL",
    description: "Every CloudFront distribution is associated with an AWS WAF web ACL, and no tenant turns it off.",
    level: "advisory",
    severity: "medium",
    controls: securityHub("CloudFront.6", "Accepts a web ACL of AWS WAF Classic as well."),
    remediationSteps:
        "Set webAclId to the ARN of a WAFv2 web ACL of scope CLOUDFRONT, created in us-east-1; a WebAclAssociation does not work for CloudFront.",
    types: [...DISTRIBUTION_TYPES, ...TENANT_TYPES, ...LOOKED_UP],
    evaluate(graph, report) {
        for (const distribution of graph.ofType(...DISTRIBUTION_TYPES)) {
            const acl = configOf(distribution).at("webAclId");
            if (!acl.isUnknown && acl.text === undefined) {
                violation(report, distribution, acl, messages.noWebAcl(acl));
                continue;
            }
            judge(graph, distribution, acl, report);
        }
        for (const tenant of graph.ofType(...TENANT_TYPES)) {
            const own = Read.of(tenant).at("customizations", "webAcl");
            const action = own.at("action");
            if (action.isUnknown) {
                cannotTell(report, tenant, action, messages.tenantHasWebAcl);
            } else if (action.text === "disable") {
                violation(report, tenant, action, messages.disabledForTenant(action.path));
            } else if (action.text === "override") {
                judge(graph, tenant, own.at("arn"), report);
            }
        }
    },
};

/** What is wrong with a web ACL, or why nobody can tell. */
interface Fault {
    readonly message: string;
    readonly cannotTell?: boolean;
}

/**
 * CloudFront takes a WAFv2 web ACL of scope CLOUDFRONT by its ARN, and one of AWS WAF Classic by its id, but not for
 * tenants; anything else it refuses with InvalidWebACLId. Source: CloudFront API reference, "DistributionConfig",
 * WebACLId; AWS WAF API reference, "CreateWebACL", Scope.
 */
function judge(graph: Graph, user: Resource, acl: Read, report: Report): void {
    const isTenant = TENANT_TYPES.includes(user.type);
    const hasTenants = isTenant || isMultitenant(user);
    const found = graph.resolve(user, acl.topLevel, acl.value, LOOKED_UP);
    const faults =
        found.length > 0
            ? found.map((each) => faultOfResource(acl, each, hasTenants))
            : [
                  acl.isUnknown
                      ? { message: `${acl.path} ${acl.unknown}`, cannotTell: true }
                      : faultOfText(acl, hasTenants),
              ];
    // It may be each of them, so that the order in which they are found decides nothing.
    const fault = faults.find((each) => each?.cannotTell === true) ?? faults[0];
    if (fault === undefined || faults.includes(undefined)) {
        return;
    }
    if (fault.cannotTell === true) {
        cannotTell(report, user, acl, isTenant ? messages.tenantHasWebAcl : messages.hasWebAcl, fault.message);
    } else {
        violation(report, user, acl, fault.message);
    }
}

function faultOfResource(acl: Read, found: Resource, hasTenants: boolean): Fault | undefined {
    const refused = (what: string): Fault => ({ message: messages.refused(acl.path, what) });
    if (found.type === CLASSIC_WEB_ACL_TYPES.regional) {
        return refused(messages.classicRegional(found));
    }
    if (found.type === CLASSIC_WEB_ACL_TYPES.global) {
        return faultOfClassic(acl, hasTenants, found);
    }
    const properties = Read.of(found);
    const [scope, region, arn] = [properties.at("scope"), properties.at("region"), properties.at("arn")];
    if (scope.isUnknown) {
        return { message: messages.scopeNotKnown(found, scope), cannotTell: true };
    }
    const other = scope.text !== "CLOUDFRONT" ? scope : isFarFromEdge(region.text) ? region : undefined;
    if (other !== undefined) {
        return refused(messages.otherProperty(found, other));
    }
    return acl.text !== undefined && arn.text !== undefined && acl.text !== arn.text
        ? { message: messages.idOnly(acl.path, found) }
        : undefined;
}

function faultOfText(acl: Read, hasTenants: boolean): Fault | undefined {
    const text = acl.text ?? "";
    if (text === "") {
        return { message: messages.noWebAcl(acl) };
    }
    if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) {
        return faultOfClassic(acl, hasTenants);
    }
    const arn = arnOf(text);
    const [, scope] = /^(global|regional)\/webacl\//.exec(arn?.resource ?? "") ?? [];
    const what =
        arn?.service !== "wafv2" || scope === undefined
            ? messages.notWebAcl(acl)
            : scope === "regional"
              ? messages.regional(acl)
              : isFarFromEdge(arn.region)
                ? messages.otherRegion(acl, arn.region)
                : undefined;
    return what === undefined ? undefined : { message: messages.refused(acl.path, what) };
}

/** AWS announced the end of support of AWS WAF Classic for 30 September 2025 (AWS WAF Developer Guide, "AWS WAF Classic"). */
function faultOfClassic(acl: Read, hasTenants: boolean, found?: Resource): Fault {
    const what = messages.classic(acl, found);
    return hasTenants
        ? { message: messages.refused(acl.path, messages.forTenants(what)) }
        : { message: messages.classicHasEnded(acl.path, what), cannotTell: true };
}
