import assert from "node:assert/strict";

import type { AnalyzeResponse } from "@pulumi/pulumi/proto/analyzer_pb";

import { respond, type Fixture } from "../test/harness";
import { one, resourceRule, stackRule } from "../test/syntheticRule";

describe("the answer to the engine", () => {
    const many = stackRule((graph, report) => {
        const [resource] = graph.ofType("a:b:C");
        assert.ok(resource);
        for (let index = 0; index < 30_000; index += 1) {
            report({ kind: "violation", resource, message: `Violation ${index}: ${"x".repeat(200)}` });
        }
        report({ kind: "cannot tell", resource, message: "Not known." });
    });

    it("stays below 4 MiB, keeps the worst, and says the total and how to see the rest", async () => {
        const [, response] = await respond([many, { ...many, name: "stack-rule-two" }], one(), "preview");
        assert.ok(response);
        const bytes = response.serializeBinary().length;
        assert.ok(bytes < 4 * 1024 * 1024, `${bytes}`);
        assert.ok(bytes > 1024 * 1024, `${bytes}`);
        for (const name of ["stack-rule", "stack-rule-two"]) {
            const messages = response
                .getDiagnosticsList()
                .filter((diagnostic) => diagnostic.getPolicyname() === name)
                .map((diagnostic) => diagnostic.getMessage());
            assert.match(messages[0] ?? "", /Violation 0:/);
            const last = messages.at(-1) ?? "";
            assert.match(last, new RegExp(`${messages.length - 1} of 30001 findings of this rule are shown`));
            assert.match(last, /npx --no-install encrypted-edge-policy audit/);
        }
    });

    it("stays below 4 MiB also where names take more bytes than characters", async () => {
        const rule = stackRule((graph, report) => {
            const [resource] = graph.ofType("a:b:C");
            assert.ok(resource);
            for (let index = 0; index < 10_000; index += 1) {
                report({ kind: "violation", resource, message: `Violation ${index}` });
            }
        });
        const named: Fixture = { type: "a:b:C", name: "名".repeat(1000) };
        const [, response] = await respond([rule, { ...rule, name: "stack-rule-two" }], [named], "up");
        const bytes = response?.serializeBinary().length ?? 0;
        assert.ok(bytes < 4 * 1024 * 1024, `${bytes}`);
        assert.ok(bytes > 1024 * 1024, `${bytes}`);
    });

    it("of one resource stays below 4 MiB too", async () => {
        const rule = resourceRule((resource, report) => {
            for (let index = 0; index < 50_000; index += 1) {
                report({ kind: "violation", resource, message: `Violation ${index}: ${"x".repeat(100)}` });
            }
        });
        const [response] = await respond([rule], one(), "up");
        assert.ok((response?.serializeBinary().length ?? 0) < 4 * 1024 * 1024);
        assert.ok((response?.getDiagnosticsList().length ?? 0) > 1000);
    });

    it("says which rules do not apply, and why", async () => {
        const rule = resourceRule(() => assert.fail());
        const others = ["two", "three"].map((name): Fixture => ({ type: "a:b:D", name }));
        const [first, second] = await respond([rule], others, "up");
        const reasons = (answer: AnalyzeResponse | undefined) =>
            (answer?.getNotApplicableList() ?? []).map((each) => [each.getPolicyName(), each.getReason()]);
        assert.deepEqual(reasons(first), [["resource-rule", "The rule looks at a:b:C"]]);
        assert.deepEqual(reasons(second), reasons(first));
        const [, stack] = await respond([stackRule(() => assert.fail())], [{ type: "a:b:D", name: "two" }], "up");
        assert.deepEqual(reasons(stack), [["stack-rule", "The rule looks at a:b:C"]]);
    });
});
