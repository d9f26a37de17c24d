import { connect as connectHttp2 } from "node:http2";
import { type IncomingMessage, request as plainRequest } from "node:http";
import type { Socket } from "node:net";
import { connect as connectTls, type PeerCertificate, type TLSSocket } from "node:tls";
import type { Address } from "./addresses";
import { bounded } from "./bounded";
import { dial } from "./connect";

/** One question to a server. */
export interface Question {
    readonly address: Address;
    /** Milliseconds for the connection, for the handshake and for the answer, each. */
    readonly timeout: number;
    /** PEM of the authorities to trust instead of Node's. */
    readonly certificateAuthority?: string;
    /** Host header, if it is another than the name. */
    readonly host?: string;
    readonly path?: string;
    readonly method?: string;
    /** Headers of the request; undefined leaves one out. */
    readonly headers?: Readonly<Record<string, string | undefined>>;
    /** How the caller's TLS differs from that of a browser of today. */
    readonly client?: TlsClient;
}

/** A kind of TLS client, to which a server may show another certificate. */
export interface TlsClient {
    readonly ALPNProtocols?: readonly string[];
    /** Signature algorithms, as OpenSSL calls them. */
    readonly sigalgs?: string;
}

/** What is known of a TLS connection. */
export interface Handshake {
    readonly protocol: string;
    readonly cipher: string;
    readonly keyExchange: string;
    readonly certificate: PeerCertificate | undefined;
    /** Why the chain of the certificate is not trusted, as OpenSSL calls it; undefined if it is. Names are judged apart. */
    readonly distrust: string | undefined;
}

/** What a server answered. */
export interface Answer {
    readonly status: number;
    /** Each field as often as it was sent. */
    readonly headers: Readonly<Record<string, readonly string[]>>;
    readonly httpVersion: string;
    readonly handshake: Handshake | undefined;
}

/** Without a User-Agent firewalls refuse a request. */
const usualHeaders = { "user-agent": "verify-edge", accept: "*/*" };

/** Shakes hands and leaves. */
export async function shakeHands(question: Question): Promise<Handshake> {
    const socket = await secure(question, question.client?.ALPNProtocols ?? []);
    const handshake = handshakeOf(socket);
    socket.destroy();
    return handshake;
}

/** Asks over HTTPS, HTTP/1.1. */
export async function askHttps(question: Question): Promise<Answer> {
    const socket = await secure(question, ["http/1.1"]);
    const handshake = handshakeOf(socket);
    return { ...(await exchange(question, socket)), handshake };
}

/** Asks over plain HTTP. */
export async function askHttp(question: Question): Promise<Answer> {
    const socket = await dial(question.address, question.timeout);
    return { ...(await exchange(question, socket)), handshake: undefined };
}

/** Asks over HTTP/2; rejects where something else is negotiated. */
export async function askHttp2(question: Question): Promise<Answer> {
    const socket = await secure(question, ["h2", "http/1.1"]);
    const handshake = handshakeOf(socket);
    if (socket.alpnProtocol !== "h2") {
        socket.destroy();
        throw new Error(`HTTP/2 was offered, ${socket.alpnProtocol || "nothing"} was chosen`);
    }
    return { ...(await exchange2(question, "https", socket)), handshake };
}

/** Asks over HTTP/2 in plaintext, as a client that knows beforehand that it is spoken (RFC 9113 3.3). */
export async function askHttp2InClear(question: Question): Promise<Answer> {
    const socket = await dial(question.address, question.timeout);
    return { ...(await exchange2(question, "http", socket)), handshake: undefined };
}

async function exchange2(
    question: Question,
    scheme: "http" | "https",
    socket: Socket,
): Promise<Omit<Answer, "handshake">> {
    const { name } = question.address;
    return bounded(question.timeout, noAnswer(question), (resolve, reject) => {
        const session = connectHttp2(`${scheme}://${name}`, { createConnection: () => socket });
        const ended = () => reject(new Error("the other side ended the HTTP/2 connection before an answer"));
        session.on("error", reject);
        session.on("goaway", ended);
        session.on("close", ended);
        socket.on("close", ended);
        const stream = session.request({
            ":path": question.path ?? "/",
            ":method": question.method ?? "GET",
            ...usualHeaders,
        });
        stream.on("error", reject);
        stream.on("close", ended);
        stream.on("response", (headers) =>
            resolve({
                status: Number(headers[":status"]),
                headers: Object.fromEntries(
                    Object.entries(headers).map(([field, value]) => [field, [value].flat().map(String)]),
                ),
                httpVersion: "2",
            }),
        );
        stream.end();
        return () => {
            session.destroy();
            socket.destroy();
        };
    });
}

async function secure(question: Question, ALPNProtocols: readonly string[]): Promise<TLSSocket> {
    const { address, timeout } = question;
    const raw = await dial(address, timeout);
    return bounded(timeout, `no TLS handshake within ${timeout / 1000} s`, (resolve, reject) => {
        let done = false;
        const socket = connectTls({
            socket: raw,
            servername: address.name,
            ALPNProtocols: ALPNProtocols.length === 0 ? undefined : [...ALPNProtocols],
            sigalgs: question.client?.sigalgs,
            ca: question.certificateAuthority,
            minVersion: "TLSv1.2",
            // What is weak is judged by its own probes; here it must be seen at all, whatever this side's OpenSSL thinks.
            ciphers: "DEFAULT:@SECLEVEL=0",
            rejectUnauthorized: false,
        });
        socket.on("error", (error: Error) => {
            socket.destroy();
            reject(error);
        });
        socket.on("close", () => reject(new Error("the other side ended the connection within the handshake")));
        socket.once("secureConnect", () => {
            done = true;
            resolve(socket);
        });
        return () => {
            if (!done) {
                socket.destroy();
                raw.destroy();
            }
        };
    });
}

async function exchange(question: Question, socket: Socket): Promise<Omit<Answer, "handshake">> {
    const { host = question.address.name, headers = {} } = question;
    const all = { host, ...usualHeaders, ...headers };
    return bounded(question.timeout, noAnswer(question), (resolve, reject) => {
        const request = plainRequest({
            createConnection: () => socket,
            method: question.method ?? "GET",
            path: question.path ?? "/",
            maxHeaderSize: 64 * 1024,
            headers: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)),
        });
        const answered = (response: IncomingMessage) => {
            response.on("error", () => undefined);
            resolve({
                status: response.statusCode ?? 0,
                headers: Object.fromEntries(
                    Object.entries(response.headersDistinct).map(([field, values]) => [field, values ?? []]),
                ),
                httpVersion: response.httpVersion,
            });
        };
        request.on("response", answered);
        request.on("upgrade", answered);
        request.on("error", reject);
        const ended = () => reject(new Error("the other side ended the connection before an answer"));
        request.on("close", ended);
        socket.on("close", ended);
        request.end();
        return () => {
            request.destroy();
            socket.destroy();
        };
    });
}

function noAnswer({ timeout }: Question): string {
    return `connected, but no answer within ${timeout / 1000} s`;
}

function handshakeOf(socket: TLSSocket): Handshake {
    const key = socket.getEphemeralKeyInfo() as { readonly name?: string; readonly type?: string } | null;
    const certificate = socket.getPeerCertificate(true);
    const reason = String(socket.authorizationError);
    return {
        protocol: socket.getProtocol() ?? "unknown",
        cipher: socket.getCipher().standardName,
        keyExchange: key?.name ?? key?.type ?? "not told",
        // Without a certificate Node gives an empty object.
        certificate: Object.keys(certificate ?? {}).length === 0 ? undefined : certificate,
        distrust: socket.authorized || /ALTNAME|HOSTNAME/.test(reason) ? undefined : reason,
    };
}
