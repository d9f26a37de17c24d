import assert from "node:assert/strict";

import { distributionType, protocolPath } from "./estate";
import { report, textOf } from "./sampleReport";

describe("audit: HTML", () => {
    const page = textOf("html", report);

    it("fetches nothing", () => {
        assert.doesNotMatch(page, /\bsrc=(?!x onerror)|<link|@import|url\(|fetch\(|XMLHttpRequest/i);
        for (const [, href] of page.matchAll(/href="([^"]*)"/g)) {
            assert.match(href as string, /^(#|https:\/\/)/);
        }
        assert.match(page, /default-src 'none'; style-src 'sha256-[\w+/]+=*'; script-src 'sha256-/);
    });

    it("escapes whatever a state holds", () => {
        assert.equal(page.match(/<script>/g)?.length, 1);
        assert.doesNotMatch(page, /<img/);
        // eslint-disable-next-line no-control-regex
        assert.doesNotMatch(page, /[\u0000\u001b\ud800]/u);
        assert.ok(page.includes("web&quot;&#39;&gt;&lt;img src=x onerror=alert(1)&gt;"));
    });

    it("walks from the stack through components and the resource to the property", () => {
        const article =
            /<article[^>]*>(?:(?!<\/article>).)*Origin &quot;alb&quot; of web (?:(?!<\/article>).)*<\/article>/s.exec(
                page,
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
});
