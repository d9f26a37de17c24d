import { once, Read, type Resource } from "../graph";

export const DISTRIBUTION_TYPES = [
    "aws:cloudfront/distribution:Distribution",
    "aws:cloudfront/multitenantDistribution:MultitenantDistribution",
    "aws-native:cloudfront:Distribution",
] as const;

export const VPC_ORIGIN_TYPES = ["aws:cloudfront/vpcOrigin:VpcOrigin", "aws-native:cloudfront:VpcOrigin"] as const;

/** One origin of a distribution, whatever the provider calls its properties. */
export interface Origin {
    readonly id: Read;
    readonly domainName: Read;
    readonly headers: readonly { readonly name: Read; readonly value: Read }[];
    /** Absent for an S3 or VPC origin, and where it is left out. */
    readonly custom: Read;
    /**
     * True where CloudFront takes it for a custom origin: it has the block, or it has no block at all and its domain is
     * known and no bucket's. The latter AWS refuses, with InvalidArgument "The parameter Origin DomainName does not refer
     * to a valid S3 bucket" (pulumi/examples#1296), until the block of a custom origin is there.
     */
    readonly isCustom: boolean;
    /** Absent for any other than a VPC origin. */
    readonly vpcOriginId: Read;
    /** It has the block of a VPC origin, whatever that holds. */
    readonly isVpc: boolean;
}

/** Where the distribution's settings begin: the resource itself, or its `distributionConfig` in aws-native. */
export function configOf(distribution: Resource): Read {
    const root = Read.of(distribution);
    return distribution.type.startsWith("aws-native:") ? root.at("distributionConfig") : root;
}

/** The top-level property that holds the distribution's origins, for looking up what they refer to. */
export function originsProperty(distribution: Resource): string {
    return distribution.type.startsWith("aws-native:") ? "distributionConfig" : "origins";
}

export const originsOf = once((distribution: Resource): readonly Origin[] => {
    const config = configOf(distribution);
    const origins = config
        .at("origins")
        .items()
        .map((origin) => readOrigin(origin));
    const legacy = config.isUnknown ? undefined : config.at("customOrigin");
    if (legacy === undefined || legacy.isAbsent) {
        return origins;
    }
    const absent = legacy.at("absent");
    const domainName = legacy.at("dnsName");
    return [
        ...origins,
        { id: domainName, domainName, headers: [], custom: legacy, isCustom: true, vpcOriginId: absent, isVpc: false },
    ];
});

function readOrigin(origin: Read): Origin {
    const custom = origin.either("customOriginConfig", "customOriginConfigs");
    const vpc = origin.either("vpcOriginConfig", "vpcOriginConfigs");
    const others = [origin.at("s3OriginConfig"), vpc];
    const isVpc = !origin.isUnknown && vpc.items().length > 0;
    const domainName = origin.at("domainName");
    const hasCustom = custom.items().some((config) => !config.isAbsent);
    return {
        id: origin.either("originId", "id"),
        domainName,
        headers: origin
            .either("customHeaders", "originCustomHeaders")
            .items()
            .map((header) => ({
                name: header.either("name", "headerName"),
                value: header.either("value", "headerValue"),
            })),
        custom,
        isCustom:
            hasCustom ||
            (others.every((other) => other.items().length === 0) &&
                domainName.text !== undefined &&
                domainName.text !== "" &&
                !isBucket(domainName.text)),
        vpcOriginId: vpc.at("vpcOriginId"),
        isVpc,
    };
}

/** `bucket.s3.eu-west-1.amazonaws.com`, access points and the older spellings, in every partition that has CloudFront; no website. */
export function isBucket(domain: string): boolean {
    const [, labels] = /^(.+)\.(?:amazonaws\.com|amazonaws\.com\.cn|amazonaws\.eu|api\.aws)\.?$/i.exec(domain) ?? [];
    return !isWebsite(domain) && labels !== undefined && /(^|\.)s3(-[^.]*)?(\.|$)/i.test(labels);
}

/** `bucket.s3-website-us-east-1.amazonaws.com` or `bucket.s3-website.eu-central-1.amazonaws.com`. */
export function isWebsite(domain: string): boolean {
    return /(^|\.)s3-website[.-][^/]*\.amazonaws\.com(\.cn)?\.?$/i.test(domain);
}

/** Tenants bring domains and certificates of their own to it. */
export function isMultitenant(distribution: Resource): boolean {
    return (
        distribution.type.includes("ultitenant") || configOf(distribution).at("connectionMode").text === "tenant-only"
    );
}

/** The default cache behavior and every further one. */
export function behaviorsOf(distribution: Resource): Read[] {
    const config = configOf(distribution);
    return [config.at("defaultCacheBehavior"), ...config.either("orderedCacheBehaviors", "cacheBehaviors").items()];
}

/** The origins that a behavior sends requests to: one, or the members of its origin group. */
export function targetsOf(distribution: Resource, behavior: Read): readonly Origin[] {
    const target = behavior.at("targetOriginId");
    const members = configOf(distribution)
        .at("originGroups")
        .items()
        .filter((group) => group.either("originId", "id").value === target.value)
        .flatMap((group) => group.at("members").items())
        .map((member) => member.at("originId").value);
    const origins = originsOf(distribution);
    if (target.isUnknown) {
        return origins;
    }
    return origins.filter(
        ({ id }) => id.isUnknown || id.value === target.value || (members.length > 0 && members.includes(id.value)),
    );
}

/** How a message names an origin. */
export function nameOf(origin: Origin): string {
    const id = origin.id.text;
    const { text } = origin.domainName;
    // What stands for a name that AWS will give means nothing to a reader.
    const domain = text?.startsWith("${") === true ? undefined : text;
    if (id === undefined) {
        return domain === undefined ? "an origin" : `origin "${domain}"`;
    }
    return domain === undefined || domain === id ? `origin "${id}"` : `origin "${id}" (${domain})`;
}
