import assert from "node:assert/strict";
import { connect, createServer, type Server } from "node:net";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { RecordFraming, WireTap } from "./wireTap";

function record(length: number, type = 23): Buffer {
    return Buffer.concat([Buffer.from([type, 3, 3, length >> 8, length & 255]), Buffer.alloc(length, 7)]);
}

describe("the framing of TLS records", () => {
    it("is followed through any split of the bytes", () => {
        const lengths = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 8 });
        fc.assert(
            fc.property(lengths, fc.integer({ min: 1, max: 50 }), (sizes, step) => {
                const bytes = Buffer.concat(sizes.map((size) => record(size)));
                const framing = new RecordFraming();
                let records = 0;
                for (let start = 0; start < bytes.length; start += step) {
                    records += framing.read(bytes.subarray(start, start + step));
                }
                assert.equal(framing.broken, false);
                assert.equal(records, sizes.length);
                assert.equal(framing.bytes, bytes.length);
            }),
        );
    });

    it("knows an offer of SSL 2.0, in which nothing is said yet, and no answer to it", () => {
        const offer = Buffer.from("802e0100020015000000100100800200800300800400800500800600400700c0", "hex");
        const hello = Buffer.concat([offer, Buffer.alloc(16)]);
        for (const step of [1, 7, hello.length]) {
            const framing = new RecordFraming();
            for (let start = 0; start < hello.length; start += step) {
                framing.read(hello.subarray(start, start + step));
            }
            assert.equal(framing.broken, false, String(step));
            framing.read(Buffer.from("GET / HTTP/1.1"));
            assert.equal(framing.broken, true, String(step));
        }
        const answer = new RecordFraming();
        answer.read(Buffer.from("80210400010002000000030010", "hex"));
        assert.equal(answer.broken, true);
    });

    it("breaks where anything else passes, at once or after TLS", () => {
        for (const bytes of [
            Buffer.from("GET / HTTP/1.1\r\n\r\n"),
            Buffer.concat([record(20), Buffer.from("HTTP/1.1 200 OK")]),
            Buffer.from([23, 2, 0, 0, 1]),
            Buffer.from([19, 3, 3, 0, 1]),
            Buffer.from([23, 3, 3, 255, 255]),
        ]) {
            const framing = new RecordFraming();
            framing.read(bytes);
            assert.equal(framing.broken, true, bytes.toString("hex"));
        }
    });
});

describe("a wire tap", () => {
    let server: Server;
    let tap: WireTap | undefined;

    async function open(allowed?: () => boolean): Promise<WireTap> {
        tap = await WireTap.open("hop", "somewhere", () => server.address() as AddressInfo, allowed);
        return tap;
    }

    beforeEach(async () => {
        server = createServer((socket) => socket.pipe(socket));
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    });

    afterEach(async () => {
        await tap?.close();
        await new Promise<void>((resolve) => server.close(() => resolve()));
    });

    async function sendThrough(tap: WireTap, chunks: readonly Buffer[]): Promise<Buffer> {
        const received: Buffer[] = [];
        return new Promise((resolve, reject) => {
            const socket = connect(tap.port, "127.0.0.1");
            socket.on("data", (chunk: Buffer) => received.push(chunk));
            socket.on("error", reject);
            socket.on("close", () => resolve(Buffer.concat(received)));
            for (const chunk of chunks) {
                socket.write(chunk);
            }
            socket.end();
        });
    }

    it("passes every byte on, and reads a marker that is sent in clear, even in two pieces", async () => {
        const opened = await open();
        const sent = [Buffer.from("GET /mar"), Buffer.from("ker HTTP/1.1\r\n\r\n"), Buffer.alloc(300_000, 65)];
        const received = await sendThrough(opened, sent);
        assert.ok(received.equals(Buffer.concat(sent)));
        const evidence = opened.evidence("/marker");
        assert.deepEqual(
            [evidence.connections, evidence.plaintextConnections, evidence.tlsConnections, evidence.markerInClear],
            [1, 1, 0, true],
        );
        assert.equal(opened.evidence("/another").markerInClear, false);
        assert.equal(opened.evidence().markerInClear, undefined);
    });

    it("counts a connection of TLS records as TLS, and one that says nothing as neither", async () => {
        const opened = await open();
        await sendThrough(opened, [record(5000), record(10, 21)]);
        await sendThrough(opened, []);
        const { connections, tlsConnections, plaintextConnections, tlsRecords } = opened.evidence();
        assert.deepEqual(
            { connections, tlsConnections, plaintextConnections, tlsRecords },
            { connections: 2, tlsConnections: 1, plaintextConnections: 0, tlsRecords: 4 },
        );
    });

    it("drops whoever is not let in before a byte has passed", async () => {
        const opened = await open(() => false);
        await assert.rejects(
            sendThrough(opened, [Buffer.from("hello")]).then((received) => {
                assert.equal(received.length, 0);
                throw new Error("closed without an answer");
            }),
        );
        assert.equal(opened.evidence().connections, 0);
    });
});
