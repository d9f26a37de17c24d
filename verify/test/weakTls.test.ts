import assert from "node:assert/strict";
import type { Door } from "../network";
import { table } from "../table";
import { inFrontOf, readHello, realServer, serverHello } from "./clientHellos";
import { expectVerdicts, findingOf, reportOf, strongTls as tls, useTestEdge } from "./testNetwork";

describe("no false pass: where something weak is spoken", function () {
    this.timeout(30_000);
    const edge = useTestEdge();
    const { servers } = edge;

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
            const certificate = await edge.authority.issue({ rsaBits: rsaBits as number | undefined });
            const options = {
                ...certificate,
                ...tls,
                dhparam: "auto" as unknown as undefined,
                ciphers: `${tls.ciphers}:${ciphers as string}:@SECLEVEL=0`,
            };
            const report = await reportOf(await edge.networkWith({ 443: await servers.secure(options) }));
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
            const report = await reportOf(await edge.networkWith({ 443: await alsoSpeaking(version, suite) }));
            expectVerdicts(report, { "viewer-https": "pass", [probe]: "fail" });
            assert.equal(findingOf(report, probe).seen, `spoken: ${spoken}`);
        });
    }

    /** A good server that would also speak one suite of one version. */
    async function alsoSpeaking(version: number, suite: number): Promise<Door> {
        const server = inFrontOf(realServer({ ...edge.good, ...tls }), (hello, socket) => {
            const offered = readHello(hello);
            const chosen = offered.version === version && offered.suites.includes(suite);
            if (chosen) {
                socket.end(serverHello(version, suite));
            }
            return chosen;
        });
        return servers.listen(server);
    }

    for (const version of ["TLSv1", "TLSv1.1"] as const) {
        it(`${version}, at the second address of the name`, async () => {
            const old = await servers.secure({ ...edge.good, minVersion: version, ciphers: "ALL:@SECLEVEL=0" });
            const first = await servers.secure({ ...edge.good, ...tls });
            const report = await reportOf(await edge.networkWith({ 443: [first, old] }));
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
            ...edge.good,
            minVersion: "TLSv1.2",
            ciphers: "ECDHE+AESGCM:ECDHE-ECDSA-AES128-SHA256",
        } as const;
        const report = await reportOf(await edge.networkWith({}, { 443: await servers.secure(options) }));
        expectVerdicts(report, { "origin-tls-ciphers": "fail", "origin-tls-old": "pass" });
    });

    it("refusals of a port where no TLS works prove nothing", async () => {
        const dead = await servers.raw((socket) => socket.on("data", () => socket.end()));
        const report = await reportOf(await edge.networkWith({ 443: dead }));
        expectVerdicts(report, { "viewer-tls-old": "cannot tell", "viewer-tls-ciphers": "cannot tell" });
    });

    it("a refusal names the alert, and how much was offered", async () => {
        const report = await reportOf(await edge.networkWith());
        assert.match(
            findingOf(report, "viewer-tls-old").seen,
            /TLS 1\.0 with 414 suites refused \(alert protocol_version\)/,
        );
    });
});
