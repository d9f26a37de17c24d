import assert from "node:assert/strict";

import { Ajv } from "ajv";

import { rules } from "../../rules";
import type { AuditedStack } from "../auditedStack";
import { makeReport } from "../report";
import { protocolPath, urnOf } from "./estate";
import { exempted, pack, report, rule, stacks, textOf } from "./sampleReport";
import { sarifSchema } from "./sarifSchema";

describe("audit: SARIF", () => {
    it("fits its schema, names the rule, the resource and the property, and keeps what is known apart", () => {
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
});

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
