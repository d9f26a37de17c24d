import { securityHub } from "./controls";
import { configOf, DISTRIBUTION_TYPES, isWebsite, nameOf, originsOf, VPC_ORIGIN_TYPES, type Origin } from "../aws";
import { reportForeignVpcOrigins } from "./originReports";
import { isObject, Read, type Resource, type Value } from "../graph";
import { cannotTell, step, violation } from "../finding";
import type { Report, ResourceRule } from "../rule";

const httpsOnly = "https-only";

/** What the rule says. */
export const messages = {
    withoutEncryption: (name: string, policy: Read, domain: string) =>
        `CloudFront may reach ${name} without encryption: ${policy.path} is ${policy.shown()}${consequence(policy)}. ${fix(domain, lastName(policy))}`,
    noBlock: (name: string, block: Read, domain: string) =>
        `${sentence(name)} has no ${lastName(block)}, so nothing makes CloudFront reach it over HTTPS.${isWebsite(domain) ? "" : takenForBucket} ${fix(domain, `${lastName(block)} with ${likeBlock(lastName(block))}`)}`,
    httpsOnly: (name: string) => `CloudFront reaches ${name} over HTTPS only`,
    notString: (path: string) => `${path} is not a string`,
    notObject: (path: string) => `${path} is not an object`,
    itsOrigins: "its origins",
    vpcOrigin: (name: string | undefined) => (name === undefined ? "the VPC origin" : `VPC origin "${name}"`),
};

const takenForBucket =
    ' AWS then takes it for an S3 bucket and refuses it: "The parameter Origin DomainName does not refer to a valid S3 bucket".';

function consequence(policy: Read): string {
    return policy.text === "match-viewer"
        ? ", which uses HTTP whenever a viewer does (AWS's own checks accept it where viewers must use HTTPS, but one changed cache behavior undoes that)"
        : "";
}

/** As the program spells it, which may be a template or a module with names of its own. */
function lastName({ path }: Read): string {
    return path.replace(/^.*\./, "");
}

function likeBlock(block: string): string {
    return block.includes("_")
        ? "origin_protocol_policy"
        : block.startsWith("C")
          ? "OriginProtocolPolicy"
          : "originProtocolPolicy";
}

function fix(domain: string, property: string): string {
    return isWebsite(domain)
        ? "An S3 website endpoint speaks HTTP only: use the bucket's REST endpoint (its bucketRegionalDomainName) with an origin access control instead, and remove customOriginConfig."
        : `Write ${property}: "${httpsOnly}".`;
}

function sentence(text: string): string {
    return text.charAt(0).toUpperCase() + text.slice(1);
}

/** CloudFront speaks HTTPS, and nothing else, to every custom origin and VPC origin. */
export const cloudfrontOriginHttpsOnly: ResourceRule = {
    scope: "resource",
    name: "cloudfront-origin-https-only",
    displayName: "CloudFront reaches its origins over HTTPS only",
    description: "originProtocolPolicy of every custom origin and VPC origin is https-only.",
    level: "mandatory",
    severity: "high",
    controls: securityHub(
        "CloudFront.9",
        "Accepts match-viewer where the viewer protocol policy is not allow-all, and ignores VPC origins.",
    ),
    remediationSteps:
        'Give the origin a certificate for its own name and set originProtocolPolicy to "https-only". An S3 website endpoint does not support HTTPS: use the bucket\'s REST endpoint with origin access control.',
    types: [...DISTRIBUTION_TYPES, ...VPC_ORIGIN_TYPES],
    evaluate(resource, report) {
        for (const { config, name, domain } of customOrigins(resource, report)) {
            judge(resource, config, name, domain, report);
        }
    },
    evaluateStack(graph, report) {
        reportForeignVpcOrigins(graph, report, messages.httpsOnly);
    },
    remediate(resource) {
        const paths = customOrigins(resource, () => undefined)
            .filter(({ domain }) => !isWebsite(domain))
            .map(({ config }) => config)
            .filter((config) => isObject(config.value))
            .map((config) => config.at("originProtocolPolicy"))
            .filter((policy) => policy.text !== httpsOnly && !policy.isUnknown)
            .map((policy) => policy.path);
        if (paths.length === 0) {
            return undefined;
        }
        return paths.reduce<Record<string, unknown>>(
            (properties, path) => withValue(properties, path.split(/[.[\]]+/), httpsOnly) as Record<string, unknown>,
            resource.properties,
        );
    },
};

interface CustomOrigin {
    /** The block that holds `originProtocolPolicy`. */
    readonly config: Read;
    readonly name: string;
    readonly domain: string;
}

function customOrigins(resource: Resource, report: Report): CustomOrigin[] {
    if ((VPC_ORIGIN_TYPES as readonly string[]).includes(resource.type)) {
        const endpoint = Read.of(resource).at("vpcOriginEndpointConfig");
        const configs = endpoint.items();
        return (configs.length > 0 ? configs : [endpoint]).map((config) => {
            return { config, name: messages.vpcOrigin(config.at("name").text), domain: "" };
        });
    }
    const distribution = configOf(resource);
    if (!isReadable(resource, distribution, report)) {
        return [];
    }
    const listed = distribution.at("origins").items();
    return originsOf(resource).flatMap((origin, index) => {
        const read = listed[index];
        if (read !== undefined && (read.isAbsent || !isReadable(resource, read, report))) {
            return [];
        }
        return customOriginsOf(resource, origin, read, report);
    });
}

/** @param read the entry of `origins`; undefined for the one origin of the legacy form */
function customOriginsOf(resource: Resource, origin: Origin, read: Read | undefined, report: Report): CustomOrigin[] {
    const domain = origin.domainName.text ?? "";
    const name = nameOf(origin);
    if (read === undefined) {
        return [{ config: origin.custom, name, domain }];
    }
    const configs = origin.custom.items().filter((config) => !config.isAbsent);
    if (configs.length > 0) {
        return configs.map((config) => ({ config, name, domain }));
    }
    if (origin.isCustom) {
        violation(report, resource, origin.custom, messages.noBlock(name, origin.custom, domain));
    }
    return [];
}

function judge(resource: Resource, config: Read, name: string, domain: string, report: Report): void {
    if (!config.isAbsent && !isReadable(resource, config, report)) {
        return;
    }
    const policy = config.at("originProtocolPolicy");
    if (policy.text === httpsOnly) {
        return;
    }
    const question = messages.httpsOnly(name);
    if (policy.isUnknown) {
        cannotTell(report, resource, policy, question);
    } else if (!policy.isAbsent && policy.text === undefined) {
        cannotTell(report, resource, policy, question, messages.notString(policy.path));
    } else {
        violation(report, resource, policy, messages.withoutEncryption(name, policy, domain), [
            step("resource", resource, policy, policy.shown()),
        ]);
    }
}

function isReadable(resource: Resource, read: Read, report: Report): boolean {
    if (isObject(read.value)) {
        return true;
    }
    if (read.isAbsent) {
        return false;
    }
    const cause = read.isUnknown ? undefined : messages.notObject(read.path);
    cannotTell(report, resource, read, messages.httpsOnly(messages.itsOrigins), cause);
    return false;
}

/** A copy in which only what leads to the changed value is new. */
function withValue(holder: Value, path: readonly string[], value: Value): Value {
    const [name, ...rest] = path;
    if (name === undefined) {
        return value;
    }
    if (Array.isArray(holder)) {
        return holder.map((item: Value, index) => (String(index) === name ? withValue(item, rest, value) : item));
    }
    const properties = isObject(holder) ? holder : {};
    return { ...properties, [name]: withValue(properties[name], rest, value) };
}
