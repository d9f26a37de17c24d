import { filledText, object, texts } from "../aws/account";
import { managedPolicies } from "../aws/facts";
import type { DeployedAccount, Properties } from "./deployedAccount";
import { pathOf, queryOf } from "./urls";

/** What decides on forwarding, in one shape: cache policy, origin request policy, and the older `forwardedValues`. */
interface Forwarding {
    readonly headerBehavior: string;
    readonly headers: readonly string[];
    readonly cookieBehavior: string;
    readonly cookies: readonly string[];
    readonly queryStringBehavior: string;
    readonly queryStrings: readonly string[];
}

/** A cache behaviour with what its policies say. */
export interface Behavior {
    readonly properties: Properties;
    /** Its own or one of AWS's; undefined where it has the older `forwardedValues`. */
    readonly cachePolicy: Properties | undefined;
    /** What goes into the cache key, and with it to the origin. */
    readonly keyed: readonly Forwarding[];
    /** What goes to the origin. */
    readonly forwarded: readonly Forwarding[];
}

export function behaviorOf(account: DeployedAccount, properties: Properties): Behavior {
    const policy = (kind: "CachePolicy" | "OriginRequestPolicy", id: unknown) =>
        account.find(kind, id)?.properties ?? managedPolicies[kind].get(String(id))?.properties;
    const cachePolicy = policy("CachePolicy", properties.cachePolicyId);
    const requestPolicy = policy("OriginRequestPolicy", properties.originRequestPolicyId);
    const legacy = properties.forwardedValues;
    const keyed = [
        ...(cachePolicy === undefined
            ? []
            : [forwarding(object(cachePolicy.parametersInCacheKeyAndForwardedToOrigin))]),
        ...(typeof legacy === "object" && legacy !== null ? [legacyForwarding(object(legacy))] : []),
    ];
    const forwarded = [...keyed, ...(requestPolicy === undefined ? [] : [forwarding(requestPolicy)])];
    return { properties, cachePolicy, keyed, forwarded };
}

function forwarding(policy: Properties): Forwarding {
    const [headers, cookies, query] = [
        object(policy.headersConfig),
        object(policy.cookiesConfig),
        object(policy.queryStringsConfig),
    ];
    return {
        // Those of the viewer, with or without some of CloudFront's: all that there are here.
        headerBehavior: (filledText(headers.headerBehavior) ?? "none").replace(/^allViewer.*/, "all"),
        headers: texts(object(headers.headers).items).map((name) => name.toLowerCase()),
        cookieBehavior: filledText(cookies.cookieBehavior) ?? "none",
        cookies: texts(object(cookies.cookies).items),
        queryStringBehavior: filledText(query.queryStringBehavior) ?? "none",
        queryStrings: texts(object(query.queryStrings).items),
    };
}

function legacyForwarding(values: Properties): Forwarding {
    const headers = texts(values.headers).map((name) => name.toLowerCase());
    const cookies = object(values.cookies);
    return {
        headerBehavior: headers.includes("*") ? "all" : "whitelist",
        headers,
        cookieBehavior: filledText(cookies.forward) ?? "none",
        cookies: texts(cookies.whitelistedNames),
        queryStringBehavior: values.queryString === true ? "all" : "none",
        queryStrings: [],
    };
}

/** Whether any of the policies names a header. */
export function namesHeader(policies: readonly Forwarding[], name: string): boolean {
    return policies.some(({ headerBehavior, headers }) => chooses(headerBehavior, headers, name));
}

export function chosenCookies(policies: readonly Forwarding[], cookies: string): string {
    return cookies
        .split(/;\s*/)
        .filter((one) => {
            const name = one.split("=")[0] ?? "";
            return one !== "" && policies.some((policy) => chooses(policy.cookieBehavior, policy.cookies, name));
        })
        .join("; ");
}

export function chosenUrl(policies: readonly Forwarding[], url: string): string {
    const kept = queryOf(url)
        .split("&")
        .filter((one) => {
            const name = one.split("=")[0] ?? "";
            return (
                one !== "" && policies.some((policy) => chooses(policy.queryStringBehavior, policy.queryStrings, name))
            );
        });
    return kept.length === 0 ? pathOf(url) : `${pathOf(url)}?${kept.join("&")}`;
}

function chooses(behavior: string, names: readonly string[], name: string): boolean {
    return (
        behavior === "all" ||
        (behavior === "whitelist" && names.includes(name)) ||
        (behavior === "allExcept" && !names.includes(name))
    );
}
