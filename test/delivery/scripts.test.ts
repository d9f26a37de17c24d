import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { Sandbox, scripts } from "./sandbox";

describe("delivery scripts", () => {
    let sandbox: Sandbox;

    beforeEach(() => {
        sandbox = new Sandbox();
    });

    afterEach(() => {
        sandbox.remove();
    });

    /** A command of one of our packages, as npm installs it. */
    function tool(name: string, body: string): void {
        sandbox.command(name, body);
        sandbox.run("mkdir", ["-p", "node_modules/.bin"]);
        sandbox.run("mv", [`bin/${name}`, `node_modules/.bin/${name}`]);
    }

    function commit(): string {
        const identity = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
        sandbox.run("git", ["init", "--quiet"]);
        sandbox.run("git", ["add", "file"]);
        sandbox.run("git", [...identity, "commit", "--quiet", "--message", "a"]);
        return sandbox.run("git", ["rev-parse", "HEAD^{tree}"]).stdout.trim();
    }

    describe("plan-name.sh", () => {
        it("names a plan after the stack and the tree, whatever commit holds the tree", () => {
            sandbox.write("file", "one");
            const tree = commit();
            assert.match(tree, /^[0-9a-f]{40}$/);
            assert.equal(sandbox.script("plan-name.sh", ["dev"]).stdout, `name=plan-dev-${tree}\n`);
            sandbox.run("git", [
                ...["-c", "user.name=test", "-c", "user.email=test@example.com"],
                ...["commit", "--quiet", "--allow-empty", "--message", "b"],
            ]);
            assert.equal(sandbox.script("plan-name.sh", ["dev"]).stdout, `name=plan-dev-${tree}\n`);
        });

        it("says how it is called when the stack is missing", () => {
            const result = sandbox.script("plan-name.sh", []);
            assert.notEqual(result.status, 0);
            assert.match(result.stderr, /usage: plan-name\.sh STACK/);
        });
    });

    describe("prove.sh", () => {
        const state = JSON.stringify({ version: 3, deployment: { manifest: {}, resources: [] } });
        const pulumi = (outputs: object) =>
            sandbox.command(
                "pulumi",
                `case "$2" in output) echo '${JSON.stringify(outputs)}';; export) echo '${state}';; esac`,
            );

        /** The real prober. */
        const prober = () =>
            tool(
                "verify-edge",
                `exec ${process.execPath} ${path.join(scripts, "..", "..", "verify", "verify-edge.js")} "$@"`,
            );

        it("keeps the report, and warns of what could not be seen", () => {
            prober();
            pulumi({ url: "https://edge.invalid", domainNames: ["edge.invalid"], originDomainName: "origin.invalid" });
            const { status, stdout, stderr } = sandbox.script("prove.sh", ["dev"], { GITHUB_ACTIONS: "true" });
            assert.equal(status, 0, stdout + stderr);
            assert.match(stdout, /::warning::Not every hop of 'dev' could be seen from here/);
            const report = JSON.parse(sandbox.read("evidence/evidence.json") ?? "{}") as { verdict?: string };
            assert.equal(report.verdict, "cannot tell");
            assert.match(sandbox.read("evidence/evidence.html") ?? "", /^<!doctype html>/i);
            assert.match(sandbox.read("evidence/junit.xml") ?? "", /<testsuites/);
        }).timeout(120_000);

        it("fails where there is nothing to probe", () => {
            prober();
            pulumi({});
            const { status, stderr } = sandbox.script("prove.sh", ["dev"]);
            assert.equal(status, 2, stderr);
        });

        it("fails where the prober is not installed, and is left out only on demand", () => {
            pulumi({ url: "https://edge.invalid" });
            const { status, stderr } = sandbox.script("prove.sh", ["dev"]);
            assert.equal(status, 1);
            assert.match(stderr, /^verify-edge is not installed here: add @encrypted-edge\/verify to the dependencies/);
            const without = sandbox.script("prove.sh", ["dev"], { PROVE: "false" });
            assert.equal(without.status, 0);
            assert.match(without.stdout, /Nothing is probed/);
        });
    });

    describe("all-passed.mjs", () => {
        const needs = (results: Record<string, string>) => ({
            NEEDS: JSON.stringify(
                Object.fromEntries(Object.entries(results).map(([job, result]) => [job, { result }])),
            ),
        });
        const cases: [string, Record<string, string>, number][] = [
            ["every job succeeded", { test: "success", preview: "success" }, 0],
            ["the preview was left out", { test: "success", preview: "skipped" }, 0],
            ["a job failed and the preview was left out for it", { test: "failure", preview: "skipped" }, 1],
            ["the preview failed", { test: "success", preview: "failure" }, 1],
            ["the run was cancelled", { test: "success", preview: "cancelled" }, 1],
            ["a job was skipped that may not be", { test: "skipped", preview: "skipped" }, 1],
            ["there is no job to judge", {}, 2],
        ];
        for (const [name, results, status] of cases) {
            it(`${status === 0 ? "passes" : "fails"} when ${name}`, () => {
                const result = sandbox.script("all-passed.mjs", ["preview"], needs(results));
                assert.equal(result.status, status, result.stdout + result.stderr);
            });
        }
    });

    describe("trust-policy.mjs", () => {
        const gh = (answer: unknown) =>
            sandbox.command("gh", `echo "$*" >> calls; cat <<'END'\n${JSON.stringify(answer)}\nEND`);
        const subject = (output: string) =>
            Object.values(
                (JSON.parse(output) as { Statement: { Condition: { StringEquals: Record<string, string> } }[] })
                    .Statement[0]?.Condition.StringEquals ?? {},
            )[1];

        it("trusts the ids of owner and repository where GitHub sends them", () => {
            const prefix = "repo:OWNER@1001/REPOSITORY@2002";
            // GitHub answers false here for a repository that has ids because it is new: the prefix is what is sent.
            gh({ use_default: true, use_immutable_subject: false, sub_claim_prefix: prefix });
            const { stdout } = sandbox.script("trust-policy.mjs", ["OWNER/REPOSITORY", "prod", "111122223333"]);
            assert.equal(subject(stdout), "repo:OWNER@1001/REPOSITORY@2002:environment:prod");
            assert.match(stdout, /"arn:aws:iam::111122223333:oidc-provider\/token\.actions\.githubusercontent\.com"/);
            assert.equal(sandbox.read("calls"), "api repos/OWNER/REPOSITORY/actions/oidc/customization/sub\n");
        });

        it("trusts the names where GitHub sends those alone", () => {
            gh({ use_default: true, sub_claim_prefix: "repo:owner/repository" });
            const { stdout } = sandbox.script("trust-policy.mjs", ["OWNER/REPOSITORY", "a:b", "111122223333"]);
            assert.equal(subject(stdout), "repo:owner/repository:environment:a%3Ab");
        });

        it("trusts several environments, each by its whole subject", () => {
            gh({ use_default: true, sub_claim_prefix: "repo:owner/repository" });
            const { stdout } = sandbox.script("trust-policy.mjs", [
                "owner/repository",
                "a-preview,a-drift",
                "111122223333",
            ]);
            assert.deepEqual(subject(stdout), [
                "repo:owner/repository:environment:a-preview",
                "repo:owner/repository:environment:a-drift",
            ]);
        });

        it("prints what docs/delivery.md shows", () => {
            const page = fs.readFileSync(path.join(scripts, "..", "..", "docs", "delivery.md"), "utf8");
            const shown = /<!-- trust policy -->\s+```json\n(.*?)```/s.exec(page)?.[1] ?? "";
            gh({ use_default: true, sub_claim_prefix: "repo:OWNER@1001/REPOSITORY@2002" });
            const { stdout } = sandbox.script("trust-policy.mjs", ["OWNER/REPOSITORY", "prod", "111122223333"]);
            const printed = stdout.replace("111122223333", "ACCOUNT").replace("@1001", "@OWNER_ID");
            assert.deepEqual(JSON.parse(shown), JSON.parse(printed.replace("@2002", "@REPOSITORY_ID")));
        });

        const refused: [string, unknown, RegExp][] = [
            [
                "has claims of its own",
                { use_default: false, include_claim_keys: ["actor"] },
                /claims of its own \(actor\)/,
            ],
            ["has no prefix", { use_default: true }, /GitHub names no subject .*sub_claim_prefix: undefined/],
            [
                "has another's prefix",
                { use_default: true, sub_claim_prefix: "repo:other/REPOSITORY" },
                /names no subject/,
            ],
        ];
        for (const [reason, answer, message] of refused) {
            it(`prints no policy for a repository that ${reason}`, () => {
                gh(answer);
                const result = sandbox.script("trust-policy.mjs", ["OWNER/REPOSITORY", "prod", "111122223333"]);
                assert.equal(result.status, 1);
                assert.equal(result.stdout, "");
                assert.match(result.stderr, message);
            });
        }

        for (const args of [
            [],
            ["OWNER", "prod", "111122223333"],
            ["OWNER/REPOSITORY", "prod", "ACCOUNT"],
            ["OWNER/REPOSITORY", "prod,", "111122223333"],
        ]) {
            it(`says how it is called: ${args.join(" ") || "nothing"}`, () => {
                const result = sandbox.script("trust-policy.mjs", args);
                assert.equal(result.status, 2);
                assert.match(
                    result.stderr,
                    /^usage: trust-policy\.mjs OWNER\/REPOSITORY ENVIRONMENT\[,ENVIRONMENT\] ACCOUNT/,
                );
            });
        }
    });

    describe("check-setup.mjs", () => {
        const check = (settings: Record<string, string>, stack = "dev") =>
            sandbox.script("check-setup.mjs", [stack], settings);
        const aws = { AWS_ROLE_ARN: "arn:aws:iam::111122223333:role/dev", AWS_REGION: "eu-west-1" };
        const s3 = { PULUMI_BACKEND_URL: "s3://states?region=eu-west-1", ...aws };

        const complete: [string, Record<string, string>][] = [
            ["S3", s3],
            ["Pulumi Cloud by an access token", { PULUMI_ACCESS_TOKEN: "pul-1" }],
            [
                "Pulumi Cloud by an identity token",
                { PULUMI_BACKEND_URL: "https://api.pulumi.com", PULUMI_ORGANIZATION: "a" },
            ],
            [
                "Azure Blob Storage, its account in the URL",
                {
                    PULUMI_BACKEND_URL: "azblob://states?storage_account=them",
                    AZURE_CLIENT_ID: "a",
                    AZURE_TENANT_ID: "b",
                    AZURE_SUBSCRIPTION_ID: "c",
                },
            ],
        ];
        for (const [backend, settings] of complete) {
            it(`has nothing to say of ${backend}`, () => {
                const { status, stdout, stderr } = check(settings);
                assert.deepEqual([status, stdout, stderr], [0, "", ""]);
            });
        }

        const incomplete: [string, Record<string, string>, string | undefined, readonly RegExp[]][] = [
            [
                "nothing at all",
                {},
                undefined,
                [/PULUMI_ORGANIZATION or PULUMI_ACCESS_TOKEN is missing: needed for Pulumi Cloud/],
            ],
            [
                "a bucket without a role",
                { PULUMI_BACKEND_URL: "s3://states" },
                undefined,
                [/AWS_ROLE_ARN is missing: needed for a state in S3/, /AWS_REGION is missing/],
            ],
            [
                "a role without a region",
                { ...s3, AWS_REGION: "" },
                undefined,
                [/AWS_REGION is missing: .*the session of AWS_ROLE_ARN/],
            ],
            [
                "gs:// without anything",
                { PULUMI_BACKEND_URL: "gs://a" },
                undefined,
                [/GOOGLE_WORKLOAD_IDENTITY_PROVIDER/, /GOOGLE_SERVICE_ACCOUNT/],
            ],
            [
                "an application in Azure without its tenant",
                { ...s3, AZURE_CLIENT_ID: "a" },
                undefined,
                [/AZURE_TENANT_ID is missing: needed for signing in with AZURE_CLIENT_ID/, /AZURE_SUBSCRIPTION_ID/],
            ],
            [
                "a passphrase that is not given",
                s3,
                "encryptionsalt: v1:abc",
                [/PULUMI_CONFIG_PASSPHRASE is missing: .*Pulumi\.dev\.yaml/],
            ],
            [
                "a key in another cloud",
                s3,
                'secretsprovider: "gcpkms://projects/a"',
                [/GOOGLE_SERVICE_ACCOUNT is missing: needed for secrets under a key of Google Cloud KMS/],
            ],
            [
                "a folder of the runner",
                { PULUMI_BACKEND_URL: "file://state" },
                undefined,
                [/is gone when the job ends\. Write s3:\/\/BUCKET/],
            ],
            [
                "no backend",
                { PULUMI_BACKEND_URL: "ftp://a" },
                undefined,
                [/PULUMI_BACKEND_URL is "ftp:\/\/a": it is no backend of Pulumi/],
            ],
        ];
        for (const [mistake, settings, stackFile, messages] of incomplete) {
            it(`tells ${mistake}`, () => {
                if (stackFile !== undefined) {
                    sandbox.write("Pulumi.dev.yaml", `${stackFile}\n`);
                }
                const { status, stderr } = check(settings, "acme/dev");
                assert.equal(status, 1);
                assert.match(stderr, /^Stack 'acme\/dev' cannot be reached yet:/);
                for (const message of messages) {
                    assert.match(stderr, message);
                }
            });
        }
    });

    describe("install.sh", () => {
        beforeEach(() => sandbox.command("npm", 'echo "$*" >> calls'));

        it("installs the program and its pack for running only, without scripts", () => {
            sandbox.write("package-lock.json", "{}");
            sandbox.write("policy/package-lock.json", "{}");
            assert.equal(sandbox.script("install.sh", [], { POLICY_PACK: "policy" }).status, 0);
            assert.deepEqual((sandbox.read("calls") ?? "").trim().split("\n"), [
                "ci --omit=dev --ignore-scripts --no-audit --no-fund --prefix .",
                "ci --omit=dev --ignore-scripts --no-audit --no-fund --prefix policy",
            ]);
        });

        it("has nothing to install for a program in another language but the pack", () => {
            sandbox.write("policy/package-lock.json", "{}");
            assert.equal(sandbox.script("install.sh", [], { POLICY_PACK: "policy" }).status, 0);
            assert.match(sandbox.read("calls") ?? "", /^ci .* --prefix policy\n$/);
        });

        it("asks for a lock file", () => {
            sandbox.write("package.json", "{}");
            const { status, stderr } = sandbox.script("install.sh", []);
            assert.equal(status, 1);
            assert.match(stderr, /has a package\.json and no package-lock\.json: commit the lock file/);
        });

        it("runs a command of the repository in its place, and fails as it fails", () => {
            sandbox.write("package-lock.json", "{}");
            const run = (command: string) => sandbox.script("install.sh", [], { INSTALL: command }).status;
            assert.equal(run("npm run pnpm-like"), 0);
            assert.equal(sandbox.read("calls"), "run pnpm-like\n");
            assert.equal(run("false; true"), 1);
        });
    });

    describe("find-command.sh", () => {
        const find = (folder: string) =>
            sandbox.run(
                "bash",
                ["-c", `cd "${folder}" && exec "${path.join(scripts, "find-command.sh")}" some-tool @a/b`],
                {
                    POLICY_PACK: "policy",
                },
            );

        it("finds a command in the pack, in the program, and in a workspace above it", () => {
            sandbox.write("infra/policy/index.js", "");
            tool("some-tool", "exit 0");
            assert.equal(
                find("infra").stdout.trim(),
                path.join(fs.realpathSync(sandbox.folder), "node_modules/.bin/some-tool"),
            );
            sandbox.run("mkdir", ["-p", "infra/policy/node_modules/.bin"]);
            sandbox.run("cp", ["node_modules/.bin/some-tool", "infra/policy/node_modules/.bin/"]);
            assert.equal(find("infra").stdout, "policy/node_modules/.bin/some-tool\n");
        });

        it("takes none from PATH, and says which package has it", () => {
            sandbox.command("some-tool", "exit 0");
            const { status, stderr } = find(".");
            assert.equal(status, 1);
            assert.match(stderr, /^some-tool is not installed here: add @a\/b to the dependencies/);
        });
    });

    describe("up.sh", () => {
        const up = (environment: Record<string, string> = {}) =>
            sandbox.script("up.sh", ["dev"], { GITHUB_STEP_SUMMARY: "summary.md", ...environment });

        it("brings the stack up within its plan and under the pack, and keeps what was printed", () => {
            sandbox.write("plan.json", "{}");
            sandbox.command("pulumi", `echo "$PULUMI_EXPERIMENTAL $*" >> calls; echo '\`\`\` <b>'`);
            assert.equal(up({ POLICY_CONFIG: "a b.json" }).status, 0);
            assert.match(
                sandbox.read("calls") ?? "",
                /^true up --stack dev --yes --skip-preview --plan plan\.json --policy-pack policy --policy-pack-config a b\.json /,
            );
            assert.equal(sandbox.read("summary.md"), "### Up of dev\n\n    ``` <b>\n");
        });

        it("fails as the engine fails", () => {
            sandbox.write("plan.json", "{}");
            sandbox.command("pulumi", "echo broken >&2; exit 255");
            assert.equal(up().status, 255);
            assert.match(sandbox.read("summary.md") ?? "", /broken/);
        });

        it("runs nothing without a plan", () => {
            sandbox.command("pulumi", "echo called > calls");
            const { status, stderr } = up();
            assert.equal(status, 1);
            assert.match(stderr, /^plan\.json is missing/);
            assert.equal(sandbox.read("calls"), undefined);
        });
    });

    describe("drift.sh", () => {
        function commands(refresh: number, audit: number): void {
            sandbox.command(
                "pulumi",
                `echo "$*" >> calls
                case $1 in
                    refresh) echo "~ aws:lb/listener:Listener edge-https"; exit ${refresh} ;;
                    stack) echo '{"secret": "state"}' ;;
                esac`,
            );
            tool("encrypted-edge-policy", `cat > judged; echo "alb-no-public-ingress: open"; exit ${audit}`);
        }

        it("says that nothing differs", () => {
            commands(0, 0);
            const result = sandbox.script("drift.sh", ["dev", "findings"]);
            assert.equal(result.status, 0, result.stderr);
            assert.ok(sandbox.read("findings/dev.ok"));
            assert.equal(sandbox.read("findings/dev.md"), undefined);
        });

        it("changes nothing", () => {
            commands(0, 0);
            sandbox.script("drift.sh", ["dev", "findings"]);
            const calls = (sandbox.read("calls") ?? "").trim().split("\n");
            assert.equal(calls.length, 2);
            assert.match(calls[0] ?? "", /^refresh .*--preview-only --expect-no-changes/);
            assert.equal(calls[1], "stack export --stack dev --show-secrets");
        });

        it("reports what drifted and what the pack objects to, without the state", () => {
            commands(7, 1);
            const result = sandbox.script("drift.sh", ["prod", "findings"]);
            assert.equal(result.status, 0, result.stderr);
            const report = sandbox.read("findings/prod.md") ?? "";
            assert.match(report, /## Stack prod/);
            assert.match(report, /edge-https/);
            assert.match(report, /alb-no-public-ingress: open/);
            assert.equal(sandbox.read("judged"), '{"secret": "state"}\n');
            assert.doesNotMatch(report + result.stdout + result.stderr, /"secret"/);
            assert.deepEqual(fs.readdirSync(path.join(sandbox.folder, "findings")), ["prod.md"]);
        });

        it("leaves no verdict when the state cannot be read", () => {
            sandbox.command("pulumi", `[[ $1 == refresh ]] || { echo "no such stack" >&2; exit 6; }`);
            tool("encrypted-edge-policy", "exit 0");
            const result = sandbox.script("drift.sh", ["prod", "findings"]);
            assert.notEqual(result.status, 0);
            assert.match(result.stderr, /no such stack/);
            assert.deepEqual(fs.readdirSync(path.join(sandbox.folder, "findings")), []);
        });
    });

    describe("report-findings.sh", () => {
        function gh(open: string): void {
            sandbox.command(
                "gh",
                `echo "$*" >> calls
                for last; do :; done
                case "$1 $2" in
                    "issue list") printf '%s' "${open}" ;;
                    "issue view") printf '## Stack dev\\r\\nold\\r\\n' ;;
                    "issue create" | "issue edit") cp "$last" body ;;
                    "issue comment") cp "$last" comment ;;
                esac`,
            );
        }

        const environment = { EXPECTED_STACKS: "dev prod" };

        it("opens an issue with what was found", () => {
            gh("");
            sandbox.write("findings/dev.ok", "");
            sandbox.write("findings/prod.md", "## Stack prod\n");
            const result = sandbox.script("report-findings.sh", ["findings"], environment);
            assert.equal(result.status, 0, result.stderr);
            assert.match(sandbox.read("calls") ?? "", /^issue create --title /m);
            assert.equal(sandbox.read("body"), "## Stack prod\n");
        });

        it("updates the issue that is open instead of opening another", () => {
            gh("41");
            sandbox.write("findings/dev.md", "## Stack dev\nold\nmore ```` @team\n");
            sandbox.write("findings/prod.ok", "");
            sandbox.script("report-findings.sh", ["findings"], environment);
            assert.match(sandbox.read("calls") ?? "", /^issue edit 41 /m);
            assert.match(sandbox.read("calls") ?? "", /^issue comment 41 --body-file /m);
            assert.match(sandbox.read("comment") ?? "", /^New since the last look; .*\n\n {4}more ```` @team\n$/);
            assert.doesNotMatch(sandbox.read("calls") ?? "", /issue create/);
        });

        it("tells nobody twice what has not changed", () => {
            gh("41");
            sandbox.write("findings/dev.md", "## Stack dev\nold\n");
            sandbox.write("findings/prod.ok", "");
            sandbox.script("report-findings.sh", ["findings"], environment);
            assert.doesNotMatch(sandbox.read("calls") ?? "", /^issue (edit|comment|create|close)/m);
        });

        it("looks for the issue that it opened itself, whoever else uses the label", () => {
            gh("");
            sandbox.write("findings/dev.ok", "");
            sandbox.write("findings/prod.ok", "");
            sandbox.script("report-findings.sh", ["findings"], environment);
            assert.match(
                sandbox.read("calls") ?? "",
                /^issue list --label drift --author app\/github-actions .*\.title == env\.TITLE/m,
            );
        });

        it("says that some of it is gone where nothing is new", () => {
            gh("41");
            sandbox.write("findings/dev.md", "## Stack dev\n");
            sandbox.write("findings/prod.ok", "");
            sandbox.script("report-findings.sh", ["findings"], environment);
            assert.equal(sandbox.read("comment"), "Some of it is gone; the description has what is left.\n");
        });

        it("keeps an issue of its own for each program of a repository", () => {
            gh("");
            sandbox.write("findings/dev.md", "## Stack dev\n");
            sandbox.write("findings/prod.ok", "");
            sandbox.script("report-findings.sh", ["findings"], { ...environment, PROGRAM: "infra/shop" });
            assert.match(sandbox.read("calls") ?? "", /^issue create --title Drift .* of infra\/shop --label/m);
        });

        it("takes the findings of an organization's stack", () => {
            gh("");
            sandbox.write("findings/acme.prod.md", "## Stack acme/prod\n");
            const result = sandbox.script("report-findings.sh", ["findings"], { EXPECTED_STACKS: "acme/prod" });
            assert.equal(result.status, 0, result.stderr);
            assert.equal(sandbox.read("body"), "## Stack acme/prod\n");
        });

        it("counts a stack without a verdict as a finding", () => {
            gh("");
            sandbox.write("findings/dev.ok", "");
            sandbox.script("report-findings.sh", ["findings"], environment);
            assert.match(sandbox.read("body") ?? "", /## Stack prod\n\nThe run broke/);
        });

        it("cuts off what GitHub would not take, and says so", () => {
            gh("");
            sandbox.write("findings/dev.md", `## Stack dev\n${"ä".repeat(70_000)}`);
            sandbox.write("findings/prod.md", `## Stack prod\n`);
            const result = sandbox.script("report-findings.sh", ["findings"], environment);
            assert.equal(result.status, 0, result.stderr);
            const body = sandbox.read("body") ?? "";
            assert.ok(body.length < 65_536);
            assert.match(body, /^Only the beginning fits here; .*\n\n## Stack dev\nä+$/);
        });

        it("closes the issue once nothing is left", () => {
            gh("41");
            sandbox.write("findings/dev.ok", "");
            sandbox.write("findings/prod.ok", "");
            sandbox.script("report-findings.sh", ["findings"], environment);
            assert.match(sandbox.read("calls") ?? "", /^issue close 41 /m);
        });
    });
});
