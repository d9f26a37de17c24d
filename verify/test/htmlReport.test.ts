import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { axeViolations } from "../../common/test/axeViolations";
import { html } from "../page";
import { json } from "../report";
import { overall } from "../verdicts";
import { closed, everything, finding, judged, report, required } from "./sampleReport";

describe("a report as HTML", () => {
    it("makes no markup of what a server said", () => {
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

    it("needs nothing else: no script, no file, no network", () => {
        const page = html(report([finding("pass")]));
        assert.match(page, /default-src 'none'/);
        assert.doesNotMatch(page, /<script|<link|<img|@import|url\(/);
    });

    it("holds what was expected and seen, when, from where, by which source, and how to reproduce it", () => {
        const page = html(report([finding("fail")]));
        for (const text of [
            "HTTPS is answered",
            "status 200",
            "2026-01-01T00:00:00.000Z",
            "here",
            "https://example.com/source",
            "curl https://www.example.com/",
            "What to fix",
            "@encrypted-edge/verify 0.1.0",
            "192.0.2.9",
        ]) {
            assert.ok(page.includes(text), text);
        }
        assert.ok(!html(report([finding("pass")])).includes("What to fix"));
    });

    it("names its JSON twin by hash", () => {
        const hash = createHash("sha256").update(json(everything)).digest("hex");
        assert.ok(html(everything).includes(`SHA-256 ${hash}`));
    });

    it("shows the configuration apart from what was seen: verdicts, exemptions with reasons, what was not asked", () => {
        const page = html(everything);
        for (const text of [
            "it says what was configured, not what was seen",
            "violated: alb-target-https",
            "disabled: cloudfront-viewer-https",
            "accepted: cloudfront-web-acl",
            "no web ACL<br>Exempted until 2027-05-01: moved in May",
            "plain &lt;b&gt;",
            "edge/prod",
            "4ddb51c",
        ]) {
            assert.ok(page.includes(text), text);
        }
        assert.equal(page.match(/moved in May/g)?.length, 1, "once");
        assert.equal(overall([...required, closed], judged.configuration), "fail");
    });

    it("draws each hop, and says in words what it drew", () => {
        const page = html(everything);
        assert.match(page, /<desc id="wide-words">Viewer to CloudFront: fail/);
        assert.equal(page.match(/<svg /g)?.length, 2);
        const good = html(report([finding("pass"), ...required]));
        assert.match(good, /Viewer to CloudFront: pass/);
    });

    it("draws the hops in letters of 10 pixels and more, on any screen", () => {
        const page = html(everything);
        const widthOf = (kind: string) => Number(new RegExp(`class="${kind}" viewBox="0 0 (\\d+)`).exec(page)?.[1]);
        const lettersOf = (kind: string) => {
            const drawn = new RegExp(`<svg class="${kind}".*?</svg>`, "s").exec(page)?.[0] ?? "";
            const classes = [...drawn.matchAll(/<text [^>]*class="(\w+)/g)].map(([, name]) => name ?? "");
            const sizes = classes.map((name) =>
                Number(new RegExp(`\\.${name} \\{ font-size: (\\d+)px`).exec(page)?.[1]),
            );
            return Math.min(...sizes);
        };
        const root = 16;
        const padding = 2 * root;
        const [, narrow] = /max-width: (\d+)rem\) \{ \.picture svg\.wide \{ display: none/.exec(page) ?? [];
        const shown = { wide: Number(narrow) * root - padding, tall: 320 - padding };
        for (const [kind, room] of Object.entries(shown)) {
            const size = (lettersOf(kind) * room) / widthOf(kind);
            assert.ok(size >= 10, `${kind}: ${size.toFixed(1)} pixels`);
        }
    });

    it("says what it is evidence for, and that it is no certificate", () => {
        const page = html(everything);
        for (const text of ["PCI DSS v4.0.1", "164.312(e)(1)", "SC-8", "SC-13", "Annex A 8.24", "no certificate"]) {
            assert.ok(page.includes(text), text);
        }
    });

    for (const [what, one] of [
        ["everything", everything],
        ["nothing", report([])],
    ] as const) {
        it(`can be read by everybody: ${what}`, async () => {
            assert.equal(await axeViolations(html(one)), "");
        });
    }
});
