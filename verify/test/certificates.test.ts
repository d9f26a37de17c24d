import assert from "node:assert/strict";
import {
    type CertificateOptions,
    expectVerdicts,
    findingOf,
    reportOf,
    strongTls as tls,
    TestAuthority,
    useTestEdge,
} from "./testNetwork";

describe("no false pass: where the certificate is not what it should be", function () {
    this.timeout(30_000);
    const edge = useTestEdge();
    const { servers } = edge;

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
            const certificate = await edge.authority.issue(options);
            const server = await servers.secure({ ...certificate, ...tls, ciphers: `${tls.ciphers}:@SECLEVEL=0` });
            const report = await reportOf(await edge.networkWith({ 443: server }));
            expectVerdicts(report, { "viewer-certificate": "fail", "viewer-https": "pass" });
            assert.match(findingOf(report, "viewer-certificate").seen, words);
        });
    }

    it("of nobody that is trusted", async () => {
        const network = await edge.networkWith();
        const other = await TestAuthority.create();
        const report = await reportOf({ ...network, certificateAuthority: other.pem });
        expectVerdicts(report, { "viewer-certificate": "fail" });
        assert.match(findingOf(report, "viewer-certificate").seen, /authority that is not trusted/);
    });

    it("for a thousand names, of which a report repeats a few", async () => {
        const names = Array.from({ length: 1000 }, (_, index) => `n${index}.example.com`);
        const certificate = await edge.authority.issue({ names: ["www.example.com", ...names] });
        const report = await reportOf(
            await edge.networkWith({ 443: await servers.secure({ ...certificate, ...tls }) }),
        );
        expectVerdicts(report, { "viewer-certificate": "pass" });
        assert.ok(JSON.stringify(report).length < 40_000, `${JSON.stringify(report).length} characters`);
    });
});
