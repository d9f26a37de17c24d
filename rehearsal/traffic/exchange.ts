import {
    Agent,
    type ClientRequest,
    type IncomingHttpHeaders,
    type IncomingMessage,
    type OutgoingHttpHeaders,
    type ServerResponse,
    request as plainRequest,
} from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import { Agent as TlsAgent, type RequestOptions, request as tlsRequest } from "node:https";

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

/** What a request is for. */
export interface Target {
    /** In lower case and without its port; empty if the request names none. */
    readonly host: string;
    /** Path and query. */
    readonly url: string;
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
    await new Promise<void>((resolve, reject) => {
        const ended = () => settle(resolve);
        const failed = () => settle(() => reject(new Error("the caller went away")));
        const read = () => {
            let chunk: Buffer | null;
            while (size < bytes && (chunk = request.read() as Buffer | null) !== null) {
                chunks.push(chunk);
                size += chunk.length;
            }
            if (size >= bytes) {
                settle(resolve);
            }
        };
        const settle = (done: () => void) => {
            request.removeListener("readable", read).removeListener("end", ended);
            request.removeListener("close", failed).removeListener("error", failed);
            done();
        };
        request.on("readable", read).on("end", ended).on("close", failed).on("error", failed);
    });
    return Buffer.concat(chunks);
}

/** Milliseconds that an unused connection is kept: less than any server behind it keeps its own. */
const keptUnused = 4000;

/** Connections that are kept open to the next hop, as CloudFront and load balancers keep them. */
export class KeptConnections {
    #agents = newAgents();
    readonly #former: ReturnType<typeof newAgents>[] = [];

    send(protocol: "http" | "https", options: RequestOptions): ClientRequest {
        return protocol === "https"
            ? tlsRequest({ ...options, agent: this.#agents.https })
            : plainRequest({ ...options, agent: this.#agents.http });
    }

    /** Uses no connection again that was made before: what it leads to is another now. Exchanges under way go on. */
    renew(): void {
        this.#former.push(this.#agents);
        this.#agents = newAgents();
    }

    close(): void {
        for (const { http, https } of [...this.#former, this.#agents]) {
            http.destroy();
            https.destroy();
        }
    }
}

function newAgents() {
    return {
        http: new Agent({ keepAlive: true, timeout: keptUnused }),
        https: new TlsAgent({ keepAlive: true, timeout: keptUnused, maxCachedSessions: 0 }),
    };
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
    readonly connections: KeptConnections;
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
    /** Gets the body that comes from the next hop once it is complete, unless it is longer than wanted. */
    readonly keep?: { readonly longest: number; readonly done: (body: Buffer) => void };
}

/** The next hop took too long. */
export class NothingHeard extends Error {}

/**
 * Sends a request on and the answer back.
 *
 * @param passed makes what the caller gets from the head of the answer; what it throws is returned
 * @param beginning of the body, where it was read already
 * @returns undefined when answered, otherwise why nothing could be had from the next hop; then nothing was answered yet
 */
export async function forward(
    request: Request,
    response: Response,
    next: NextHop,
    passed: (answered: IncomingHttpHeaders, status: number) => Passed,
    beginning: Buffer = Buffer.alloc(0),
): Promise<Error | undefined> {
    const { connections, protocol, headers, ...options } = next;
    const body = bodyOf(request);
    // A body whose length nobody has told must be framed, whatever the method: Node frames none of a GET by itself.
    const framed = body === "uncounted" ? { ...headers, "transfer-encoding": "chunked" } : headers;
    const repeatable = body === "none" && /^(GET|HEAD|OPTIONS)$/.test(request.method ?? "");
    const attempt = async (again: boolean): Promise<Error | undefined> =>
        new Promise((resolve) => {
            const onward = connections.send(protocol, {
                ...options,
                headers: framed,
                host: "127.0.0.1",
                method: request.method,
            });
            const give = () => onward.destroy();
            onward.on("timeout", () => onward.destroy(new NothingHeard(`nothing heard for ${next.timeout} ms`)));
            onward.on("error", (error) => {
                if (response.headersSent) {
                    response.destroy(error);
                    resolve(undefined);
                } else if (again && onward.reusedSocket && repeatable && !(error instanceof NothingHeard)) {
                    // The other side ended a kept connection at the moment in which it was used again.
                    response.removeListener("close", give);
                    resolve(attempt(false));
                } else {
                    resolve(error);
                }
            });
            onward.on("response", (answer) => {
                answer.on("error", (error) => response.destroy(error));
                try {
                    const {
                        status,
                        headers: sent,
                        body: replaced,
                        keep,
                    } = passed(answer.headers, answer.statusCode ?? 502);
                    if (keep !== undefined) {
                        collect(answer, keep);
                    }
                    response.writeHead(status, sent);
                    if (replaced === undefined) {
                        answer.pipe(response as NodeJS.WritableStream);
                    } else {
                        answer.resume();
                        response.end(replaced);
                    }
                    resolve(undefined);
                } catch (error) {
                    onward.destroy();
                    resolve(error as Error);
                }
            });
            response.on("close", give);
            request.on("error", give);
            request.on("aborted", give);
            if (body === "none") {
                onward.end();
                return;
            }
            onward.write(beginning);
            if (request.readableEnded) {
                onward.end();
            } else {
                request.pipe(onward);
            }
        });
    return attempt(true);
}

function collect(answer: IncomingMessage, { longest, done }: NonNullable<Passed["keep"]>): void {
    const chunks: Buffer[] = [];
    let size = 0;
    answer.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size <= longest) {
            chunks.push(chunk);
        }
    });
    answer.on("end", () => {
        if (answer.complete && size <= longest) {
            done(Buffer.concat(chunks));
        }
    });
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
    response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) });
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
