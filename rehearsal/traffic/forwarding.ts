import { filledText, object, texts } from "../aws/account";
import { managedPolicies } from "../aws/facts";
import type { DeployedAccount } from "./deployedAccount";

/** What decides on forwarding, in one shape: cache policy, origin request policy, and the older `forwardedValues`. */
export interface Forwarding {
    readonly headerBehavior: string;
    readonly headers: readonly string[];
    readonly cookieBehavior: string;
    readonly cookies: readonly string[];
    readonly queryStringBehavior: string;
    readonly queryStrings: readonly string[];
}

/** The cache policy of a behaviour, its own or one of AWS's; undefined where it has the older `forwardedValues`. */
export function cachePolicyOf(
    account: DeployedAccount,
    { cachePolicyId }: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> | undefined {
    return (
        account.find("CachePolicy", cachePolicyId)?.properties ??
        managedPolicies.CachePolicy.get(String(cachePolicyId))?.properties
    );
}

/** What goes into the cache key, and with it to the origin. */
export function keyForwarding(account: DeployedAccount, behavior: Readonly<Record<string, unknown>>): Forwarding[] {
    const policy = cachePolicyOf(account, behavior);
    return [
        ...(policy === undefined ? [] : [forwarding(object(policy.parametersInCacheKeyAndForwardedToOrigin))]),
        ...(isObject(behavior.forwardedValues) ? [legacyForwarding(object(behavior.forwardedValues))] : []),
    ];
}

/** What goes to the origin. */
export function forwardingPolicies(
    account: DeployedAccount,
    behavior: Readonly<Record<string, unknown>>,
): Forwarding[] {
    const policy =
        account.find("OriginRequestPolicy", behavior.originRequestPolicyId)?.properties ??
        managedPolicies.OriginRequestPolicy.get(String(behavior.originRequestPolicyId))?.properties;
    return [...keyForwarding(account, behavior), ...(policy === undefined ? [] : [forwarding(policy)])];
}

/** Whether any cookie of a viewer goes to the origin. */
export function forwardsCookies(account: DeployedAccount, behavior: Readonly<Record<string, unknown>>): boolean {
    return forwardingPolicies(account, behavior).some((one) => one.cookieBehavior !== "none");
}

function isObject(value: unknown): boolean {
    return typeof value === "object" && value !== null;
}

function forwarding(policy: Readonly<Record<string, unknown>>): Forwarding {
    const [headers, cookies, query] = [
        object(policy.headersConfig),
        object(policy.cookiesConfig),
        object(policy.queryStringsConfig),
    ];
    return {
        headerBehavior: filledText(headers.headerBehavior) ?? "none",
        headers: texts(object(headers.headers).items).map((name) => name.toLowerCase()),
        cookieBehavior: filledText(cookies.cookieBehavior) ?? "none",
        cookies: texts(object(cookies.cookies).items),
        queryStringBehavior: filledText(query.queryStringBehavior) ?? "none",
        queryStrings: texts(object(query.queryStrings).items),
    };
}

function legacyForwarding(values: Readonly<Record<string, unknown>>): Forwarding {
    const headers = texts(values.headers).map((name) => name.toLowerCase());
    const cookies = object(values.cookies);
    return {
        headerBehavior: headers.includes("*") ? "allViewer" : "whitelist",
        headers,
        cookieBehavior: filledText(cookies.forward) ?? "none",
        cookies: texts(cookies.whitelistedNames),
        queryStringBehavior: values.queryString === true ? "all" : "none",
        queryStrings: [],
    };
}

export function forwardsHeader(policy: Forwarding, name: string): boolean {
    switch (policy.headerBehavior) {
        case "allViewer":
        case "allViewerAndWhitelistCloudFront":
            return true;
        case "allExcept":
            return !policy.headers.includes(name);
        case "whitelist":
            return policy.headers.includes(name);
        default:
            return false;
    }
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
    const [path = "/", query = ""] = url.split(/\?(.*)/s);
    const kept = query
        .split("&")
        .filter(
            (one) =>
                one !== "" &&
                policies.some((policy) =>
                    chooses(policy.queryStringBehavior, policy.queryStrings, one.split("=")[0] ?? ""),
                ),
        );
    return kept.length === 0 ? path : `${path}?${kept.join("&")}`;
}

function chooses(behavior: string, names: readonly string[], name: string): boolean {
    return (
        behavior === "all" ||
        (behavior === "whitelist" && names.includes(name)) ||
        (behavior === "allExcept" && !names.includes(name))
    );
}
