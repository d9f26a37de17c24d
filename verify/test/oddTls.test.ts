import assert from "node:assert/strict";
import { createServer as createSecureHttp1Server } from "node:https";
import { createSecureServer } from "node:http2";
import type { Socket } from "node:net";
import { table } from "../table";
import { alert, inFrontOf, readHello, realServer, serverHello } from "./clientHellos";
import { expectVerdicts, findingOf, likeCloudFront, reportOf, strongTls as tls, useTestEdge } from "./testNetwork";

describe("no false pass: where TLS is odd", function () {
    this.timeout(60_000);
    const edge = useTestEdge();
    const { servers } = edge;

    const playing = async (play: (hello: Buffer, socket: Socket) => boolean) =>
        reportOf(
            await edge.networkWith({
                443: await servers.listen(inFrontOf(realServer({ ...edge.good, ...tls }), play)),
            }),
        );

    it("SSL 2.0", async () => {
        const report = await playing((hello, socket) => {
            if (((hello[0] ?? 0) & 0x80) === 0 || hello[2] !== 1) {
                return false;
            }
            const body = Buffer.concat([
                Buffer.from([4, 0, 1, 0, 2, 0, 1, 0, 3, 0, 16, 0x30]),
                Buffer.from([7, 0, 0xc0]),
                Buffer.alloc(16),
            ]);
            socket.end(Buffer.concat([Buffer.from([0x80, body.length]), body]));
            return true;
        });
        expectVerdicts(report, { "viewer-https": "pass", "viewer-tls-old": "fail" });
        assert.match(findingOf(report, "viewer-tls-old").seen, /SSL 2\.0/);
    });

    it("SSL 3.0 of a server that ends connections with extensions", async () => {
        const report = await playing((hello, socket) => {
            const { version, hasExtensions } = readHello(hello);
            if (version !== 0x0300) {
                return false;
            }
            if (hasExtensions) {
                socket.destroy();
            } else {
                socket.end(serverHello(0x0300, 0x0005));
            }
            return true;
        });
        expectVerdicts(report, { "viewer-tls-old": "fail" });
        assert.match(findingOf(report, "viewer-tls-old").seen, /\(SSL 3\.0\)/);
    });

    const intolerant: Readonly<Record<string, (socket: Socket) => void>> = {
        "ends the connection": (socket) => socket.destroy(),
        "says decode_error": (socket) => socket.end(alert(50)),
        "says internal_error": (socket) => socket.end(alert(80)),
    };
    for (const [what, refuse] of Object.entries(intolerant)) {
        it(`a server that ${what} where more than 64 suites are offered has refused none of them`, async () => {
            const report = await playing((hello, socket) => {
                const { suites, version } = readHello(hello);
                if (suites.length > 64) {
                    refuse(socket);
                } else if (suites.includes(5) && version === 0x0303) {
                    socket.end(serverHello(0x0303, 0x0005));
                } else {
                    return false;
                }
                return true;
            });
            expectVerdicts(report, { "viewer-https": "pass", "viewer-tls-ciphers": "fail" });
            assert.match(findingOf(report, "viewer-tls-ciphers").seen, /TLS_RSA_WITH_RC4_128_SHA/);
        });
    }

    for (const [what, refuse] of Object.entries(intolerant)) {
        it(`nor a false alarm: a server that ${what} where nothing good is offered`, async () => {
            const report = await playing((hello, socket) => {
                const { suites, version } = readHello(hello);
                const good = version === 0x0303 && suites.some((one) => one === 0xc02b || one === 0x1301);
                if (!good) {
                    refuse(socket);
                }
                return !good;
            });
            expectVerdicts(report, {
                "viewer-https": "pass",
                "viewer-tls-ciphers": "pass",
                "viewer-tls-old": "pass",
            });
        });
    }

    it("a server that lets in five connections and then ends all of them", async () => {
        let connections = 0;
        const report = await playing((_, socket) => {
            if (++connections <= 5) {
                return false;
            }
            socket.destroy();
            return true;
        });
        assert.notEqual(findingOf(report, "viewer-tls-old").verdict, "pass", table(report));
        assert.notEqual(findingOf(report, "viewer-tls-ciphers").verdict, "pass", table(report));
        assert.notEqual(report.verdict, "pass");
    });

    it("another certificate for those who know RSA only", async () => {
        const expired = await edge.authority.issue({
            rsaBits: 2048,
            notBefore: new Date(Date.now() - 9 * 86_400_000),
            notAfter: new Date(Date.now() - 86_400_000),
        });
        const both = { key: [edge.good.key, expired.key], cert: [edge.good.cert, expired.cert] };
        const report = await reportOf(await edge.networkWith({ 443: await servers.secure({ ...both, ...tls }) }));
        expectVerdicts(report, { "viewer-https": "pass", "viewer-certificate": "fail" });
        assert.match(findingOf(report, "viewer-certificate").seen, /it expired on/);
    });

    it("another certificate for HTTP/2", async () => {
        const other = await edge.authority.issue({ names: ["other.example.com"] });
        const http2 = createSecureServer({ ...other, ...tls, allowHTTP1: true }, likeCloudFront as never);
        http2.on("tlsClientError", () => undefined).on("sessionError", () => undefined);
        const real = createSecureHttp1Server({ ...edge.good, ...tls }, likeCloudFront);
        real.on("tlsClientError", () => undefined);
        const server = inFrontOf(real, (hello, socket) => {
            const wants = hello[0] === 22 && readHello(hello).wantsHttp2;
            if (wants) {
                socket.pause();
                socket.unshift(hello);
                http2.emit("connection", socket);
            }
            return wants;
        });
        const report = await reportOf(await edge.networkWith({ 443: await servers.listen(server) }));
        expectVerdicts(report, { "viewer-https": "pass", "viewer-certificate": "fail" });
        assert.match(findingOf(report, "viewer-certificate").seen, /covers other\.example\.com/);
    });

    it("a key that no browser takes, and a validity that no public certificate has", async () => {
        const odd = await edge.authority.issue({ ed25519: true });
        const server = await servers.secure({ ...odd, ...tls });
        const report = await reportOf(await edge.networkWith({ 443: server }));
        expectVerdicts(report, { "viewer-certificate": "fail" });
        assert.match(findingOf(report, "viewer-certificate").seen, /ED25519, which browsers do not take/);
        const long = await edge.authority.issue({ notAfter: new Date(Date.now() + 250 * 86_400_000) });
        const lasting = await reportOf(await edge.networkWith({ 443: await servers.secure({ ...long, ...tls }) }));
        expectVerdicts(lasting, { "viewer-certificate": "warn" });
        assert.match(
            findingOf(lasting, "viewer-certificate").seen,
            /valid for 252 days .* may be valid for \d+ at most/,
        );
    });

    const broken: Readonly<Record<string, (server: ReturnType<typeof realServer>) => void>> = {
        "closes its half after the handshake": (server) =>
            server.removeAllListeners("request").on("secureConnection", (socket: Socket) => socket.end()),
        "sends what is no HTTP": (server) =>
            server.removeAllListeners("secureConnection").on("secureConnection", (socket: Socket) => {
                socket.on("error", () => undefined).end(Buffer.alloc(5000, 0xff));
            }),
        "says nothing after the handshake": (server) =>
            server.removeAllListeners("secureConnection").on("secureConnection", (socket: Socket) => {
                socket.on("error", () => undefined);
            }),
    };
    for (const [what, breakIt] of Object.entries(broken)) {
        it(`a server that ${what}`, async () => {
            const server = realServer({ ...edge.good, ...tls });
            breakIt(server);
            const report = await reportOf(await edge.networkWith({ 443: await servers.listen(server) }));
            expectVerdicts(report, { "viewer-https": "fail" });
        });
    }

    it("a server that knows no protocol of HTTP's, and one that drips its handshake", async () => {
        const server = await servers.listen(realServer({ ...edge.good, ...tls, ALPNProtocols: ["smtp"] }));
        const report = await reportOf(await edge.networkWith({ 443: server }));
        expectVerdicts(report, { "viewer-https": "fail" });
        const dripping = await servers.raw((socket) => {
            const timer = setInterval(() => socket.write(Buffer.from([22])), 300);
            socket.on("close", () => clearInterval(timer));
            socket.on("data", () => undefined);
        });
        const started = Date.now();
        const slow = await reportOf(await edge.networkWith({ 443: dripping }));
        assert.notEqual(slow.verdict, "pass");
        expectVerdicts(slow, { "viewer-tls-old": "cannot tell", "viewer-tls-ciphers": "cannot tell" });
        assert.ok(Date.now() - started < 60_000);
    });
});
