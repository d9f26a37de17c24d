import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { Duplex } from "node:stream";
import { connect } from "node:tls";
import fc from "fast-check";
import { readFirstBytes } from "./clientHello";

/** What Node itself says first. */
async function clientHello(servername: string | undefined): Promise<Buffer> {
    return new Promise((resolve) => {
        const socket = new Duplex({
            read: () => undefined,
            write: (chunk: Buffer, _, done) => {
                resolve(chunk);
                done();
            },
        });
        connect({ socket, servername, rejectUnauthorized: false }).on("error", () => undefined);
    });
}

describe("the first bytes of a connection", () => {
    it("name the server, once all of them are there", async () => {
        const hello = await clientHello("www.example.com");
        for (let length = 0; length < hello.length; length++) {
            assert.deepEqual(readFirstBytes(hello.subarray(0, length)), { kind: "incomplete" }, `${length} bytes`);
        }
        assert.deepEqual(readFirstBytes(hello), { kind: "clientHello", serverName: "www.example.com" });
    });

    it("may name no server", async () => {
        assert.deepEqual(readFirstBytes(await clientHello(undefined)), { kind: "clientHello", serverName: undefined });
    });

    it("may be split over several records", async () => {
        const hello = await clientHello("www.example.com");
        const payload = hello.subarray(5);
        const record = (part: Buffer) =>
            Buffer.concat([Buffer.from([22, 3, 1, part.length >> 8, part.length & 255]), part]);
        const split = Buffer.concat([record(payload.subarray(0, 40)), record(payload.subarray(40))]);
        assert.deepEqual(readFirstBytes(split), { kind: "clientHello", serverName: "www.example.com" });
    });

    it("may be anything else, which is not TLS", () => {
        for (const text of ["GET / HTTP/1.1\r\n", "\x16GET", "\x80\x2e\x01\x00\x02", "\x16\x03\x01\x00\x00"]) {
            assert.deepEqual(readFirstBytes(Buffer.from(text, "latin1")), { kind: "plaintext" }, JSON.stringify(text));
        }
    });

    it("never do harm, whatever they are", async () => {
        const hello = await clientHello("www.example.com");
        const kinds = ["incomplete", "plaintext", "clientHello"];
        fc.assert(
            fc.property(fc.nat(hello.length - 1), fc.nat(255), (place, value) => {
                const spoilt = Buffer.from(hello);
                spoilt[place] = value;
                assert.ok(kinds.includes(readFirstBytes(spoilt).kind));
            }),
            { numRuns: 2000 },
        );
        for (let run = 0; run < 500; run++) {
            const noise = Buffer.concat([Buffer.from([22, 3, 1, 0, 60, 1, 0, 0, 56]), randomBytes(56)]);
            assert.ok(kinds.includes(readFirstBytes(noise).kind));
        }
    });
});
