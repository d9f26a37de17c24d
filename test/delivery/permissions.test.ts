import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { deploy } from "../../components/test/deployment";

import { actions, loadPolicies, type ComponentResources, type Policies } from "./permissionsScript";

const page = path.join(__dirname, "..", "..", "docs", "delivery.md");

describe("permissions", () => {
    let policies: Policies;
    let component: ComponentResources;

    before(async () => {
        ({ policies, component } = await loadPolicies());
    });

    it("are known for every type that the component can deploy and every look-up of the program", () => {
        const { types, functions } = component.usedByTheSources();
        const aws = types.filter((type) => type.startsWith("aws:"));
        assert.ok(aws.length >= 25 && functions.length >= 5);
        assert.deepEqual(
            aws.filter((type) => policies.table.types[type] === undefined),
            [],
            "scripts/permissions/table.json lacks these types",
        );
        assert.deepEqual(
            functions.filter((token) => policies.table.functions[token] === undefined),
            [],
            "scripts/permissions/table.json lacks these look-ups",
        );
    });

    it("miss no type of a deployment: the sources name all of them", async () => {
        const { resources } = await deploy();
        const deployed = new Set(resources.filter(({ custom }) => custom).map(({ type }) => type));
        const { types } = component.usedByTheSources();
        assert.deepEqual(
            [...deployed].filter((type) => !types.includes(type)),
            [],
        );
        assert.ok(deployed.size > 20);
    });

    it("have a source each", () => {
        for (const [type, { cloudFormation, provider }] of Object.entries(policies.table.types)) {
            assert.ok(cloudFormation ?? provider, type);
            assert.ok(provider === undefined || provider.source.length > 10, type);
            assert.ok(cloudFormation === undefined || policies.schemas.types[cloudFormation.type], type);
        }
        for (const [token, { source }] of Object.entries(policies.table.functions)) {
            assert.ok(source.length > 10, token);
        }
    });

    describe("cover what the provider calls, by its own sources,", () => {
        const allows = (listed: readonly string[], action: string) =>
            listed.some((each) => new RegExp(`^${each.replaceAll("*", ".*")}$`).test(action));
        // Looks at what a bucket holds before it is emptied, and asks Cognito in the caller's name: both deploy only.
        const reads = (action: string) => /:(Get|List|Describe)/.test(action) && action !== "s3:ListBucketVersions";

        it("for every type that the component can deploy, whether it is deployed or previewed", () => {
            const { types } = component.usedByTheSources();
            const missing: string[] = [];
            for (const type of types.filter((each) => each.startsWith("aws:"))) {
                const calls = policies.providerCalls.types[type] ?? [];
                assert.ok(calls.length > 0, `scripts/permissions/providerCalls.json lacks ${type}`);
                const resources = [{ type, name: "edge" }];
                const preview = actions(policies.policyOf("preview", resources)).flat();
                const deploy = actions(policies.policyOf("deploy", resources)).flat();
                for (const call of calls) {
                    if (!allows(reads(call) ? preview : [...preview, ...deploy], call)) {
                        missing.push(`${type}: ${call}`);
                    }
                }
            }
            assert.deepEqual(missing, [], "scripts/permissions/table.json lacks these");
        });

        it("for every look-up of the program", () => {
            const { functions } = component.usedByTheSources();
            for (const token of functions) {
                const calls = policies.providerCalls.functions[token];
                assert.ok(calls, `scripts/permissions/providerCalls.json lacks ${token}`);
                const listed = policies.table.functions[token]?.read ?? [];
                assert.deepEqual(
                    calls.filter((call) => !allows(listed, call)),
                    [],
                    token,
                );
            }
        });
    });

    it("are names of actions", () => {
        const everything = Object.keys(policies.table.types).map((type) => ({ type, name: "edge" }));
        for (const role of ["preview", "deploy"]) {
            for (const action of actions(policies.policyOf(role, everything))) {
                assert.match(action, /^[a-z0-9-]+:[A-Z][A-Za-z0-9]+\*?$/);
            }
        }
    });

    it("let a listener take and lose certificates", () => {
        const listed = actions(
            policies.policyOf("deploy", [{ type: "aws:lb/listenerCertificate:ListenerCertificate", name: "edge" }]),
        );
        assert.ok(listed.includes("elasticloadbalancing:AddListenerCertificates"));
        assert.ok(listed.includes("elasticloadbalancing:RemoveListenerCertificates"));
    });

    it("let nothing be written or passed by the role that previews", () => {
        const listed = actions(policies.policyOf("preview", component.componentResources()));
        for (const action of listed) {
            assert.match(action, /^(kms:Decrypt|[a-z0-9-]+:(Get|List|Describe))/);
        }
        // What log groups and sampled requests hold is no configuration.
        assert.deepEqual(
            listed.filter((action) => /^(logs:(\*|Get\*|GetLog|FilterLog)|wafv2:(\*|Get\*|GetSampled))/.test(action)),
            [],
        );
    });

    it("reach no other bucket and no other zone than the stack's", () => {
        const policy = policies.policyOf("deploy", component.componentResources());
        for (const { Action, Resource } of policy.Statement) {
            const touches = [Action].flat().filter((action) => /^(s3:|route53:Change)/.test(action));
            assert.ok(touches.length === 0 || Resource !== "*", touches.join(", "));
        }
    });

    it("let nobody read or write an object but the error page, above all no log", () => {
        for (const [role, action] of [
            ["preview", "s3:GetObject"],
            ["deploy", "s3:PutObject"],
        ] as const) {
            const policy = policies.policyOf(role, component.componentResources());
            const touching = policy.Statement.filter(({ Action }) => [Action].flat().includes(action));
            assert.deepEqual(
                touching.map(({ Resource }) => Resource).filter((resource) => !String(resource).includes("/.pulumi/")),
                ["arn:aws:s3:::edge-error-pages-*/*"],
                role,
            );
        }
    });

    it("fit into managed policies", () => {
        for (const role of policies.roles) {
            const size = policies.sizeOf(policies.policyOf(role, component.componentResources()));
            assert.ok(size <= policies.managedPolicyLimit, `${role}: ${size}`);
        }
    });

    describe("in docs/delivery.md", () => {
        function holds(name: string, wanted: string): void {
            const text = fs.readFileSync(page, "utf8");
            const [, before, block, after] =
                new RegExp(`^(.*<!-- ${name} -->)(.*)(<!-- /${name} -->.*)$`, "s").exec(text) ?? [];
            assert.ok(before !== undefined && block !== undefined && after !== undefined, name);
            if (process.env.UPDATE_DOCS) {
                fs.writeFileSync(page, before + wanted + after);
                return;
            }
            assert.equal(block, wanted, "Run UPDATE_DOCS=1 npx mocha test/delivery/permissions.test.ts");
        }

        for (const role of ["preview", "deploy", "audit"]) {
            it(`are those of the role ${role}`, () => {
                const policy = policies.textOf(policies.policyOf(role, component.componentResources()));
                holds(`policy ${role}`, `\n\n\`\`\`json\n${policy}\n\`\`\`\n\n`);
            });
        }

        it("are dated as the schemas are", () => {
            holds("schemas", `of ${policies.schemas.date.slice(0, 10)}`);
        });
    });
});
