import { once } from "node:events";
import type { Server as PlainServer } from "node:http";
import type { Http2SecureServer, Http2Server, ServerHttp2Session } from "node:http2";
import type { Server as SecureServer } from "node:https";
import type { AddressInfo, Server, Socket } from "node:net";

/** A server that listens on loopback. */
export interface Listening {
    readonly port: number;
    /** Takes no more connections; those that there are go on until they end by themselves. */
    retire(): void;
    close(): Promise<void>;
}

/** Milliseconds that a caller may take to say what it wants: a silent or slow one holds nothing for longer. */
export const patience = 15_000;

/** Milliseconds of silence after which a connection ends, whatever is going on; longer than any origin may take. */
export const longestSilence = 10 * 60_000;

/** Longest head of a request that is read at all; what AWS takes of it is decided later, and answered in words. */
const longestHead = 256 * 1024;

// The default window of 64 KB makes an upload wait for the other side after each of them.
const window = 8 * 1024 * 1024;

/** Options of every server: what it reads, and how long it waits for a TLS handshake. */
export const serverOptions = {
    handshakeTimeout: patience,
    maxHeaderSize: longestHead,
    maxHeaderListPairs: 2000,
    settings: { initialWindowSize: window, maxHeaderListSize: longestHead },
    keepAliveTimeout: 4.5 * patience,
    headersTimeout: patience,
    // An upload may take as long as it moves.
    requestTimeout: 0,
};

/**
 * Makes a server survive whatever is sent to it.
 *
 * @param silence milliseconds without a byte after which a connection ends
 */
export function guardServer<S extends PlainServer | SecureServer | Http2Server | Http2SecureServer>(
    server: S,
    silence = longestSilence,
): S {
    server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) => refuseGarbage(error, socket));
    server.on("tlsClientError", (_: Error, socket: Socket) => socket.destroy());
    server.on("sessionError", () => undefined);
    server.on("error", () => undefined);
    server.on("connection", (socket: Socket) => socket.on("error", () => socket.destroy()));
    server.on("secureConnection", (socket: Socket) => socket.on("error", () => socket.destroy()));
    server.on("session", guardSession);
    server.setTimeout(silence);
    if ("requestTimeout" in server) {
        server.requestTimeout = serverOptions.requestTimeout;
        server.headersTimeout = serverOptions.headersTimeout;
    }
    return server;
}

/** Ends a session that opens no stream: its silence alone would not tell, since headers may be dripped. */
function guardSession(session: ServerHttp2Session): void {
    session.setLocalWindowSize(window);
    let open = 0;
    const end = () => session.destroy();
    let timer = setTimeout(end, 4 * patience);
    session.on("stream", (stream) => {
        open++;
        clearTimeout(timer);
        stream.on("close", () => {
            open--;
            if (open === 0 && !session.destroyed) {
                clearTimeout(timer);
                timer = setTimeout(end, 4 * patience);
            }
        });
    });
    session.on("close", () => clearTimeout(timer));
}

/** What a caller is told of a request that cannot be read, by Node's code for why. */
const garbage: Readonly<Record<string, string>> = {
    HPE_HEADER_OVERFLOW: "413 Request Entity Too Large",
    ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
};

function refuseGarbage(error: NodeJS.ErrnoException, socket: Socket): void {
    const status = garbage[error.code ?? ""] ?? "400 Bad Request";
    if (socket.writable && error.code !== "ECONNRESET") {
        socket.end(`HTTP/1.1 ${status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
    }
    setTimeout(() => socket.destroy(), 1000).unref();
}

/** Listens on an ephemeral port of loopback, and ends with every connection it has. */
export async function listen(server: Server, host: "127.0.0.1" | "::1" = "127.0.0.1"): Promise<Listening> {
    const sockets = new Set<Socket>();
    server.on("connection", (socket: Socket) => {
        sockets.add(socket);
        socket.on("close", () => sockets.delete(socket));
    });
    await once(server.listen({ host, port: 0 }), "listening");
    return {
        port: (server.address() as AddressInfo).port,
        retire: () => void server.close(),
        close: () =>
            new Promise<void>((resolve) => {
                // Called back with an error, which is none, where it was retired before.
                server.close(() => resolve());
                for (const socket of sockets) {
                    socket.destroy();
                }
            }),
    };
}
