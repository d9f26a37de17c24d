import type { Server as PlainServer } from "node:http";
import type { Http2SecureServer } from "node:http2";
import type { Server as SecureServer } from "node:https";
import type { AddressInfo, Server, Socket } from "node:net";

/** A server that listens on loopback. */
export interface Listening {
    readonly port: number;
    close(): Promise<void>;
}

/** How long a caller may take to say what it wants: a silent or slow one holds nothing for longer. */
export const patience = 15_000;

/** Makes a server survive whatever is sent to it. */
export function guardServer<S extends PlainServer | SecureServer | Http2SecureServer>(server: S): S {
    server.on("clientError", (_: Error, socket: Socket) => socket.destroy());
    server.on("tlsClientError", (_: Error, socket: Socket) => socket.destroy());
    server.on("sessionError", () => undefined);
    server.on("error", () => undefined);
    server.on("upgrade", (_: unknown, socket: Socket) => socket.destroy());
    server.on("connection", (socket: Socket) => {
        socket.on("error", () => socket.destroy());
        socket.setTimeout(4 * patience, () => socket.destroy());
    });
    server.on("secureConnection", (socket: Socket) => socket.on("error", () => socket.destroy()));
    if ("requestTimeout" in server) {
        server.requestTimeout = 4 * patience;
        server.headersTimeout = patience;
    }
    return server;
}

/** Listens on an ephemeral port of loopback, and ends with every connection it has. */
export async function listen(server: Server): Promise<Listening> {
    const sockets = new Set<Socket>();
    server.on("connection", (socket: Socket) => {
        sockets.add(socket);
        socket.on("close", () => sockets.delete(socket));
    });
    await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen({ host: "127.0.0.1", port: 0 }, () => {
            server.removeListener("error", reject);
            resolve();
        });
    });
    return {
        port: (server.address() as AddressInfo).port,
        close: () =>
            new Promise<void>((resolve) => {
                server.close(() => resolve());
                for (const socket of sockets) {
                    socket.destroy();
                }
            }),
    };
}
