import assert from "node:assert/strict";

import { UNKNOWN, type Value } from "../graph";
import type { ResourceRule, StackRule } from "../rule";
import { ref, run, runAll, secret, type Fixture } from "./harness";

const facts = {
    displayName: "",
    description: "Something holds.",
    level: "advisory",
    severity: "low",
    controls: [],
    remediationSteps: "",
    types: ["a:b:C"],
} as const;

/** Says what it reads of `value`. */
const reader: ResourceRule = {
    ...facts,
    name: "reader",
    scope: "resource",
    evaluate(resource, report) {
        const { value } = resource.properties;
        if (value === UNKNOWN) {
            report({ kind: "cannot tell", resource, path: "value", message: "Unknown." });
        } else {
            report({ kind: "violation", resource, path: "value", message: JSON.stringify(value) });
        }
    },
};

/** Says which resources `target` stands for. */
const linker: StackRule = {
    ...facts,
    name: "linker",
    scope: "stack",
    evaluate(graph, report) {
        for (const resource of graph.ofType("a:b:C")) {
            const { target } = resource.properties;
            if (target === undefined) {
                continue;
            }
            const targets = (Array.isArray(target) ? target : [target]).flatMap((value: Value) =>
                graph.resolve(resource, "target", value, ["a:b:C"]),
            );
            const message = targets.map((found) => found.name).join(" ");
            report({ kind: "violation", resource, message });
        }
    },
};

const one = (properties: unknown): Fixture[] => [{ type: "a:b:C", name: "one", properties }];

describe("the harness of the rule tests", () => {
    it("gives a rule the same plain values in every form, with and without the wire", async () => {
        const value = { list: [1, null, { deep: true }], text: "x" };
        const expected = [{ kind: "violation", resource: "one", message: JSON.stringify(value) }];
        const all = await runAll(reader, one({ value }));
        assert.deepEqual(all, { up: expected, preview: expected, state: expected });
        assert.deepEqual(await run(reader, one({ value }), "preview", { wire: false }), expected);
    });

    it("gives unknown values as UNKNOWN", async () => {
        const expected = [{ kind: "cannot tell", resource: "one", message: "Unknown." }];
        const all = await runAll(reader, one({ value: UNKNOWN }));
        assert.deepEqual(all, { up: expected, preview: expected, state: expected });
        assert.deepEqual(await run(reader, one({ value: UNKNOWN }), "preview", { wire: false }), expected);
    });

    it("gives secrets unwrapped and keeps them out of messages", async () => {
        const expected = [{ kind: "violation", resource: "one", message: '["[secret]","open"]' }];
        const all = await runAll(reader, one({ value: [secret("hush"), "open"] }));
        assert.deepEqual(all, { up: expected, preview: expected, state: expected });
    });

    it("links by id where it is known and by dependency where it is not", async () => {
        const fixtures: Fixture[] = [
            { type: "a:b:C", name: "one", properties: { target: [ref("two")] } },
            { type: "a:b:C", name: "two" },
            { type: "a:b:C", name: "three" },
        ];
        const expected = [{ kind: "violation", resource: "one", message: "two" }];
        assert.deepEqual(await runAll(linker, fixtures), { up: expected, preview: expected, state: expected });
    });

    it("says nothing of resources of other types", async () => {
        const all = await runAll(reader, [{ type: "a:b:D", name: "one", properties: { value: 1 } }]);
        assert.deepEqual(all, { up: [], preview: [], state: [] });
    });
});
