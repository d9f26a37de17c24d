import assert from "node:assert/strict";

import type { Rule } from "../../rule";
import { rules } from "../../rules";
import { makeReport, type ReportInput } from "../report";
import { distributionType, protocolPath, urnOf } from "./estate";
import { crowded, few, one, pack, report, result, stacks, textOf } from "./sampleReport";

describe("audit: HTML", () => {
    const page = () => textOf("html", report);
    const clean = makeReport({ pack, rules, failOn: "mandatory", stacks: one(), remaining: 0 });

    it("fetches nothing", () => {
        assert.doesNotMatch(page(), /\bsrc=(?!x onerror)|<link|@import|url\(|fetch\(|XMLHttpRequest/i);
        for (const [, href] of page().matchAll(/href="([^"]*)"/g)) {
            assert.match(href as string, /^(#|https:\/\/)/);
        }
        assert.match(page(), /default-src 'none'; style-src 'sha256-[\w+/]+=*'; script-src 'sha256-/);
    });

    it("escapes whatever a state holds", () => {
        assert.equal(page().match(/<script>/g)?.length, 1);
        assert.doesNotMatch(page(), /<img/);
        // eslint-disable-next-line no-control-regex
        assert.doesNotMatch(page(), /[\u0000\u001b\ud800]/u);
        assert.ok(page().includes("web&quot;&#39;&gt;&lt;img src=x onerror=alert(1)&gt;"));
    });

    it("walks from the stack through components and the resource to the property", () => {
        const article =
            /<article[^>]*>(?:(?!<\/article>).)*Origin &quot;alb&quot; of web (?:(?!<\/article>).)*<\/article>/s.exec(
                page(),
            )?.[0] ?? "";
        const steps = [...article.matchAll(/<li[^>]*>(.*?)<\/li>/gs)].map(([, step]) =>
            (step as string).replace(/<br>/g, " ").replace(/<[^>]+>/g, ""),
        );
        assert.deepEqual(steps, [
            "stack shop/dev",
            "in around-web shop:index:Shop",
            `resource web ${distributionType}`,
            `property ${protocolPath}`,
        ]);
    });

    const shown = () => textOf("html", crowded);
    /** What a reader sees of a part of the page, without its tags. */
    const seen = (part: RegExp) =>
        (part.exec(shown())?.[0] ?? "")
            .replace(/<wbr>/g, "")
            .replace(/<[^>]+>/g, " ")
            .replace(/\s+/g, " ")
            .trim();

    it("says first what came out, then how many of each kind", () => {
        const verdict = "1 stack with findings, 1 stack could not be read, interrupted with 2 stacks to go";
        assert.equal(seen(/<title>.*?<\/title>/s), `Audit: ${verdict}`);
        assert.equal(seen(/<h1>.*?<\/h1>/s), "Audit encrypted-edge-policy 1.2.3");
        assert.equal(seen(/<p class="verdict bad">.*?<\/p>/s), verdict);
        assert.equal(
            seen(/<ul class="totals">.*?<\/ul>/s),
            "3 stacks 1,241 resources 1 unreadable 4 mandatory 2 advisory 1 cannot tell 1 baselined 2 exempted",
        );
    });

    it("counts one stack as one", () => {
        assert.match(textOf("html", clean), /<b class="">1<\/b><span class="soft">stack<\/span>/);
    });

    const untold = result("web", { level: "advisory", kind: "cannot tell" });
    /** Title: the report, its verdict and the colour of it. */
    const verdicts: Readonly<Record<string, readonly [Partial<ReportInput>, verdict: string, tone: string]>> = {
        "nothing was found": [{ stacks: one() }, "passed", "good"],
        "one violation is there": [{ stacks: one(result("web")) }, "1 stack with mandatory violations", "bad"],
        "advice fails": [
            { stacks: one(result("web", { level: "advisory" })), failOn: "advisory" },
            "1 stack with findings",
            "bad",
        ],
        "a mandatory rule could not tell": [
            { stacks: one(untold, untold) },
            "no violation was seen, but mandatory rules could not tell 2 times",
            "warn",
        ],
        "no stack could be read": [{ stacks: stacks.slice(2) }, "2 stacks could not be read", "bad"],
    };
    for (const [title, [input, verdict, tone]] of Object.entries(verdicts)) {
        it(`does not claim more than was seen where ${title}`, () => {
            const whole = { pack, rules, failOn: "mandatory" as const, stacks: [], remaining: 0, ...input };
            const made = textOf("html", makeReport(whole));
            assert.ok(made.includes(`<title>Audit: ${verdict}</title>`));
            assert.ok(made.includes(`<p class="verdict ${tone}">${verdict}</p>`));
        });
    }

    it("filters by the rules and standings that are there", () => {
        assert.equal(
            seen(/<form hidden>.*?<\/form>/s),
            "every rule cloudfront-origin-https-only cloudfront-web-acl mandatory advisory cannot tell baselined exempted",
        );
        const made = makeReport({ pack, rules, failOn: "mandatory", stacks: one(untold), remaining: 0 });
        const boxes = [...textOf("html", made).matchAll(/name="standing" value="([^"]*)" checked/g)];
        assert.deepEqual(
            boxes.map(([, value]) => value),
            ["cannot tell"],
        );
    });

    it("opens the stacks that fail or were not read, and says of each what is in it", () => {
        const stacks = [...shown().matchAll(/<details class="stack card" data-name="([^"]*)" [^>]*?( open)?>/g)];
        assert.deepEqual(
            stacks.map(([, name, open]) => `${name}${open ?? ""}`),
            ["shop/dev shop/dev open", "states/broken.json states/broken.json open", "shop/clean states/clean.json"],
        );
        const summaries = [...shown().matchAll(/<summary>.*?<\/summary>/gs)].map(([text]) =>
            text
                .replace(/<[^>]+>/g, " ")
                .replace(/\s+/g, " ")
                .trim(),
        );
        assert.deepEqual(summaries, [
            "shop/dev 4 mandatory 2 advisory 1 cannot tell 1 baselined 2 exempted 1,234 resources",
            "states/broken.json unreadable 0 resources",
            "shop/clean nothing found 7 resources states/clean.json",
        ]);
        assert.equal(shown().match(/Every rule that applies holds\./g)?.length, 1);
        assert.match(shown(), /data-standing="unreadable"><p class="message unreadable">The file is empty\.</);
    });

    it("shows of an exempted result until when and why, once", () => {
        const urn = urnOf("dev", "old");
        assert.equal(
            seen(/<article[^>]*data-standing="exempted".*?<\/article>/s),
            `exempted cloudfront-web-acl medium # Link to cloudfront-web-acl of old stack shop/dev in around-old shop:index:Shop resource old ${distributionType} ` +
                `property ${protocolPath} old has no web ACL. Exempted until 2027-01-01: is replaced in May ${urn}`,
        );
    });

    it("ends with the configuration, the baseline and what each rule asks for", () => {
        assert.equal(
            seen(/<h2>Policy configuration<\/h2><ul>.*?<\/ul>/s),
            "Policy configuration The exemption matches nothing.",
        );
        const left = seen(/<h2>Baseline.*?<\/ul>/s);
        assert.ok(left.startsWith("Baseline entries that no longer occur shop/dev cloudfront-origin-https-only urn:"));
        assert.equal(left.match(/Distribution::n\d origins/g)?.length, 7);
        assert.deepEqual(
            [...shown().matchAll(/<section class="card" id="rule-([^"]*)">/g)].map(([, name]) => name),
            few.map(({ name }) => name),
        );
        const [, acl] = few;
        assert.ok(
            seen(/<section class="card" id="rule-cloudfront-web-acl">.*?<\/section>/s).startsWith(
                `cloudfront-web-acl medium ${acl?.description} ${acl?.remediationSteps} AWS Security Hub CloudFront.6 : ${acl?.controls[0]?.difference} AWS Config`,
            ),
        );
        for (const heading of ["Policy configuration", "Baseline entries", "What each rule asks for"]) {
            assert.ok(!textOf("html", clean).includes(heading), heading);
        }
    });

    it("makes a link of a web address only", () => {
        const [first] = few;
        const control = { framework: "Own", control: "1", url: "javascript:alert(1)", difference: "Only <ours>." };
        const own = [{ ...(first as Rule), controls: [control] }];
        const made = makeReport({ pack, rules: own, failOn: "mandatory", stacks: one(result("web")), remaining: 0 });
        assert.match(textOf("html", made), /<p class="soft">Own 1: Only &lt;ours&gt;\.<\/p>/);
    });
});
