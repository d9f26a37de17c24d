import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";

import { Ajv } from "ajv";

import { rules } from "../../rules";
import type { AuditedResult, AuditedStack } from "../auditedStack";
import { auditReportSchema, formats } from "../outputs";
import { makeReport, type AuditReport, type ReportInput } from "../report";
import { urnOf } from "./estate";
import { one, pack, report, result, rule, stacks, textOf } from "./sampleReport";

describe("audit: JSON", () => {
    it("holds every result with its standing and fingerprint", () => {
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

    it("fits its published schema, which refuses what is missing, new or of another kind", () => {
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

    it("holds what a baseline has too much, where there is one, and nothing of no stacks", () => {
        const of = (baseline?: ReportInput["baseline"]) =>
            JSON.parse(
                textOf("json", makeReport({ pack, rules, failOn: "mandatory", stacks: [], remaining: 0, baseline })),
            ) as Partial<AuditReport>;
        const fixed = [{ stack: "a", rule, urn: "urn", path: "origins", count: 1 }];
        assert.deepEqual(of({ isBaselined: () => true, fixed, shrunk: [] }).fixed, fixed);
        assert.ok(!("fixed" in of()));
        assert.deepEqual(of().stacks, []);
    });

    it("comes in pieces that stay small, however large a stack is", () => {
        const results = Array.from({ length: 2000 }, (_, index) => result(`web${index}`));
        const large = makeReport({ pack, rules, failOn: "mandatory", stacks: one(...results), remaining: 0 });
        const pieces = [...formats.json(large)];
        const total = pieces.join("").length;
        assert.ok(pieces.every(({ length }) => length < 100_000));
        assert.ok(pieces.length < 10 + total / 50_000, "and are not written one by one");
        const parsed = JSON.parse(pieces.join("")) as AuditReport;
        assert.deepEqual(
            parsed.stacks[0]?.results.map(({ name }) => name),
            large.stacks[0]?.results.map(({ name }) => name),
        );
    });

    it("gives each result a fingerprint that depends on stack, rule, URN and path, never on words", () => {
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
});

/** A report that a test may spoil. */
interface Loose {
    totals?: unknown;
    more?: unknown;
    exitCode: unknown;
    unusedExemptions: unknown;
    stacks: [{ results: [{ fingerprint?: unknown; standing: unknown }]; counts: { mandatory: unknown } }];
}
