import type { IncomingHttpHeaders } from "node:http";
import type { SentRequest } from "./messages";

/** An answer that is there as a whole. */
export interface WholeAnswer {
    readonly status: number;
    readonly headers: IncomingHttpHeaders;
    readonly body: Buffer;
}

/**
 * What of an answer a request wants that names what it has already, or a range of bytes: 304, 206, 412, 416, or all of
 * it. Several ranges at once are answered with all of it, as S3 does.
 *
 * Sources: RFC 9110, 13.2.2 and 14.2; CloudFront developer guide, "How CloudFront processes partial requests".
 */
export function wanted(
    { method, headers: asked }: Pick<SentRequest, "method" | "headers">,
    whole: WholeAnswer,
): WholeAnswer {
    if (whole.status !== 200 || !/^(GET|HEAD)$/.test(method)) {
        return whole;
    }
    const condition = unmet(asked, whole.headers);
    if (condition !== undefined) {
        return { status: condition, headers: withoutBody(whole.headers), body: Buffer.alloc(0) };
    }
    return asked.range === undefined || method !== "GET" || !rangeHolds(asked, whole.headers)
        ? whole
        : ranged(asked.range, whole);
}

/** The status of a condition that does not hold. */
function unmet(asked: IncomingHttpHeaders, { etag, ...headers }: IncomingHttpHeaders): 304 | 412 | undefined {
    const modified = Date.parse(headers["last-modified"] ?? "");
    if (asked["if-match"] !== undefined) {
        if (!matches(asked["if-match"], etag, "strong")) {
            return 412;
        }
    } else if (modified > Date.parse(asked["if-unmodified-since"] ?? "")) {
        return 412;
    }
    if (asked["if-none-match"] !== undefined) {
        return matches(asked["if-none-match"], etag, "weak") ? 304 : undefined;
    }
    return modified <= Date.parse(asked["if-modified-since"] ?? "") ? 304 : undefined;
}

/** Source: RFC 9110, 8.8.3.2. */
function matches(listed: string, etag: string | undefined, comparison: "strong" | "weak"): boolean {
    if (listed.trim() === "*") {
        return true;
    }
    const bare = (tag: string) => (comparison === "weak" ? tag.replace(/^W\//, "") : tag);
    const known = etag === undefined || (comparison === "strong" && etag.startsWith("W/")) ? undefined : bare(etag);
    return (listed.match(/(W\/)?"[^"]*"/g) ?? []).some((tag) => bare(tag) === known);
}

function rangeHolds(asked: IncomingHttpHeaders, headers: IncomingHttpHeaders): boolean {
    const condition = asked["if-range"];
    if (typeof condition !== "string") {
        return true;
    }
    return condition.startsWith('"')
        ? matches(condition, headers.etag, "strong")
        : Date.parse(condition) === Date.parse(headers["last-modified"] ?? "");
}

function ranged(range: string, whole: WholeAnswer): WholeAnswer {
    const { length } = whole.body;
    const [, first, last] = /^bytes=\s*(\d*)-(\d*)\s*$/i.exec(range) ?? [];
    if (first === undefined || last === undefined || (first === "" && last === "")) {
        return whole;
    }
    const from = first === "" ? Math.max(0, length - Number(last)) : Number(first);
    const to = first === "" || last === "" ? length - 1 : Math.min(Number(last), length - 1);
    if (first !== "" && last !== "" && Number(last) < Number(first)) {
        return whole;
    }
    if (from > to) {
        const headers = { ...withoutBody(whole.headers), "content-range": `bytes */${length}` };
        return { status: 416, headers, body: Buffer.alloc(0) };
    }
    const body = whole.body.subarray(from, to + 1);
    const headers = {
        ...whole.headers,
        "content-length": String(body.length),
        "content-range": `bytes ${from}-${to}/${length}`,
    };
    return { status: 206, headers, body };
}

function withoutBody(headers: IncomingHttpHeaders): IncomingHttpHeaders {
    const described = /^content-(length|type|encoding|language|range)$/;
    return Object.fromEntries(Object.entries(headers).filter(([name]) => !described.test(name)));
}
