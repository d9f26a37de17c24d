import assert from "node:assert/strict";

import type { Exemption } from "../../configuration";
import { rules } from "../../rules";
import type { AuditedResult, AuditedStack } from "../auditedStack";
import { fingerprintOf, identityOf, keyOf } from "../fingerprint";
import { isUndecided, makeReport, type AuditReport } from "../report";

const pack = { name: "pack", version: "1.0.0" };

function result(more: Partial<AuditedResult> = {}): AuditedResult {
    return {
        rule: "rule",
        severity: "high",
        level: "mandatory",
        ruleLevel: "mandatory",
        kind: "violation",
        urn: "urn",
        path: "path",
        message: "m",
        parents: [],
        ...more,
    };
}

function stack(name: string, results: readonly AuditedResult[], more: Partial<AuditedStack> = {}): AuditedStack {
    return { stack: name, source: name, resources: 2, problems: [], results, ...more };
}

function report(...stacks: AuditedStack[]): AuditReport {
    return makeReport({ pack, rules, failOn: "mandatory", stacks, remaining: 0 });
}

const untold = { kind: "cannot tell", level: "advisory" } as const;
const exempted: Exemption = { urn: "*", reason: "soon gone", expires: "2999-01-01" };

describe("audit: order of a report", () => {
    /** Two results in both orders: the first one comes first either way. */
    const precedes = (first: AuditedResult, second: AuditedResult) => {
        for (const results of [
            [first, second],
            [second, first],
        ]) {
            const shown = report(stack("a", results)).stacks[0]?.results.map(({ message }) => message);
            assert.deepEqual(shown, [first.message, second.message]);
        }
    };
    const one = (more: Partial<AuditedResult>) => result({ message: "one", ...more });
    const two = (more: Partial<AuditedResult>) => result({ message: "two", ...more });

    it("is by standing first, whatever the severity", () => {
        precedes(one({ severity: "low" }), two({ level: "advisory", severity: "critical" }));
        precedes(one({ level: "advisory", severity: "low" }), two({ ...untold, severity: "critical" }));
        precedes(one({ ...untold, severity: "low" }), two({ exempted, severity: "critical" }));
    });

    it("is by severity, then by rule, resource and property", () => {
        precedes(one({ severity: "critical", rule: "z" }), two({ severity: "high", rule: "a" }));
        precedes(one({ severity: "medium", rule: "z" }), two({ severity: "low", rule: "a" }));
        precedes(one({ rule: "a", urn: "z" }), two({ rule: "b", urn: "a" }));
        precedes(one({ urn: "a", path: "z" }), two({ urn: "b", path: "a" }));
        precedes(one({ path: "a" }), two({ path: "b" }));
        precedes(one({ urn: undefined, path: "z" }), two({ urn: "a", path: "a" }));
        precedes(one({ path: undefined }), two({ path: "a" }));
    });

    it("of stacks is worst first", () => {
        const worse = [
            stack("h", [result(), result()]),
            stack("g", [result()]),
            stack("f", [], { problems: ["unreadable"] }),
            stack("e", [result({ level: "advisory" }), result({ level: "advisory" })]),
            stack("d", [result({ level: "advisory" })]),
            stack("c", [result(untold), result(untold)]),
            stack("b", [result(untold)]),
            stack("a", [], { source: "1" }),
            stack("a", [], { source: "2" }),
            stack("z", []),
        ];
        for (const stacks of [worse, [...worse].reverse()]) {
            assert.deepEqual(
                report(...stacks).stacks.map((each) => `${each.stack}${each.source}`),
                worse.map((each) => `${each.stack}${each.source}`),
            );
        }
    });
});

describe("audit: sums of a report", () => {
    it("count what no rule can read as what mandatory rules could not tell, unless it is accepted", () => {
        const hidden = { rule: "edge-resources-readable", ruleLevel: "advisory", level: "advisory" } as const;
        const of = (more: Partial<AuditedResult>) => {
            const stacks = [stack("a", [result({ ...hidden, ...more })])];
            const { totals, exitCode } = makeReport({ pack, rules, failOn: "cannot-tell", stacks, remaining: 0 });
            return [totals.undecided, exitCode];
        };
        assert.deepEqual(of(untold), [1, 1]);
        assert.deepEqual(of({}), [1, 1]);
        assert.deepEqual(of({ exempted }), [0, 0]);
        assert.deepEqual(of({ rule: "another-rule" }), [0, 0]);
        assert.deepEqual(report(stack("a", [result({ ...hidden, ...untold })])).exitCode, 0);
    });

    it("count every standing, and what mandatory rules could not tell", () => {
        const { totals, stacks } = report(
            stack("a", [result(), result({ level: "advisory" }), result(untold)]),
            stack("b", [result({ ...untold, ruleLevel: "advisory" }), result({ exempted, level: "advisory" })]),
        );
        assert.deepEqual(totals, {
            stacks: 2,
            unreadable: 0,
            resources: 4,
            mandatory: 1,
            advisory: 1,
            "cannot tell": 2,
            baselined: 0,
            exempted: 1,
            undecided: 1,
            fixed: 0,
            remaining: 0,
        });
        assert.deepEqual(stacks[0]?.counts, { mandatory: 1, advisory: 1, "cannot tell": 1, baselined: 0, exempted: 0 });
        assert.deepEqual(stacks.flatMap((each) => each.results).filter(isUndecided).length, 1);
    });

    it("count what a baseline no longer needs, as often as it was known", () => {
        const entry = { stack: "a", rule: "r", urn: "u", path: "p", count: 3 };
        const baseline = { isBaselined: () => false, fixed: [entry, { ...entry, count: 1 }], shrunk: [] };
        const { totals, fixed } = makeReport({ pack, rules, failOn: "mandatory", stacks: [], remaining: 0, baseline });
        assert.deepEqual([totals.fixed, fixed?.length], [4, 2]);
    });

    it("leave unused exemptions out, and list each of them once, in order", () => {
        const unused = (urn: string, of = "rule") =>
            result({ kind: "unused exemption", message: `of ${of} for ${urn}`, unused: { of, ...exempted, urn } });
        const { stacks, unusedExemptions } = report(
            stack("a", [unused("z"), unused("a"), unused("used"), unused("used", "other")]),
            stack("b", [unused("a"), result({ exempted: { ...exempted, urn: "used" } })]),
        );
        assert.deepEqual(
            unusedExemptions.map(({ of, urn }) => [of, urn]),
            [
                ["other", "used"],
                ["rule", "a"],
                ["rule", "z"],
            ],
        );
        assert.deepEqual(
            stacks.map(({ results }) => results.length),
            [0, 1],
        );
    });
});

describe("audit: a state that lies in two places", () => {
    it("has a standing in each, although both hold the same results", () => {
        const results = [result()];
        const [known, fresh] = [stack("a", results), stack("b", results)];
        const baseline = { isBaselined: (of: AuditedStack) => of === known, fixed: [], shrunk: [] };
        const { stacks } = makeReport({
            pack,
            rules,
            failOn: "mandatory",
            stacks: [known, fresh],
            remaining: 0,
            baseline,
        });
        const standings = stacks.map((each) => [each.stack, each.results[0]?.standing]);
        assert.deepEqual(Object.fromEntries(standings), { a: "baselined", b: "mandatory" });
    });
});

describe("audit: identity of a result", () => {
    it("is empty where no resource or property is meant, and never ambiguous", () => {
        assert.deepEqual(identityOf("a", result({ urn: undefined, path: undefined })), {
            stack: "a",
            rule: "rule",
            urn: "",
            path: "",
        });
        const identity = identityOf("a", result());
        assert.deepEqual(identity, { stack: "a", rule: "rule", urn: "urn", path: "path" });
        assert.notEqual(keyOf({ ...identity, urn: "x", path: "y" }), keyOf({ ...identity, urn: 'x","y', path: "" }));
        assert.match(fingerprintOf("a", result()), /^[0-9a-f]{64}$/);
    });
});
