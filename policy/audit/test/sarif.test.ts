import assert from "node:assert/strict";
import * as path from "node:path";
import { pathToFileURL } from "node:url";

import { Ajv } from "ajv";

import type { Rule } from "../../rule";
import { rules } from "../../rules";
import type { AuditedResult, AuditedStack } from "../auditedStack";
import { makeReport, type ReportInput } from "../report";
import { protocolPath, urnOf } from "./estate";
import { exempted, one, pack, report, result, rule, stacks, textOf } from "./sampleReport";
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

    const runOf = (input: Partial<ReportInput>): SarifRun => {
        const whole = { pack, rules, failOn: "mandatory" as const, stacks: [], remaining: 0, ...input };
        const { runs } = JSON.parse(textOf("sarif", makeReport(whole))) as { runs: [SarifRun] };
        return runs[0];
    };

    it("gives each standing its level, and says of none that is not known that it failed", () => {
        const levels = (more: Partial<AuditedResult>, baseline?: ReportInput["baseline"]) =>
            runOf({ stacks: one(result("web", more)), baseline }).results.map(({ kind, level, baselineState }) =>
                `${kind} ${level} ${baselineState ?? ""}`.trim(),
            );
        const known = { isBaselined: () => true, fixed: [], shrunk: [] };
        assert.deepEqual(levels({}), ["fail error"]);
        assert.deepEqual(levels({ level: "advisory" }), ["fail warning"]);
        assert.deepEqual(levels({ kind: "cannot tell", level: "advisory" }), ["open none"]);
        assert.deepEqual(levels({ kind: "cannot tell", level: "advisory" }, known), ["open none unchanged"]);
        assert.deepEqual(levels({}, known), ["fail warning unchanged"]);
        assert.deepEqual(levels({ exempted }, known), ["fail note new"]);
    });

    it("tells each rule's default level, its severity for GitHub and where its controls are described", () => {
        const [first] = rules.filter(({ name }) => name === rule);
        const [control] = first?.controls ?? [];
        const own = (more: Partial<Pick<Rule, "severity" | "level" | "controls">>) => ({ ...(first as Rule), ...more });
        const told = (more: Pick<Rule, "severity" | "level">) => {
            const { defaultConfiguration, properties } = runOf({ rules: [own(more)] }).tool.driver.rules[0] ?? {};
            return [defaultConfiguration?.enabled, defaultConfiguration?.level, properties?.["security-severity"]];
        };
        assert.deepEqual(told({ severity: "critical", level: "mandatory" }), [true, "error", "9.5"]);
        assert.deepEqual(told({ severity: "high", level: "remediate" }), [true, "error", "8.0"]);
        assert.deepEqual(told({ severity: "medium", level: "advisory" }), [true, "warning", "5.5"]);
        assert.deepEqual(told({ severity: "low", level: "disabled" }), [false, "warning", "3.0"]);
        const { helpUri, help, properties } = runOf({ rules: [own({})] }).tool.driver.rules[0] ?? {};
        assert.equal(helpUri, control?.url);
        assert.ok(help?.text.startsWith(`${first?.remediationSteps}\nAWS Security Hub CloudFront.9\n`));
        assert.ok(
            help?.markdown.startsWith(
                `${first?.remediationSteps}\n\n[AWS Security Hub CloudFront.9](${control?.url})\n\n`,
            ),
        );
        assert.deepEqual(properties?.tags.slice(0, 2), ["security", "AWS Security Hub CloudFront.9"]);
        assert.equal(runOf({ rules: [own({ controls: [] })] }).tool.driver.rules[0]?.helpUri, undefined);
    });

    it("names a file outside the working directory by its whole address, and a stack of a backend like a file", () => {
        const uriOf = (source: string) => {
            const [stack] = one(result("web"));
            const { results } = runOf({ stacks: [{ ...(stack as AuditedStack), source }] });
            return results[0]?.locations[0]?.physicalLocation.artifactLocation.uri;
        };
        assert.equal(uriOf("states/dev.json"), "states/dev.json");
        assert.equal(uriOf("../dev 1.json"), pathToFileURL(path.resolve("../dev 1.json")).href);
        assert.equal(uriOf("s3://states/dev.json"), "shop/clean");
    });

    it("is no success where a stack was not read or not reached, and repeats why", () => {
        const success = (input: Partial<ReportInput>) => runOf(input).invocations[0]?.executionSuccessful;
        assert.equal(success({ stacks: one(result("web")) }), true);
        assert.equal(success({ remaining: 1 }), false);
        const { invocations, results, tool } = runOf({ stacks: [stacks[2] as AuditedStack] });
        assert.equal(invocations[0]?.executionSuccessful, false);
        const [notification] = invocations[0]?.toolExecutionNotifications ?? [];
        assert.equal(notification?.message.text, "The file is empty.");
        assert.equal(notification?.locations[0]?.physicalLocation.artifactLocation.uri, "states/broken.json");
        assert.equal(results[0]?.level, "error");
        assert.equal(tool.driver.rules[results[0]?.ruleIndex ?? -1]?.id, "unreadable-stack");
        assert.equal(results[0]?.locations[0]?.physicalLocation.artifactLocation.uri, "states/broken.json");
    });

    it("names the property where there is one, else the resource, else the stack alone", () => {
        const names = (more: Partial<AuditedResult>) =>
            runOf({ stacks: one(result("web", more)) }).results[0]?.locations[0]?.logicalLocations?.map(
                ({ name }) => name,
            );
        assert.deepEqual(names({}), [protocolPath, "web"]);
        assert.deepEqual(names({ path: "" }), ["web"]);
        assert.deepEqual(names({ path: undefined }), ["web"]);
        assert.deepEqual(names({ urn: undefined }), undefined);
    });
});

interface SarifRun {
    readonly tool: {
        readonly driver: {
            readonly rules: readonly {
                readonly id: string;
                readonly helpUri?: string;
                readonly help: { readonly text: string; readonly markdown: string };
                readonly defaultConfiguration: { readonly enabled?: boolean; readonly level: string };
                readonly properties?: { readonly "security-severity": string; readonly tags: readonly string[] };
            }[];
        };
    };
    readonly invocations: readonly {
        readonly executionSuccessful: boolean;
        readonly toolExecutionNotifications: readonly {
            readonly message: { readonly text: string };
            readonly locations: SarifRun["results"][number]["locations"];
        }[];
    }[];
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
