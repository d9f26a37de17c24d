import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { root } from "./packed";

const cli = path.join(root, "node_modules", "gitlab-ci-local", "src", "index.js");

interface Listed {
    readonly name: string;
    readonly when: string;
    readonly stage: string;
}

/** The template in a project of somebody else, run by gitlab-ci-local, which checks it against GitLab's schema first. */
class GitLabProject {
    readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), "gitlab-"));
    readonly files = path.join(this.folder, "shop");

    constructor() {
        fs.cpSync(path.join(root, "examples", "consumer"), this.files, { recursive: true });
        // A component of another project is fetched from GitLab; here it is a file of the project.
        this.change(".gitlab-ci.yml", (text) => text.replaceAll(/component: .*$/gm, "local: delivery.yml"));
        fs.copyFileSync(path.join(root, "templates", "delivery.yml"), path.join(this.files, "delivery.yml"));
        fs.mkdirSync(path.join(this.folder, "bin"));
        this.pulumi();
        this.command(
            "npm",
            `echo "npm $*" >> "$CALLS"
            mkdir -p node_modules/.bin
            printf '#!/bin/sh\\ncat > /dev/null; echo "audit $*" >> %s; echo "[]" > "$3"\\n' "$CALLS" > node_modules/.bin/encrypted-edge-policy
            printf '#!/bin/sh\\necho "verify $*" >> %s; echo "{}" > evidence/evidence.json; echo "<testsuites/>" > evidence/junit.xml\\n' "$CALLS" > node_modules/.bin/verify-edge
            chmod +x node_modules/.bin/*`,
        );
        // What gitlab-ci-local copies files with, where the machine has none.
        this.command(
            "rsync",
            `to="\${@: -1}"; from=(); for each in "\${@:1:$#-1}"; do [[ $each == -* || $each == *'**' ]] || from+=("$each"); done
            mkdir -p "$to"
            case "$*" in
                *--delete-excluded*) git ls-files -z | xargs -0 cp --parents -t "$to" ;;
                *-Ra*) cp -r --parents -t "$to" "\${from[@]}" ;;
                *) cp -r -t "$to" "\${from[@]}" ;;
            esac`,
        );
        this.git("init", "--quiet", "--initial-branch", "main");
        this.git("remote", "add", "origin", "git@gitlab.example.com:them/shop.git");
        this.git("add", "--all");
        this.git("commit", "--quiet", "--message", "a");
        this.git("update-ref", "refs/remotes/origin/main", "HEAD");
        this.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main");
    }

    pulumi(more = ""): void {
        this.command(
            "pulumi",
            `echo "pulumi $*" >> "$CALLS"
            ${more}
            case "$1 \${2:-}" in
                "stack export") cat "$(dirname "$0")/state.json" 2> /dev/null || echo '{"deployment": {}}' ;;
                "stack output") echo "{}" ;;
                "preview "*) echo "+ aws:lb:LoadBalancer"; echo "{}" > plan.json ;;
            esac`,
        );
    }

    command(name: string, body: string): void {
        const lines = ["#!/usr/bin/env bash", "set -euo pipefail", `CALLS=${this.folder}/calls`, body, ""];
        fs.writeFileSync(path.join(this.folder, "bin", name), lines.join("\n"), { mode: 0o755 });
    }

    change(file: string, how: (text: string) => string): void {
        const place = path.join(this.files, file);
        fs.writeFileSync(place, how(fs.readFileSync(place, "utf8")));
    }

    git(...args: string[]): void {
        const identity = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
        const { status, stderr } = spawnSync("git", [...identity, ...args], { cwd: this.files, encoding: "utf8" });
        assert.equal(status, 0, stderr);
    }

    run(variables: Readonly<Record<string, string>>, ...args: string[]) {
        const given = Object.entries(variables).flatMap(([name, value]) => ["--variable", `${name}=${value}`]);
        const options = ["--force-shell-executor", "--shell-isolation", "--home", this.folder, "--no-color"];
        const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...options, ...given, ...args], {
            cwd: this.files,
            encoding: "utf8",
            env: { PATH: `${this.folder}/bin${path.delimiter}${process.env.PATH ?? ""}`, HOME: this.folder },
        });
        return { status, stdout, output: stdout + stderr };
    }

    jobs(variables: Readonly<Record<string, string>>): string[] {
        const { status, stdout, output } = this.run(variables, "--list-json");
        assert.equal(status, 0, output);
        const listed = JSON.parse(stdout.slice(stdout.search(/^\[\s*[{\]]/m))) as Listed[];
        return listed
            .filter(({ when }) => when !== "never")
            .map(({ name, when }) => `${name} ${when}`)
            .sort();
    }

    calls(): string {
        const file = path.join(this.folder, "calls");
        return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
    }

    remove(): void {
        fs.rmSync(this.folder, { recursive: true, force: true });
    }
}

const on = { DEPLOYMENTS: "on" };
const s3 = {
    ...on,
    PULUMI_BACKEND_URL: "s3://states",
    AWS_ROLE_ARN: "arn:aws:iam::111122223333:role/shop",
    AWS_REGION: "eu-central-1",
};

describe("The GitLab component", function () {
    this.timeout(60_000);
    let project: GitLabProject;

    beforeEach(() => {
        project = new GitLabProject();
    });

    afterEach(() => {
        project.remove();
    });

    it("is valid by GitLab's schema, and a mistake in it is not", () => {
        assert.match(project.run({}, "--list").output, /json schema validated/);
        project.change("delivery.yml", (text) => text.replace("  interruptible: false", "  interruptible: maybe"));
        const { status, output } = project.run({}, "--list");
        assert.notEqual(status, 0);
        assert.match(output, /interruptible/);
    });

    it("does nothing in a project that is not set up", () => {
        assert.deepEqual(project.jobs({}), ["rehearse: [dev] on_success", "rehearse: [prod] on_success"]);
    });

    it("previews by itself on the default branch, and deploys when somebody starts it", () => {
        assert.deepEqual(
            project.jobs(on).filter((name) => !name.startsWith("rehearse")),
            ["dev-preview on_success", "dev-up manual", "prod-preview on_success", "prod-up manual"],
        );
    });

    it("previews merge requests and deploys none of them", () => {
        const jobs = project.jobs({ ...on, CI_PIPELINE_SOURCE: "merge_request_event", CI_COMMIT_BRANCH: "" });
        assert.deepEqual(
            jobs.filter((name) => !name.startsWith("rehearse")),
            ["dev-preview on_success", "prod-preview on_success"],
        );
    });

    it("looks for drift on schedules and does nothing else there", () => {
        assert.deepEqual(project.jobs({ ...on, CI_PIPELINE_SOURCE: "schedule" }), [
            "dev-drift on_success",
            "prod-drift on_success",
        ]);
    });

    it("brings up what was previewed, within its plan, and proves it", () => {
        const { status, output } = project.run(
            { ...s3, AWS_ID_TOKEN: "token" },
            "dev-up",
            "--needs",
            "--manual",
            "dev-up",
        );
        assert.equal(status, 0, output);
        const calls = project.calls();
        assert.match(calls, /^npm ci --omit=dev --ignore-scripts --no-audit --no-fund$/m);
        assert.match(calls, /^pulumi login s3:\/\/states$/m);
        assert.match(calls, /^pulumi preview --stack dev --policy-pack policy --diff --save-plan plan\.json /m);
        assert.match(calls, /^pulumi up --stack dev --yes --skip-preview --plan plan\.json --policy-pack policy /m);
        assert.match(calls, /^verify --outputs evidence\/outputs\.json .*--stack dev /m);
        assert.doesNotMatch(output, /token$/m);
    });

    it("refuses a plan whose stack has changed since", () => {
        project.pulumi(
            '[[ $1 != preview ]] || echo \'{"deployment": {"resources": [1]}}\' > "$(dirname "$0")/state.json"',
        );
        const { status, output } = project.run(s3, "dev-up", "--needs", "--manual", "dev-up");
        assert.notEqual(status, 0);
        assert.match(output, /Stack 'dev' changed since this plan was made\. Run a new pipeline on main/);
        assert.doesNotMatch(project.calls(), /^pulumi up/m);
    });

    it("fails where the pack refuses, or where there is drift", () => {
        project.pulumi("[[ $1 != preview && $1 != refresh ]] || exit 7");
        assert.notEqual(project.run(s3, "dev-preview").status, 0);
        const { status, output } = project.run({ ...s3, CI_PIPELINE_SOURCE: "schedule" }, "dev-drift");
        assert.notEqual(status, 0);
        assert.match(output, /Stack 'dev' differs from its state, breaks a rule, or could not be read/);
        // The audit was asked all the same.
        assert.match(project.calls(), /^audit audit --gitlab gl-code-quality-report\.json -$/m);
    });

    const missing: [string, Readonly<Record<string, string>>, readonly string[]][] = [
        ["a bucket without a role", { PULUMI_BACKEND_URL: "s3://states" }, ["AWS_ROLE_ARN", "AWS_REGION"]],
        [
            "Azure without anything",
            { PULUMI_BACKEND_URL: "azblob://a" },
            ["AZURE_CLIENT_ID", "AZURE_TENANT_ID", "AZURE_STORAGE_ACCOUNT"],
        ],
        [
            "Google without anything",
            { PULUMI_BACKEND_URL: "gs://a" },
            ["GOOGLE_WORKLOAD_IDENTITY_PROVIDER", "GOOGLE_SERVICE_ACCOUNT"],
        ],
        ["Pulumi Cloud without anything", {}, ["PULUMI_ORGANIZATION or PULUMI_ACCESS_TOKEN"]],
    ];
    for (const [name, variables, names] of missing) {
        it(`tells ${name} everything at once, before anything is installed`, () => {
            const { status, output } = project.run({ ...on, ...variables }, "dev-preview");
            assert.notEqual(status, 0);
            for (const each of names) {
                assert.match(output, new RegExp(`Stack 'dev' cannot be reached yet: ${each} is missing`));
            }
            assert.equal(project.calls(), "");
        });
    }

    const clouds: [string, Readonly<Record<string, string>>, string, RegExp][] = [
        [
            "Azure",
            {
                PULUMI_BACKEND_URL: "azblob://a",
                AZURE_CLIENT_ID: "a",
                AZURE_TENANT_ID: "b",
                AZURE_STORAGE_ACCOUNT: "c",
                AZURE_ID_TOKEN: "t-azure",
            },
            'cat "$AZURE_FEDERATED_TOKEN_FILE"',
            /t-azure/,
        ],
        [
            "Google Cloud",
            {
                PULUMI_BACKEND_URL: "gs://a",
                GOOGLE_WORKLOAD_IDENTITY_PROVIDER: "projects/1/p",
                GOOGLE_SERVICE_ACCOUNT: "s@x",
                GOOGLE_ID_TOKEN: "t-google",
            },
            'node -p "const c = JSON.parse(fs.readFileSync(process.env.GOOGLE_APPLICATION_CREDENTIALS)); c.audience + c.service_account_impersonation_url + fs.readFileSync(c.credential_source.file)"',
            /\/\/iam\.googleapis\.com\/projects\/1\/p.*serviceAccounts\/s@x:generateAccessTokent-google/,
        ],
        [
            "Pulumi Cloud",
            { PULUMI_ORGANIZATION: "them", PULUMI_ID_TOKEN: "t-pulumi" },
            '[[ $1 != login ]] || cat "${3#file://}"',
            /t-pulumi/,
        ],
    ];
    for (const [cloud, variables, look, seen] of clouds) {
        it(`signs in to ${cloud} by the job's identity token`, () => {
            project.pulumi(`{ ${look}; } >> "$CALLS"`);
            const { status, output } = project.run({ ...on, ...variables }, "dev-preview");
            assert.equal(status, 0, output);
            assert.match(project.calls(), seen);
        });
    }
});
