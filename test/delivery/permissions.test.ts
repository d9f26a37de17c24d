import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { deploy } from "../../components/test/deployment";

const root = path.join(__dirname, "..", "..");
const page = path.join(root, "docs", "delivery.md");

interface Statement {
    readonly Action: string | readonly string[];
    readonly Resource: string | readonly string[];
}

interface Policy {
    readonly Statement: readonly Statement[];
}

interface Resource {
    readonly type: string;
    readonly name: string;
    readonly inputs?: Readonly<Record<string, unknown>>;
}

interface Needs {
    readonly cloudFormation?: { readonly type: string };
    readonly provider?: { readonly source: string };
}

interface Policies {
    readonly table: {
        readonly types: Readonly<Record<string, Needs>>;
        readonly functions: Readonly<Record<string, { readonly source: string; readonly read: readonly string[] }>>;
    };
    readonly providerCalls: {
        readonly types: Readonly<Record<string, readonly string[]>>;
        readonly functions: Readonly<Record<string, readonly string[]>>;
    };
    readonly schemas: { readonly date: string; readonly types: Readonly<Record<string, readonly string[]>> };
    readonly roles: readonly string[];
    readonly managedPolicyLimit: number;
    policyOf(role: string, resources: readonly Resource[]): Policy;
    sizeOf(policy: Policy): number;
    textOf(policy: Policy): string;
}

interface ComponentResources {
    usedByTheSources(): { readonly types: readonly string[]; readonly functions: readonly string[] };
    componentResources(name?: string): readonly Resource[];
}

const folder = path.join(root, "scripts", "permissions");

function actions(policy: Policy): string[] {
    return policy.Statement.flatMap(({ Action }) => Action);
}

function run(args: readonly string[], input = "") {
    return spawnSync(process.execPath, [path.join(folder, "permissions.mjs"), ...args], { encoding: "utf8", input });
}

function state(...resources: readonly Resource[]): string {
    return JSON.stringify({
        deployment: {
            resources: resources.map(({ type, name, inputs }) => ({
                type,
                urn: `urn:pulumi:dev::project::${type}::${name}`,
                inputs,
            })),
        },
    });
}

describe("permissions", () => {
    let policies: Policies;
    let component: ComponentResources;

    before(async () => {
        policies = (await import(path.join(folder, "policies.mjs"))) as Policies;
        component = (await import(path.join(folder, "componentResources.mjs"))) as ComponentResources;
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

    describe("of a stack", () => {
        const bucket = { type: "aws:s3/bucket:Bucket", name: "shop-load-balancer-log" };
        const record = { type: "aws:route53/record:Record", name: "www", inputs: { zoneId: "Z-OF-A-REHEARSAL" } };

        it("name its bucket and its zone", () => {
            const { stdout, status } = run(
                ["deploy", "-", "--bucket", "our-state", "--zone", "Z0123456789ABCDEFGHIJ"],
                state(bucket, record),
            );
            assert.equal(status, 0);
            const { Statement } = JSON.parse(stdout) as Policy;
            assert.deepEqual(
                Statement.map(({ Resource }) => Resource),
                [
                    "arn:aws:s3:::shop-load-balancer-log-*",
                    "arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ",
                    "arn:aws:s3:::our-state/.pulumi/*",
                ],
            );
        });

        it("name a bucket as it will be called, whatever random ending a preview gave it", () => {
            const named = (inputs: object) => run(["deploy", "-"], state({ ...bucket, inputs: { ...inputs } })).stdout;
            assert.match(
                named({ bucket: "shop-load-balancer-log-8f4cd60" }),
                /"arn:aws:s3:::shop-load-balancer-log-\*"/,
            );
            assert.match(named({ bucket: "our-logs" }), /"arn:aws:s3:::our-logs"/);
        });

        it("are the same from a preview", () => {
            const { deployment } = JSON.parse(state(bucket, record)) as { deployment: { resources: unknown[] } };
            const steps = deployment.resources.map((newState) => ({ op: "create", newState }));
            const fromPreview = run(["deploy", "-"], JSON.stringify({ steps: [...steps, { op: "delete" }] }));
            assert.equal(fromPreview.stderr, "");
            assert.equal(fromPreview.stdout, run(["deploy", "-"], state(bucket, record)).stdout);
        });

        it("cover only what it uses", () => {
            const { stdout } = run(["deploy", "-"], state(record));
            assert.doesNotMatch(stdout, /elasticloadbalancing|CreateServiceLinkedRole/);
        });

        it("are refused where the table lacks a type", () => {
            const other = { type: "aws:rds/instance:Instance", name: "db" };
            const { stdout, stderr, status } = run(["deploy", "-"], state(bucket, other));
            assert.equal(status, 2);
            assert.equal(stdout, "");
            assert.match(stderr, /^The table of permissions lacks aws:rds\/instance:Instance\. Add .*table\.json/);
        });
    });

    describe("of some arguments only", () => {
        const rule = "aws:lb/listenerRule:ListenerRule";
        const delivery = "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination";
        const webAclLog = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration";
        const destination = (destinationResourceArn: string) => ({
            deliveryDestinationConfiguration: { destinationResourceArn },
        });
        const of = (type: string, inputs: object, args: readonly string[] = []) =>
            (
                JSON.parse(
                    run(["deploy", "-", ...args], state({ type, name: "edge", inputs: { ...inputs } })).stdout,
                ) as Policy
            ).Statement;
        const where = (statements: readonly Statement[], action: string) =>
            statements.filter(({ Action }) => [Action].flat().includes(action)).map(({ Resource }) => Resource);

        it("ask Amazon Cognito only where viewers log in through it", () => {
            const action = "cognito-idp:DescribeUserPoolClient";
            assert.deepEqual(where(of(rule, { actions: [{ type: "authenticate-cognito" }] }), action), ["*"]);
            assert.deepEqual(where(of(rule, { actions: [{ type: "authenticate-oidc" }] }), action), []);
            assert.ok(actions(policies.policyOf("deploy", component.componentResources())).flat().includes(action));
        });

        it("tag a Firehose stream only where logs go to one", () => {
            const stream = "arn:aws:firehose:us-east-1:111122223333:deliverystream/aws-waf-logs-acme";
            assert.deepEqual(where(of(delivery, destination(stream)), "firehose:TagDeliveryStream"), ["*"]);
            assert.deepEqual(
                where(of(webAclLog, { logDestinationConfigs: [stream] }), "firehose:ListDeliveryStreams"),
                ["*"],
            );
            const group = "arn:aws:logs:us-east-1:111122223333:log-group:aws-waf-logs-acme";
            assert.deepEqual(where(of(delivery, destination(group)), "firehose:TagDeliveryStream"), []);
        });

        it("change the policy of the one bucket that takes logs, by its ARN or by --log-bucket, and of no other", () => {
            const bucket = "arn:aws:s3:::acme-logs";
            assert.deepEqual(where(of(delivery, destination(bucket)), "s3:PutBucketPolicy"), [bucket]);
            assert.deepEqual(where(of(webAclLog, { logDestinationConfigs: [bucket] }), "s3:GetBucketPolicy"), [bucket]);
            const group = "arn:aws:logs:us-east-1:111122223333:log-group:acme";
            assert.deepEqual(where(of(delivery, destination(group)), "s3:PutBucketPolicy"), []);
            const whole = JSON.parse(run(["deploy", "--log-bucket", "a", "--log-bucket", "b"]).stdout) as Policy;
            assert.deepEqual(where(whole.Statement, "s3:GetBucketPolicy"), [["arn:aws:s3:::a", "arn:aws:s3:::b"]]);
        });
    });

    const mistakes: [string, readonly string[], string, RegExp][] = [
        ["a role that there is none of", ["deply"], "", /^usage: .*\nROLE is one of preview, deploy, audit\.$/m],
        ["no role", [], "", /^usage: /],
        ["a file that is not there", ["deploy", "missing.json"], "", /^missing\.json cannot be read \(ENOENT\)\./],
        ["text that is not JSON", ["deploy", "-"], "nope", /^Standard input holds no JSON .*pulumi preview --json/s],
        ["JSON that is no state", ["deploy", "-"], "[]", /^Standard input is neither a preview nor a state\./],
    ];
    for (const [mistake, args, input, message] of mistakes) {
        it(`answer ${mistake} with words`, () => {
            const { stdout, stderr, status } = run(args, input);
            assert.equal(status, 2);
            assert.equal(stdout, "");
            assert.match(stderr, message);
        });
    }

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
