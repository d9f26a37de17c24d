import {
    type IncomingHttpHeaders,
    type IncomingMessage,
    type OutgoingHttpHeaders,
    type ServerResponse,
    request as plainRequest,
} from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import { type RequestOptions, request as tlsRequest } from "node:https";
import { TLSSocket } from "node:tls";

/** A request and its response, over HTTP/1.1 or HTTP/2 alike. */
export type Request = IncomingMessage | Http2ServerRequest;
export type Response = ServerResponse | Http2ServerResponse;

/** Headers that belong to one connection and are never passed on (RFC 9110 7.6.1). */
const connectionHeaders = new Set([
    "connection",
    "http2-settings",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
]);

/** The headers of a message that may travel further, by lower-case name. */
export function passedOn(headers: IncomingHttpHeaders): Record<string, string | string[]> {
    const named = new Set(
        String(headers.connection ?? "")
            .toLowerCase()
            .split(/\s*,\s*/),
    );
    return Object.fromEntries(
        Object.entries(headers).flatMap(([name, value]) =>
            value === undefined || name.startsWith(":") || connectionHeaders.has(name) || named.has(name)
                ? []
                : [[name, value]],
        ),
    );
}

/** The host that a request is for, in lower case and without its port; empty if it names none. */
export function hostOf(request: Request): string {
    const authority = "authority" in request && request.authority !== "" ? request.authority : request.headers.host;
    return (authority ?? "").toLowerCase().replace(/:\d*$/, "");
}

/** The address of the caller without the prefix that IPv6 sockets give to IPv4. */
export function sourceOf(request: Request): string {
    return (request.socket.remoteAddress ?? "").replace(/^::ffff:/, "");
}

/** How a connection is protected, in words; undefined if it is not. */
export function protection(request: Request): string | undefined {
    const { socket } = request;
    return socket instanceof TLSSocket ? `${socket.getProtocol() ?? "TLS"}, ${socket.getCipher().name}` : undefined;
}

/** Where a request goes next. */
export interface NextHop extends Pick<
    RequestOptions,
    | "ca"
    | "checkServerIdentity"
    | "ciphers"
    | "localAddress"
    | "maxVersion"
    | "minVersion"
    | "rejectUnauthorized"
    | "servername"
> {
    readonly protocol: "http" | "https";
    readonly port: number;
    /** Path and query. */
    readonly path: string;
    /** Milliseconds without any byte after which the exchange is given up. */
    readonly timeout: number;
    readonly headers: OutgoingHttpHeaders;
}

/** What goes back to the caller. */
export interface Passed {
    readonly status: number;
    readonly headers: OutgoingHttpHeaders;
    /** In place of the body that comes from the next hop. */
    readonly body?: Buffer;
}

/**
 * Sends a request on and the answer back.
 *
 * @param passed makes what the caller gets from the head of the answer; what it throws is returned
 * @returns undefined when answered, otherwise why nothing could be had from the next hop; then nothing was answered yet
 */
export async function forward(
    request: Request,
    response: Response,
    next: NextHop,
    passed: (answered: IncomingHttpHeaders, status: number) => Passed,
): Promise<Error | undefined> {
    return new Promise((resolve) => {
        const { protocol, ...options } = next;
        const send = protocol === "https" ? tlsRequest : plainRequest;
        const onward = send({ ...options, host: "127.0.0.1", method: request.method, agent: false });
        onward.on("timeout", () => onward.destroy(new Error(`nothing heard for ${next.timeout} ms`)));
        onward.on("error", (error) => {
            if (response.headersSent) {
                response.destroy(error);
                resolve(undefined);
            } else {
                resolve(error);
            }
        });
        onward.on("response", (answer) => {
            answer.on("error", (error) => response.destroy(error));
            try {
                const { status, headers, body } = passed(answer.headers, answer.statusCode ?? 502);
                response.writeHead(status, headers);
                if (body === undefined) {
                    answer.pipe(response as NodeJS.WritableStream);
                } else {
                    answer.resume();
                    response.end(body);
                }
                resolve(undefined);
            } catch (error) {
                onward.destroy();
                resolve(error as Error);
            }
        });
        response.on("close", () => onward.destroy());
        response.on("error", () => onward.destroy());
        request.on("error", () => onward.destroy());
        request.pipe(onward);
    });
}

/** Answers with a small page and nothing else. */
export function answer(
    response: Response,
    status: number,
    headers: OutgoingHttpHeaders,
    body: string | Buffer = "",
): void {
    if (response.headersSent || response.destroyed) {
        return;
    }
    response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) });
    response.end(body);
}
