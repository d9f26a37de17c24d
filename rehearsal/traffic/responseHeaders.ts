import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";
import { filledText, flag, number, object, objects, texts } from "../aws/account";
import type { DeployedAccount } from "./deployedAccount";
import { managedPolicies } from "../aws/facts";
import { matchesWildcard } from "./wildcard";

/**
 * Applies a response headers policy to the headers that a viewer gets. Server timing is not modelled.
 * Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html
 */
export function applyResponseHeadersPolicy(
    account: DeployedAccount,
    policyId: unknown,
    headers: OutgoingHttpHeaders,
    request: { readonly method: string; readonly headers: IncomingHttpHeaders },
): OutgoingHttpHeaders {
    const policy =
        account.find("ResponseHeadersPolicy", policyId)?.properties ??
        managedPolicies.ResponseHeadersPolicy.get(String(policyId))?.properties ??
        {};
    const changed = { ...headers };
    for (const { header } of objects(object(policy.removeHeadersConfig).items)) {
        delete changed[String(header).toLowerCase()];
    }
    const cors = [...corsHeaders(object(policy.corsConfig), request)];
    // Where the policy yields, one CORS header of the origin keeps out all of the policy's.
    const yields = cors.some(({ override }) => !override) && Object.keys(headers).some((name) => isCors(name));
    const additions = [
        ...(yields ? [] : cors),
        ...securityHeaders(object(policy.securityHeadersConfig)),
        ...customHeaders(policy),
    ];
    for (const { name, value, override } of additions) {
        if (override || changed[name] === undefined) {
            changed[name] = value;
        }
    }
    return changed;
}

function isCors(name: string): boolean {
    return name.startsWith("access-control-");
}

/** Only for requests of another origin's page; what concerns preflights only for those. */
function* corsHeaders(
    config: Readonly<Record<string, unknown>>,
    { method, headers }: { readonly method: string; readonly headers: IncomingHttpHeaders },
): Generator<Addition> {
    const origins = texts(object(config.accessControlAllowOrigins).items);
    const { origin } = headers;
    if (origin === undefined || origins.length === 0) {
        return;
    }
    const override = flag(config.originOverride);
    const credentials = flag(config.accessControlAllowCredentials);
    const allowed = origins.some((one) => matchesWildcard(one.toLowerCase(), origin.toLowerCase()));
    if (!allowed) {
        return;
    }
    const items = (name: string) => texts(object(config[name]).items).join(", ");
    const preflight = method === "OPTIONS" && headers["access-control-request-method"] !== undefined;
    const age = number(config.accessControlMaxAgeSec);
    const all: [string, string, boolean][] = [
        ["access-control-allow-origin", origins.includes("*") && !credentials ? "*" : origin, true],
        ["access-control-allow-credentials", "true", credentials],
        ["access-control-expose-headers", items("accessControlExposeHeaders"), !preflight],
        ["access-control-allow-methods", methods(items("accessControlAllowMethods")), preflight],
        ["access-control-allow-headers", items("accessControlAllowHeaders"), preflight],
        ["access-control-max-age", String(age), preflight && age !== undefined],
    ];
    for (const [name, value, applies] of all) {
        if (applies && value !== "") {
            yield { name, value, override };
        }
    }
}

/** AWS's own word for all of them is no method. */
function methods(items: string): string {
    return items === "ALL" ? "GET, HEAD, PUT, POST, PATCH, DELETE, OPTIONS" : items;
}

interface Addition {
    readonly name: string;
    readonly value: string;
    /** Whether it wins over the origin's own. */
    readonly override: boolean;
}

function* securityHeaders(config: Readonly<Record<string, unknown>>): Generator<Addition> {
    const transport = object(config.strictTransportSecurity);
    const age = number(transport.accessControlMaxAgeSec);
    if (age !== undefined) {
        const value = [
            `max-age=${age}`,
            ...(flag(transport.includeSubdomains) ? ["includeSubDomains"] : []),
            ...(flag(transport.preload) ? ["preload"] : []),
        ].join("; ");
        yield { name: "strict-transport-security", value, override: flag(transport.override) };
    }
    if (config.contentTypeOptions !== undefined && config.contentTypeOptions !== null) {
        yield {
            name: "x-content-type-options",
            value: "nosniff",
            override: flag(object(config.contentTypeOptions).override),
        };
    }
    const named = [
        ["x-frame-options", config.frameOptions, "frameOption"],
        ["referrer-policy", config.referrerPolicy, "referrerPolicy"],
        ["content-security-policy", config.contentSecurityPolicy, "contentSecurityPolicy"],
    ] as const;
    for (const [name, part, property] of named) {
        const value = filledText(object(part)[property]);
        if (value !== undefined) {
            yield { name, value, override: flag(object(part).override) };
        }
    }
    const filter = object(config.xssProtection);
    if (filter.protection !== undefined) {
        const value = flag(filter.protection) ? `1${flag(filter.modeBlock) ? "; mode=block" : ""}` : "0";
        yield { name: "x-xss-protection", value, override: flag(filter.override) };
    }
}

function* customHeaders(policy: Readonly<Record<string, unknown>>): Generator<Addition> {
    for (const item of objects(object(policy.customHeadersConfig).items)) {
        yield {
            name: String(item.header).toLowerCase(),
            value: filledText(item.value) ?? "",
            override: flag(item.override),
        };
    }
}
