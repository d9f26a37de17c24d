import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";

import { rules } from "../../rules";
import type { AuditedStack } from "../auditedStack";
import { table } from "../outputs";
import { makeReport, type ReportInput } from "../report";
import { distributionType, protocolPath, urnOf } from "./estate";
import { crowded, one, pack, report, result, stacks } from "./sampleReport";

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
            /4 stacks, 13 resources: 3 mandatory, .*; 1 stack without any finding\.\n1 stack could not be read, .*\n1 stack could be read only in part/,
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

    it("tells people of every stack what is wrong, what is known and what to do, word for word", () => {
        const at = (name: string) =>
            `      around-${name} / ${name} ${distributionType}  at ${protocolPath}\n` +
            `        Origin "alb" of ${name} may be reached in clear. Write "https-only".`;
        assert.deepEqual(
            table(crowded, { colors: false, verbose: false }),
            [
                "shop/dev  4 mandatory, 2 advisory, 1 cannot tell, 1 baselined, 2 exempted",
                "  mandatory cloudfront-origin-https-only (high) x 4",
                at("a"),
                at("b"),
                at("c"),
                "      1 more; --verbose shows all",
                "  advisory cloudfront-web-acl (medium) x 2",
                at("e"),
                "      1 more; --verbose shows all",
                "  cannot tell cloudfront-origin-https-only (high)",
                at("g"),
                "  baselined cloudfront-origin-https-only (high)",
                "  exempted cloudfront-web-acl (medium) x 2",
                "",
                "states/broken.json  unreadable",
                "  The file is empty.",
                "",
                "Policy configuration",
                "  The exemption matches nothing.",
                "",
                "3 stacks, 1,241 resources: 4 mandatory, 2 advisory, 1 cannot tell, 1 baselined, 2 exempted; 1 stack without any finding.",
                "1 stack could not be read, so nothing is known of it.",
                "7 entries of the baseline no longer occur: --update-baseline removes them.",
                "  shop/dev cloudfront-origin-https-only n0",
                "  shop/dev cloudfront-origin-https-only n1",
                "  shop/dev cloudfront-origin-https-only n2",
                "  shop/dev cloudfront-origin-https-only n3",
                "  shop/dev cloudfront-origin-https-only n4",
                "  2 more; --json lists all",
                "Interrupted: 2 stacks were not audited. With --resume, the next run continues from here.",
                "Fails for every mandatory violation, and for everything that a mandatory rule could not tell. Correct the program and run `pulumi up`, or exempt a resource with a reason and a date in --policy-config.",
                "",
            ].join("\n"),
        );
    });

    it("shows where a stack was read, a result of the whole of it, and nothing of a configuration that is used", () => {
        const whole = result("whole", {
            urn: undefined,
            name: undefined,
            type: undefined,
            path: undefined,
            parents: [],
        });
        const stacks = one(whole, result("a\u001b[2J"));
        const made = makeReport({ pack, rules, failOn: "mandatory", stacks, remaining: 0 });
        const lines = table(made, { colors: false, verbose: false }).split("\n");
        assert.deepEqual(lines.slice(0, 4), [
            "shop/clean  2 mandatory  states/clean.json",
            "  mandatory cloudfront-origin-https-only (high) x 2",
            "      the whole stack",
            '        Origin "alb" of whole may be reached in clear. Write "https-only".',
        ]);
        assert.match(lines[4] ?? "", /^ {6}around-a\uFFFD\[2J \/ a\uFFFD\[2J /);
        assert.equal(lines[6], "");
        assert.match(lines[7] ?? "", /^1 stack, 7 resources: 2 mandatory/);
    });

    it("groups the digits of large numbers", () => {
        const stacks = one().map((stack) => ({ ...stack, resources: 1_234_567 }));
        const made = makeReport({ pack, rules, failOn: "mandatory", stacks, remaining: 0 });
        assert.match(table(made, { colors: false, verbose: false }), /^1 stack, 1,234,567 resources: nothing found/);
    });

    it("names a resource by its URN where the state gives no name, and nothing where the path is empty", () => {
        const lines = table(crowded, { colors: false, verbose: true }).split("\n");
        assert.ok(lines.includes(`      ${urnOf("dev", "f")}`));
        assert.ok(!lines.some((line) => line.endsWith("shows all")));
    });

    const untold = result("web", { level: "advisory", kind: "cannot tell" });
    const entry = { stack: "a", rule: "r", urn: urnOf("dev", "web"), path: "p", count: 1 };
    /** Title: the report, and how its last lines begin. */
    const ends: Readonly<Record<string, readonly [Partial<ReportInput>, ...string[]]>> = {
        "nothing was found": [{ stacks: one() }, "1 stack, 7 resources: nothing found; 1 stack without", "Passed."],
        "a rule could not tell": [
            { stacks: one(untold) },
            "No violation was seen, but mandatory rules could not tell once. Each says above what it needs; --fail-on cannot-tell makes this fail.",
        ],
        "rules could not tell": [
            { stacks: one(untold, untold) },
            "No violation was seen, but mandatory rules could not tell 2 times.",
        ],
        "advice is what fails": [
            { stacks: one(result("web", { level: "advisory" })), failOn: "advisory" },
            "Fails for every finding that is neither exempted nor baselined. Correct the program and run `pulumi up`, or exempt a resource with a reason and a date in --policy-config, or start a baseline with --create-baseline.",
        ],
        "nothing but reading failed": [
            { stacks: stacks.slice(2).map((stack) => ({ ...stack, resources: 0 })) },
            "2 stacks could not be read, so nothing is known of them.",
        ],
        "stacks were read in part": [
            { stacks: stacks.slice(2) },
            "1 stack could not be read, so nothing is known of it.",
            "1 stack could be read only in part; the rest of it is unknown.",
        ],
        "one stack is left": [
            { remaining: 1 },
            "Interrupted: 1 stack was not audited. With --resume, the next run continues from here.",
        ],
        "one entry of the baseline is left over": [
            { baseline: { isBaselined: () => false, fixed: [entry], shrunk: [] } },
            "1 entry of the baseline no longer occurs: --update-baseline removes it.",
            "  a r web",
            "Passed.",
        ],
        "nothing of the baseline is left over": [
            { baseline: { isBaselined: () => false, fixed: [], shrunk: [] } },
            "0 stacks, 0 resources: nothing found; 0 stacks without any finding.",
            "Passed.",
        ],
    };
    for (const [title, [input, ...last]] of Object.entries(ends)) {
        it(`ends with what is true where ${title}`, () => {
            const whole = { pack, rules, failOn: "mandatory" as const, stacks: [], remaining: 0, ...input };
            const lines = table(makeReport(whole), { colors: false, verbose: false }).trimEnd().split("\n");
            for (const [index, text] of last.entries()) {
                assert.equal(lines.at(index - last.length)?.slice(0, text.length), text);
            }
        });
    }

    describe("in a terminal", () => {
        const { FORCE_COLOR } = process.env;
        before(() => {
            process.env.FORCE_COLOR = "1";
        });
        after(() => {
            if (FORCE_COLOR === undefined) {
                delete process.env.FORCE_COLOR;
            } else {
                process.env.FORCE_COLOR = FORCE_COLOR;
            }
        });

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

        it("is coloured only where colours are asked for", () => {
            const painted = table(crowded, { colors: true, verbose: false });
            assert.ok(painted.includes("\u001b[31m4 mandatory\u001b[39m, \u001b[33m2 advisory\u001b[39m"));
            const ended = (input: Partial<ReportInput>) =>
                table(
                    makeReport({ pack, rules, failOn: "mandatory" as const, stacks: one(), remaining: 0, ...input }),
                    { colors: true, verbose: false },
                );
            assert.ok(ended({}).endsWith("\u001b[32mPassed.\u001b[39m\n"));
            assert.ok(ended({ stacks: one(untold) }).includes("\u001b[33mNo violation was seen,"));
            const plain = table(crowded, { colors: false, verbose: false });
            assert.equal(stripVTControlCharacters(painted), plain);
            assert.notEqual(painted, plain);
        });
    });
});
