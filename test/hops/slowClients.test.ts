import assert from "node:assert/strict";
import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { Served, viewer } from "./served";

/** Clients of each kind. */
const many = 125;

describe("500 clients that take their time, at the rehearsed edge", function () {
    this.timeout(60_000);
    let served: Served;
    const sockets = new Set<Socket>();
    const timers = new Set<NodeJS.Timeout>();

    after(async () => {
        timers.forEach((timer) => clearInterval(timer));
        sockets.forEach((socket) => socket.destroy());
        await served.traffic.close();
    });

    const kept = (socket: Socket): Socket => {
        sockets.add(socket);
        return socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
    };
    /** One byte after the other, for ever. */
    const drip = (socket: Socket, bytes: string) => {
        let at = 0;
        const timer = setInterval(() => {
            if (socket.writable) {
                socket.write(bytes[at++ % bytes.length] ?? "a");
            }
        }, 250);
        timers.add(timer);
        socket.on("close", () => clearInterval(timer));
    };
    const secure = async (): Promise<Socket> =>
        new Promise((resolve, reject) => {
            const socket = connectTls({
                host: "127.0.0.1",
                port: served.port(443),
                servername: viewer,
                ca: served.traffic.network.certificateAuthority,
            });
            kept(socket);
            socket.once("secureConnect", () => resolve(socket)).once("error", reject);
        });

    it("hinder nobody, and none outlives the end of serving", async () => {
        served = await Served.start();
        const begin = `GET / HTTP/1.1\r\nHost: ${viewer}\r\nUser-Agent: slow\r\n`;
        const whole = `${begin}\r\n`;
        const slow = await Promise.all(Array.from({ length: 2 * many }, secure));
        for (let client = 0; client < many; client++) {
            // Says nothing.
            kept(connect(served.port(443), "127.0.0.1"));
            // Never finishes its ClientHello.
            const hello = kept(connect(served.port(443), "127.0.0.1"));
            hello.write(Buffer.from([22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3]));
            drip(hello, "a");
        }
        slow.slice(0, many).forEach((socket) => {
            // Never finishes its headers.
            socket.write(begin);
            drip(socket, "x");
        });
        slow.slice(many).forEach((socket) => {
            // Asks, and never reads the answer.
            socket.pause();
            socket.write(whole);
        });
        assert.equal(sockets.size, 4 * many);
        const statuses: number[] = [];
        for (let asked = 0; asked < 40; asked++) {
            statuses.push((await served.ask({ path: `/${asked}` })).status);
        }
        assert.deepEqual(new Set(statuses), new Set([200]));
        const http2 = await served.askHttp2({});
        assert.equal(http2.status, 200);
        const ended = Promise.all(
            [...sockets].map(
                (socket) => new Promise<void>((resolve) => socket.resume().once("close", () => resolve())),
            ),
        );
        await served.traffic.close();
        await ended;
        assert.equal(sockets.size, 0);
    });
});
