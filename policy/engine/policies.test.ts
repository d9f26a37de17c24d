import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

import * as protoutil from "@pulumi/policy/protoutil";

import { Policies } from ".";
import { unusedExemption } from "../configuration";
import { UNKNOWN } from "../graph";
import { rules } from "../rules";
import { respond, secret, type Fixture } from "../test/harness";

describe("the pack's policies", () => {
    const list = () => new Policies(rules).list();

    it("are one for each rule, under its name, and one for the exemptions", () => {
        const names = list().map((policy) => policy.name);
        assert.deepEqual(names, [...rules.map((rule) => rule.name), unusedExemption.name]);
        assert.equal(new Set(names).size, names.length);
    });

    it("are told to the engine with level, severity, framework, remediation steps, URL and schema", () => {
        const policies = list();
        const { makeAnalyzerInfo } = protoutil as {
            makeAnalyzerInfo?: (...args: unknown[]) => { toObject(): { policiesList: object[] } };
        };
        assert.ok(makeAnalyzerInfo, "the SDK no longer exports makeAnalyzerInfo");
        const info = makeAnalyzerInfo("encrypted-edge", "1.0.0", "advisory", { policies }).toObject();
        assert.equal(info.policiesList.length, policies.length);
        for (const [index, rule] of rules.entries()) {
            const policy = info.policiesList[index] as Record<string, unknown>;
            assert.equal(policy.name, rule.name);
            assert.equal(policy.description, rule.description);
            assert.ok(policy.severity && policy.remediationSteps, rule.name);
            assert.ok(
                existsSync(fileURLToPath(String(policy.url))),
                `${rule.name} has no page at ${String(policy.url)}`,
            );
            const framework = policy.framework as { name?: string } | undefined;
            assert.equal(framework?.name, rule.controls[0]?.framework, rule.name);
            const schema = JSON.stringify(policy.configschema);
            for (const setting of [...Object.keys(rule.settings ?? {}), "exemptions"]) {
                assert.ok(schema.includes(`"${setting}"`), `${rule.name}.${setting}`);
            }
        }
    });

    it("never throw and never need more than their types, whatever a resource looks like", async () => {
        const odd: unknown[] = [
            null,
            0,
            "",
            "x",
            [],
            {},
            [null],
            [[{}]],
            { a: null },
            UNKNOWN,
            [UNKNOWN],
            secret([UNKNOWN]),
        ];
        const types = [...new Set(rules.flatMap((rule) => rule.types))];
        const names = [
            "ingress",
            "origins",
            "securityGroups",
            "cidrBlocks",
            "defaultActions",
            "entries",
            "ipRanges",
            "loadBalancerType",
            "viewerCertificate",
            "defaultCacheBehavior",
            "distributionConfig",
            "vpcOriginEndpointConfig",
            "rules",
            "type",
        ];
        for (const value of odd) {
            const properties = Object.fromEntries(names.map((name) => [name, value]));
            const fixtures = types.map((type, index): Fixture => ({ type, name: `r${index}`, properties }));
            for (const response of await respond(rules, fixtures, "preview")) {
                for (const diagnostic of response.getDiagnosticsList()) {
                    const message = diagnostic.getMessage();
                    assert.ok(!message.includes("please report it"), `${diagnostic.getPolicyname()}: ${message}`);
                }
            }
        }
    }).timeout(60_000);
});
