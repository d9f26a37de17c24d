import assert from "node:assert/strict";

import { rules } from "../../rules";
import type { AuditedStack } from "../auditedStack";
import { makeReport } from "../report";
import { exempted, hostile, one, pack, report, result, rule, stacks } from "./sampleReport";

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
