import { createServer as createSecureHttp1Server } from "node:https";
import { createServer, type Server, type Socket } from "node:net";
import { likeCloudFront } from "./testNetwork";

/** What a ClientHello offers, as far as the servers of these tests look at it. */
export interface Offered {
    readonly version: number;
    readonly suites: readonly number[];
    readonly hasExtensions: boolean;
    readonly wantsHttp2: boolean;
}

/** Of what is no ClientHello of TLS, nothing. */
export function readHello(hello: Buffer): Offered {
    if (hello[0] !== 22) {
        return { version: 0, suites: [], hasExtensions: false, wantsHttp2: false };
    }
    const session = hello[43] ?? 0;
    const length = hello.readUInt16BE(44 + session);
    const suites = hello.subarray(46 + session, 46 + session + length);
    const compression = 46 + session + length;
    return {
        version: hello.readUInt16BE(9),
        suites: Array.from({ length: length / 2 }, (_, index) => suites.readUInt16BE(2 * index)),
        hasExtensions: hello.length > compression + 1 + (hello[compression] ?? 0),
        wantsHttp2: hello.includes(Buffer.from([2, 0x68, 0x32])),
    };
}

/** A ServerHello of an old version, in its record. */
export function serverHello(version: number, suite: number): Buffer {
    const body = Buffer.alloc(38);
    body.writeUInt16BE(version, 0);
    body.writeUInt16BE(suite, 35);
    const message = Buffer.concat([Buffer.from([2, 0, 0, body.length]), body]);
    return Buffer.concat([Buffer.from([22, version >> 8, version & 255, 0, message.length]), message]);
}

export function alert(number: number): Buffer {
    return Buffer.from([21, 3, 1, 0, 2, 2, number]);
}

/**
 * A server in front of a real one that sees each connection's first bytes.
 *
 * @param play answers by itself and returns true, or leaves the connection to the real server
 */
export function inFrontOf(real: Server, play: (hello: Buffer, socket: Socket) => boolean): Server {
    return createServer((socket) => {
        socket.on("error", () => undefined);
        socket.once("data", (hello: Buffer) => {
            if (!play(hello, socket)) {
                socket.pause();
                socket.unshift(hello);
                real.emit("connection", socket);
            }
        });
    });
}

/** A real server with the given TLS, to stand behind another. */
export function realServer(options: Parameters<typeof createSecureHttp1Server>[0]): Server {
    const real = createSecureHttp1Server(options ?? {}, likeCloudFront);
    real.on("tlsClientError", () => undefined);
    return real;
}
