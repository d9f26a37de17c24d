import type { Answer } from "./ask";
import type { Conclusion } from "./probe";

type Headers = Answer["headers"];

/**
 * The max-age of Strict-Transport-Security, as a browser reads it (RFC 6797 6.1 and 8.1): the first field only, each
 * directive once, and a value that is a number of seconds. Anything else is no policy: then it says why.
 */
export function transportSecurity(headers: Headers): { readonly maxAge: number } | { readonly invalid: string } {
    const field = headers["strict-transport-security"]?.[0];
    if (field === undefined) {
        return { invalid: "no such header" };
    }
    const seen = new Map<string, string | undefined>();
    for (const part of field.split(";")) {
        const directive = /^\s*([!#$%&'*+.^_`|~\w-]+)(?:\s*=\s*(?:"([^"\\]*)"|([!#$%&'*+.^_`|~\w-]+)))?\s*$/.exec(part);
        if (directive === null && part.trim() !== "") {
            return { invalid: `"${field}" is malformed, so browsers ignore it` };
        }
        const name = directive?.[1]?.toLowerCase();
        if (name !== undefined && seen.has(name)) {
            return { invalid: `"${field}" has ${name} twice, so browsers ignore it` };
        }
        if (name !== undefined) {
            seen.set(name, directive?.[2] ?? directive?.[3]);
        }
    }
    const age = seen.get("max-age");
    return age !== undefined && /^\d+$/.test(age)
        ? { maxAge: Number(age) }
        : { invalid: `"${field}" has no max-age in seconds, so browsers ignore it` };
}

const referrerPolicies = [
    "no-referrer",
    "no-referrer-when-downgrade",
    "same-origin",
    "origin",
    "strict-origin",
    "origin-when-cross-origin",
    "strict-origin-when-cross-origin",
    "unsafe-url",
];

/** Headers that protect in the browser. What is missing is worth mending and opens nothing. */
export function judgeHeaders(headers: Headers): Conclusion {
    const problems = [
        ...nosniffProblems(headers),
        ...framingProblems(headers),
        ...referrerProblems(headers),
        ...cookieProblems(headers),
    ];
    const shown = (name: string) => headers[name]?.join(", ") ?? "missing";
    const evidence = Object.fromEntries(
        ["x-content-type-options", "x-frame-options", "content-security-policy", "referrer-policy"].map((name) => [
            name,
            shown(name),
        ]),
    );
    return problems.length === 0
        ? {
              verdict: "pass",
              seen: "nosniff, no framing by others, a Referrer-Policy, no cookie without Secure",
              evidence,
          }
        : { verdict: "warn", seen: problems.join("; "), evidence };
}

// Fetch standard, "determine nosniff": the first value decides.
function nosniffProblems(headers: Headers): string[] {
    const values = headers["x-content-type-options"]?.join(",").split(",");
    const [first] = values ?? [];
    return first === undefined
        ? ["X-Content-Type-Options is missing"]
        : first.trim().toLowerCase() === "nosniff"
          ? []
          : [`X-Content-Type-Options is "${first.trim()}", not nosniff`];
}

// HTML standard, "check a navigation response's adherence to X-Frame-Options"; frame-ancestors of CSP overrides it.
function framingProblems(headers: Headers): string[] {
    const policies = (headers["content-security-policy"] ?? []).flatMap((field) => field.split(","));
    const ancestors = policies.flatMap((policy) => {
        const directive = policy
            .split(";")
            .map((one) => one.trim().split(/\s+/))
            .find(([name]) => name?.toLowerCase() === "frame-ancestors");
        return directive === undefined ? [] : [directive.slice(1)];
    });
    if (ancestors.length > 0) {
        const open = (sources: readonly string[]) => sources.some((one) => /^(\*|https?:|https?:\/\/\*)$/i.test(one));
        return ancestors.every(open) ? ["frame-ancestors lets everybody frame the page"] : [];
    }
    const options = headers["x-frame-options"]?.join(",");
    if (options === undefined) {
        return ["neither X-Frame-Options nor frame-ancestors is sent"];
    }
    return /^(deny|sameorigin)$/i.test(options.trim())
        ? []
        : [`X-Frame-Options is "${options.trim()}", neither DENY nor SAMEORIGIN`];
}

// Referrer Policy, "parse a referrer policy from a response": the last value that is one counts.
function referrerProblems(headers: Headers): string[] {
    const values = headers["referrer-policy"]?.join(",").split(",") ?? [];
    const policy = values.map((one) => one.trim().toLowerCase()).findLast((one) => referrerPolicies.includes(one));
    if (policy === undefined) {
        return [
            values.length === 0
                ? "Referrer-Policy is missing"
                : `Referrer-Policy is "${values.join(",")}", which is none`,
        ];
    }
    return policy === "unsafe-url" ? ["Referrer-Policy is unsafe-url: paths are sent over plain HTTP, too"] : [];
}

function cookieProblems(headers: Headers): string[] {
    const open = (headers["set-cookie"] ?? []).filter(
        (cookie) =>
            !cookie.split(";").some((attribute, index) => index > 0 && attribute.trim().toLowerCase() === "secure"),
    );
    const names = open.map((cookie) => cookie.split("=")[0]?.trim());
    return open.length === 0 ? [] : [`cookies without Secure: ${names.join(", ")}`];
}

/** What speaks for CloudFront in an answer. One header alone proves nothing: any server can send it. */
export function signsOfCloudFront(headers: Headers): { readonly missing: readonly string[] } {
    const signs: readonly (readonly [string, RegExp])[] = [
        ["x-amz-cf-id", /^[\w=-]{20,}$/],
        ["x-amz-cf-pop", /^[A-Z][A-Z0-9-]*$/],
        ["x-cache", /from cloudfront$/i],
        ["via", /\.cloudfront\.net \(CloudFront\)$/],
    ];
    return {
        missing: signs.filter(([name, form]) => !form.test(headers[name]?.join(", ") ?? "")).map(([name]) => name),
    };
}
