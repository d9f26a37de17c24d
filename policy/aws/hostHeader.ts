import { managedForwardingPolicies } from "./facts";
import { Read, type Graph, type Resource } from "../graph";

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
    const listed = managedForwardingPolicies.get(id.text?.toLowerCase() ?? "");
    if (listed !== undefined) {
        return { forwards: listed.forwardsHost, read: id, by: `managed policy ${listed.name}` };
    }
    const found = graph.resolve(distribution, id.topLevel, id.value, types);
    const answers = found.map((policy) => ofOwnPolicy(policy));
    // An unknown id may be any of the policies that the distribution depends on.
    if (answers.length === 0 || answers.some((answer) => answer !== answers[0])) {
        return { forwards: "unknown", read: id, by: "a policy that this pack does not know" };
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
