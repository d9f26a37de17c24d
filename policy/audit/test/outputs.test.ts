import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { readFileSync } from "node:fs";
import * as path from "node:path";

import { Ajv } from "ajv";
import { SaxesParser } from "saxes";

import { rules } from "../../rules";
import type { AuditedResult, AuditedStack } from "../auditedStack";
import { auditReportSchema, formats, table, type Format } from "../outputs";
import { makeReport, type AuditReport } from "../report";
import { distributionType, protocolPath, urnOf } from "./estate";
import { sarifSchema } from "./sarifSchema";

const rule = "cloudfront-origin-https-only";
/** A name that would break out of an attribute, an element, a script, a line of a terminal or an XML document. */
const hostile = `web"'><img src=x onerror=alert(1)></script><script>alert(2)</script>]]>&amp;\u001b[2J\u0000\ud800`;

function textOf(format: Format, report: AuditReport): string {
    return [...formats[format](report)].join("");
}

function result(name: string, more: Partial<AuditedResult> = {}): AuditedResult {
    return {
        rule,
        severity: "high",
        level: "mandatory",
        ruleLevel: "mandatory",
        kind: "violation",
        urn: urnOf("dev", name),
        path: protocolPath,
        message: `Origin "alb" of ${name} may be reached in clear. Write "https-only".`,
        type: distributionType,
        name,
        parents: [urnOf("dev", `around-${name}`, "shop:index:Shop")],
        ...more,
    };
}

const exempted = { urn: urnOf("dev", "old"), reason: "is replaced in May", expires: "2027-01-01" };
const stacks: AuditedStack[] = [
    { stack: "shop/clean", source: "states/clean.json", resources: 7, problems: [], results: [] },
    {
        stack: "shop/dev",
        source: "states/dev & test.json",
        resources: 5,
        problems: [],
        results: [
            result("advised", { level: "advisory" }),
            result("old", { level: "advisory", exempted }),
            result("unknown", { level: "advisory", kind: "cannot tell", path: undefined }),
            result("web"),
            result(hostile, { message: `${hostile} is open` }),
            result("whole", { urn: undefined, name: undefined, type: undefined, parents: [] }),
        ],
    },
    {
        stack: "states/broken.json",
        source: "states/broken.json",
        resources: 0,
        problems: ["The file is empty."],
        results: [],
    },
    { stack: hostile, source: `s3://states ${hostile}`, resources: 1, problems: [hostile], results: [] },
];
const pack = { name: "encrypted-edge-policy", version: "1.2.3" };
const report = makeReport({ pack, rules, failOn: "mandatory", stacks, remaining: 0 });

const one = (...results: AuditedResult[]) => [{ ...(stacks[0] as AuditedStack), results }];

describe("audit: report", () => {
    it("gives each result one standing and sorts stacks worst first", () => {
        assert.deepEqual(report.totals, {
            stacks: 4,
            unreadable: 2,
            resources: 13,
            mandatory: 3,
            advisory: 1,
            "cannot tell": 1,
            exempted: 1,
            baselined: 0,
            fixed: 0,
            remaining: 0,
            undecided: 1,
        });
        assert.deepEqual(
            report.stacks.map((stack) => stack.stack),
            ["shop/dev", "states/broken.json", hostile, "shop/clean"],
        );
    });

    const outcome = (more: Partial<Parameters<typeof makeReport>[0]>) =>
        makeReport({ pack, rules, failOn: "mandatory", stacks: [], remaining: 0, ...more }).exitCode;

    it("answers by level: violations before unreadable stacks, an interruption before both", () => {
        const unreadable = stacks[2] as AuditedStack;
        assert.equal(outcome({ stacks: one() }), 0);
        assert.equal(outcome({ stacks: one(result("web")) }), 1);
        assert.equal(outcome({ stacks: [...one(result("web")), unreadable] }), 1);
        assert.equal(outcome({ stacks: [unreadable] }), 3);
        assert.equal(outcome({ stacks: one(result("web")), remaining: 1 }), 130);
    });

    it("fails for advisory findings only where asked, and never for what is exempted or known", () => {
        const advisory = one(result("web", { level: "advisory" }));
        assert.equal(outcome({ stacks: advisory }), 0);
        assert.equal(outcome({ stacks: advisory, failOn: "advisory" }), 1);
        assert.equal(outcome({ stacks: one(result("web", { exempted })), failOn: "advisory" }), 0);
        const untold = one(result("web", { level: "advisory", kind: "cannot tell" }));
        const mildly = one(result("web", { level: "advisory", ruleLevel: "advisory", kind: "cannot tell" }));
        assert.equal(outcome({ stacks: untold }), 0);
        assert.equal(outcome({ stacks: untold, failOn: "cannot-tell" }), 1);
        assert.equal(outcome({ stacks: mildly, failOn: "cannot-tell" }), 0);
        assert.equal(outcome({ stacks: advisory, failOn: "cannot-tell" }), 0);
        assert.equal(outcome({ stacks: mildly, failOn: "advisory" }), 1);
        const baseline = { isBaselined: () => true, fixed: [], shrunk: [] };
        assert.equal(outcome({ stacks: one(result("web")), failOn: "advisory", baseline }), 0);
    });

    it("calls an exemption unused only where no stack uses it", () => {
        const unused = (urn: string) =>
            result("x", {
                rule: "unused-exemption",
                kind: "unused exemption",
                unused: { of: rule, urn, reason: "soon", expires: exempted.expires },
                urn: undefined,
                message: `The exemption of ${rule} for ${JSON.stringify(urn)} (soon) matches nothing.`,
            });
        const shared = makeReport({
            pack,
            rules,
            failOn: "mandatory",
            remaining: 0,
            stacks: [
                ...one(unused(exempted.urn), unused("*::never")),
                ...one(unused("*::never"), result("old", { exempted })),
            ],
        });
        assert.equal(shared.unusedExemptions.length, 1);
        assert.equal(shared.unusedExemptions[0]?.urn, "*::never");
        assert.match(shared.unusedExemptions[0]?.message ?? "", /never/);
    });
});

describe("audit: table", () => {
    const text = table(report, { colors: false, verbose: false });

    it("shows each violation with its components, path and message, and ends with totals and what to do", () => {
        assert.match(
            text,
            /^shop\/dev {2}3 mandatory, 1 advisory, 1 cannot tell, 1 exempted {2}states\/dev & test\.json\n/,
        );
        assert.ok(
            text.includes(`around-web / web ${distributionType}  at ${protocolPath}\n        Origin "alb" of web`),
        );
        assert.match(
            text,
            /4 stacks, 13 resources: 3 mandatory, .*; 1 stack without any finding\.\n2 stacks could not be read/,
        );
        assert.match(text, /exempt a resource .*, or start a baseline with --create-baseline\.\n$/);
    });

    it("obeys no escape sequence of a name", () => {
        // eslint-disable-next-line no-control-regex
        assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f]/);
    });

    it("shows a few results of each rule, and all with --verbose", () => {
        const many = {
            ...(stacks[0] as AuditedStack),
            results: Array.from({ length: 9 }, (_, index) => result(`web${index}`)),
        };
        const crowded = makeReport({ pack, rules, failOn: "mandatory", stacks: [many], remaining: 0 });
        const shown = (verbose: boolean) =>
            table(crowded, { colors: false, verbose }).match(/Write "https-only"/g)?.length;
        assert.deepEqual([shown(false), shown(true)], [3, 9]);
        assert.match(table(crowded, { colors: false, verbose: false }), /6 more; --verbose shows all/);
    });
});

describe("audit: machine outputs", () => {
    it("breaks lines between words where the terminal is narrow, in colours too, and loses none", () => {
        const words = (text: string) => text.split(/\s+/).join(" ");
        const whole = table(report, { colors: false, verbose: true });
        for (const columns of [60, 80]) {
            for (const colors of [false, true]) {
                const text = stripVTControlCharacters(table(report, { colors, verbose: true, columns }));
                assert.equal(words(text), words(whole));
                const lines = text.split("\n");
                assert.ok(lines.length > whole.split("\n").length);
                assert.deepEqual(
                    lines.filter((line) => line.length > columns && line.trim().includes(" ")),
                    [],
                );
            }
        }
        assert.equal(table(report, { colors: false, verbose: true, columns: 20 }), whole);
    });

    it("JSON holds every result with its standing and fingerprint", () => {
        const parsed = JSON.parse(textOf("json", report)) as AuditReport & { version: number };
        assert.equal(parsed.version, 2);
        assert.deepEqual(Object.keys(parsed), [
            "version",
            "pack",
            "failOn",
            "exitCode",
            "totals",
            "stacks",
            "unusedExemptions",
        ]);
        assert.deepEqual(parsed.totals, report.totals);
        const written = parsed.stacks.flatMap(({ results }) => results) as { fingerprint?: string }[];
        const prints = written.map(({ fingerprint }) => fingerprint);
        for (const result of written) {
            delete result.fingerprint;
        }
        assert.deepEqual(parsed.stacks, JSON.parse(JSON.stringify(report.stacks)));
        assert.equal(new Set(prints).size, 6);
    });

    it("JSON fits its published schema, which refuses what is missing, new or of another kind", () => {
        const file = path.join(__dirname, "..", "..", "audit-report.schema.json");
        assert.deepEqual(JSON.parse(readFileSync(file, "utf8")), auditReportSchema, "npm run schema");
        const validate = new Ajv({ allErrors: true }).compile(auditReportSchema);
        const [web] = stacks[1]?.results ?? [];
        const chain = [{ label: "distribution", urn: urnOf("dev", "web"), path: "origins", value: '"x"', parents: [] }];
        const walked = { ...(stacks[0] as AuditedStack), results: [{ ...(web as AuditedResult), chain }] };
        const unused = result("x", {
            kind: "unused exemption",
            unused: { of: rule, urn: "*::never", reason: "soon", expires: "2027-01-01" },
        });
        const baseline = {
            isBaselined: () => true,
            fixed: [{ stack: "a", rule, urn: "", path: "", count: 1 }],
            shrunk: [],
        };
        const whole = makeReport({
            pack,
            rules,
            failOn: "cannot-tell",
            stacks: [...stacks, walked, { ...walked, results: [unused] }],
            remaining: 1,
            baseline,
        });
        for (const each of [report, whole]) {
            validate(JSON.parse(textOf("json", each)));
            assert.deepEqual(validate.errors ?? [], []);
        }
        const broken: readonly ((copy: Loose) => void)[] = [
            (copy) => delete copy.totals,
            (copy) => (copy.more = 1),
            (copy) => (copy.exitCode = 7),
            (copy) => delete copy.stacks[0].results[0].fingerprint,
            (copy) => (copy.stacks[0].results[0].standing = "fine"),
            (copy) => (copy.unusedExemptions = ["words"]),
            (copy) => (copy.stacks[0].counts.mandatory = "3"),
        ];
        for (const breaks of broken) {
            const copy = JSON.parse(textOf("json", report)) as Loose;
            breaks(copy);
            assert.equal(validate(copy), false, breaks.toString());
        }
    });

    it("a fingerprint depends on stack, rule, URN and path, never on words", () => {
        const of = (stack: string, ...results: AuditedResult[]) => {
            const written = makeReport({
                pack,
                rules,
                failOn: "mandatory",
                remaining: 0,
                stacks: [{ ...(stacks[0] as AuditedStack), stack, results }],
            });
            const parsed = JSON.parse(textOf("json", written)) as { stacks: { results: { fingerprint: string }[] }[] };
            return parsed.stacks[0]?.results[0]?.fingerprint;
        };
        const print = of("a", result("web"));
        assert.equal(of("a", result("web", { message: "other", level: "advisory" })), print);
        for (const other of [
            of("b", result("web")),
            of("a", result("api")),
            of("a", result("web", { rule: "x" })),
            of("a", result("web", { path: "y" })),
        ]) {
            assert.notEqual(other, print);
        }
    });

    it("SARIF fits its schema, names the rule, the resource and the property, and keeps what is known apart", () => {
        const baseline = { isBaselined: (_: AuditedStack, index: number) => index === 3, fixed: [], shrunk: [] };
        const known = makeReport({ pack, rules, failOn: "mandatory", stacks, remaining: 0, baseline });
        for (const each of [report, known]) {
            const validate = new Ajv({ allErrors: true }).compile(sarifSchema);
            validate(JSON.parse(textOf("sarif", each)));
            assert.deepEqual(validate.errors ?? [], []);
        }
        const run = (JSON.parse(textOf("sarif", known)) as { runs: SarifRun[] }).runs[0] as SarifRun;
        const named = (name: string) =>
            run.results.find((each) => each.locations[0]?.logicalLocations?.at(-1)?.name === name);
        const web = named("web");
        assert.equal(run.tool.driver.rules[web?.ruleIndex ?? -1]?.id, rule);
        assert.deepEqual(
            web?.locations[0]?.logicalLocations?.map((each) => each.fullyQualifiedName),
            [`${urnOf("dev", "web")}#${protocolPath}`, urnOf("dev", "web")],
        );
        assert.equal(web?.locations[0]?.physicalLocation.artifactLocation.uri, "states/dev%20%26%20test.json");
        assert.deepEqual([web?.baselineState, named("advised")?.baselineState], ["unchanged", "new"]);
        assert.equal(named("old")?.suppressions?.[0]?.justification, exempted.reason);
        assert.deepEqual([named("unknown")?.kind, named("unknown")?.level], ["open", "none"]);
        assert.equal(run.invocations[0]?.executionSuccessful, false);
        assert.equal(run.results.filter((each) => each.ruleId === "unreadable-stack").length, 2);
    });

    it("GitLab gets what is neither accepted nor known, each entry with a fingerprint and a path of its own", () => {
        const entries = JSON.parse(textOf("gitlab", report)) as {
            check_name: string;
            severity: string;
            fingerprint: string;
            description: string;
            location: { path: string; lines: { begin: number } };
        }[];
        const told = entries.map(({ check_name, severity }) => `${check_name} ${severity}`);
        assert.deepEqual(told, [
            ...[rule, rule, rule].map((name) => `${name} critical`),
            `${rule} major`,
            `${rule} info`,
            "unreadable-stack blocker",
            "unreadable-stack blocker",
        ]);
        assert.equal(new Set(entries.map(({ fingerprint }) => fingerprint)).size, entries.length);
        assert.deepEqual(entries[0]?.location, { path: "states/dev & test.json", lines: { begin: 1 } });
        assert.ok(entries.every(({ location }) => !/^(\/|\.\/)/.test(location.path)));
        assert.ok(entries.some(({ description }) => description.startsWith('shop/dev, web: Origin "alb" of web')));
        const stackTwice = one(result("web"), result("web"));
        const twice = makeReport({ pack, rules, failOn: "mandatory", stacks: stackTwice, remaining: 0 });
        const prints = (JSON.parse(textOf("gitlab", twice)) as { fingerprint: string }[]).map(
            (each) => each.fingerprint,
        );
        assert.equal(new Set(prints).size, 2);
    });

    it("JUnit is well-formed XML with a suite for each stack, whatever its name", () => {
        const opened: { name: string; attributes: Record<string, string> }[] = [];
        const parser = new SaxesParser();
        parser.on("error", (error) => assert.fail(error));
        parser.on("opentag", (tag) => opened.push({ name: tag.name, attributes: tag.attributes }));
        parser.write(textOf("junit", report)).close();
        const suites = opened.filter((tag) => tag.name === "testsuite").map((tag) => tag.attributes);
        assert.equal(suites.length, 4);
        assert.deepEqual([suites[0]?.name, suites[0]?.failures, suites[0]?.errors], ["shop/dev", "1", "0"]);
        assert.deepEqual([suites[1]?.tests, suites[1]?.errors, suites[3]?.failures], ["1", "1", "0"]);
        assert.ok(suites[2]?.name?.startsWith(`web"'><img src=x onerror=alert(1)>`));
        assert.equal(opened.filter((tag) => tag.name === "failure").length, 1);
        assert.equal(opened.filter((tag) => tag.name === "testcase").length, 3 * (rules.length + 1) + 1);
    });
});

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

/** A report that a test may spoil. */
interface Loose {
    totals?: unknown;
    more?: unknown;
    exitCode: unknown;
    unusedExemptions: unknown;
    stacks: [{ results: [{ fingerprint?: unknown; standing: unknown }]; counts: { mandatory: unknown } }];
}

interface SarifRun {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly invocations: readonly { readonly executionSuccessful: boolean }[];
    readonly results: readonly {
        readonly ruleId: string;
        readonly ruleIndex: number;
        readonly kind?: string;
        readonly level: string;
        readonly baselineState?: string;
        readonly suppressions?: readonly { readonly justification: string }[];
        readonly locations: readonly {
            readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
            readonly logicalLocations?: readonly { readonly name: string; readonly fullyQualifiedName: string }[];
        }[];
    }[];
}
