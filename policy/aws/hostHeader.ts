import { Read, type Graph, type Resource } from "../graph";

/**
 * AWS's managed policies. Source: the CloudFront Developer Guide, "Use managed cache policies" and "Use managed origin
 * request policies"; a header in the cache key is forwarded to the origin as well.
 */
const managed: ReadonlyMap<string, { readonly name: string; readonly forwardsHost: boolean }> = new Map(
    Object.entries({
        "216adef6-5c7f-47e4-b989-5492eafa07d3": { name: "AllViewer", forwardsHost: true },
        "33f36d7e-f396-46d9-90e0-52428a34d9dc": { name: "AllViewerAndCloudFrontHeaders-2022-06", forwardsHost: true },
        "bf0718e1-ba1e-49d1-88b1-f726733018ae": { name: "HostHeaderOnly", forwardsHost: true },
        "b689b0a8-53d0-40ab-baf2-68738e2966ac": { name: "AllViewerExceptHostHeader", forwardsHost: false },
        "59781a5b-3903-41f3-afcb-af62929ccde1": { name: "CORS-CustomOrigin", forwardsHost: false },
        "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf": { name: "CORS-S3Origin", forwardsHost: false },
        "acba4595-bd28-49b8-b9fe-13317c0390fa": { name: "UserAgentRefererHeaders", forwardsHost: false },
        "775133bc-15f2-49f9-abea-afb2e0bf67d2": {
            name: "Elemental-MediaTailor-PersonalizedManifests",
            forwardsHost: false,
        },
        "4135ea2d-6df8-44a3-9df3-4b5a84be39ad": { name: "CachingDisabled", forwardsHost: false },
        "658327ea-f89d-4fab-a63d-7e88639e58f6": { name: "CachingOptimized", forwardsHost: false },
        "b2884449-e4de-46a7-ac36-70bc7f1ddd6d": {
            name: "CachingOptimizedForUncompressedObjects",
            forwardsHost: false,
        },
        "08627262-05a9-4f76-9ded-b50ca2e3a84f": { name: "Elemental-MediaPackage", forwardsHost: false },
        "2e54312d-136d-493c-8eb9-b001f22f67d2": { name: "Amplify", forwardsHost: true },
        "83da9c7e-98b4-4e11-a168-04f0df8e2c65": { name: "UseOriginCacheControlHeaders", forwardsHost: true },
        "4cc15a8a-d715-48a4-82b8-cc0b614638fe": {
            name: "UseOriginCacheControlHeaders-QueryStrings",
            forwardsHost: true,
        },
    }),
);

const ORIGIN_REQUEST_POLICY_TYPES = [
    "aws:cloudfront/originRequestPolicy:OriginRequestPolicy",
    "aws-native:cloudfront:OriginRequestPolicy",
];
const CACHE_POLICY_TYPES = ["aws:cloudfront/cachePolicy:CachePolicy", "aws-native:cloudfront:CachePolicy"];

export const FORWARDING_POLICY_TYPES: readonly string[] = [...ORIGIN_REQUEST_POLICY_TYPES, ...CACHE_POLICY_TYPES];

/** Whether a behavior sends the viewer's Host header on, and the property and policy that decide it. */
export interface HostForwarding {
    readonly forwards: boolean | "unknown";
    readonly read: Read;
    /** How a message names what decides. */
    readonly by: string;
}

export function hostForwarding(graph: Graph, distribution: Resource, behavior: Read): HostForwarding {
    const answers = [
        ofPolicy(graph, distribution, behavior.at("originRequestPolicyId"), ORIGIN_REQUEST_POLICY_TYPES),
        ofPolicy(graph, distribution, behavior.at("cachePolicyId"), CACHE_POLICY_TYPES),
        ofForwardedValues(behavior.at("forwardedValues", "headers")),
    ];
    return (
        answers.find((answer) => answer.forwards === true) ??
        answers.find((answer) => answer.forwards === "unknown") ??
        (answers[0] as HostForwarding)
    );
}

function ofPolicy(graph: Graph, distribution: Resource, id: Read, types: readonly string[]): HostForwarding {
    if (id.isAbsent) {
        return { forwards: false, read: id, by: "no policy" };
    }
    const listed = managed.get(id.text?.toLowerCase() ?? "");
    if (listed !== undefined) {
        return { forwards: listed.forwardsHost, read: id, by: `managed policy ${listed.name}` };
    }
    const found = graph.resolve(distribution, id.topLevel, id.value, types);
    const answers = found.map((policy) => ofOwnPolicy(policy));
    // An unknown id may be any of the policies that the distribution depends on.
    if (answers.length === 0 || answers.some((answer) => answer !== answers[0])) {
        return { forwards: "unknown", read: id, by: "a policy that is not known here" };
    }
    return { forwards: answers[0] ?? "unknown", read: id, by: `policy "${found[0]?.name}"` };
}

function ofOwnPolicy(policy: Resource): boolean | "unknown" {
    const root = Read.of(policy);
    const config = root.either(
        "originRequestPolicyConfig",
        "cachePolicyConfig",
        "parametersInCacheKeyAndForwardedToOrigin",
    );
    const settings = config.isAbsent ? root : config;
    const inner = settings.at("parametersInCacheKeyAndForwardedToOrigin");
    const headers = (inner.isAbsent ? settings : inner).at("headersConfig");
    const behavior = headers.at("headerBehavior");
    const list = headers.at("headers").items();
    const named = list.some((header) => header.text?.toLowerCase() === "host");
    const unknown = list.some((header) => header.isUnknown);
    switch (behavior.text ?? "") {
        case "allViewer":
        case "allViewerAndWhitelistCloudFront":
            return true;
        case "whitelist":
            return named || (unknown ? "unknown" : false);
        case "allExcept":
            return named ? false : unknown ? "unknown" : true;
        default:
            return behavior.isUnknown ? "unknown" : false;
    }
}

function ofForwardedValues(headers: Read): HostForwarding {
    const list = headers.items();
    const forwarding = list.find((header) => header.text === "*" || header.text?.toLowerCase() === "host");
    const unknown = list.find((header) => header.isUnknown);
    return {
        forwards: forwarding !== undefined ? true : unknown !== undefined ? "unknown" : false,
        read: forwarding ?? unknown ?? headers,
        by: "forwardedValues.headers",
    };
}
