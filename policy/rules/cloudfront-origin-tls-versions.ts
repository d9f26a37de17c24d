import { securityHub } from "./controls";
import { DISTRIBUTION_TYPES, nameOf, originsOf, VPC_ORIGIN_TYPES } from "../aws";
import { reportForeignVpcOrigins } from "./originReports";
import { cannotTell, step, violation } from "../finding";
import { Read, type Resource } from "../graph";
import type { Report, ResourceRule } from "../rule";

/** What the rule says. */
export const messages = {
    outdated: (name: string, protocols: Read, toWrite = '["TLSv1.2"]') =>
        `${protocols.path} of ${name} is ${shown(protocols)}, so CloudFront may reach it with an outdated protocol. Write ${toWrite}.`,
    /** The aws provider's VpcOrigin takes a block here instead of a list. */
    block: '{ items: ["TLSv1.2"], quantity: 1 }',
    nothingOlder: (name: string) => `CloudFront speaks nothing older than TLS 1.2 to ${name}`,
    vpcOrigin: "the VPC origin",
};

/** CloudFront offers nothing older than TLS 1.2 to a custom or VPC origin. */
export const cloudfrontOriginTlsVersions: ResourceRule = {
    scope: "resource",
    name: "cloudfront-origin-tls-versions",
    displayName: "CloudFront speaks TLS 1.2 to its origins",
    description: "originSslProtocols of every custom origin and VPC origin is exactly TLSv1.2.",
    level: "advisory",
    severity: "medium",
    controls: securityHub("CloudFront.10", "Refuses SSLv3 only: TLSv1 and TLSv1.1 pass."),
    remediationSteps:
        'Set originSslProtocols to ["TLSv1.2"]. That is the newest value; CloudFront negotiates TLS 1.3 by itself if the origin offers it.',
    types: [...DISTRIBUTION_TYPES, ...VPC_ORIGIN_TYPES],
    evaluate(resource, report) {
        if ((VPC_ORIGIN_TYPES as readonly string[]).includes(resource.type)) {
            judge(resource, Read.of(resource).at("vpcOriginEndpointConfig"), messages.vpcOrigin, report);
            return;
        }
        for (const origin of originsOf(resource)) {
            if (origin.isCustom || origin.custom.isUnknown) {
                judge(resource, origin.custom, nameOf(origin), report);
            }
        }
    },
    evaluateStack(graph, report) {
        reportForeignVpcOrigins(graph, report, messages.nothingOlder);
    },
};

function shown(protocols: Read): string {
    const items = protocols.at("items");
    return items.isAbsent ? protocols.shown() : items.shown();
}

function judge(resource: Resource, config: Read, name: string, report: Report): void {
    // An origin without TLS has no version to judge: cloudfront-origin-https-only refuses it.
    if (config.at("originProtocolPolicy").text === "http-only") {
        return;
    }
    const protocols = config.at("originSslProtocols");
    // A block of Terraform is a list of one, which holds the list.
    const versions = protocols.items().flatMap((version) => version.items());
    const wrong = versions.filter((version) => !version.isUnknown && version.text !== "TLSv1.2");
    if (wrong.length > 0 || versions.length === 0) {
        const toWrite = resource.type === "aws:cloudfront/vpcOrigin:VpcOrigin" ? messages.block : undefined;
        violation(report, resource, protocols, messages.outdated(name, protocols, toWrite), [
            step("resource", resource, protocols, shown(protocols)),
        ]);
    } else {
        const unknown = versions.find((version) => version.isUnknown);
        if (unknown) {
            cannotTell(report, resource, unknown, messages.nothingOlder(name));
        }
    }
}
