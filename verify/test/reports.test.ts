import { Ajv } from "ajv";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { html } from "../page";
import { requirements } from "../page/standards";
import { reportSchema, schemaFile } from "./reportSchema";
import { type Finding, json } from "../report";
import { hopVerdicts, overall, summaryOf } from "../verdicts";
import { compare } from "../comparison";
import { junit } from "../junit";
import { table } from "../table";
import { verify } from "../verify";
import { closed, everything, finding, report, required } from "./sampleReport";

describe("a report", () => {
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

    it("names the requirements that it is evidence for, each with its edition, and knows every probe that they rest on", async () => {
        const page = html(report([finding("pass")]));
        assert.match(page, /supports an audit; it is no certificate/);
        const named = requirements.map(({ framework, requirement }) => `${framework}, ${requirement}`);
        assert.deepEqual(named, [
            "PCI DSS v4.0.1, 4.2.1",
            "HIPAA Security Rule, 45 CFR 164.312(e)(1)",
            "NIST SP 800-53 Rev. 5, SC-8",
            "NIST SP 800-53 Rev. 5, SC-13",
            "ISO/IEC 27001:2022, Annex A 8.24",
        ]);
        const run = await verify({
            target: { domainNames: ["www.example.com"], originDomainName: "origin.example.com" },
            network: { description: "nothing", hosts: {} },
            timeoutSeconds: 1,
        });
        const known = new Set(run.findings.map((one) => one.probe));
        for (const { edition, probes } of requirements) {
            assert.ok(page.includes(edition), edition);
            assert.deepEqual(
                probes.filter((probe) => !known.has(probe)),
                [],
            );
        }
    });

    it("says of a rehearsal that it is one", () => {
        const rehearsed = report([finding("pass")], { rehearsed: true, network: "AWS rehearsed on this machine" });
        assert.match(html(rehearsed), /<strong>Rehearsal\.<\/strong>/);
        assert.match(table(rehearsed), /not what AWS does/);
        assert.doesNotMatch(html(report([finding("pass")])), /Rehearsal/);
    });

    it("as JSON fits the published schema, which is made from the types", () => {
        const published = readFileSync(schemaFile, "utf8");
        assert.equal(published, reportSchema(), "npm run schema --workspace verify");
        const validate = new Ajv({ strict: false }).compile(JSON.parse(published) as object);
        for (const one of [everything, report([])]) {
            assert.ok(validate(JSON.parse(json(one))), JSON.stringify(validate.errors));
        }
        type Loose = Record<string, unknown> & { findings: Record<string, unknown>[]; hops: Record<string, unknown>[] };
        const broken: readonly ((copy: Loose) => void)[] = [
            (copy) => delete copy.schemaVersion,
            (copy) => (copy.schemaVersion = 2),
            (copy) => (copy.verdict = "passed"),
            (copy) => (copy.more = 1),
            (copy) => (copy.names = "www.example.com"),
            (copy) => delete copy.findings[0]?.probe,
            (copy) => ((copy.findings[0] ?? {}).verdict = undefined),
            (copy) => ((copy.hops[0] ?? {}).hop = "elsewhere"),
        ];
        for (const change of broken) {
            const copy = JSON.parse(json(everything)) as Loose;
            change(copy);
            assert.ok(!validate(JSON.parse(JSON.stringify(copy))), change.toString());
        }
    }).timeout(60_000);

    it("as JUnit XML has a case for each finding, and passes none that could not be seen", () => {
        const xml = junit(everything);
        assert.match(xml, /<testsuite name="viewer to CloudFront" tests="2" failures="1" errors="0" skipped="0">/);
        assert.match(xml, /<failure message="status 200">expected: HTTPS is answered/);
        assert.match(xml, /name="origin-encrypted"><skipped message="status 200"\/>/);
        assert.match(xml, /name="viewer-headers"><system-out>warning: /);
        assert.ok(!junit(report([finding("fail", { seen: `"]]><x>` })])).includes("<x>"));
    });

    it("says what has changed since an earlier one, and nothing of what has not", () => {
        const before = report([finding("pass"), finding("pass", { probe: "a" }), finding("pass", { probe: "b" })]);
        const now = [finding("fail"), finding("pass", { probe: "a", seen: "other" }), finding("pass", { probe: "c" })];
        const { changes } = compare(before, now);
        assert.deepEqual(
            changes.map(({ probe, before: old, after }) => [probe, old, after]),
            [
                ["viewer-https", "pass", "fail"],
                ["c", undefined, "pass"],
                ["b", "pass", undefined],
            ],
        );
        const compared = report(now, { comparison: compare(before, now) });
        for (const shown of [table(compared), html(compared)]) {
            assert.match(shown, /viewer-https of www\.example\.com: pass before, fail now/);
        }
        assert.match(
            html(report([], { comparison: compare(before, before.findings) })),
            /every probe concludes as before/,
        );
    });

    it("fits a terminal of 60 columns and of 80, and loses no word there", () => {
        const words = (text: string) => text.split(/\s+/).sort().join(" ");
        const findings = (["pass", "fail", "cannot tell"] as const).map((verdict) =>
            finding(verdict, { probe: "origin-refuses-strangers", seen: "TLS 1.2 with 414 suites refused ".repeat(5) }),
        );
        const shown = report(findings, { rehearsed: true, network: "AWS rehearsed on this machine" });
        for (const width of [60, 80]) {
            const text = table(shown, { width });
            assert.equal(words(text), words(table(shown)));
            assert.deepEqual(
                text.split("\n").filter((line) => line.length > width),
                [],
            );
        }
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
