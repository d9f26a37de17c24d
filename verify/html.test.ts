import assert from "node:assert/strict";
import { html } from "./html";
import { type Finding, hopVerdicts, overall, type Report, summaryOf, type Verdict } from "./report";
import { table } from "./table";

function finding(verdict: Verdict, change: Partial<Finding> = {}): Finding {
    return {
        probe: "viewer-https",
        hop: "viewer to CloudFront",
        name: "www.example.com",
        verdict,
        expected: "HTTPS is answered",
        seen: "status 200",
        evidence: {},
        addresses: [],
        source: "https://example.com/source",
        reproduce: "curl https://www.example.com/",
        at: "2026-01-01T00:00:00.000Z",
        ...change,
    };
}

function report(findings: Finding[], change: Partial<Report> = {}): Report {
    return {
        verdict: overall(findings),
        summary: summaryOf(findings),
        hops: hopVerdicts(findings),
        network: "the internet",
        rehearsed: false,
        names: ["www.example.com"],
        startedAt: "2026-01-01T00:00:00.000Z",
        finishedAt: "2026-01-01T00:00:01.000Z",
        from: { machine: "here", node: "v20", openssl: "3" },
        findings,
        ...change,
    };
}

describe("a report", () => {
    const required = ["viewer-https", "viewer-certificate", "viewer-tls-old", "viewer-tls-ciphers", "viewer-http"].map(
        (probe) => finding("pass", { probe }),
    );
    const closed = finding("pass", { probe: "origin-network-closed", hop: "CloudFront to load balancer" });

    it("fails by one failure, and passes by nothing that could not be seen", () => {
        const all = [...required, closed];
        assert.equal(overall(all), "pass");
        assert.equal(overall([...all, finding("warn", { probe: "viewer-headers" })]), "warn");
        assert.equal(overall([...all, finding("cannot tell", { probe: "viewer-http2" })]), "pass");
        assert.equal(overall([...all, finding("fail"), finding("cannot tell")]), "fail");
        assert.equal(overall([]), "cannot tell");
        for (const left of all) {
            assert.equal(overall(all.filter((one) => one !== left)), "cannot tell", left.probe);
            const untold = all.map((one) => (one === left ? { ...one, verdict: "cannot tell" as const } : one));
            assert.equal(overall(untold), "cannot tell", left.probe);
        }
    });

    it("says of each hop what its verdict rests on: its encryption, and nothing beside it", () => {
        const encrypted = finding("pass", { probe: "origin-encrypted", hop: "CloudFront to load balancer" });
        const verdictOf = (findings: Finding[]) =>
            hopVerdicts(findings).find((one) => one.hop === "CloudFront to load balancer");
        assert.deepEqual(verdictOf([closed]), {
            hop: "CloudFront to load balancer",
            verdict: "cannot tell",
            restsOn: "not seen: origin-encrypted",
        });
        assert.equal(verdictOf([closed, encrypted])?.verdict, "pass");
        assert.equal(verdictOf([closed, { ...encrypted, verdict: "cannot tell" }])?.verdict, "cannot tell");
        assert.equal(verdictOf([closed, { ...encrypted, verdict: "fail" }])?.restsOn, "failed: origin-encrypted");
        assert.match(summaryOf([...required, closed]), /Not seen from here: .*CloudFront to load balancer/);
    });

    it("as HTML makes no markup of what a server said", () => {
        const hostile = `"><script>alert(1)</script><img src=x onerror='a'>`;
        const page = html(
            report(
                [
                    finding("fail", {
                        seen: hostile,
                        name: hostile,
                        expected: hostile,
                        reproduce: hostile,
                        evidence: { [hostile]: hostile },
                    }),
                ],
                { names: [hostile], network: hostile },
            ),
        );
        assert.doesNotMatch(page, /<script|<img/);
        assert.ok(page.includes("&lt;script&gt;"));
    });

    it("as HTML needs nothing else: no script, no file, no network", () => {
        const page = html(report([finding("pass")]));
        assert.match(page, /default-src 'none'/);
        assert.doesNotMatch(page, /<script|<link|<img|@import|url\(/);
    });

    it("as HTML holds what was expected and seen, when, from where, by which source, and how to reproduce it", () => {
        const page = html(report([finding("fail")]));
        for (const text of [
            "HTTPS is answered",
            "status 200",
            "2026-01-01T00:00:00.000Z",
            "here",
            "https://example.com/source",
            "curl https://www.example.com/",
            "What failed",
        ]) {
            assert.ok(page.includes(text), text);
        }
        assert.ok(!html(report([finding("pass")])).includes("What failed"));
    });

    it("says of a rehearsal that it is one", () => {
        const rehearsed = report([finding("pass")], { rehearsed: true, network: "AWS rehearsed on this machine" });
        assert.match(html(rehearsed), /<strong>Rehearsal\.<\/strong>/);
        assert.match(table(rehearsed), /not what AWS does/);
        assert.doesNotMatch(html(report([finding("pass")])), /Rehearsal/);
    });

    it("as a table has colours only where they are asked for, and fits its width", () => {
        const long = finding("fail", { seen: "many words ".repeat(40) });
        const plain = table(report([long, finding("pass")]), { width: 90 });
        assert.ok(!plain.includes("\u001b"));
        assert.ok(table(report([long]), { color: true }).includes("\u001b["));
        assert.ok(
            plain.split("\n").every((line) => line.length <= 90),
            plain,
        );
        assert.match(plain, /expected: HTTPS is answered/);
        assert.match(plain, /FAIL: 1 pass, 1 fail, 0 cannot tell/);
    });
});
