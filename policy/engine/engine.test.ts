import assert from "node:assert/strict";

import type { Report, ResourceRule } from "../rule";
import { UNKNOWN } from "../graph";
import { forms, ref, run, runAll, secret, urnOf, type Fixture } from "../test/harness";
import { one, resourceRule, stackRule } from "../test/syntheticRule";

const far = "2999-12-31";

describe("rules in the engine", () => {
    it("judge a stack by outputs, with the inputs that a preview hides because of a nested unknown", async () => {
        const rule = stackRule((graph, report) => {
            const [resource] = graph.ofType("a:b:C");
            assert.ok(resource);
            const { ingress, extra } = resource.properties;
            const text = JSON.stringify([ingress, extra], (_, value: unknown) =>
                value === UNKNOWN ? "unknown" : value,
            );
            report({ kind: "violation", resource, message: text });
        });
        const fixtures: Fixture[] = [
            { type: "a:b:C", name: "one", properties: { ingress: [{ cidr: "0.0.0.0/0", to: ref("two") }] } },
            { type: "a:b:D", name: "two", outputs: { extra: 1 } },
        ];
        const messages = async (form: "up" | "preview") =>
            (await run(rule, fixtures, form)).map((seen) => seen.message);
        assert.deepEqual(await messages("preview"), ['[[{"cidr":"0.0.0.0/0","to":"unknown"}],null]']);
        assert.deepEqual(await messages("up"), ['[[{"cidr":"0.0.0.0/0","to":"two-id"}],null]']);
    });

    it("see parent, protection, provider and dependencies, with and without the wire", async () => {
        const show = (report: Report, resource: Parameters<ResourceRule["evaluate"]>[0], links: boolean) => {
            const { name, protect, parent, provider, dependencies, propertyDependencies } = resource;
            const all = [name, protect, parent, provider, ...(links ? [dependencies, propertyDependencies] : [])];
            report({ kind: "violation", resource, message: JSON.stringify(all) });
        };
        const fixtures: Fixture[] = [
            { type: "a:b:D", name: "two" },
            {
                type: "a:b:C",
                name: "one",
                properties: { to: ref("two") },
                parent: "two",
                protect: true,
                provider: { region: "eu-west-1" },
                dependsOn: ["two"],
            },
        ];
        const two = urnOf(fixtures[0] as Fixture);
        const facts = ["one", true, two, { region: "eu-west-1" }];
        const links = [[two], { to: [two] }];
        const byResource = resourceRule((resource, report) => show(report, resource, false));
        const byStack = stackRule((graph, report) => graph.ofType("a:b:C").forEach((each) => show(report, each, true)));
        for (const form of forms) {
            for (const wire of [true, false]) {
                const [[resource], [stack]] = [
                    await run(byResource, fixtures, form, { wire }),
                    await run(byStack, fixtures, form, { wire }),
                ];
                assert.deepEqual(JSON.parse(resource?.message ?? ""), facts, `${form} ${wire}`);
                assert.deepEqual(JSON.parse(stack?.message ?? ""), [...facts, ...links], `${form} ${wire}`);
            }
        }
    });

    it("get settings over defaults", async () => {
        const rule = resourceRule(
            (resource, report, settings) => report({ kind: "violation", resource, message: JSON.stringify(settings) }),
            { settings: { limit: { type: "integer", default: 1 }, other: { type: "string" } } },
        );
        for (const form of forms) {
            assert.equal((await run(rule, one(), form))[0]?.message, '{"limit":1}');
            assert.equal((await run(rule, one(), form, { configuration: { limit: 2 } }))[0]?.message, '{"limit":2}');
        }
    });

    it("turn their own failure into a named cannot-tell, keep what they had found, and repeat no value", async () => {
        const fail = (resource: Parameters<ResourceRule["evaluate"]>[0], report: Report) => {
            report({ kind: "violation", resource, message: "Found before." });
            throw new TypeError(`cannot read hush of ${JSON.stringify(resource.properties)}`);
        };
        for (const rule of [
            resourceRule(fail),
            stackRule((graph, report) => graph.ofType("a:b:C").forEach((resource) => fail(resource, report))),
        ]) {
            for (const [form, seen] of Object.entries(await runAll(rule, one({ secret: secret("hush") })))) {
                assert.deepEqual(
                    seen.map(({ kind }) => kind),
                    ["violation", "cannot tell"],
                    form,
                );
                assert.match(
                    seen[1]?.message ?? "",
                    /the rule \S+-rule failed \(TypeError at [\w.-]+:\d+:\d+\).*please report it/,
                );
                assert.ok(!seen[1]?.message.includes("hush"));
            }
        }
    });

    it("say each violation once, and one cannot-tell a resource that names the other paths", async () => {
        const rule = resourceRule((resource, report) => {
            for (const message of ["same", "same", "other"]) {
                report({ kind: "violation", resource, path: "p", message });
            }
            for (let index = 0; index < 8; index += 1) {
                report({
                    kind: "cannot tell",
                    resource,
                    path: `list[${index}]`,
                    message: `Not known: list[${index}].`,
                });
            }
        });
        const expected = [
            { kind: "violation", resource: "one", message: "same" },
            { kind: "violation", resource: "one", message: "other" },
            {
                kind: "cannot tell",
                resource: "one",
                message:
                    "Not known: list[0]. The same holds for list[1], list[2], list[3], list[4], list[5] and 2 more.",
            },
        ];
        assert.deepEqual(await runAll(rule, one()), { up: expected, preview: expected, state: expected });
    });

    it("keep secrets out of messages: whole, cut off, escaped, and of other resources of the stack", async () => {
        const long = `"${"s3cret ".repeat(40)}"`;
        const rule = stackRule((graph, report) => {
            const [first, second] = graph.ofType("a:b:C");
            assert.ok(first && second);
            const { value } = second.properties;
            const text = String(value);
            const message = [text, JSON.stringify(text), text.slice(0, 100), first.properties.short].join(" | ");
            report({ kind: "violation", resource: first, message });
        });
        const fixtures: Fixture[] = [
            { type: "a:b:C", name: "one", properties: { short: secret("80") } },
            { type: "a:b:C", name: "two", properties: { value: secret(long) } },
        ];
        for (const form of forms) {
            const [seen] = await run(rule, fixtures, form);
            assert.ok(seen);
            assert.ok(!/s3cret|80/.test(seen.message), `${form}: ${seen.message}`);
            assert.match(seen.message, /\[secret\]/);
        }
    });

    it("show what the resource's own URN shows, though a list that holds a secret is secret as a whole", async () => {
        const rule = resourceRule((resource, report) => {
            const [name, value] = resource.properties.list as string[];
            report({ kind: "violation", resource, message: `${name} has ${value}` });
        });
        for (const form of forms) {
            const [seen] = await run(rule, one({ list: secret(["one", "hush"]) }), form);
            assert.equal(seen?.message, "one has [secret]");
        }
    });

    it("replace a secret only where it stands as a word", async () => {
        const rule = resourceRule((resource, report) => {
            void resource.properties.port;
            report({ kind: "violation", resource, message: "port 80 of 8080, (80)" });
        });
        for (const form of forms) {
            const [seen] = await run(rule, one({ port: secret("80") }), form);
            assert.equal(seen?.message, "port [secret] of 8080, ([secret])");
        }
    });
});

describe("exemptions in the engine", () => {
    const rule = resourceRule((resource, report) => report({ kind: "violation", resource, message: "Open." }));
    const exempting = (exemption: object) => ({ configuration: { exemptions: [exemption] } });

    it("make a violation advisory while they last", async () => {
        for (const form of forms) {
            const options = exempting({ urn: "*::one", reason: "Moves in May", expires: far });
            const seen = form === "state" ? [] : await run(rule, one(), form, options);
            const expected = [
                { kind: "cannot tell", resource: "one", message: `Open.\nExempted until ${far}: Moves in May` },
            ];
            assert.deepEqual(seen, form === "state" ? [] : expected, form);
        }
    });

    it("leave a violation, with a note, once they have expired", async () => {
        const options = exempting({ urn: "*::one", reason: "Moved", expires: "2020-01-01" });
        const expected = [
            {
                kind: "violation",
                resource: "one",
                message: "Open.\nThe exemption for it expired on 2020-01-01 (Moved).",
            },
        ];
        assert.deepEqual(await runAll(rule, one(), options), { up: expected, preview: expected, state: expected });
    });

    it("are reported where they match nothing", async () => {
        for (const form of forms) {
            const options = exempting({ urn: "*::gone", reason: "Old", expires: far });
            const seen = await run(rule, one(), form, options);
            assert.deepEqual(
                seen.map(({ kind, resource }) => [kind, resource]),
                [
                    ["violation", "one"],
                    ["unused exemption", ""],
                ],
            );
            assert.match(seen[1]?.message ?? "", /exemption of resource-rule for "\*::gone" \(Old, until 2999-12-31\)/);
        }
    });

    it("are reported also where no resource is of the rule's types", async () => {
        const options = exempting({ urn: "*::gone", reason: "Old", expires: far });
        for (const form of forms) {
            const seen = await run(rule, [{ type: "a:b:D", name: "two" }], form, options);
            assert.deepEqual(
                seen.map(({ kind }) => kind),
                ["unused exemption"],
                form,
            );
        }
    });
});
