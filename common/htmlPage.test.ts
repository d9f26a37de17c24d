import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { htmlPage, pageStyle } from "./htmlPage";
import { breakableMarkup, escapeMarkup } from "./markup";

function digestOf(text: string): string {
    return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

describe("a page", () => {
    it("lets nothing style or run but what it was made with", () => {
        const page = htmlPage({ title: "A", body: "<p>b</p>", style: "p { color: red }", script: "alert(1)" });
        const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? "";
        const style = /<style>([^]*?)<\/style>/.exec(page)?.[1] ?? "";
        assert.equal(style, `${pageStyle}p { color: red }`);
        assert.ok(policy.includes(`style-src ${digestOf(style)};`));
        assert.ok(policy.includes(`script-src ${digestOf("alert(1)")};`));
        assert.ok(policy.startsWith("default-src 'none';"));
    });

    it("runs nothing unless it is given a script, and fetches nothing", () => {
        const page = htmlPage({ title: "A", body: "" });
        assert.match(page, /script-src 'none'/);
        assert.doesNotMatch(page, /<script|<link|<img|@import|url\(/);
    });

    it("makes no markup of its title", () => {
        const page = htmlPage({ title: "</title><script>alert(1)</script>", body: "" });
        assert.ok(page.includes("<title>&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;</title>"));
    });

    it("has colours that can be read, light and dark", () => {
        const schemes = pageStyle.split("prefers-color-scheme: dark");
        assert.equal(schemes.length, 2);
        for (const scheme of schemes) {
            const colours = new Map(
                [...scheme.matchAll(/--(\w+): #([0-9a-f]{3,6});/g)].map(([, name, hex]) => [name, hex ?? ""]),
            );
            for (const ink of ["ink", "soft", "good", "warn", "bad", "unknown"]) {
                for (const ground of ["page", "card"]) {
                    const contrast = contrastOf(colours.get(ink) ?? "", colours.get(ground) ?? "");
                    assert.ok(contrast >= 4.5, `${ink} on ${ground}: ${contrast.toFixed(2)}`);
                }
            }
        }
    });
});

/** The contrast of two colours (WCAG 2.2, "contrast ratio"). */
function contrastOf(one: string, other: string): number {
    const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
    const full = hex.length === 3 ? [...hex].map((digit) => digit + digit).join("") : hex;
    const [red = 0, green = 0, blue = 0] = (full.match(/../g) ?? []).map((pair) => {
        const part = parseInt(pair, 16) / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe("a text in markup", () => {
    const cases: readonly (readonly [string, string])[] = [
        [`<a href="x" title='y'>&`, "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;"],
        ["a\tb\nc", "a\tb\nc"],
        ["\u0000\u001b[31m\u009b", "\uFFFD\uFFFD[31m\uFFFD"],
        ["\ud800 and \u{1f600}", "\uFFFD and \u{1f600}"],
        ["\uffff", "\uFFFD"],
    ];
    for (const [text, markup] of cases) {
        it(JSON.stringify(text), () => assert.equal(escapeMarkup(text), markup));
    }
});

describe("a text that a narrow page may break", () => {
    const cases: readonly (readonly [string, string])[] = [
        ["a -> b - c --d-e", 'a <span class="whole">-&gt;</span> b - c <span class="whole">--d-e</span>'],
        ["a short.word of 2026-01-01T00:00:00.000Z", "a short.word of 2026-01-01T00:00:00.000Z"],
        [
            "urn:pulumi:dev::shop::aws:lb/listener:Listener::web",
            "urn:<wbr>pulumi:<wbr>dev::<wbr>shop::<wbr>aws:<wbr>lb/<wbr>listener:<wbr>Listener::<wbr>web",
        ],
        ["origins[0].customOriginConfig.", "origins<wbr>[0]<wbr>.customOriginConfig."],
        ["2001:db8:1234:5678:9abc::1:", "2001:<wbr>db8:<wbr>1234:<wbr>5678:<wbr>9abc::<wbr>1:"],
        [
            `<b>"aws:ec2/vpc:Vpc$more"</b>`,
            "&lt;b&gt;&quot;aws:<wbr>ec2/<wbr>vpc:<wbr>Vpc$<wbr>more&quot;&lt;/<wbr>b&gt;",
        ],
    ];
    for (const [text, markup] of cases) {
        it(text, () => assert.equal(breakableMarkup(text), markup));
    }
});
