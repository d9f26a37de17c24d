import { bodyOf, type Request, type SentRequest, sourceOf, targetOf } from "./messages";

/** A viewer's request on its way through the edge. */
export interface ViewerRequest extends SentRequest {
    readonly id: string;
    /** Port that the viewer calls from. */
    readonly port: number;
    readonly httpVersion: string;
}

/** How a viewer is connected. */
export interface ViewerConnection {
    readonly scheme: "http" | "https";
    /** Distribution whose certificate was shown; undefined on port 80 and for CloudFront's own certificate. */
    readonly shownId: string | undefined;
}

/** An answer in place of the origin's. */
export class Refusal extends Error {
    constructor(
        readonly status: number,
        /** For the viewer. */
        message: string,
        /** For whoever serves, where the viewer is not told all. */
        readonly report?: string,
    ) {
        super(message);
    }
}

/** Longest request without its body, and longest URL. */
const [longestRequest, longestUrl] = [20_480, 8192];

/**
 * Reads a request as CloudFront does.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html
 * @throws Refusal
 */
export function viewerRequest({ scheme }: ViewerConnection, request: Request, id: string): ViewerRequest {
    const { method = "GET", headers, rawHeaders } = request;
    const target = targetOf(request);
    if (target === undefined) {
        throw new Refusal(400, "The request names more than one host, or no path.");
    }
    if (!("stream" in request) && !/^1\.[01]$/.test(request.httpVersion)) {
        throw new Refusal(505, `HTTP/${request.httpVersion} is not spoken in this way.`);
    }
    const { host, url } = target;
    const line = `${method} ${url} HTTP/1.1`.length + 2;
    const size = rawHeaders.reduce((sum, part) => sum + part.length + 2, line);
    if (size > longestRequest) {
        throw new Refusal(413, `The request has ${size} bytes without its body; CloudFront takes ${longestRequest}.`);
    }
    const length = `${scheme}://${host}${url}`.length;
    if (length > longestUrl) {
        throw new Refusal(413, `The URL has ${length} bytes; CloudFront takes ${longestUrl}.`);
    }
    if (method === "GET" && bodyOf(request) !== "none") {
        throw new Refusal(403, "A GET request has no body.");
    }
    const { httpVersion, socket } = request;
    return { id, method, url, host, headers, httpVersion, source: sourceOf(request), port: socket.remotePort ?? 0 };
}
