import type { IncomingHttpHeaders } from "node:http";
import { number } from "../aws/account";

/** Seconds: the least, the usual and the most that a response is kept. */
export interface Times {
    readonly least: number;
    readonly usual: number;
    readonly most: number;
}

/** Seconds that a response is kept: what the origin says of it within the policy's bounds. */
export function lifetime(headers: IncomingHttpHeaders, { least, usual, most }: Times): number {
    if (/\b(no-cache|no-store|private)\b/i.test(headers["cache-control"] ?? "")) {
        return least;
    }
    return Math.min(Math.max(stated(headers) ?? usual, least), most);
}

/** Errors that are always kept, and those that are kept where the origin says for how long. */
const [always, whereStated] = [new Set([404, 405, 414, 500, 501, 502, 503, 504]), new Set([400, 403, 412, 415])];

/**
 * Seconds that an error of the origin is kept.
 *
 * Source: CloudFront developer guide, "How CloudFront processes HTTP 4xx and 5xx status codes from your origin".
 */
export function errorSeconds(
    status: number,
    headers: IncomingHttpHeaders,
    { least, most }: Pick<Times, "least" | "most">,
): number {
    const said = stated(headers);
    const isKept = always.has(status) || (whereStated.has(status) && said !== undefined);
    return isKept ? Math.max(least, Math.min(said ?? 0, most)) : 0;
}

/** What an answer says of its own lifetime, in seconds. */
function stated({ "cache-control": control = "", expires }: IncomingHttpHeaders): number | undefined {
    const [, shared] = /\bs-maxage=(\d+)/i.exec(control) ?? [];
    const [, own] = /\bmax-age=(\d+)/i.exec(control) ?? [];
    const until = expires === undefined ? NaN : (Date.parse(expires) - Date.now()) / 1000;
    return number(shared ?? own) ?? (Number.isNaN(until) ? undefined : until);
}
