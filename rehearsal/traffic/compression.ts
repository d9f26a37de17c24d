import type { OutgoingHttpHeaders } from "node:http";
import type { Transform } from "node:stream";
import { constants, createBrotliCompress, createGzip } from "node:zlib";
import { flag, number, object } from "../aws/account";
import type { Behavior } from "./forwarding";
import type { WholeAnswer } from "./partialAnswers";
import type { ViewerRequest } from "./viewerRequest";

export type Encoding = "br" | "gzip";

/** What CloudFront compresses. Source: CloudFront developer guide, "Serve compressed files". */
const compressible = new Set(
    `application/dash+xml application/eot application/font application/font-sfnt application/javascript application/json
    application/opentype application/otf application/pkcs7-mime application/protobuf application/rss+xml
    application/truetype application/ttf application/vnd.apple.mpegurl
    application/vnd.ms-fontobject application/xhtml+xml application/xml application/x-font-opentype
    application/x-font-truetype application/x-font-ttf application/x-httpd-cgi application/x-javascript
    application/x-mpegurl application/x-opentype application/x-otf application/x-perl application/x-ttf font/eot
    font/opentype font/otf font/ttf image/svg+xml text/css text/csv text/html text/javascript text/js text/plain
    text/richtext text/tab-separated-values text/xml text/x-component text/x-java-source text/x-script
    vnd.apple.mpegurl`
        .trim()
        .split(/\s+/),
);

/** Bytes between which CloudFront compresses, and the statuses whose bodies it compresses. Source: as above. */
const [least, most] = [1000, 10_000_000];
const compressedStatuses = new Set([200, 403, 404]);

/**
 * The encodings that a behaviour asks origins for and keeps apart in its cache, in the order in which CloudFront
 * prefers them; undefined where Accept-Encoding is a header like any other.
 *
 * Source: CloudFront developer guide, "Understand cache policies", compression support.
 */
export function cachedEncodings({ cachePolicy, properties }: Behavior): readonly Encoding[] | undefined {
    if (cachePolicy === undefined) {
        // The older settings know gzip only.
        return Object.keys(object(properties.forwardedValues)).length > 0 ? ["gzip"] : undefined;
    }
    const key = object(cachePolicy.parametersInCacheKeyAndForwardedToOrigin);
    const enabled = [
        ...(flag(key.enableAcceptEncodingBrotli) ? (["br"] as const) : []),
        ...(flag(key.enableAcceptEncodingGzip) ? (["gzip"] as const) : []),
    ];
    return enabled.length === 0 ? undefined : enabled;
}

/** Whether a header has a way of its own to the origin and into the cache key. */
export function isKeyedApart(name: string, encodings: readonly Encoding[] | undefined): boolean {
    return name === "cookie" || (name === "accept-encoding" && encodings !== undefined);
}

/** What of some encodings a viewer takes, in their order. */
export function acceptedEncodings(
    encodings: readonly Encoding[],
    { httpVersion, headers }: Pick<ViewerRequest, "httpVersion" | "headers">,
): Encoding[] {
    if (httpVersion === "1.0") {
        return [];
    }
    const taken = String(headers["accept-encoding"] ?? "")
        .toLowerCase()
        .split(",")
        .filter((one) => !/;\s*q=0(\.0*)?\s*(;|$)/.test(one))
        .map((one) => one.replace(/;.*$/, "").trim());
    return encodings.filter((one) => taken.includes(one));
}

/** The encoding that CloudFront gives to an answer of an origin; undefined where it leaves it alone. */
export function encodingFor(
    behavior: Behavior,
    viewer: Pick<ViewerRequest, "method" | "httpVersion" | "headers">,
    answered: Pick<WholeAnswer, "status" | "headers">,
): Encoding | undefined {
    const [preferred] = acceptedEncodings(cachedEncodings(behavior) ?? [], viewer);
    const { status, headers } = answered;
    const size = number(headers["content-length"]) ?? 0;
    const type = (headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
    const fits =
        flag(behavior.properties.compress) &&
        viewer.method === "GET" &&
        compressedStatuses.has(status) &&
        headers["content-encoding"] === undefined &&
        size >= least &&
        size <= most &&
        compressible.has(type);
    return fits ? preferred : undefined;
}

/** The headers of an answer that is compressed on its way: a strong ETag becomes weak, an invalid one goes. */
export function compressedHeaders(headers: OutgoingHttpHeaders, encoding: Encoding): OutgoingHttpHeaders {
    const { etag } = headers;
    const kept = Object.entries(headers).filter(([name]) => !/^(content-length|etag|accept-ranges)$/.test(name));
    const tag = String(etag ?? "");
    const weak = tag.startsWith('"') ? `W/${tag}` : tag.startsWith("W/") ? tag : undefined;
    const vary = [headers.vary ?? []].flat().join(", ");
    return {
        ...Object.fromEntries(kept),
        ...(weak === undefined ? {} : { etag: weak }),
        "content-encoding": encoding,
        vary: /(^|,)\s*(\*|accept-encoding)\s*(,|$)/i.test(vary)
            ? vary
            : [vary, "Accept-Encoding"].filter(Boolean).join(", "),
    };
}

export function compressor(encoding: Encoding): Transform {
    // Quick rather than small: what matters here is that it is compressed.
    const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };
    return encoding === "br" ? createBrotliCompress(quick) : createGzip();
}
