import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { createSecureServer } from "node:http2";
import { createServer as createSecureHttp1Server } from "node:https";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import * as path from "node:path";
import type { Door, Host, Network } from "../network";
import type { Finding, Report, Verdict } from "../report";
import { table } from "../table";
import { verify } from "../verify";
import {
    type CertificateOptions,
    closed,
    cloudFrontHeaders,
    likeCloudFront,
    networkOf,
    redirectToHttps,
    target,
    TestAuthority,
    TestServers,
} from "./testNetwork";

describe("no false pass", function () {
    this.timeout(30_000);
    let authority: TestAuthority;
    let good: { key: string; cert: string };
    const servers = new TestServers();

    before(async () => {
        authority = await TestAuthority.create();
        good = await authority.issue();
    });
    afterEach(() => servers.close());

    const tls = { minVersion: "TLSv1.2", ciphers: "ECDHE+AESGCM" } as const;

    /** An edge as it should be, with what a test changes. */
    async function networkWith(viewer: Host = {}, origin: Host = {}): Promise<Network> {
        return networkOf(
            {
                443: viewer[443] ?? (await servers.secure({ ...good, ...tls })),
                80: viewer[80] ?? (await servers.plain(redirectToHttps)),
            },
            { origin: { 443: closed, 80: closed, ...origin }, certificateAuthority: authority.pem },
        );
    }

    async function reportOf(network: Network, timeoutSeconds = 1): Promise<Report> {
        return verify({ target, network, timeoutSeconds });
    }

    function findingOf(report: Report, probe: string): Finding {
        const found = report.findings.find((one) => one.probe === probe);
        assert.ok(found, `no finding ${probe}`);
        return found;
    }

    function expectVerdicts(report: Report, expected: Readonly<Record<string, Verdict>>): void {
        const seen = Object.fromEntries(
            Object.keys(expected).map((probe) => [probe, findingOf(report, probe).verdict]),
        );
        assert.deepEqual(seen, expected, table(report));
    }

    it("nor a false alarm: an edge as it should be passes, whatever the other hops hide", async () => {
        const report = await reportOf(await networkWith());
        assert.equal(report.verdict, "pass", table(report));
        const others = report.findings.filter((one) => one.verdict !== "pass").map((one) => one.verdict);
        assert.ok(
            others.every((one) => one === "cannot tell"),
            table(report),
        );
    });

    describe("where a connection ends in a way that nobody expects", () => {
        const ends: Readonly<Record<string, (server: ReturnType<typeof createSecureServer>) => void>> = {
            "closes the session": (server) => server.on("session", (session) => session.close()),
            "destroys the session": (server) => server.on("session", (session) => session.destroy()),
            "says goaway": (server) => server.on("session", (session) => session.goaway(0)),
            "closes the stream": (server) => server.on("stream", (stream) => stream.close(0)),
            "resets the connection": (server) => server.on("secureConnection", (socket: Socket) => socket.destroy()),
        };
        for (const [what, end] of Object.entries(ends)) {
            it(`a server that speaks HTTP/2 and ${what}`, async () => {
                const server = createSecureServer({ ...good, ...tls, allowHTTP1: true });
                server.on("request", (request, response) => {
                    if (request.httpVersion === "1.1") {
                        likeCloudFront(request as never, response as never);
                    }
                });
                server.on("error", () => undefined);
                server.on("sessionError", () => undefined);
                end(server);
                const network = await networkWith({ 443: await servers.listen(server) });
                const report = await reportOf(network);
                assert.notEqual(findingOf(report, "viewer-http2").verdict, "pass", table(report));
            });
        }

        it("a server that answers 101", async () => {
            const switching = (socket: Socket) =>
                socket.on("data", () =>
                    socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
                );
            const report = await reportOf(await networkWith({ 80: await servers.raw(switching) }));
            expectVerdicts(report, { "viewer-http": "fail" });
        });

        /** Runs the command in a process of its own. */
        async function run(args: readonly string[], hook?: string): Promise<{ code: number | null; out: string }> {
            const bin = path.join(__dirname, "..", "verify-edge.js");
            const child = spawn(process.execPath, [...(hook === undefined ? [] : ["--require", hook]), bin, ...args]);
            let out = "";
            child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
            const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
            return { code, out };
        }

        it("a promise that never settles: the process does not end well", async () => {
            const folder = mkdtempSync(path.join(tmpdir(), "verify-hook-"));
            try {
                const hook = path.join(folder, "hook.cjs");
                const command = path.join(__dirname, "..", "bin", "command.js");
                writeFileSync(
                    hook,
                    `require.cache[${JSON.stringify(command)}] = { id: "x", filename: ${JSON.stringify(command)}, loaded: true, exports: { command: () => new Promise(() => undefined) } };`,
                );
                assert.equal((await run(["--domain-name", "www.example.com"], hook)).code, 3);
            } finally {
                rmSync(folder, { recursive: true });
            }
        });
    });

    describe("where the origin is open", () => {
        const https: Readonly<Record<string, () => Promise<Door>>> = {
            "says nothing": () => servers.raw(() => undefined),
            "resets on the ClientHello": () =>
                servers.raw((socket) => socket.on("data", () => socket.resetAndDestroy())),
            "closes at once": () => servers.raw((socket) => socket.end()),
            "answers after the time-out": () =>
                servers.secure({ ...good, ...tls }, (_, response) => void setTimeout(() => response.end(), 3000)),
            "sends headers of 20 KB": () =>
                servers.secure({ ...good, ...tls }, (_, response) =>
                    response.writeHead(403, { x: "y".repeat(20_000) }).end(),
                ),
            "demands a client's certificate": () =>
                servers.secure({ ...good, ...tls, requestCert: true, rejectUnauthorized: true, ca: authority.pem }),
            "is no TLS": () => servers.plain((_, response) => response.end("hello")),
            "answers 403": () => servers.secure({ ...good, ...tls }, (_, response) => response.writeHead(403).end()),
        };
        for (const [what, door] of Object.entries(https)) {
            it(`and ${what} on port 443`, async () => {
                const report = await reportOf(await networkWith({}, { 443: await door() }));
                expectVerdicts(report, { "origin-network-closed": "fail" });
                assert.equal(report.verdict, "fail");
            });
        }

        const odd: Readonly<Record<string, (socket: Socket) => void>> = {
            "says nothing": () => undefined,
            "speaks something else": (socket) => socket.write("220 mail ready\r\n"),
            "closes at once": (socket) => socket.end(),
            "resets after the request": (socket) => socket.on("data", () => socket.resetAndDestroy()),
        };
        for (const [what, serve] of Object.entries(odd)) {
            it(`and ${what} on port 80`, async () => {
                const report = await reportOf(await networkWith({}, { 80: await servers.raw(serve) }));
                expectVerdicts(report, { "origin-http-closed": "fail", "origin-network-closed": "pass" });
            });

            it(`as port 80 of the viewers' name, which ${what}`, async () => {
                const report = await reportOf(await networkWith({ 80: await servers.raw(serve) }));
                assert.notEqual(findingOf(report, "viewer-http").verdict, "pass", table(report));
                assert.notEqual(report.verdict, "pass");
            });
        }

        it("at another port", async () => {
            const report = await reportOf(await networkWith({}, { 8443: await servers.secure({ ...good, ...tls }) }));
            expectVerdicts(report, { "origin-other-ports": "fail" });
            assert.match(findingOf(report, "origin-other-ports").seen, /8443/);
        });

        it("at one of its addresses only", async () => {
            const open = await servers.raw((socket) => socket.end());
            const report = await reportOf(await networkWith({}, { 443: [closed, open] }));
            expectVerdicts(report, { "origin-network-closed": "fail" });
        });
    });

    it("where nothing is known of the origin's port: nobody guesses that it is closed", async () => {
        const network = await networkWith();
        const report = await reportOf({ ...network, hosts: { ...network.hosts, "origin.example.com": {} } });
        expectVerdicts(report, { "origin-network-closed": "cannot tell", "origin-http-closed": "cannot tell" });
        assert.equal(report.verdict, "cannot tell");
    });

    it("where a closed port refuses the connection, but the network named it as open: serving has ended", async () => {
        const gone = await servers.raw(() => undefined);
        await servers.close();
        const network = await networkWith({ 443: gone, 80: gone }, { 443: gone, 80: gone });
        const report = await reportOf(network);
        expectVerdicts(report, { "origin-network-closed": "cannot tell", "origin-http-closed": "cannot tell" });
        assert.notEqual(report.verdict, "pass");
    });

    describe("where something weak is spoken", () => {
        const weak: readonly (readonly [string, string, Readonly<Record<string, unknown>>])[] = [
            ["no encryption", "TLS_ECDHE_ECDSA_WITH_NULL_SHA", { ciphers: "ECDHE-ECDSA-NULL-SHA" }],
            ["nobody's certificate", "TLS_ECDH_anon_WITH_AES_128_CBC_SHA", { ciphers: "AECDH-AES128-SHA" }],
            ["CBC with SHA-384", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384", { ciphers: "ECDHE-ECDSA-AES256-SHA384" }],
            ["Camellia", "TLS_ECDHE_ECDSA_WITH_CAMELLIA_128_CBC_SHA256", { ciphers: "ECDHE-ECDSA-CAMELLIA128-SHA256" }],
            ["a static key", "TLS_RSA_WITH_AES_256_GCM_SHA384", { ciphers: "AES256-GCM-SHA384", rsaBits: 2048 }],
            [
                "a finite field",
                "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
                { ciphers: "DHE-RSA-AES128-GCM-SHA256", rsaBits: 2048 },
            ],
        ];
        for (const [what, suite, { ciphers, rsaBits }] of weak) {
            it(`TLS 1.2 with ${what}`, async () => {
                const certificate = await authority.issue({ rsaBits: rsaBits as number | undefined });
                const options = {
                    ...certificate,
                    ...tls,
                    dhparam: "auto" as unknown as undefined,
                    ciphers: `${tls.ciphers}:${ciphers as string}:@SECLEVEL=0`,
                };
                const report = await reportOf(await networkWith({ 443: await servers.secure(options) }));
                expectVerdicts(report, { "viewer-https": "pass", "viewer-tls-ciphers": "fail" });
                assert.ok(findingOf(report, "viewer-tls-ciphers").seen.includes(`${suite} (TLS 1.2)`), table(report));
            });
        }

        // Node's OpenSSL speaks none of these, so a server that does is played: it says in its ServerHello that it would.
        const gone: readonly (readonly [string, string, number, number])[] = [
            ["viewer-tls-ciphers", "TLS_RSA_WITH_RC4_128_SHA (TLS 1.2)", 0x0303, 0x0005],
            ["viewer-tls-ciphers", "TLS_RSA_WITH_3DES_EDE_CBC_SHA (TLS 1.2)", 0x0303, 0x000a],
            ["viewer-tls-ciphers", "TLS_RSA_EXPORT_WITH_RC4_40_MD5 (TLS 1.2)", 0x0303, 0x0003],
            ["viewer-tls-ciphers", "TLS_KRB5_WITH_DES_CBC_SHA (TLS 1.2)", 0x0303, 0x001e],
            ["viewer-tls-old", "TLS_RSA_WITH_RC4_128_SHA (SSL 3.0)", 0x0300, 0x0005],
            ["viewer-tls-old", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA (TLS 1.1)", 0x0302, 0xc013],
        ];
        for (const [probe, spoken, version, suite] of gone) {
            it(spoken, async () => {
                const report = await reportOf(await networkWith({ 443: await alsoSpeaking(version, suite) }));
                expectVerdicts(report, { "viewer-https": "pass", [probe]: "fail" });
                assert.equal(findingOf(report, probe).seen, `spoken: ${spoken}`);
            });
        }

        /** A good server that would also speak one suite of one version. */
        async function alsoSpeaking(version: number, suite: number): Promise<Door> {
            const real = createSecureHttp1Server({ ...good, ...tls }, likeCloudFront);
            real.on("tlsClientError", () => undefined);
            const server: Server = createServer((socket) => {
                socket.once("data", (hello: Buffer) => {
                    const session = hello[43] ?? 0;
                    const length = hello.readUInt16BE(44 + session);
                    const suites = hello.subarray(46 + session, 46 + session + length);
                    const offered = Array.from({ length: length / 2 }, (_, index) => suites.readUInt16BE(2 * index));
                    if (hello.readUInt16BE(9) === version && offered.includes(suite)) {
                        const body = Buffer.alloc(38);
                        body.writeUInt16BE(version, 0);
                        body.writeUInt16BE(suite, 35);
                        const message = Buffer.concat([Buffer.from([2, 0, 0, body.length]), body]);
                        const record = Buffer.from([22, version >> 8, version & 255, 0, message.length]);
                        socket.end(Buffer.concat([record, message]));
                        return;
                    }
                    socket.pause();
                    socket.unshift(hello);
                    real.emit("connection", socket);
                });
            });
            return servers.listen(server);
        }

        for (const version of ["TLSv1", "TLSv1.1"] as const) {
            it(`${version}, at the second address of the name`, async () => {
                const old = await servers.secure({ ...good, minVersion: version, ciphers: "ALL:@SECLEVEL=0" });
                const first = await servers.secure({ ...good, ...tls });
                const report = await reportOf(await networkWith({ 443: [first, old] }));
                expectVerdicts(report, { "viewer-tls-old": "fail" });
                const { seen, addresses } = findingOf(report, "viewer-tls-old");
                assert.ok(seen.startsWith(`at 127.0.0.1:${old.port}: spoken: `), seen);
                assert.deepEqual(
                    addresses.map((one) => [one.address, one.verdict]),
                    [
                        [`127.0.0.1:${first.port}`, "pass"],
                        [`127.0.0.1:${old.port}`, "fail"],
                    ],
                );
            });
        }

        it("by the origin", async () => {
            const options = {
                ...good,
                minVersion: "TLSv1.2",
                ciphers: "ECDHE+AESGCM:ECDHE-ECDSA-AES128-SHA256",
            } as const;
            const report = await reportOf(await networkWith({}, { 443: await servers.secure(options) }));
            expectVerdicts(report, { "origin-tls-ciphers": "fail", "origin-tls-old": "pass" });
        });

        it("refusals of a port where no TLS works prove nothing", async () => {
            const dead = await servers.raw((socket) => socket.on("data", () => socket.end()));
            const report = await reportOf(await networkWith({ 443: dead }));
            expectVerdicts(report, { "viewer-tls-old": "cannot tell", "viewer-tls-ciphers": "cannot tell" });
        });

        it("a refusal names the alert, and how much was offered", async () => {
            const report = await reportOf(await networkWith());
            assert.match(
                findingOf(report, "viewer-tls-old").seen,
                /TLS 1\.0 with 3\d\d suites refused \(alert protocol_version\)/,
            );
        });
    });

    describe("where there is a way round", () => {
        const ways: readonly (readonly [string, string, RequestListener, RegExp])[] = [
            [
                "HTTPS redirects to HTTP",
                "viewer-https",
                (_, response) =>
                    response.writeHead(302, { ...cloudFrontHeaders, location: "http://www.example.com/login" }).end(),
                /HTTPS leads to plaintext/,
            ],
            [
                "HTTPS redirects to HTTP at the second step",
                "viewer-https",
                (request, response) =>
                    response
                        .writeHead(302, {
                            ...cloudFrontHeaders,
                            location: request.url === "/" ? "/login" : "http://elsewhere.example.com/",
                        })
                        .end(),
                /HTTPS leads to plaintext/,
            ],
            [
                "another server sends one header of CloudFront's",
                "viewer-https",
                (_, response) => response.writeHead(200, { "x-amz-cf-id": cloudFrontHeaders["x-amz-cf-id"] }).end(),
                /CloudFront would send x-amz-cf-pop, x-cache, via as well/,
            ],
            [
                "no firewall blocks anything",
                "viewer-firewall",
                (_, response) => response.writeHead(200, { ...cloudFrontHeaders, server: "application" }).end(),
                /none of 3 requests was blocked/,
            ],
        ];
        for (const [what, probe, serve, words] of ways) {
            it(what, async () => {
                const report = await reportOf(
                    await networkWith({ 443: await servers.secure({ ...good, ...tls }, serve) }),
                );
                expectVerdicts(report, { [probe]: "fail" });
                assert.match(findingOf(report, probe).seen, words);
            });
        }

        for (const open of ["/health", undefined]) {
            it(`plaintext is answered on ${open ?? "any other path"}`, async () => {
                const serve: RequestListener = (request, response) =>
                    request.url === open || (open === undefined && request.url !== "/" && request.url !== "/health")
                        ? response.end("in clear")
                        : redirectToHttps(request, response);
                const network = await networkWith({ 80: await servers.plain(serve) });
                const report = await verify({ target, network, path: "/health", timeoutSeconds: 1 });
                expectVerdicts(report, { "viewer-http": "fail" });
            });
        }
    });

    describe("where the certificate is", () => {
        const certificates: readonly (readonly [string, CertificateOptions, RegExp])[] = [
            ["without subject alternative names", { names: [] }, /has no subject alternative name/],
            ["for another name", { names: ["other.example.com"] }, /covers other\.example\.com, not www/],
            ["weak by its key", { rsaBits: 1024 }, /key is weak \(RSA 1024\)/],
            ["signed with SHA-1", { hash: "SHA-1" }, /signed with RSA with SHA-1/],
            ["not valid yet", { notBefore: new Date(Date.now() + 86_400_000) }, /not valid yet/],
            [
                "expired",
                { notBefore: new Date(Date.now() - 9 * 86_400_000), notAfter: new Date(Date.now() - 86_400_000) },
                /it expired on/,
            ],
            ["about to expire", { notAfter: new Date(Date.now() + 5 * 86_400_000) }, /valid for 4 more days only/],
        ];
        for (const [what, options, words] of certificates) {
            it(what, async () => {
                const certificate = await authority.issue(options);
                const server = await servers.secure({ ...certificate, ...tls, ciphers: `${tls.ciphers}:@SECLEVEL=0` });
                const report = await reportOf(await networkWith({ 443: server }));
                expectVerdicts(report, { "viewer-certificate": "fail", "viewer-https": "pass" });
                assert.match(findingOf(report, "viewer-certificate").seen, words);
            });
        }

        it("of nobody that is trusted", async () => {
            const network = await networkWith();
            const other = await TestAuthority.create();
            const report = await reportOf({ ...network, certificateAuthority: other.pem });
            expectVerdicts(report, { "viewer-certificate": "fail" });
            assert.match(findingOf(report, "viewer-certificate").seen, /authority that is not trusted/);
        });

        it("for a thousand names, of which a report repeats a few", async () => {
            const names = Array.from({ length: 1000 }, (_, index) => `n${index}.example.com`);
            const certificate = await authority.issue({ names: ["www.example.com", ...names] });
            const report = await reportOf(await networkWith({ 443: await servers.secure({ ...certificate, ...tls }) }));
            expectVerdicts(report, { "viewer-certificate": "pass" });
            assert.ok(JSON.stringify(report).length < 40_000, `${JSON.stringify(report).length} characters`);
        });
    });

    it("where this machine cannot reach an address: that is said, and what is open there is not closed", async () => {
        // The loopback address has no way out, as a machine without IPv6 has none.
        const unreachable = { address: "2001:db8::1", port: 443, from: "::1" };
        const good443 = await servers.secure({ ...good, ...tls });
        const report = await reportOf(
            await networkWith({ 443: [good443, unreachable] }, { 443: [closed, unreachable] }),
        );
        expectVerdicts(report, {
            "viewer-addresses": "cannot tell",
            "viewer-https": "pass",
            "origin-network-closed": "cannot tell",
        });
        assert.match(findingOf(report, "viewer-addresses").seen, /1 of IPv4 and 0 of IPv6 reached; not probed: \[2001/);
        assert.match(report.summary, /Some addresses .* were not reached from here/);
        assert.equal(report.verdict, "cannot tell");
    });

    it("where plain HTTP redirects to a name that only looks alike", async () => {
        for (const [location, verdict] of [
            ["https://www.example.com?a=b", "pass"],
            ["https://www.example.com:443/", "pass"],
            ["https://www.example.com.evil.example/", "fail"],
            ["https://www.example.com@evil.example/", "fail"],
            ["https://www.example.com:8443/", "fail"],
            ["//www.example.com/", "fail"],
        ] as const) {
            const serve: RequestListener = (_, response) => response.writeHead(301, { location }).end();
            const report = await reportOf(await networkWith({ 80: await servers.plain(serve) }));
            expectVerdicts(report, { "viewer-http": verdict });
        }
    });

    it("where the origin was not named: a report without it proves nothing about it", async () => {
        const network = await networkWith();
        const report = await verify({ target: { domainNames: ["www.example.com"] }, network, timeoutSeconds: 1 });
        assert.equal(report.verdict, "cannot tell");
        assert.match(report.summary, /CloudFront to load balancer/);
    });

    it("where a server steers the terminal: its words are spelled out", async () => {
        const server = await servers.raw((socket) =>
            socket.on("data", () =>
                socket.end(
                    "HTTP/1.1 302 Found\r\nLocation: http://x/\x9b2J\x85\r\nContent-Length: 0\r\n\r\n",
                    "latin1",
                ),
            ),
        );
        const report = await reportOf(await networkWith({ 80: server }));
        expectVerdicts(report, { "viewer-http": "fail" });
        assert.doesNotMatch(table(report).replaceAll("\n", ""), /\p{Cc}/u);
    });
});
