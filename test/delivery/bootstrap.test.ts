import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { checkConfiguration } from "../../bootstrap/configuration";
import { sharedAccountPolicy } from "../../bootstrap/sharedAccount";

const root = path.join(__dirname, "..", "..");

interface Rehearsed {
    readonly type: string;
    readonly urn: string;
    readonly inputs: Readonly<Record<string, unknown>>;
    readonly outputs: Readonly<Record<string, unknown>>;
    readonly protect?: boolean;
}

/** The program in a folder of its own, with what it reads. */
function copy(): string {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bootstrap-"));
    for (const part of [
        "bootstrap",
        "scripts/permissions",
        "components",
        "stack",
        "index.ts",
        "tsconfig.json",
        "package.json",
    ]) {
        fs.cpSync(path.join(root, part), path.join(folder, part), {
            recursive: true,
            filter: (file) => !/[/\\](\.rehearsal|node_modules)$/.test(file),
        });
    }
    fs.symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
    return folder;
}

describe("bootstrap", () => {
    let folder: string;
    before(() => (folder = copy()));
    after(() => fs.rmSync(folder, { recursive: true, force: true }));

    function rehearse(...args: string[]) {
        const script = path.join(root, "rehearsal", "rehearse.js");
        const cwd = path.join(folder, "bootstrap");
        return spawnSync(process.execPath, [script, ...args], { cwd, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
    }

    describe("the roles that it makes", () => {
        let resources: readonly Rehearsed[];
        let outputs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;

        before(function () {
            this.timeout(300_000);
            const up = rehearse(
                "up",
                "--stack",
                "shared",
                "--yes",
                "--skip-preview",
                "--policy-pack",
                path.join(root, "policy"),
            );
            assert.equal(up.status, 0, up.stdout + up.stderr);
            const state = JSON.parse(rehearse("stack", "export", "--stack", "shared").stdout) as {
                deployment: { resources: Rehearsed[] };
            };
            resources = state.deployment.resources;
            outputs = JSON.parse(rehearse("stack", "output", "--json", "--stack", "shared").stdout) as typeof outputs;
        });

        const ofType = (type: string) => resources.filter((resource) => resource.type === type);
        const named = (type: string, name: string) => {
            const found = ofType(type).find(({ urn }) => urn.endsWith(`::${name}`));
            assert.ok(found, `no ${type} ${name}`);
            return found;
        };

        it("can be assumed by one environment of one repository each", () => {
            const subjects = ofType("aws:iam/role:Role").map(({ urn, inputs }) => {
                const { Statement } = JSON.parse(inputs.assumeRolePolicy as string) as {
                    Statement: { Condition: { StringEquals: Record<string, string | readonly string[]> } }[];
                };
                assert.equal(Statement.length, 1);
                const conditions = Statement[0]?.Condition.StringEquals ?? {};
                assert.equal(conditions["token.actions.githubusercontent.com:aud"], "sts.amazonaws.com");
                return [urn.split("::").at(-1), conditions["token.actions.githubusercontent.com:sub"]];
            });
            const prefix = "repo:OWNER@1234567/REPOSITORY@7654321:environment:";
            assert.deepEqual(Object.fromEntries(subjects), {
                dev: `${prefix}dev`,
                "dev-preview": [`${prefix}dev-preview`, `${prefix}dev-drift`],
                prod: `${prefix}prod`,
                "prod-preview": [`${prefix}prod-preview`, `${prefix}prod-drift`],
            });
        });

        it("reach the zone, the key and the state of their own environment and of no other", () => {
            const keys = Object.fromEntries(
                ["dev", "prod"].map((name) => [
                    name,
                    named("aws:kms/key:Key", `${name}-secrets`).outputs.keyId as string,
                ]),
            );
            const zones = { dev: "Z0123456789ABCDEFGHIJ", prod: "Z9876543210ABCDEFGHIJ" };
            for (const [own, other] of [
                ["dev", "prod"],
                ["prod", "dev"],
            ] as const) {
                const policies = ofType("aws:iam/rolePolicy:RolePolicy")
                    .filter(({ urn }) => new RegExp(`::${own}-(preview-preview|preview|deploy)$`).test(urn))
                    .map(({ inputs }) => inputs.policy as string);
                assert.equal(policies.length, 3);
                const text = policies.join("\n");
                for (const wanted of [zones[own], keys[own] as string, `.pulumi/stacks/encrypted-edge/${own}.json*`]) {
                    assert.ok(text.includes(wanted), `${own} lacks ${wanted}`);
                }
                for (const foreign of [
                    zones[other],
                    keys[other] as string,
                    `/${other}.json`,
                    `/${other}/*`,
                    ".pulumi/*",
                ]) {
                    assert.ok(!text.includes(foreign), `${own} has ${foreign}`);
                }
            }
        });

        it("of a shared account carry the rule about the resources of others, which test/delivery/isolation.test.ts asks", () => {
            for (const environment of ["dev", "prod"]) {
                const { inputs } = named("aws:iam/rolePolicy:RolePolicy", `${environment}-others`);
                assert.deepEqual(JSON.parse(inputs.policy as string), sharedAccountPolicy(environment, "111122223333"));
            }
        });

        it("come with the commands that make the stacks and tag what they make", () => {
            const naming = 'pulumi:autonaming.providers.aws.resources["aws:s3/bucket:Bucket"].pattern';
            assert.deepEqual(outputs.stackInit, [
                "pulumi stack init dev --secrets-provider 'awskms://alias/pulumi-dev?region=eu-west-1'",
                "pulumi config set --path 'aws:defaultTags.tags.Environment' dev --stack dev",
                `pulumi config set --path '${naming}' '\${stack}-\${name}-\${hex(7)}' --stack dev`,
                "pulumi stack init prod --secrets-provider 'awskms://alias/pulumi-prod?region=eu-west-1'",
                "pulumi config set --path 'aws:defaultTags.tags.Environment' prod --stack prod",
                `pulumi config set --path '${naming}' '\${stack}-\${name}-\${hex(7)}' --stack prod`,
            ]);
        });

        it("reach no bucket but the own environment's, by the names that those commands give", () => {
            for (const [own, other] of [
                ["dev", "prod"],
                ["prod", "dev"],
            ] as const) {
                const { inputs } = named("aws:iam/rolePolicy:RolePolicy", `${own}-deploy`);
                const text = inputs.policy as string;
                assert.ok(text.includes(`arn:aws:s3:::${own}-edge-load-balancer-log-*`), own);
                assert.ok(!text.includes(`arn:aws:s3:::${other}-`) && !text.includes("arn:aws:s3:::edge-"), own);
                assert.ok(!text.includes("YOUR-"), own);
            }
        });

        it("stand beside a state bucket and keys that a destroy by mistake leaves", () => {
            assert.ok(named("aws:s3/bucket:Bucket", "states").protect);
            assert.ok(named("aws:kms/key:Key", "prod-secrets").protect);
            assert.equal(
                (
                    named("aws:s3/bucketVersioning:BucketVersioning", "states").inputs.versioningConfiguration as {
                        status: string;
                    }
                ).status,
                "Enabled",
            );
        });

        it("are written into GitHub's environments, with who approves and what main demands", () => {
            const bin = path.join(folder, "bin");
            const calls = path.join(folder, "calls");
            fs.mkdirSync(bin, { recursive: true });
            fs.writeFileSync(
                path.join(bin, "gh"),
                [
                    "#!/bin/sh",
                    `printf '%s' "$3 $4 " >> ${calls}`,
                    `if [ "$5" = --input ]; then cat >> ${calls}; fi`,
                    `echo >> ${calls}`,
                    `case "$3 $4" in "GET "*codeowners/errors) echo "{}"; exit;; esac`,
                    'case "$3 $4" in "GET users/somebody") echo "{\\"id\\": 42}";; "GET "*) echo "[]";; esac',
                    // A second run finds the variable.
                    'case "$3 $4" in "POST "*dev/variables) echo "gh: Already exists (HTTP 409)" >&2; exit 1;; esac',
                ].join("\n"),
                { mode: 0o755 },
            );
            const { status, stderr } = spawnSync(
                process.execPath,
                [path.join(root, "bootstrap", "github.mjs"), "OWNER/REPOSITORY", "--approve", "prod=somebody"],
                {
                    encoding: "utf8",
                    input: JSON.stringify(outputs),
                    env: { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}` },
                },
            );
            assert.equal(status, 0, stderr);
            const lines = fs.readFileSync(calls, "utf8");
            const role = outputs.gitHubEnvironments?.prod as { AWS_ROLE_ARN: string };
            for (const expected of [
                /PUT repos\/OWNER\/REPOSITORY\/environments\/prod {"reviewers":\[{"type":"User","id":42}\],.*"custom_branch_policies":true/,
                /PUT repos\/OWNER\/REPOSITORY\/environments\/prod-preview {.*"deployment_branch_policy":null}/,
                /POST repos\/OWNER\/REPOSITORY\/environments\/prod\/deployment-branch-policies {"name":"main"}/,
                /PUT repos\/OWNER\/REPOSITORY\/environments\/prod-drift {"reviewers":\[\].*"custom_branch_policies":true/,
                /POST repos\/OWNER\/REPOSITORY\/environments\/prod-drift\/deployment-branch-policies {"name":"main"}/,
                new RegExp(`environments/prod/variables {"name":"AWS_ROLE_ARN","value":"${role.AWS_ROLE_ARN}"}`),
                /PATCH repos\/OWNER\/REPOSITORY\/environments\/dev\/variables\/AWS_REGION/,
                /POST repos\/OWNER\/REPOSITORY\/actions\/variables {"name":"DEPLOYMENTS","value":"on"}/,
                /POST repos\/OWNER\/REPOSITORY\/rulesets .*"require_code_owner_review":true.*"context":"Pull request passed"/,
            ]) {
                assert.match(lines, expected);
            }
        });
    });

    describe("github.mjs", () => {
        const environments = { prod: {}, "prod-preview": {}, "prod-drift": {} };
        const run = (...args: string[]) => {
            const bin = fs.mkdtempSync(path.join(folder, "gh-"));
            const answer = 'case "$4" in *codeowners/errors) cat "$(dirname "$0")/errors";; *) echo "[]";; esac';
            fs.writeFileSync(path.join(bin, "gh"), `#!/bin/sh\ncat > /dev/null\n${answer}\n`, { mode: 0o755 });
            const error = { line: 2, source: "/policy/ @OWNER/platform", suggestion: "make sure the team exists" };
            fs.writeFileSync(path.join(bin, "errors"), JSON.stringify({ errors: [error] }));
            return spawnSync(
                process.execPath,
                [path.join(root, "bootstrap", "github.mjs"), "OWNER/REPOSITORY", ...args],
                {
                    encoding: "utf8",
                    input: JSON.stringify({ gitHubEnvironments: environments }),
                    env: { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}` },
                },
            );
        };

        it("tells owners in CODEOWNERS that GitHub does not know", () => {
            const { status, stderr } = run();
            assert.equal(status, 1);
            assert.match(stderr, /^CODEOWNERS, line 2 \(\/policy\/ @OWNER\/platform\): make sure the team exists$/m);
            assert.match(stderr, /nobody's review is demanded there\. Correct CODEOWNERS\.$/m);
        });

        it("puts no reviewer on a look for drift, which would wait for ever", () => {
            const { status, stderr } = run("--approve", "prod-drift=somebody");
            assert.equal(status, 1);
            assert.match(stderr, /^--approve names prod-drift: a look for drift runs by schedule/);
        });
    });

    describe("what is wrong with the configuration", () => {
        it("is the length of names, where buckets are told apart by them", () => {
            const texts = {
                repository: "OWNER/REPOSITORY",
                subjectPrefix: "repo:OWNER/REPOSITORY",
                stateBucketName: "states",
                project: "shop",
                logBucketNames: "[]",
                identityProviderArn: undefined,
            };
            const environments = (...names: string[]) =>
                JSON.stringify(names.map((name) => ({ name, hostedZoneIds: ["Z0123456789ABCDEFGHIJ"] })));
            const problemsOf = (edgeName: string, ...names: string[]) =>
                checkConfiguration({ ...texts, edgeName, environments: environments(...names) }).problems;
            const [edge, long] = ["e".repeat(20), "l".repeat(17)];
            assert.deepEqual(problemsOf(edge, "dev", long.slice(1)), []);
            assert.deepEqual(problemsOf(edge, long), []);
            assert.deepEqual(problemsOf(edge, "dev", long), [
                `The environment "${long}" and edgeName "${edge}" together are too long for the names of buckets in a shared account. Shorten them to 36 characters together, or give each environment an account of its own.`,
            ]);
        });

        it("is told at once, with what to write", function () {
            this.timeout(120_000);
            fs.writeFileSync(
                path.join(folder, "bootstrap", "Pulumi.wrong.yaml"),
                [
                    "config:",
                    "  aws:region: eu-west-1",
                    "  encrypted-edge-bootstrap:repository: just-a-name",
                    "  encrypted-edge-bootstrap:subjectPrefix: OWNER/REPOSITORY",
                    "  encrypted-edge-bootstrap:stateBucketName: With.Capitals",
                    "  encrypted-edge-bootstrap:logBucketNames: [Our.Logs]",
                    "  encrypted-edge-bootstrap:environments:",
                    "    - name: Prod",
                    "      hostedZoneIds: []",
                ].join("\n"),
            );
            const { status, stdout, stderr } = rehearse("preview", "--stack", "wrong");
            assert.notEqual(status, 0);
            for (const message of [
                'repository is "just-a-name". Write OWNER/REPOSITORY.',
                'subjectPrefix is "OWNER/REPOSITORY". Write repo:OWNER@ID/REPOSITORY@ID,',
                'stateBucketName is "With.Capitals". Write 3 to 63 lower-case letters, digits and hyphens.',
                'environments[0].name is "Prod". Write the stack\'s name:',
                'logBucketNames is ["Our.Logs"]. Write a list of the names of buckets that take logs,',
                "environments[0].hostedZoneIds is []. Write a list of ids such as Z0123456789ABCDEFGHIJ.",
            ]) {
                assert.ok((stdout + stderr).includes(message), `${message}\n${stdout}${stderr}`);
            }
            assert.doesNotMatch(stdout + stderr, /at .*\.ts:\d+/);
        });
    });
});
