import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";

const root = path.join(__dirname, "..", "..");
const folder = path.join(root, ".github", "workflows");

interface Step {
    readonly uses?: string;
    readonly run?: string;
    readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
    readonly name?: string;
    readonly needs?: string | readonly string[];
    readonly uses?: string;
    readonly if?: string;
    readonly environment?: string;
    readonly permissions?: Readonly<Record<string, string>>;
    readonly "timeout-minutes"?: number;
    readonly steps?: readonly Step[];
}

interface Workflow {
    readonly on: Readonly<Record<string, unknown>>;
    readonly permissions?: Readonly<Record<string, string>>;
    readonly concurrency?: { readonly "cancel-in-progress"?: boolean };
    readonly jobs: Readonly<Record<string, Job>>;
}

const workflows = fs
    .readdirSync(folder)
    .map((file) => ({ file, text: fs.readFileSync(path.join(folder, file), "utf8") }))
    .map(({ file, text }) => ({ file, text, workflow: parse(text) as Workflow }));

function steps(): { file: string; step: Step }[] {
    return workflows.flatMap(({ file, workflow }) =>
        Object.values(workflow.jobs).flatMap((job) => (job.steps ?? []).map((step) => ({ file, step }))),
    );
}

describe("workflows", () => {
    it("pass actionlint", () => {
        const cli = path.join(root, "node_modules", "@tktco", "node-actionlint", "bin", "node-actionlint.js");
        const lint = spawnSync(process.execPath, [cli, ".github/workflows/*.yml"], { cwd: root, encoding: "utf8" });
        assert.equal(lint.status, 0, lint.stdout + lint.stderr);
    });

    it("pin every action of another repository to a commit and name its release", () => {
        for (const { file, text } of workflows) {
            const lines = text.split("\n").filter((line) => /^\s*(- )?uses: /.test(line) && !line.includes("uses: ./"));
            for (const line of lines) {
                assert.match(line, /uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/, file);
            }
        }
    });

    it("pin one action to one commit everywhere", () => {
        const commits = new Map<string, Set<string>>();
        for (const { step } of steps()) {
            const [action, commit] = (step.uses ?? "").split("@");
            if (action && commit) {
                commits.set(action, (commits.get(action) ?? new Set()).add(commit));
            }
        }
        assert.ok(commits.size > 5);
        for (const [action, seen] of commits) {
            assert.equal(seen.size, 1, action);
        }
    });

    it("grant nothing by default and name what each job needs", () => {
        for (const { file, workflow } of workflows) {
            assert.deepEqual(workflow.permissions, {}, file);
            for (const [name, job] of Object.entries(workflow.jobs)) {
                assert.ok(job.permissions, `${file}: ${name}`);
            }
        }
    });

    it("bound every job in time", () => {
        for (const { file, workflow } of workflows) {
            for (const [name, job] of Object.entries(workflow.jobs)) {
                assert.ok(job.uses ?? job["timeout-minutes"], `${file}: ${name}`);
            }
        }
    });

    it("keep the checkout's token out of the job's later steps", () => {
        const checkouts = steps().filter(({ step }) => step.uses?.startsWith("actions/checkout@"));
        assert.ok(checkouts.length > 0);
        for (const { file, step } of checkouts) {
            assert.equal(step.with?.["persist-credentials"], false, file);
        }
    });

    it("never put an expression into a shell line, where a branch name or a title could become code", () => {
        for (const { file, step } of steps()) {
            assert.doesNotMatch(step.run ?? "", /\$\{\{/, file);
        }
    });

    it("run only npm commands and scripts of the repository, except in the workflow that other repositories call", () => {
        for (const { file, step } of steps().filter(({ file }) => file !== "audit.yml")) {
            if (step.run === undefined) {
                continue;
            }
            assert.match(
                step.run,
                /^(npm ci --ignore-scripts|npm run build|npm test|\.github\/scripts\/[a-z-]+\.(sh|mjs)( [^\n;|&]*)?)$/,
                file,
            );
            const script = /^\.github\/scripts\/[a-z-]+\.(sh|mjs)/.exec(step.run)?.[0];
            if (script !== undefined) {
                assert.doesNotThrow(() => fs.accessSync(path.join(root, script), fs.constants.X_OK), script);
            }
        }
    });

    it("never run on pull_request_target or workflow_run, which would give a fork's code a privileged token", () => {
        for (const { file, workflow } of workflows) {
            assert.ok(!("pull_request_target" in workflow.on) && !("workflow_run" in workflow.on), file);
        }
    });

    it("give an identity token to a pull request only from this repository", () => {
        const workflow = workflows.find(({ file }) => file === "pull-request.yml")?.workflow;
        const withToken = Object.values(workflow?.jobs ?? {}).filter(
            (job) => job.permissions?.["id-token"] === "write",
        );
        assert.equal(withToken.length, 1);
        assert.match(withToken[0]?.if ?? "", /head\.repo\.full_name == github\.repository &&/);
        assert.match(withToken[0]?.if ?? "", /user\.login != 'dependabot\[bot\]'/);
    });

    it("install no package of a registry by default with another repository's states and role at hand", () => {
        const { text = "", workflow } = workflows.find(({ file }) => file === "audit.yml") ?? {};
        const { inputs } = workflow?.on.workflow_call as {
            readonly inputs: Readonly<Record<string, { readonly required?: boolean; readonly default?: unknown }>>;
        };
        assert.deepEqual([inputs.packages?.required, inputs.packages?.default], [true, undefined]);
        const installs = text
            .split("\n")
            .filter((line) => /\bnpm (install|ci|exec)\b|\bnpx\b/.test(line.replace(/^\s*#.*/, "")));
        assert.deepEqual(
            installs.map((line) => line.trim()),
            ['- run: npm install --no-save --ignore-scripts --prefix "$RUNNER_TEMP/pack" -- $PACKAGES'],
        );
    });

    it("have one check that always reports and that needs every other job, and docs/delivery.md requires that one", () => {
        const jobs: Workflow["jobs"] = workflows.find(({ file }) => file === "pull-request.yml")?.workflow.jobs ?? {};
        const { passed, ...others } = jobs;
        assert.equal(passed?.if, "always()");
        assert.deepEqual([...(passed.needs ?? [])].sort(), Object.keys(others).sort());
        const page = fs.readFileSync(path.join(root, "docs", "delivery.md"), "utf8");
        assert.match(page, new RegExp(`require the one check "${passed.name}"`));
    });

    it("publish packages only from a protected environment, by an identity token and no secret", () => {
        const release = workflows.find(({ file }) => file === "release.yml");
        const { pack, publish, try: trial, draft } = release?.workflow.jobs ?? {};
        assert.equal(publish?.environment, "release");
        const tokens = Object.values(release?.workflow.jobs ?? {}).filter((job) => job.permissions?.["id-token"]);
        assert.deepEqual(tokens, [publish]);
        assert.doesNotMatch(release?.text ?? "", /secrets\.|NODE_AUTH_TOKEN/);
        // Nothing is published untested, nothing drafted untried.
        assert.deepEqual([publish?.needs, trial?.needs, draft?.needs], ["pack", "publish", "try"]);
        assert.ok(pack?.steps?.some(({ run }) => run === "npm test"));
    });

    it("deploy, preview and look for drift only where the repository is set up, and say so by one variable", () => {
        const jobs = [
            "pull-request.yml preview",
            "deploy.yml dev",
            "deploy.yml prod",
            "drift.yml look",
            "drift.yml report",
        ];
        for (const job of jobs) {
            const [file = "", name = ""] = job.split(" ");
            const condition = workflows.find((each) => each.file === file)?.workflow.jobs[name]?.if ?? "";
            assert.match(condition, /^(always\(\) && )?vars\.DEPLOYMENTS == 'on'( &&|$)/, job);
        }
        const page = fs.readFileSync(path.join(root, "docs", "delivery.md"), "utf8");
        assert.match(page, /repository variable `DEPLOYMENTS` to `on`/);
    });

    it("run no script of a dependency", () => {
        for (const { file, step } of steps().filter(({ step }) => /npm (ci|install)/.test(step.run ?? ""))) {
            assert.match(step.run ?? "", /--ignore-scripts/, file);
        }
    });

    it("never cut an update off", () => {
        const workflow = workflows.find(({ file }) => file === "deploy-stack.yml")?.workflow;
        assert.equal(workflow?.concurrency?.["cancel-in-progress"], false);
    });
});
