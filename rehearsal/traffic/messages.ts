import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import { headerLists, isAmong } from "../aws/facts";

/** A request and its response, over HTTP/1.1 or HTTP/2 alike. */
export type Request = IncomingMessage | Http2ServerRequest;
export type Response = ServerResponse | Http2ServerResponse;

/** The headers of a message that may travel further, by lower-case name. */
export function passedOn(headers: IncomingHttpHeaders): Record<string, string | string[]> {
    const named = new Set(
        String(headers.connection ?? "")
            .toLowerCase()
            .split(/\s*,\s*/),
    );
    return Object.fromEntries(
        Object.entries(headers).flatMap(([name, value]) =>
            value === undefined || name.startsWith(":") || isAmong(headerLists.ofOneConnection, name) || named.has(name)
                ? []
                : [[name, value]],
        ),
    );
}

/** What a request is for. */
export interface Target {
    /** In lower case and without its port; empty if the request names none. */
    readonly host: string;
    /** Path and query. */
    readonly url: string;
}

/** What a request says, and who sends it: all that a listener rule, a web ACL and the edge decide by. */
export interface SentRequest extends Target {
    readonly method: string;
    readonly headers: IncomingHttpHeaders;
    /** The caller's address. */
    readonly source: string;
}

/**
 * What a request is for, or undefined where that is not to be told for certain: two hosts, or no path. Parties that
 * read such a request differently are the way in for request smuggling (RFC 9112 3.2 and 11.2).
 */
export function targetOf(request: Request): Target | undefined {
    const fields = request.rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === "host");
    const authority = "authority" in request && request.authority !== "" ? request.authority : undefined;
    const [, absolute, rest] = /^https?:\/\/([^/?#]*)(.*)$/is.exec(request.url ?? "") ?? [];
    const hosts = [authority, request.headers.host, absolute].filter((one) => one !== undefined).map(withoutPort);
    const url = rest === undefined ? (request.url ?? "") : rest.startsWith("/") ? rest : `/${rest}`;
    return fields.length > 1 || new Set(hosts).size > 1 || !url.startsWith("/")
        ? undefined
        : { host: hosts[0] ?? "", url };
}

function withoutPort(authority: string): string {
    return authority.toLowerCase().replace(/:\d*$/, "");
}

/** The address of the caller without the prefix that IPv6 sockets give to IPv4. */
export function sourceOf(request: Request): string {
    return (request.socket.remoteAddress ?? "").replace(/^::ffff:/, "");
}

/** Whether a request has a body, and whether its length is known beforehand. */
export function bodyOf(request: Request): "none" | "counted" | "uncounted" {
    const length = request.headers["content-length"];
    if (length !== undefined) {
        return Number(length) === 0 ? "none" : "counted";
    }
    const open =
        "stream" in request ? !request.stream.endAfterHeaders : request.headers["transfer-encoding"] !== undefined;
    return open ? "uncounted" : "none";
}

/** Reads the first bytes of a body, so that it can be looked at before it is passed on. */
export async function beginningOf(request: Request, bytes: number): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let size = 0;
    try {
        // Whoever passes the request on reads the rest: leaving the loop must not end it.
        for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
            chunks.push(chunk);
            size += chunk.length;
            if (size >= bytes) {
                break;
            }
        }
    } catch {
        throw new Error("the caller went away");
    }
    return Buffer.concat(chunks);
}

/** Milliseconds for which the rest of a request is listened to that was answered already. */
const lateBody = 10_000;

/**
 * Answers with a small page and nothing else. What is still coming of the request is read first, within reason: a
 * connection that ends before loses the answer on its way.
 */
export function answer(
    request: Request,
    response: Response,
    status: number,
    headers: OutgoingHttpHeaders,
    body: string | Buffer = "",
): void {
    if (response.headersSent || response.destroyed) {
        return;
    }
    // 304 would tell the length of the body that it leaves out.
    const length = status === 204 || status === 304 ? {} : { "content-length": Buffer.byteLength(body) };
    response.writeHead(status, { ...headers, ...length });
    if (request.complete || request.readableEnded) {
        response.end(body);
        return;
    }
    (response as NodeJS.WritableStream).write(body);
    const end = () => {
        clearTimeout(timer);
        response.end();
    };
    const timer = setTimeout(end, lateBody);
    request.on("end", end).on("close", end).on("error", end).resume();
}
