import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { ExpressionEvaluator } from "./expressions";
import { GitHubActions, type JobRun } from "./gitHubActions";
import type { Caller } from "./gitHubSteps";
import { scripts } from "./sandbox";

const root = path.join(scripts, "..", "..");

/** The template as it stands in a repository of somebody else, with stand-ins for what its jobs call. */
class ForeignRepository {
    readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), "foreign-"));
    readonly files = path.join(this.folder, "shop");
    readonly bin = path.join(this.folder, "bin");

    constructor() {
        fs.cpSync(path.join(root, "examples", "consumer"), this.files, { recursive: true });
        for (const file of fs.readdirSync(this.files, { recursive: true }).map(String)) {
            this.change(file, (text) =>
                text
                    .replaceAll("${PROJECT}", "shop")
                    .replaceAll("OWNER/encrypted-edge", "them/encrypted-edge")
                    .replaceAll("@COMMIT", `@${"a".repeat(40)}`),
            );
        }
        fs.mkdirSync(this.bin);
        this.write("package-lock.json", "{}");
        this.tool("encrypted-edge-policy", 'cat > /dev/null; echo "no findings"');
        this.tool("verify-edge", 'mkdir -p evidence; echo "{}" > evidence/evidence.json');
        this.command("npm", 'echo "npm $*" >> "$CALLS"');
        this.gh();
        this.pulumi();
        this.git("init", "--quiet");
        this.git("add", "--all");
        this.git("commit", "--quiet", "--message", "a");
    }

    /** The engine: previews write a plan and an event, the state is empty; every call is noted. */
    pulumi(more = ""): void {
        this.command(
            "pulumi",
            `echo "pulumi $*" >> "$CALLS"
            case "$1 \${2:-}" in
                "stack export") echo '{"deployment": {"resources": []}}' ;;
                "stack output") echo '{"url": "https://www.example.com"}' ;;
            esac
            ${more}
            [[ $1 != preview ]] || echo "{}" > plan.json`,
        );
    }

    /** GitHub: no issue, no comment, one artifact per preview that was reviewed. */
    gh(more = ""): void {
        this.command(
            "gh",
            `echo "gh $*" >> "$CALLS"
            ${more}
            case "$1 \${2:-}" in
                "api repos/them/shop/commits/"*) echo '[]' ;;
                "api repos/them/shop/actions/artifacts"*)
                    echo '{"total_count": 1, "artifacts": [{"workflow_run": {"id": 7, "repository_id": 1, "head_repository_id": 1}}]}' ;;
                "api repos/them/shop/actions/runs/7")
                    echo "{\\"path\\": \\".github/workflows/pull-request.yml\\", \\"conclusion\\": \\"success\\", \\"event\\": \\"merge_group\\", \\"head_sha\\": \\"$(git rev-parse HEAD)\\"}" ;;
                "run download") cp -r "$RUNNER_TEMP/plan/." "\${@: -1}" ;;
                "api --paginate") echo '[[]]' ;;
            esac`,
        );
    }

    command(name: string, body: string): void {
        const lines = ["#!/usr/bin/env bash", "set -euo pipefail", `CALLS=${this.folder}/calls`, body, ""];
        fs.writeFileSync(path.join(this.bin, name), lines.join("\n"), { mode: 0o755 });
    }

    /** A command of one of our packages, as npm installs it. */
    tool(name: string, body: string): void {
        const folder = path.join(this.files, "node_modules", ".bin");
        fs.mkdirSync(folder, { recursive: true });
        fs.writeFileSync(path.join(folder, name), `#!/usr/bin/env bash\nset -eu\n${body}\n`, { mode: 0o755 });
    }

    write(file: string, text: string): void {
        fs.mkdirSync(path.dirname(path.join(this.files, file)), { recursive: true });
        fs.writeFileSync(path.join(this.files, file), text);
    }

    change(file: string, how: (text: string) => string): void {
        const place = path.join(this.files, file);
        if (fs.statSync(place).isFile()) {
            fs.writeFileSync(place, how(fs.readFileSync(place, "utf8")));
        }
    }

    git(...args: string[]): void {
        const identity = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
        const { status, stderr } = spawnSync("git", [...identity, ...args], { cwd: this.files, encoding: "utf8" });
        assert.equal(status, 0, stderr);
    }

    calls(): string {
        const file = path.join(this.folder, "calls");
        return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
    }

    remove(): void {
        fs.rmSync(this.folder, { recursive: true, force: true });
    }
}

const s3 = {
    PULUMI_BACKEND_URL: "s3://states?region=eu-central-1",
    AWS_ROLE_ARN: "arn:aws:iam::111122223333:role/shop",
    AWS_REGION: "eu-central-1",
};
const azure = {
    PULUMI_BACKEND_URL: "azblob://states",
    AZURE_CLIENT_ID: "client",
    AZURE_TENANT_ID: "tenant",
    AZURE_SUBSCRIPTION_ID: "subscription",
    AZURE_STORAGE_ACCOUNT: "account",
};
const google = {
    PULUMI_BACKEND_URL: "gs://states",
    GOOGLE_WORKLOAD_IDENTITY_PROVIDER: "projects/1/locations/global/workloadIdentityPools/a/providers/b",
    GOOGLE_SERVICE_ACCOUNT: "shop@example.iam.gserviceaccount.com",
};
const pullRequest = {
    name: "pull_request",
    payload: {
        pull_request: { number: 4, user: { login: "somebody" }, head: { repo: { full_name: "them/shop" } } },
    },
};

describe("Another repository that calls these workflows", function () {
    this.timeout(60_000);
    let expressions: ExpressionEvaluator;
    let repository: ForeignRepository;

    before(async () => {
        expressions = await ExpressionEvaluator.load();
    });

    beforeEach(() => {
        repository = new ForeignRepository();
    });

    afterEach(() => {
        repository.remove();
    });

    function run(file: string, event: { name: string; payload?: object }, settings: Partial<Caller>): JobRun[] {
        const { files, bin } = repository;
        const caller = { folder: files, bin, repository: "them/shop", variables: { DEPLOYMENTS: "on" }, ...settings };
        return new GitHubActions(caller, expressions).run(file, event);
    }

    const everywhere = (variables: Readonly<Record<string, string>>) =>
        Object.fromEntries(
            ["dev", "prod"].flatMap((stack) =>
                ["", "-preview", "-drift"].map((suffix) => [`${stack}${suffix}`, variables] as const),
            ),
        );
    const results = (jobs: readonly JobRun[]) => jobs.map(({ name, result }) => `${name} ${result}`);
    const logOf = (jobs: readonly JobRun[]) => jobs.map(({ log }) => log).join("\n");
    const used = (jobs: readonly JobRun[], action: string) =>
        jobs.flatMap(({ actions }) => actions).filter(({ uses }) => uses.startsWith(`${action}@`));

    describe("where nothing is set up yet", () => {
        for (const [file, event] of [
            ["pull-request.yml", pullRequest],
            ["deploy.yml", { name: "push" }],
            ["drift.yml", { name: "schedule" }],
        ] as const) {
            it(`${file} is not red, touches no cloud and opens no issue`, () => {
                repository.command("npx", "exit 0");
                const jobs = run(file, event, { variables: {} });
                assert.ok(!results(jobs).some((each) => each.endsWith("failure")), logOf(jobs));
                assert.deepEqual(
                    jobs.filter(({ environment }) => environment !== ""),
                    [],
                );
                assert.doesNotMatch(repository.calls(), /^(gh|pulumi) /m);
            });
        }
    });

    const backends: [string, Partial<Caller>, string, object][] = [
        [
            "a state in S3",
            { environments: everywhere(s3) },
            "aws-actions/configure-aws-credentials",
            { "role-to-assume": s3.AWS_ROLE_ARN, "aws-region": s3.AWS_REGION },
        ],
        [
            "a state in Azure Blob Storage",
            { environments: everywhere(azure) },
            "azure/login",
            { "client-id": "client", "tenant-id": "tenant", "subscription-id": "subscription" },
        ],
        [
            "a state in Google Cloud Storage",
            { environments: everywhere(google) },
            "google-github-actions/auth",
            {
                workload_identity_provider: google.GOOGLE_WORKLOAD_IDENTITY_PROVIDER,
                service_account: google.GOOGLE_SERVICE_ACCOUNT,
            },
        ],
        [
            "Pulumi Cloud",
            { environments: everywhere({ PULUMI_ORGANIZATION: "them" }) },
            "pulumi/auth-actions",
            {
                organization: "them",
                "requested-token-type": "urn:pulumi:token-type:access_token:organization",
            },
        ],
    ];
    for (const [backend, settings, action, given] of backends) {
        it(`previews with ${backend}`, () => {
            repository.command("npx", "exit 0");
            const previewed = run("pull-request.yml", pullRequest, settings);
            assert.deepEqual(
                results(previewed).filter((each) => !each.endsWith("success")),
                [],
                logOf(previewed),
            );
            assert.deepEqual(
                previewed.filter(({ name }) => name === "preview").map(({ environment }) => environment),
                ["dev-preview", "prod-preview"],
            );
            assert.deepEqual(
                used(previewed, action).map((each) => each.with),
                [given, given],
            );
            assert.deepEqual(used(previewed, "actions/upload-artifact").length, 2);
            assert.match(repository.calls(), /^gh api --method POST repos\/them\/shop\/issues\/4\/comments /m);
        });
    }

    it("deploys within the plan that the preview made, proves the result, and looks for drift", () => {
        repository.command("npx", "exit 0");
        const settings = { environments: everywhere(s3) };
        run("pull-request.yml", pullRequest, settings);
        const deployed = run("deploy.yml", { name: "push" }, settings);
        assert.deepEqual(results(deployed), ["up success", "up success"], logOf(deployed));
        assert.deepEqual(
            deployed.map(({ environment }) => environment),
            ["dev", "prod"],
        );
        assert.match(repository.calls(), /^pulumi up --stack prod .*--plan plan\.json --policy-pack policy /m);
        assert.equal(used(deployed, "actions/upload-artifact")[1]?.with.name, "evidence-prod");

        const looked = run("drift.yml", { name: "schedule" }, settings);
        assert.deepEqual(results(looked), ["look success", "look success", "report success"], logOf(looked));
        assert.doesNotMatch(repository.calls(), /issue (create|edit|comment)/);
        // The rehearsals hold no role and install what they need to rehearse; nothing else does.
        const installs = repository.calls().match(/^npm .*$/gm) ?? [];
        assert.deepEqual(installs.slice(0, 2), ["npm ci --ignore-scripts", "npm ci --ignore-scripts"]);
        assert.ok(installs.slice(2).every((each) => each.startsWith("npm ci --omit=dev --ignore-scripts ")));
        assert.equal(installs.length, 8);
    });

    it("takes a passphrase and an access token as secrets", () => {
        repository.command("npx", "exit 0");
        repository.change("Pulumi.dev.yaml", (text) => `encryptionsalt: v1:abc\n${text}`);
        repository.pulumi('echo "$PULUMI_CONFIG_PASSPHRASE $PULUMI_ACCESS_TOKEN" >> "$CALLS"');
        const secrets = { PULUMI_CONFIG_PASSPHRASE: "open", PULUMI_ACCESS_TOKEN: "pul-1" };
        const jobs = run("pull-request.yml", pullRequest, { secrets });
        assert.deepEqual(
            results(jobs).filter((each) => !each.endsWith("success")),
            [],
            logOf(jobs),
        );
        assert.match(repository.calls(), /^open pul-1$/m);
    });

    it("is told at once what is missing, before anything is installed or signed in to", () => {
        repository.command("npx", "exit 0");
        repository.change("Pulumi.dev.yaml", (text) => `encryptionsalt: v1:abc\n${text}`);
        const jobs = run("pull-request.yml", pullRequest, {
            environments: everywhere({ PULUMI_BACKEND_URL: "s3://states" }),
        });
        assert.deepEqual(
            results(jobs).filter((each) => /^(preview|passed)/.test(each)),
            ["preview failure", "preview failure", "passed failure"],
        );
        const log = jobs.find(({ environment }) => environment === "dev-preview")?.log ?? "";
        for (const name of ["AWS_ROLE_ARN", "AWS_REGION", "PULUMI_CONFIG_PASSPHRASE"]) {
            assert.match(log, new RegExp(`^ {2}${name} is missing: `, "m"));
        }
        assert.doesNotMatch(repository.calls(), /npm ci --omit=dev/);
        assert.deepEqual(used(jobs, "aws-actions/configure-aws-credentials"), []);
    });

    const strangers: [string, object][] = [
        ["of a fork", { head: { repo: { full_name: "stranger/shop" } } }],
        ["of Dependabot", { user: { login: "dependabot[bot]" } }],
        ["whose fork is gone", { head: { repo: null } }],
    ];
    for (const [whose, change] of strangers) {
        it(`gives a pull request ${whose} no role, and does not block it`, () => {
            repository.command("npx", "exit 0");
            const { pull_request: pull } = pullRequest.payload;
            const event = { name: "pull_request", payload: { pull_request: { ...pull, ...change } } };
            const jobs = run("pull-request.yml", event, { environments: everywhere(s3) });
            assert.deepEqual(results(jobs).slice(-3), ["preview skipped", "preview skipped", "passed success"]);
            assert.deepEqual(used(jobs, "aws-actions/configure-aws-credentials"), []);
        });
    }

    it("plans in a merge queue, where there is no pull request to comment on", () => {
        repository.command("npx", "exit 0");
        const jobs = run("pull-request.yml", { name: "merge_group" }, { environments: everywhere(s3) });
        assert.deepEqual(
            results(jobs).filter((each) => !each.endsWith("success")),
            [],
            logOf(jobs),
        );
        assert.doesNotMatch(repository.calls(), /issues/);
        assert.equal(used(jobs, "actions/upload-artifact").length, 2);
    });

    it("deploys nothing without a reviewed plan, and holds no role by then", () => {
        repository.gh('[[ $* != *artifacts* ]] || { echo \'{"total_count": 0, "artifacts": []}\'; exit; }');
        const jobs = run("deploy.yml", { name: "push" }, { environments: everywhere(s3) });
        assert.deepEqual(results(jobs), ["up failure", "prod skipped"]);
        assert.match(logOf(jobs), /No reviewed plan for stack 'dev'/);
        assert.deepEqual(used(jobs, "aws-actions/configure-aws-credentials"), []);
        assert.doesNotMatch(repository.calls(), /^pulumi up/m);
    });

    it("reports drift in one issue, and a stack whose look broke as well", () => {
        repository.pulumi(
            '[[ "$*" != "refresh --stack dev "* ]] || { echo "~ edge-https"; exit 7; }; [[ "$*" != *"export --stack prod"* ]] || { echo "no access" >&2; exit 1; }',
        );
        repository.gh('for last; do :; done; [[ "$*" != "issue create"* ]] || cat "$last" >> "$CALLS"');
        const jobs = run("drift.yml", { name: "schedule" }, { environments: everywhere(s3) });
        assert.deepEqual(results(jobs), ["look success", "look failure", "report success"], logOf(jobs));
        assert.match(
            repository.calls(),
            /## Stack dev\n[^]*~ edge-https[^]*## Stack prod\n\nThe run broke before it had a verdict/,
        );
    });

    it("looks after a program in a folder below the top, and after stacks of an organization", () => {
        repository.command("npx", "exit 0");
        const workflows = repository.files;
        for (const file of ["Pulumi.yaml", "Pulumi.dev.yaml", "Pulumi.prod.yaml", "policy", "package-lock.json"]) {
            repository.write("infra/.keep", "");
            fs.renameSync(path.join(workflows, file), path.join(workflows, "infra", file));
        }
        for (const file of ["pull-request.yml", "deploy.yml"]) {
            repository.change(`.github/workflows/${file}`, (text) =>
                text
                    .replace("stack: [dev, prod]\n    uses", "stack: [acme/dev]\n    uses")
                    .replaceAll(
                        /^( +)stack: (dev|\$\{\{ matrix\.stack \}\})$/gm,
                        "$1stack: $2\n$1working-directory: infra",
                    )
                    .replaceAll("stack: dev\n", "stack: acme/dev\n"),
            );
        }
        repository.git("add", "--all");
        repository.git("commit", "--quiet", "--message", "b");
        const environments = { "acme/dev-preview": s3, "acme/dev": s3 };
        const previewed = run("pull-request.yml", pullRequest, { environments });
        const [plan] = used(previewed, "actions/upload-artifact");
        assert.match(String(plan?.with.name), /^plan-acme\.dev@infra-[0-9a-f]{40}$/, logOf(previewed));
        const [deployed] = run("deploy.yml", { name: "push" }, { environments });
        assert.equal(deployed?.result, "success", deployed?.log);
        assert.ok(repository.calls().includes(`artifacts?name=${String(plan?.with.name).replace("@", "%40")}&`));
    });

    describe("and has its states judged by audit.yml", () => {
        const distribution = (originProtocolPolicy: string) => ({
            enabled: true,
            origins: [{ originId: "app", domainName: "o.example.com", customOriginConfig: { originProtocolPolicy } }],
            defaultCacheBehavior: { targetOriginId: "app", viewerProtocolPolicy: "redirect-to-https" },
        });

        /** The caller, one state, and the pack as npm installs it from the two tarballs. */
        function audits(originProtocolPolicy: string): JobRun[] {
            const type = "aws:cloudfront/distribution:Distribution";
            const inputs = distribution(originProtocolPolicy);
            const resource = { urn: `urn:pulumi:dev::shop::${type}::cdn`, type, custom: true, id: "E1" };
            const resources = [{ ...resource, inputs, outputs: inputs }];
            repository.write("states/dev.json", JSON.stringify({ version: 3, deployment: { resources } }));
            repository.write(
                ".github/workflows/audit.yml",
                JSON.stringify({
                    on: "workflow_dispatch",
                    permissions: {},
                    jobs: {
                        audit: {
                            permissions: { contents: "read", "id-token": "write", "security-events": "write" },
                            uses: `them/encrypted-edge/.github/workflows/audit.yml@${"a".repeat(40)}`,
                            with: { targets: "states", packages: "./a.tgz ./b.tgz", "aws-role": s3.AWS_ROLE_ARN },
                        },
                    },
                }),
            );
            const command = path.join(root, "policy", "encrypted-edge-policy.js");
            repository.command(
                "npm",
                `echo "npm $*" >> "$CALLS"
                mkdir -p "$RUNNER_TEMP/pack/node_modules/.bin"
                ln -sf "${command}" "$RUNNER_TEMP/pack/node_modules/.bin/encrypted-edge-policy"`,
            );
            return run("audit.yml", { name: "workflow_dispatch" }, {});
        }

        it("fails for a violation, and hands on the reports all the same", () => {
            const jobs = audits("http-only");
            assert.deepEqual(results(jobs), ["audit failure"], logOf(jobs));
            assert.match(logOf(jobs), /cloudfront-origin-https-only/);
            assert.match(repository.calls(), /^npm install --no-save --ignore-scripts .* -- \.\/a\.tgz \.\/b\.tgz$/m);
            assert.equal(used(jobs, "github/codeql-action/upload-sarif")[0]?.with.sarif_file, "audit.sarif");
            assert.equal(used(jobs, "actions/upload-artifact")[0]?.with.path, "audit.html");
            assert.equal(
                used(jobs, "aws-actions/configure-aws-credentials")[0]?.with["role-to-assume"],
                s3.AWS_ROLE_ARN,
            );
        });

        it("passes where nothing is wrong", () => {
            const jobs = audits("https-only");
            assert.deepEqual(results(jobs), ["audit success"], logOf(jobs));
        });
    });

    it("is refused by GitHub where a call grants less than the called job needs", () => {
        repository.change(".github/workflows/deploy.yml", (text) => text.replaceAll(/^ +id-token: write.*\n/gm, ""));
        assert.throws(
            () => run("deploy.yml", { name: "push" }, {}),
            /requesting 'id-token: write', but is only allowed/,
        );
    });
});
