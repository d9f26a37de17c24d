import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { type Called, everywhere, root, steps, type Workflow, workflows } from "./workflowFiles";

describe("workflows and what they may do", () => {
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
