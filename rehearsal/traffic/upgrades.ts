import { type IncomingMessage, type OutgoingHttpHeaders, ServerResponse, type Server as PlainServer } from "node:http";
import type { Http2SecureServer } from "node:http2";
import type { Server as SecureServer } from "node:https";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { bodyOf, type Request, type Response } from "./messages";

/** A connection whose caller wants to speak another protocol on it. */
interface Upgrade {
    readonly socket: Duplex;
    /** What was received behind the request's head. */
    readonly head: Buffer;
}

const upgrades = new WeakMap<Request, Upgrade>();

/** The connection of a request that asks for WebSocket; undefined for any other request. */
export function upgradeOf(request: Request): Upgrade | undefined {
    return upgrades.get(request);
}

/**
 * Lets requests with an Upgrade take the way of all others. CloudFront and load balancers know WebSocket over HTTP/1.1
 * and ignore what else may be asked for.
 *
 * Sources: CloudFront developer guide, "Use WebSockets with CloudFront distributions"; RFC 6455, 4.2.1.
 */
export function acceptUpgrades(
    server: PlainServer | SecureServer | Http2SecureServer,
    handle: (request: Request, response: Response) => void,
): void {
    server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
        socket.on("error", () => socket.destroy());
        const response = new ServerResponse(request);
        // Nothing can follow on this connection but what it is upgraded to.
        response.shouldKeepAlive = false;
        response.assignSocket(socket as Parameters<ServerResponse["assignSocket"]>[0]);
        response.on("finish", () => socket.end());
        if (bodyOf(request) !== "none") {
            // Its body would be read as the other protocol.
            response.writeHead(400, { "content-length": 0 }).end();
            return;
        }
        if (request.method === "GET" && request.headers.upgrade?.toLowerCase() === "websocket") {
            upgrades.set(request, { socket, head });
        }
        handle(request, response);
    });
}

/** Tells the caller that the next hop agrees, and joins the two connections for as long as both last. */
export function joinUpgraded(
    { socket, head }: Upgrade,
    response: Response,
    next: { readonly headers: OutgoingHttpHeaders; readonly socket: Duplex; readonly head: Buffer },
): void {
    const lines = Object.entries({ ...next.headers, connection: "Upgrade", upgrade: "websocket" }).flatMap(
        ([name, value]) => [value ?? []].flat().map((one) => `${name}: ${String(one)}`),
    );
    (response as ServerResponse).detachSocket(socket as Parameters<ServerResponse["detachSocket"]>[0]);
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join("\r\n")}\r\n\r\n`);
    socket.write(next.head);
    next.socket.write(head);
    // From now on the caller's connection alone counts how long nothing was heard.
    (next.socket as Socket).setTimeout(0);
    socket.pipe(next.socket).pipe(socket);
    const end = () => {
        socket.destroy();
        next.socket.destroy();
    };
    socket.on("close", end);
    next.socket.on("close", end).on("error", end);
}
