import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import type { Duplex } from "node:stream";
import { set } from "./account";
import { OwnApplication } from "./ownApplication";
import { type Served, viewer } from "./served";

/** What the other side answers to a key. Source: RFC 6455, 4.2.2. */
const accepted = (key: string) =>
    createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
const key = Buffer.alloc(16, 7).toString("base64");

describe("WebSocket through the rehearsed edge and load balancer", () => {
    let application: OwnApplication;
    let served: Served;
    let seen: IncomingMessage | undefined;

    const start = async (change?: Parameters<OwnApplication["start"]>[0]) => {
        application = new OwnApplication((_, response) => response.writeHead(426).end("HTTP only"));
        application.server.on("upgrade", (asked: IncomingMessage, socket: Duplex) => {
            seen = asked;
            const answer = accepted(String(asked.headers["sec-websocket-key"]));
            socket.write(
                `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${answer}\r\n\r\nfirst`,
            );
            socket.on("data", (chunk: Buffer) => socket.write(`echo ${chunk.toString()}`));
            socket.on("error", () => undefined).on("end", () => socket.end());
        });
        served = await application.start(change ?? (() => undefined));
    };
    afterEach(() => application.stop());

    type Opened = { readonly answer: IncomingMessage; readonly socket?: Duplex; readonly first?: string };

    const open = async (headers: Record<string, string> = {}): Promise<Opened> =>
        new Promise((resolve, reject) => {
            const sent = request({
                host: "127.0.0.1",
                port: served.port(443),
                servername: viewer,
                ca: served.traffic.network.certificateAuthority,
                path: "/chat",
                agent: false,
                headers: {
                    host: viewer,
                    "user-agent": "test",
                    connection: "Upgrade",
                    upgrade: "websocket",
                    "sec-websocket-key": key,
                    "sec-websocket-version": "13",
                    ...headers,
                },
            });
            sent.on("error", reject);
            sent.on("response", (answer) => {
                answer.resume();
                resolve({ answer });
            });
            sent.on("upgrade", (answer, socket, head) => resolve({ answer, socket, first: head.toString() }));
            sent.end();
        });

    const next = async (socket: Duplex) =>
        new Promise<string>((resolve) => socket.once("data", (chunk: Buffer) => resolve(chunk.toString())));

    it("is opened, carries both ways, and ends on both sides", async () => {
        await start();
        const { answer, socket, first = "" } = await open();
        assert.ok(socket);
        assert.equal(answer.statusCode, 101);
        assert.equal(answer.headers["sec-websocket-accept"], accepted(key));
        assert.match(String(answer.headers.via), /cloudfront\.net \(CloudFront\)$/);
        assert.equal(first === "" ? await next(socket) : first, "first");
        const large = "x".repeat(5000);
        socket.write("one");
        assert.equal(await next(socket), "echo one");
        socket.write(large);
        let back = "";
        while (back.length < large.length + 5) {
            back += await next(socket);
        }
        assert.equal(back, `echo ${large}`);
        assert.equal(seen?.headers.host, "origin.example.com");
        const ended = new Promise((resolve) => seen?.socket.on("close", resolve));
        socket.end();
        await ended;
    });

    it("is refused by the web ACL as any request, and by an application that speaks HTTP only", async () => {
        await start();
        assert.equal((await open({ "user-agent": "" })).answer.statusCode, 403);
        application.server.removeAllListeners("upgrade");
        assert.equal((await open()).answer.statusCode, 426);
    });

    it("is no WebSocket for an application without the headers that the policies leave out", async () => {
        await start(({ distribution }) => set(distribution, "defaultCacheBehavior.originRequestPolicyId", undefined));
        const { socket } = await open();
        socket?.destroy();
        assert.equal(seen?.headers["sec-websocket-key"], undefined);
    });

    it("leaves a request alone that wants another protocol, and one that hides a body behind it", async () => {
        await start();
        const other = await open({ upgrade: "h2c" });
        assert.deepEqual([other.socket, other.answer.statusCode], [undefined, 426]);
        const hidden = "GET /admin HTTP/1.1\r\nHost: www.example.com\r\n\r\n";
        const asked = `POST /chat HTTP/1.1\r\nHost: ${viewer}\r\nUser-Agent: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nContent-Length: ${hidden.length}\r\n\r\n${hidden}`;
        const before = application.asked.length;
        assert.match(await served.raw(asked), /^HTTP\/1\.1 400 /);
        assert.equal(application.asked.length, before);
    });
});
