import type { OutgoingHttpHeaders } from "node:http";
import { filledText, flag, number, object, objects, text, texts } from "../aws/account";
import { type DeployedAccount, isPresent, type Properties } from "./deployedAccount";
import { managedPolicies } from "../aws/facts";
import type { SentRequest } from "./messages";
import { matchesWildcard } from "../aws/services";

/**
 * Applies a response headers policy to the headers that a viewer gets. Server timing is not modelled.
 * Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html
 */
export function applyResponseHeadersPolicy(
    account: DeployedAccount,
    policyId: unknown,
    headers: OutgoingHttpHeaders,
    request: Pick<SentRequest, "method" | "headers">,
): OutgoingHttpHeaders {
    const policy =
        account.find("ResponseHeadersPolicy", policyId)?.properties ??
        managedPolicies.ResponseHeadersPolicy.get(String(policyId))?.properties ??
        {};
    const changed = { ...headers };
    for (const { header } of objects(object(policy.removeHeadersConfig).items)) {
        delete changed[String(header).toLowerCase()];
    }
    const cors = corsHeaders(object(policy.corsConfig), request);
    // Where the policy yields, one CORS header of the origin keeps out all of the policy's.
    const yields = cors.some(({ override }) => !override) && Object.keys(headers).some(isCors);
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

interface Addition {
    readonly name: string;
    readonly value: string;
    /** Whether it wins over the origin's own. */
    readonly override: boolean;
}

/** Only for requests of another origin's page; what concerns preflights only for those. */
function corsHeaders(config: Properties, { method, headers }: Pick<SentRequest, "method" | "headers">): Addition[] {
    const origins = texts(object(config.accessControlAllowOrigins).items);
    const { origin } = headers;
    if (origin === undefined || !origins.some((one) => matchesWildcard(one.toLowerCase(), origin.toLowerCase()))) {
        return [];
    }
    const override = flag(config.originOverride);
    const credentials = flag(config.accessControlAllowCredentials);
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
    return all
        .filter(([, value, applies]) => applies && value !== "")
        .map(([name, value]) => ({ name, value, override }));
}

/** AWS's own word for all of them is no method. */
function methods(items: string): string {
    return items === "ALL" ? "GET, HEAD, PUT, POST, PATCH, DELETE, OPTIONS" : items;
}

function securityHeaders(config: Properties): Addition[] {
    const [transport, filter] = [object(config.strictTransportSecurity), object(config.xssProtection)];
    const age = number(transport.accessControlMaxAgeSec);
    const lasting = [
        `max-age=${age}`,
        ...(flag(transport.includeSubdomains) ? ["includeSubDomains"] : []),
        ...(flag(transport.preload) ? ["preload"] : []),
    ].join("; ");
    const filtering = flag(filter.protection) ? `1${flag(filter.modeBlock) ? "; mode=block" : ""}` : "0";
    const stated = (part: unknown, property: string) => filledText(object(part)[property]);
    const all: [string, unknown, string | undefined][] = [
        ["strict-transport-security", transport, age === undefined ? undefined : lasting],
        [
            "x-content-type-options",
            config.contentTypeOptions,
            isPresent(config.contentTypeOptions) ? "nosniff" : undefined,
        ],
        ["x-frame-options", config.frameOptions, stated(config.frameOptions, "frameOption")],
        ["referrer-policy", config.referrerPolicy, stated(config.referrerPolicy, "referrerPolicy")],
        [
            "content-security-policy",
            config.contentSecurityPolicy,
            stated(config.contentSecurityPolicy, "contentSecurityPolicy"),
        ],
        ["x-xss-protection", filter, filter.protection === undefined ? undefined : filtering],
    ];
    return all.flatMap(([name, part, value]) =>
        value === undefined ? [] : [{ name, value, override: flag(object(part).override) }],
    );
}

function customHeaders(policy: Properties): Addition[] {
    return objects(object(policy.customHeadersConfig).items).map(({ header, value, override }) => ({
        name: String(header).toLowerCase(),
        value: text(value),
        override: flag(override),
    }));
}
