import assert from "node:assert/strict";
import { createServer } from "node:http";
import { connect as connectHttp2, createServer as createHttp2Server } from "node:http2";
import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { guardServer, listen, type Listening } from "./listening";

/** Milliseconds; uploads below take several times as long. */
const silence = 250;

describe("a guarded server", () => {
    let listening: Listening;

    afterEach(() => listening.close());

    const plain = async () => {
        const server = createServer((request, response) => {
            let bytes = 0;
            request.on("data", (chunk: Buffer) => (bytes += chunk.length));
            request.on("end", () => response.end(String(bytes)));
        });
        listening = await listen(guardServer(server, silence));
    };

    /** What comes back, and after how many milliseconds the connection ended. */
    const talk = async (send: (write: (text: string) => void) => Promise<void>) => {
        const started = Date.now();
        const socket = connect(listening.port, "127.0.0.1");
        let received = "";
        socket.on("data", (chunk: Buffer) => (received += chunk.toString()));
        socket.on("error", () => undefined);
        const closed = new Promise((resolve) => socket.on("close", resolve));
        await send((text) => socket.writable && socket.write(text));
        await closed;
        return { received, milliseconds: Date.now() - started };
    };

    it("takes an upload that lasts, as long as it moves", async () => {
        await plain();
        const { received } = await talk(async (write) => {
            write("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\nconnection: close\r\n\r\n");
            for (let sent = 0; sent < 10; sent++) {
                await wait(silence / 2);
                write("x");
            }
        });
        assert.match(received, /^HTTP\/1\.1 200 .*\r\n\r\n10$/s);
    });

    it("ends a connection on which nothing moves", async () => {
        await plain();
        const { received, milliseconds } = await talk(async (write) => {
            write("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\nx");
            return Promise.resolve();
        });
        assert.equal(received, "");
        assert.ok(milliseconds >= silence * 0.9 && milliseconds < 20 * silence, String(milliseconds));
    });

    it("tells a caller what it could not read", async () => {
        await plain();
        assert.match(
            (await talk(async (write) => Promise.resolve(write("nonsense\r\n\r\n")))).received,
            /^HTTP\/1\.1 400 /,
        );
    });

    it("keeps an HTTP/2 session on which anything moves, and lets more than 64 KB wait unread", async () => {
        const server = createHttp2Server((request, response) => {
            let bytes = 0;
            request.on("data", (chunk: Buffer) => (bytes += chunk.length));
            request.on("end", () => response.end(String(bytes)));
        });
        listening = await listen(guardServer(server, silence));
        const session = connectHttp2(`http://127.0.0.1:${listening.port}`);
        const stream = session.request({ ":method": "POST" });
        for (let sent = 0; sent < 10; sent++) {
            await wait(silence / 2);
            stream.write("x");
        }
        stream.end();
        const chunks: Buffer[] = [];
        for await (const chunk of stream) {
            chunks.push(chunk as Buffer);
        }
        assert.equal(Buffer.concat(chunks).toString(), "10");
        assert.ok((session.state.remoteWindowSize ?? 0) > 1_000_000);
        session.destroy();
    });
});
