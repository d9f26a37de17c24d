import { connect as connectHttp2 } from "node:http2";
import { type IncomingHttpHeaders, request as plainRequest } from "node:http";
import type { Socket } from "node:net";
import { connect as connectTls, type ConnectionOptions, type PeerCertificate, type TLSSocket } from "node:tls";
import { describe, dial, type Network, type Standpoint, Unreachable } from "./network";

/** One question to a server. */
export interface Question {
    readonly name: string;
    readonly port: number;
    readonly network: Network | undefined;
    /** Milliseconds for the whole exchange. */
    readonly timeout: number;
    readonly standpoint?: Standpoint;
    /** Host header, if it is another than the name. */
    readonly host?: string;
    readonly path?: string;
    readonly method?: string;
    /** Versions and ciphers to offer. */
    readonly tls?: Pick<ConnectionOptions, "minVersion" | "maxVersion" | "ciphers">;
}

/** What is known of a TLS connection. */
export interface Handshake {
    readonly protocol: string;
    readonly cipher: string;
    readonly keyExchange: string;
    readonly certificate: PeerCertificate;
    /** Why the certificate cannot be trusted for the name; undefined if it can. */
    readonly distrust: string | undefined;
}

/** What a server answered. */
export interface Answer {
    readonly status: number;
    readonly headers: IncomingHttpHeaders;
    readonly httpVersion: string;
    readonly handshake: Handshake | undefined;
}

/** Shakes hands and leaves. Rejects with Unreachable or with what the server said. */
export async function shakeHands(question: Question): Promise<Handshake> {
    const socket = await secure(question, []);
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
    const socket = await dial(question.network, question.name, question.port, question.timeout, question.standpoint);
    return { ...(await exchange(question, socket)), handshake: undefined };
}

/** Asks over HTTP/2, or says what was negotiated instead. */
export async function askHttp2(question: Question): Promise<Answer> {
    const socket = await secure(question, ["h2", "http/1.1"]);
    if (socket.alpnProtocol !== "h2") {
        socket.destroy();
        throw new Error(`HTTP/2 was offered, ${socket.alpnProtocol || "nothing"} was chosen`);
    }
    const handshake = handshakeOf(socket);
    return new Promise((resolve, reject) => {
        const session = connectHttp2(`https://${question.name}`, { createConnection: () => socket });
        const timer = setTimeout(
            () => session.destroy(new Error(`no answer within ${question.timeout / 1000} s`)),
            question.timeout,
        );
        const end = () => {
            clearTimeout(timer);
            session.destroy();
        };
        session.on("error", (error: Error) => {
            end();
            reject(error);
        });
        const stream = session.request({ ":path": question.path ?? "/", ":method": question.method ?? "GET" });
        stream.on("error", (error: Error) => {
            end();
            reject(error);
        });
        stream.on("response", (headers) => {
            end();
            resolve({
                status: Number(headers[":status"]),
                headers,
                httpVersion: "2",
                handshake,
            });
        });
        stream.end();
    });
}

async function secure(question: Question, ALPNProtocols: string[]): Promise<TLSSocket> {
    const { name, port, network, timeout } = question;
    const raw = await dial(network, name, port, timeout, question.standpoint);
    return new Promise((resolve, reject) => {
        const timer = setTimeout(
            () => socket.destroy(new Error(`no TLS handshake within ${timeout / 1000} s`)),
            timeout,
        );
        const socket = connectTls({
            ...question.tls,
            socket: raw,
            servername: name,
            ALPNProtocols: ALPNProtocols.length === 0 ? undefined : ALPNProtocols,
            ca: network?.certificateAuthority,
            // The certificate is judged by the probes, which need to see a bad one too.
            rejectUnauthorized: false,
        });
        socket.once("error", (error: NodeJS.ErrnoException) => {
            clearTimeout(timer);
            raw.destroy();
            reject(error.code === "ECONNRESET" ? new Unreachable(describe(error), "closed") : error);
        });
        socket.once("secureConnect", () => {
            clearTimeout(timer);
            socket.removeAllListeners("error");
            socket.on("error", () => socket.destroy());
            resolve(socket);
        });
    });
}

async function exchange(question: Question, socket: Socket): Promise<Omit<Answer, "handshake">> {
    return new Promise((resolve, reject) => {
        const timer = setTimeout(
            () => socket.destroy(new Error(`no answer within ${question.timeout / 1000} s`)),
            question.timeout,
        );
        const request = plainRequest({
            createConnection: () => socket,
            method: question.method ?? "GET",
            path: question.path ?? "/",
            headers: { host: question.host ?? question.name, "user-agent": "verify-edge", accept: "*/*" },
        });
        request.on("error", (error) => {
            clearTimeout(timer);
            socket.destroy();
            reject(new Unreachable(describe(error), "closed"));
        });
        request.on("response", (response) => {
            clearTimeout(timer);
            response.resume();
            response.on("error", () => undefined);
            resolve({ status: response.statusCode ?? 0, headers: response.headers, httpVersion: response.httpVersion });
            socket.destroy();
        });
        request.end();
    });
}

function handshakeOf(socket: TLSSocket): Handshake {
    const key = socket.getEphemeralKeyInfo();
    return {
        protocol: socket.getProtocol() ?? "unknown",
        cipher: socket.getCipher().standardName,
        keyExchange: key !== null && "name" in key ? String(key.name) : "not told",
        certificate: socket.getPeerCertificate(true),
        distrust: socket.authorized ? undefined : String(socket.authorizationError),
    };
}
