#!/usr/bin/env node
// Fetches the reviewed plan of a stack for the files checked out here: plan.json, and state.txt, which names the state
// that it was made from. Stops where there is none: what was not reviewed does not run. Whoever can push a branch can
// change its workflow and so upload any artifact under any name, and a fork can, too. So a plan is taken only from a
// successful "Pull request" run of this very repository that ran the workflow as it was reviewed: on the head of the
// pull request that brought this commit, or on this commit. A run on that head belongs to the workflow of whatever the
// branch was to be merged into, so no other pull request may have come from it. Of the artifact nothing but those two
// files is taken, for any other file would replace one of the program.
// Environment: GITHUB_REPOSITORY (owner/name), GH_TOKEN with actions: read and pull-requests: read.
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { URLSearchParams } from "node:url";

const stack = process.argv[2];
const repository = process.env.GITHUB_REPOSITORY;
if (!stack || !repository) {
    console.error("usage: GITHUB_REPOSITORY=OWNER/NAME find-plan.mjs STACK");
    process.exit(2);
}

const run = (command, ...args) => execFileSync(command, args, { encoding: "utf8", maxBuffer: 1e8 });
const get = (path) => JSON.parse(run("gh", "api", `repos/${repository}/${path}`));
const commit = run("git", "rev-parse", "HEAD").trim();
const tree = run("git", "rev-parse", "HEAD^{tree}").trim();
// A stack of an organization has a slash in its name, which a file has not.
const name = `plan-${stack.replaceAll("/", ".")}-${tree}`;
const branch = "main";
const reasons = new Map();

/** Heads of the pull requests that brought this commit, by the name of their branch. */
function mergedHeads() {
    const merged = get(`commits/${commit}/pulls`).filter(
        ({ merged_at: at, base }) => at !== null && base?.ref === branch,
    );
    return new Map(merged.map(({ head, number }) => [head.sha, { ref: head.ref, number }]));
}
const heads = mergedHeads();

/** Other pull requests that came from the same branch, open or closed. */
function othersFrom({ ref, number }) {
    const [owner] = repository.split("/");
    const query = new URLSearchParams({ state: "all", head: `${owner}:${ref}`, per_page: "100" });
    return get(`pulls?${query}`).filter((pull) => pull.number !== number && pull.base?.ref !== branch);
}

/** Why an artifact is no reviewed plan; undefined where it is one. */
function objection(artifact) {
    const origin = artifact.workflow_run;
    if (artifact.expired) {
        return "it expired";
    }
    if (!origin?.id || origin.head_repository_id !== origin.repository_id) {
        return "it comes from a fork, or from no run that is known";
    }
    const answer = spawnSync("gh", ["api", `repos/${repository}/actions/runs/${origin.id}`], { encoding: "utf8" });
    if (answer.status !== 0) {
        return `its run ${origin.id} cannot be read, perhaps because it was deleted`;
    }
    const { path, conclusion, event, head_sha: head } = JSON.parse(answer.stdout);
    // GitHub may write the branch after the path.
    if (path.split("@")[0] !== ".github/workflows/pull-request.yml" || conclusion !== "success") {
        return `its run ${origin.id} is no successful one of "Pull request"`;
    }
    if (event === "workflow_dispatch") {
        return head === commit ? undefined : `its run ${origin.id} was on another commit`;
    }
    const pull = event === "pull_request" ? heads.get(head) : undefined;
    if (pull === undefined) {
        return `its run ${origin.id} was on another head than the one that was merged`;
    }
    const [other] = othersFrom(pull);
    return other === undefined
        ? undefined
        : `pull request ${other.number} came from the same branch into ${other.base?.ref}, whose workflow nobody reviewed`;
}

/** Every artifact of this name, newest first. */
function artifacts() {
    const found = [];
    for (let page = 1; ; page++) {
        const { artifacts: some, total_count: total } = get(`actions/artifacts?name=${name}&per_page=100&page=${page}`);
        found.push(...some);
        if (some.length === 0 || found.length >= total) {
            return found;
        }
    }
}

const reviewed = artifacts().find((artifact) => {
    const reason = objection(artifact);
    if (reason !== undefined) {
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }
    return reason === undefined;
});
if (reviewed === undefined) {
    const why = [...reasons].map(([reason, count]) => `  ${count} not taken: ${reason}.\n`).join("");
    console.error(
        `No reviewed plan for stack '${stack}' and these files (artifact ${name}).\n${why}` +
            "Either main moved between the review and the merge, or the plan expired. Run the workflow " +
            '"Pull request" on main by hand (Actions, Pull request, Run workflow), read its preview, then run "Deploy" again.',
    );
    process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), "plan-"));
try {
    const runId = String(reviewed.workflow_run.id);
    run("gh", "run", "download", runId, "--repo", repository, "--name", name, "--dir", folder);
    for (const file of ["plan.json", "state.txt"]) {
        if (!existsSync(join(folder, file))) {
            console.error(
                `The plan of run ${runId} holds no ${file}. Run the workflow "Pull request" on main by hand.`,
            );
            process.exitCode = 1;
            break;
        }
        copyFileSync(join(folder, file), file);
    }
} finally {
    rmSync(folder, { recursive: true, force: true });
}
