import assert from "node:assert/strict";
import fc from "fast-check";
import { cipherSuites, ssl2Ciphers, weakSuites, weakSuites13 } from "./cipherSuites";
import { clientHello, versions } from "./clientHello";
import { readServerReply } from "./serverReply";

/** A ServerHello in its record. */
function serverHello(version: number, suite: number, extensions = Buffer.alloc(0)): Buffer {
    const body = Buffer.alloc(38);
    body.writeUInt16BE(version, 0);
    body.writeUInt16BE(suite, 35);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(extensions.length);
    const content = Buffer.concat([body, length, extensions]);
    const message = Buffer.concat([Buffer.from([2, 0, 0, content.length]), content]);
    return Buffer.concat([Buffer.from([22, 3, 3, 0, message.length]), message]);
}

describe("the answer to a ClientHello", () => {
    it("is a version and a suite", () => {
        assert.deepEqual(readServerReply(serverHello(0x0301, 0x0005)), {
            kind: "hello",
            version: "TLS 1.0",
            suite: 5,
            suiteName: "TLS_RSA_WITH_RC4_128_SHA",
        });
        const tls13 = readServerReply(serverHello(0x0303, 0x1301, Buffer.from([0, 43, 0, 2, 3, 4])));
        assert.equal(tls13.kind === "hello" && tls13.version, "TLS 1.3");
    });

    it("is an alert by name, unless it is a warning before more", () => {
        const alert = (level: number, number: number) => Buffer.from([21, 3, 1, 0, 2, level, number]);
        assert.deepEqual(readServerReply(alert(2, 70)), { kind: "alert", alert: "protocol_version" });
        assert.deepEqual(readServerReply(alert(2, 200)), { kind: "alert", alert: "number 200" });
        assert.deepEqual(readServerReply(alert(1, 112)), { kind: "incomplete" });
        const warned = Buffer.concat([alert(1, 112), serverHello(0x0303, 0x002f)]);
        assert.equal(readServerReply(warned).kind, "hello");
    });

    it("is something else where it is no TLS", () => {
        for (const text of ["HTTP/1.1 400 Bad Request\r\n", "SSH-2.0-x", "\u0016\u0002\u0000"]) {
            assert.equal(readServerReply(Buffer.from(text, "latin1")).kind, "other", text);
        }
    });

    it("is the same however it arrives, and never complete too early", () => {
        const whole = serverHello(0x0303, 0xc013);
        const expected = readServerReply(whole);
        for (let length = 0; length < whole.length; length++) {
            assert.equal(readServerReply(whole.subarray(0, length)).kind, "incomplete", `${length} bytes`);
        }
        assert.equal(expected.kind, "hello");
    });

    it("is read whatever bytes come", () => {
        fc.assert(
            fc.property(
                fc.uint8Array({ maxLength: 200 }),
                (bytes) => readServerReply(Buffer.from(bytes)) !== undefined,
            ),
        );
        fc.assert(
            fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
                const record = Buffer.concat([Buffer.from([22, 3, 3, 0, bytes.length, 2]), bytes]);
                return readServerReply(record) !== undefined;
            }),
        );
    });
});

describe("a ClientHello", () => {
    it("has the lengths that it states, in each version", () => {
        for (const version of ["SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"] as const) {
            const hello = clientHello("www.example.com", { version, suites: cipherSuites.slice(0, 120) });
            assert.equal(hello.length, 5 + hello.readUInt16BE(3));
            assert.equal(hello.readUIntBE(6, 3), hello.length - 9);
            assert.equal(hello.readUInt16BE(9), Math.min(versions[version], 0x0303));
        }
        const ssl2 = clientHello("www.example.com", { version: "SSL 2.0", suites: ssl2Ciphers });
        assert.equal(ssl2.length, 2 + (ssl2.readUInt16BE(0) & 0x7fff));
        assert.deepEqual([...ssl2.subarray(2, 11)], [1, 0, 2, 0, 21, 0, 0, 0, 16]);
        assert.equal(ssl2.length, 11 + 21 + 16);
    });
});

describe("the cipher suites", () => {
    it("are IANA's, each once", () => {
        assert.equal(new Set(cipherSuites.map(({ code }) => code)).size, cipherSuites.length);
        assert.equal(new Set(cipherSuites.map(({ name }) => name)).size, cipherSuites.length);
        const codeOf = (name: string) => cipherSuites.find((one) => one.name === name)?.code;
        // The ends of the runs: a name that slipped would shift every one behind it.
        assert.equal(codeOf("TLS_DH_anon_WITH_3DES_EDE_CBC_SHA"), 0x001b);
        assert.equal(codeOf("TLS_DH_anon_WITH_CAMELLIA_256_CBC_SHA256"), 0x00c5);
        assert.equal(codeOf("TLS_ECDHE_ECDSA_WITH_AES_256_CCM_8"), 0xc0af);
        assert.equal(codeOf("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"), 0xc02f);
        assert.equal(codeOf("TLS_RSA_PSK_WITH_CHACHA20_POLY1305_SHA256"), 0xccae);
        assert.equal(codeOf("TLS_RSA_FIPS_WITH_3DES_EDE_CBC_SHA"), 0xfeff);
        assert.equal(codeOf("TLS_DHE_RSA_WITH_SALSA20_SHA1"), 0xe41f);
        assert.equal(codeOf("TLS_RSA_WITH_3DES_EDE_CBC_MD5"), 0xff83);
    });

    it("are weak unless they are ECDHE with authenticated encryption", () => {
        const weak = new Set(weakSuites.map(({ name }) => name));
        for (const name of [
            "TLS_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
            "TLS_ECDH_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256",
            "TLS_DH_anon_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_NULL_SHA",
        ]) {
            assert.ok(weak.has(name), name);
        }
        for (const name of [
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_AES_128_GCM_SHA256",
        ]) {
            assert.ok(!weak.has(name), name);
        }
        assert.deepEqual(
            weakSuites13.map(({ name }) => name),
            ["TLS_SHA256_SHA256", "TLS_SHA384_SHA384"],
        );
    });
});
