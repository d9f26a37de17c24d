import assert from "node:assert/strict";

import { readConfiguration } from "../configuration";
import { evaluate } from "./evaluate";
import { readState, type StateResource, type Resource } from "../graph";
import { judgeResource } from "./judge";
import type { ResourceRule, Rule, StackRule } from "../rule";

const facts = {
    displayName: "Test",
    description: "Something holds.",
    level: "advisory",
    severity: "low",
    controls: [],
    remediationSteps: "",
    types: ["a:b:C"],
} as const;

const byInputs: ResourceRule = {
    ...facts,
    name: "by-inputs",
    scope: "resource",
    evaluate: (resource, report) => {
        const { size, hidden } = resource.properties;
        if (hidden !== undefined) {
            report({ kind: "cannot tell", resource, path: "hidden", message: "Not known." });
        }
        report({ kind: "violation", resource, path: "size", message: `Input ${String(size)}.` });
    },
};
const byOutputs: StackRule = {
    ...facts,
    name: "by-outputs",
    level: "mandatory",
    severity: "high",
    scope: "stack",
    evaluate: (graph, report) => {
        for (const resource of graph.ofType("a:b:C")) {
            report({ kind: "violation", resource, message: `Output ${String(resource.properties.size)}.` });
        }
    },
};

const urn = (name: string) => `urn:pulumi:dev::shop::a:b:C::${name}`;

function resources(...inputs: Record<string, unknown>[]): readonly StateResource[] {
    const state = readState({
        deployment: {
            resources: [
                { urn: "urn:pulumi:dev::shop::a:b:D::other", type: "a:b:D", inputs: { size: 9 } },
                ...inputs.map((given, index) => ({
                    urn: urn(`r${index}`),
                    type: "a:b:C",
                    inputs: given,
                    outputs: { size: 2 },
                })),
            ],
        },
    });
    return state.kind === "state" ? state.resources : assert.fail(state.problem);
}

function run(content: object | undefined, rules: readonly Rule[] = [byInputs, byOutputs], now?: Date) {
    const { configuration } = readConfiguration(content, rules);
    return evaluate(rules, resources({ size: 1, hidden: true }), { configuration, now });
}

const short = (results: ReturnType<typeof run>) => results.map(({ rule, level, kind }) => `${rule} ${level} ${kind}`);

describe("evaluation without the engine", () => {
    it("takes as many findings of one rule as there are", () => {
        const many = 200_000;
        const talkative: StackRule = {
            ...byOutputs,
            evaluate: (graph, report) => {
                const [resource] = graph.resources;
                for (let index = 0; index < many; index++) {
                    report({ kind: "violation", resource: resource as Resource, message: String(index) });
                }
            },
        };
        assert.equal(evaluate([talkative], resources({ size: 1 })).length, many);
    });

    it("judges inputs by resource rules and outputs by stack rules, mandatory first", () => {
        assert.deepEqual(evaluate([byInputs, byOutputs], resources({ size: 1, hidden: true })), [
            {
                rule: "by-outputs",
                severity: "high",
                level: "mandatory",
                ruleLevel: "mandatory",
                kind: "violation",
                urn: urn("r0"),
                path: undefined,
                message: "Output 2.",
            },
            {
                rule: "by-inputs",
                severity: "low",
                level: "advisory",
                ruleLevel: "advisory",
                kind: "violation",
                urn: urn("r0"),
                path: "size",
                message: "Input 1.",
            },
            {
                rule: "by-inputs",
                severity: "low",
                level: "advisory",
                ruleLevel: "advisory",
                kind: "cannot tell",
                urn: urn("r0"),
                path: "hidden",
                message: "Not known.",
            },
        ]);
    });

    it("gives violations the configured level, and says of what cannot be told only as advice", () => {
        const all = [
            "by-inputs mandatory violation",
            "by-outputs mandatory violation",
            "by-inputs advisory cannot tell",
        ];
        assert.deepEqual(short(run({ all: "mandatory" })), all);
        // What is left after a remediation counts as mandatory.
        assert.deepEqual(short(run({ all: "remediate" })), all);
        assert.deepEqual(short(run({ "by-outputs": "disabled", all: "advisory" })), [
            "by-inputs advisory violation",
            "by-inputs advisory cannot tell",
        ]);
    });

    it("applies exemptions until the day that they name", () => {
        const exemption = { urn: "*::r0", reason: "Moves", expires: "2026-05-31" };
        const content = { "by-outputs": { exemptions: [exemption] } };
        const [, , covered] = run(content, undefined, new Date("2026-05-31T12:00:00Z"));
        assert.equal(covered?.rule, "by-outputs");
        assert.equal(covered?.level, "advisory");
        assert.deepEqual(covered?.exempted, exemption);
        assert.equal(covered?.message, "Output 2.\nExempted until 2026-05-31: Moves");
        const [expired] = run(content, undefined, new Date("2026-06-01T00:00:00Z"));
        assert.equal(expired?.level, "mandatory");
        assert.equal(expired?.exempted, undefined);
        assert.equal(expired?.message, "Output 2.\nThe exemption for it expired on 2026-05-31 (Moves).");
    });

    it("reports exemptions that cover nothing, at the level of that check, but none of a disabled rule", () => {
        const exemptions = [{ urn: "*::gone", reason: "Old", expires: "2999-01-01" }];
        const content = { "by-inputs": "disabled", "by-outputs": { exemptions } };
        assert.deepEqual(short(run(content)), [
            "by-outputs mandatory violation",
            "unused-exemption advisory unused exemption",
        ]);
        const [, result] = run(content);
        assert.equal(result?.severity, "low");
        assert.match(result?.message ?? "", /exemption of by-outputs for "\*::gone"/);
        assert.deepEqual(short(run({ ...content, "unused-exemption": "mandatory" })), [
            "by-outputs mandatory violation",
            "unused-exemption mandatory unused exemption",
        ]);
        assert.equal(run({ ...content, "unused-exemption": "disabled" }).length, 1);
        assert.equal(run({ "by-outputs": { enforcementLevel: "disabled", exemptions } }).length, 2);
    });

    it("counts an exemption as used when it covers what cannot be told", () => {
        const rule: ResourceRule = {
            ...byInputs,
            evaluate: (resource, report) => report({ kind: "cannot tell", resource, message: "Not known." }),
        };
        const exemptions = [{ urn: "*::r0", reason: "Old", expires: "2999-01-01" }];
        assert.deepEqual(short(run({ "by-inputs": { exemptions } }, [rule])), ["by-inputs advisory cannot tell"]);
    });

    it("says nothing of an empty stack", () => {
        assert.deepEqual(evaluate([byInputs, byOutputs], []), []);
    });
});

describe("a judgement", () => {
    const resource: Resource = {
        urn: urn("r"),
        type: "a:b:C",
        name: "r",
        properties: {},
        protect: false,
        dependencies: [],
        propertyDependencies: {},
    };
    const judge = (evaluateIt: ResourceRule["evaluate"]) =>
        judgeResource({ ...byInputs, evaluate: evaluateIt }, resource, {});

    it("tells violations apart by path and by message", () => {
        const judgements = judge((_, report) => {
            for (const [path, message] of [
                ["a", "x"],
                ["b", "x"],
                ["a", "y"],
                ["a", "x"],
            ]) {
                report({ kind: "violation", resource, path, message: message ?? "" });
            }
        });
        assert.deepEqual(
            judgements.map(({ path, message }) => `${path} ${message}`),
            ["a x", "b x", "a y"],
        );
    });

    it("names up to five more places of what cannot be told, and no place twice", () => {
        const message = (...paths: (string | undefined)[]) =>
            judge((_, report) =>
                paths.forEach((path) => report({ kind: "cannot tell", resource, path, message: "M." })),
            )[0]?.message;
        assert.equal(message("a"), "M.");
        assert.equal(message("a", "a", undefined, ""), "M.");
        assert.equal(message("a", "b", "b"), "M. The same holds for b.");
        assert.equal(message("a", "b", "c", "d", "e", "f"), "M. The same holds for b, c, d, e, f.");
        assert.equal(message("a", "b", "c", "d", "e", "f", "g"), "M. The same holds for b, c, d, e, f and 1 more.");
    });

    it("keeps the resources of what cannot be told apart", () => {
        const other = { ...resource, urn: urn("other") };
        const judgements = judge((_, report) => {
            report({ kind: "cannot tell", resource, message: "M." });
            report({ kind: "cannot tell", resource: other, message: "M." });
        });
        assert.deepEqual(
            judgements.map((judgement) => judgement.urn),
            [resource.urn, other.urn],
        );
    });

    it("survives a rule that throws anything", () => {
        for (const thrown of [
            undefined,
            null,
            "text",
            3,
            { stack: 3 },
            Object.assign(new Error("x"), { stack: undefined }),
        ]) {
            const [judgement] = judge(() => {
                // eslint-disable-next-line @typescript-eslint/only-throw-error -- what the test is about
                throw thrown;
            });
            const name = thrown instanceof Error ? "Error" : typeof thrown;
            assert.equal(judgement?.kind, "cannot tell");
            assert.equal(judgement?.urn, resource.urn);
            assert.match(judgement?.message ?? "", new RegExp(`the rule by-inputs failed \\(${name}\\)`));
        }
    });
});

describe("a judgement, value by value", () => {
    const one = (size: unknown) => resources({ size })[1]?.inputs;

    it("names the place in the pack where a rule failed, whole", () => {
        const thrown = new RangeError("x");
        const resource = one(1);
        assert.ok(resource);
        const failing: ResourceRule = {
            ...byInputs,
            evaluate: () => {
                throw thrown;
            },
        };
        const [judgement] = judgeResource(failing, resource, {});
        const place = /\(RangeError at (\S+)\)/.exec(judgement?.message ?? "")?.[1] ?? assert.fail(judgement?.message);
        const [, frame = ""] = (thrown.stack ?? "").split("\n    at ");
        assert.match(frame.trimEnd(), new RegExp(`[/\\\\]${place.replaceAll(".", "\\.")}\\)?$`));
    });

    const signature = "4dabf18193072939515e22adb298388d";
    const marked = (value: string) => ({ [signature]: "1b47061264138c4ac30d75fd1eb44270", value });
    const shown = (message: string, ...secrets: string[]) => {
        const resource = one(secrets.map(marked));
        assert.ok(resource);
        const telling: ResourceRule = {
            ...byInputs,
            evaluate: (_, report) => {
                void resource.properties;
                report({ kind: "violation", resource, message });
            },
        };
        return judgeResource(telling, resource, {})[0]?.message;
    };

    it("replaces the longer of two secrets first", () => {
        assert.equal(shown("is hush hush", "hush", "hush hush"), "is [secret]");
        assert.equal(shown("is hush hush", "hush hush", "hush"), "is [secret]");
    });

    it("cuts off an escaped secret as a message does", () => {
        const secret = `"${"x".repeat(120)}`;
        assert.equal(shown(JSON.stringify(secret).slice(1, 101), secret), "[secret]");
    });

    it("shows a text that the resource's own URN shows, wherever it stands there", () => {
        assert.equal(shown("urn dev r0 hush", "urn", "dev", "r0", "hush"), "urn dev r0 [secret]");
    });

    it("says which argument is wrong, for programs without types", () => {
        const of =
            (...given: unknown[]) =>
            () =>
                Reflect.apply(evaluate, undefined, given) as unknown;
        const rulesWrong = /^TypeError: evaluate: "rules", the first argument, is no list of rules\./;
        const resourcesWrong =
            /^TypeError: evaluate: "resources", the second argument, is no list of the resources that readState finds\./;
        for (const given of [undefined, {}, [undefined], [{ name: "a" }], "rules"]) {
            assert.throws(of(given, []), rulesWrong);
        }
        for (const given of [undefined, { kind: "read", resources: [] }, [null], ["urn"]]) {
            assert.throws(of([], given), resourcesWrong);
        }
        assert.deepEqual(of([], [])(), []);
    });
});
