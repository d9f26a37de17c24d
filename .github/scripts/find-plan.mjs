#!/usr/bin/env node
// Fetches the reviewed plan of a stack for the files checked out here, as plan.json. Stops where there is none: what
// was not reviewed does not run. Only plans that a successful "Pull request" run of this very repository made are
// taken; a fork can upload an artifact of the same name from its own run.
// Environment: GITHUB_REPOSITORY (owner/name), GH_TOKEN with actions: read.
import { execFileSync } from "node:child_process";

const stack = process.argv[2];
const repository = process.env.GITHUB_REPOSITORY;
if (!stack || !repository) {
    console.error("usage: GITHUB_REPOSITORY=OWNER/NAME find-plan.mjs STACK");
    process.exit(2);
}

const run = (command, ...args) => execFileSync(command, args, { encoding: "utf8" });
const tree = run("git", "rev-parse", "HEAD^{tree}").trim();
const name = `plan-${stack}-${tree}`;

// Newest first, one page: a tree has as many plans as it had runs.
const { artifacts } = JSON.parse(run("gh", "api", `repos/${repository}/actions/artifacts?name=${name}&per_page=100`));
const reviewed = artifacts.find(({ expired, workflow_run: origin }) => {
    if (expired || origin.head_repository_id !== origin.repository_id) {
        return false;
    }
    const { path, conclusion } = JSON.parse(run("gh", "api", `repos/${repository}/actions/runs/${origin.id}`));
    return path === ".github/workflows/pull-request.yml" && conclusion === "success";
});

if (reviewed === undefined) {
    console.error(
        `No reviewed plan for stack '${stack}' and these files (artifact ${name}).\n` +
            "Either main moved between the review and the merge, or the plan expired. Run the workflow " +
            '"Pull request" on main by hand (Actions, Pull request, Run workflow), read its preview, then run "Deploy" again.',
    );
    process.exit(1);
}

run("gh", "run", "download", String(reviewed.workflow_run.id), "--repo", repository, "--name", name, "--dir", ".");
console.log(`Plan ${name} of run ${reviewed.workflow_run.id}.`);
