import type { OutgoingHttpHeaders } from "node:http";
import { type DeployedAccount, flag, number, object, objects, text } from "./deployedAccount";
import { managedResponseHeadersPolicies } from "./managedPolicies";

/**
 * Applies a response headers policy to the headers that a viewer gets. CORS and server timing are not modelled.
 * Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html
 */
export function applyResponseHeadersPolicy(
    account: DeployedAccount,
    policyId: unknown,
    headers: OutgoingHttpHeaders,
): OutgoingHttpHeaders {
    const policy =
        account.find("ResponseHeadersPolicy", policyId)?.properties ??
        managedResponseHeadersPolicies[String(policyId)] ??
        {};
    const changed = { ...headers };
    for (const { header } of objects(object(policy.removeHeadersConfig).items)) {
        delete changed[String(header).toLowerCase()];
    }
    const additions = [...securityHeaders(object(policy.securityHeadersConfig)), ...customHeaders(policy)];
    for (const { name, value, override } of additions) {
        if (override || changed[name] === undefined) {
            changed[name] = value;
        }
    }
    return changed;
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
        const value = text(object(part)[property]);
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
        yield { name: String(item.header).toLowerCase(), value: text(item.value) ?? "", override: flag(item.override) };
    }
}
