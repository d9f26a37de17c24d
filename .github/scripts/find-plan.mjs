#!/usr/bin/env node
// Fetches the reviewed plan of a stack for the files checked out here, as plan.json. Stops where there is none: what
// was not reviewed does not run. Whoever can push a branch can change its workflow and so upload any artifact under any
// name, and a fork can, too. So a plan is taken only from a successful "Pull request" run of this very repository that
// ran the workflow as it was reviewed: on the head of the pull request that brought this commit, or on this commit. Of
// the artifact nothing but plan.json is taken, for any other file would replace one of the program.
// Environment: GITHUB_REPOSITORY (owner/name), GH_TOKEN with actions: read and pull-requests: read.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const stack = process.argv[2];
const repository = process.env.GITHUB_REPOSITORY;
if (!stack || !repository) {
    console.error("usage: GITHUB_REPOSITORY=OWNER/NAME find-plan.mjs STACK");
    process.exit(2);
}

const run = (command, ...args) => execFileSync(command, args, { encoding: "utf8" });
const get = (path) => JSON.parse(run("gh", "api", `repos/${repository}/${path}`));
const commit = run("git", "rev-parse", "HEAD").trim();
const tree = run("git", "rev-parse", "HEAD^{tree}").trim();
const name = `plan-${stack}-${tree}`;

const merged = get(`commits/${commit}/pulls`).filter((pull) => pull.merged_at !== null);
const heads = new Set(merged.map((pull) => pull.head.sha));

function isReviewed(artifact) {
    const origin = artifact.workflow_run;
    if (artifact.expired || origin.head_repository_id !== origin.repository_id) {
        return false;
    }
    const { path, conclusion, event, head_sha: head } = get(`actions/runs/${origin.id}`);
    // GitHub may write the branch after the path.
    const isOurs = path.split("@")[0] === ".github/workflows/pull-request.yml" && conclusion === "success";
    return (
        isOurs && ((event === "pull_request" && heads.has(head)) || (event === "workflow_dispatch" && head === commit))
    );
}

// Newest first, one page: a tree has as many plans as it had runs.
const { artifacts } = get(`actions/artifacts?name=${name}&per_page=100`);
const reviewed = artifacts.find(isReviewed);
if (reviewed === undefined) {
    console.error(
        `No reviewed plan for stack '${stack}' and these files (artifact ${name}).\n` +
            "Either main moved between the review and the merge, or the plan expired. Run the workflow " +
            '"Pull request" on main by hand (Actions, Pull request, Run workflow), read its preview, then run "Deploy" again.',
    );
    process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), "plan-"));
try {
    const runId = String(reviewed.workflow_run.id);
    run("gh", "run", "download", runId, "--repo", repository, "--name", name, "--dir", folder);
    copyFileSync(join(folder, "plan.json"), "plan.json");
} finally {
    rmSync(folder, { recursive: true, force: true });
}
