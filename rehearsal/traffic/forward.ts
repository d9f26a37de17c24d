import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from "node:http";
import type { RequestOptions } from "node:https";
import { pipeline, type Transform } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { KeptConnections } from "./keptConnections";
import { bodyOf, type Request, type Response } from "./messages";
import type { WholeAnswer } from "./partialAnswers";
import { joinUpgraded, upgradeOf } from "./upgrades";

/** Where a request goes next, and by what TLS. */
export interface NextHop extends RequestOptions {
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
    /** What the body that comes from the next hop goes through. */
    readonly through?: Transform;
    /** Gets the body that goes back once it is complete, unless it is longer than wanted. */
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
    const upgrade = upgradeOf(request);
    const framed = {
        ...headers,
        // A body whose length nobody has told must be framed, whatever the method: Node frames none of a GET by itself.
        ...(body === "uncounted" ? { "transfer-encoding": "chunked" } : {}),
        ...(upgrade === undefined ? {} : { connection: "Upgrade", upgrade: "websocket" }),
    };
    const repeatable = body === "none" && /^(GET|HEAD|OPTIONS)$/.test(request.method ?? "");
    const attempt = async (again: boolean): Promise<Error | undefined> =>
        new Promise((resolve) => {
            const onward = connections.send(protocol, { ...options, headers: framed, method: request.method });
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
                    sendBack(answer, response, passed(answer.headers, answer.statusCode ?? 502));
                    resolve(undefined);
                } catch (error) {
                    onward.destroy();
                    resolve(error as Error);
                }
            });
            if (upgrade !== undefined) {
                onward.on("upgrade", (answer, socket, head) => {
                    try {
                        const sent = passed(answer.headers, 101).headers;
                        joinUpgraded(upgrade, response, { headers: sent, socket, head });
                        resolve(undefined);
                    } catch (error) {
                        socket.destroy();
                        resolve(error as Error);
                    }
                });
            }
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

function sendBack(answer: IncomingMessage, response: Response, { status, headers, body, through, keep }: Passed): void {
    if (keep !== undefined) {
        collect(through ?? answer, () => answer.complete, keep);
    }
    response.writeHead(status, headers);
    if (body !== undefined) {
        answer.resume();
        response.end(body);
    } else if (through === undefined) {
        answer.pipe(response as NodeJS.WritableStream);
    } else {
        pipeline(answer, through, response as NodeJS.WritableStream, () => undefined);
    }
}

function collect(
    body: NodeJS.ReadableStream,
    isComplete: () => boolean,
    { longest, done }: NonNullable<Passed["keep"]>,
): void {
    const chunks: Buffer[] = [];
    let size = 0;
    body.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size <= longest) {
            chunks.push(chunk);
        }
    });
    body.on("end", () => {
        if (isComplete() && size <= longest) {
            done(Buffer.concat(chunks));
        }
    });
}

/** Longest body that is fetched for the edge's own use. */
const longestFetched = 10 * 1024 * 1024;

/** Asks the next hop on the edge's own behalf. @returns the whole answer, or why there is none */
export async function fetchWhole({ connections, protocol, ...options }: NextHop): Promise<WholeAnswer | Error> {
    return new Promise((resolve) => {
        const onward = connections.send(protocol, { ...options, method: "GET" });
        onward.on("timeout", () => onward.destroy(new NothingHeard(`nothing heard for ${options.timeout} ms`)));
        onward.on("error", resolve);
        onward.on("response", (answer) => {
            let size = 0;
            answer.on("data", (chunk: Buffer) => {
                size += chunk.length;
                if (size > longestFetched) {
                    onward.destroy(new Error(`it answers with more than ${longestFetched} bytes`));
                }
            });
            const { statusCode: status = 502, headers } = answer;
            buffer(answer).then((body) => resolve({ status, headers, body }), resolve);
        });
        onward.end();
    });
}
