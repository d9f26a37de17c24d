#!/usr/bin/env node
// Fetches the reviewed plan of a stack for the files checked out here: plan.json, and state.txt, which names the state
// that it was made from. Stops where there is none: what was not reviewed does not run. Whoever can push a branch can
// change its workflow and so upload any artifact under any name, and a fork can, too. So a plan is taken only from a
// successful run of the pull request workflow in this very repository that ran as it was reviewed: on the head of the
// pull request that brought this commit, or on this commit, by hand or in a merge queue. A run on that head belongs to
// the workflow of whatever the branch was to be merged into, so no other pull request may have come from it. Of the
// artifact nothing but those two files is taken, for any other file would replace one of the program.
// Environment: GITHUB_REPOSITORY (owner/name), GH_TOKEN with actions: read and pull-requests: read; PLAN_WORKFLOW, the
// file of that workflow (default: pull-request.yml); DEPLOYED_BRANCH (default: main).
import { execFileSync } from "node:child_process";
import { copyFileSync, lstatSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { URLSearchParams, fileURLToPath } from "node:url";

const [stack] = process.argv.slice(2);
const { GITHUB_REPOSITORY: repository } = process.env;
const workflow = process.env.PLAN_WORKFLOW || "pull-request.yml";
const branch = process.env.DEPLOYED_BRANCH || "main";
const here = path.dirname(fileURLToPath(import.meta.url));

const again = `Run the workflow of pull requests (${workflow}) on ${branch} by hand: Actions, that workflow, "Run workflow".`;

function run(command, ...args) {
    return execFileSync(command, args, { encoding: "utf8", maxBuffer: 1e8, stdio: ["ignore", "pipe", "pipe"] });
}

/** What GitHub answers. @throws with its own words. */
function get(at) {
    try {
        return JSON.parse(run("gh", "api", `repos/${repository}/${at}`));
    } catch (error) {
        throw new Error(`GitHub did not answer ${at}: ${String(error.stderr || error.message).trim()}`, {
            cause: error,
        });
    }
}

/** More pages than these are no list that a person made: nothing is looked for without end. */
const mostPages = 100;

/** What GitHub answers where a list is due; entries that are none are left out. */
function listed(answer, at) {
    if (!Array.isArray(answer)) {
        throw new Error(`GitHub's answer to ${at} holds no list.`);
    }
    return answer.filter((entry) => typeof entry === "object" && entry !== null);
}

/** All pages of a list. */
function pages(at) {
    const found = [];
    for (let page = 1; page <= mostPages; page++) {
        const some = get(`${at}&per_page=100&page=${page}`);
        found.push(...listed(some, at));
        if (some.length < 100) {
            return found;
        }
    }
    throw new Error(`GitHub's answer to ${at} has more than ${mostPages} pages.`);
}

/** Every artifact of a name, newest first. */
function artifactsOf(name) {
    const found = [];
    for (let page = 1; page <= mostPages; page++) {
        const query = new URLSearchParams({ name, per_page: "100", page: String(page) });
        const { artifacts = [], total_count: total = 0 } = get(`actions/artifacts?${query}`) ?? {};
        found.push(...listed(artifacts, `actions/artifacts?${query}`));
        if (artifacts.length === 0 || page * 100 >= total) {
            return found;
        }
    }
    throw new Error(
        `GitHub has more than ${mostPages} pages of artifacts of the name ${name}. Delete those of old runs.`,
    );
}

/** Heads of the pull requests that brought a commit, with the name of their branch. */
function mergedHeads(commit) {
    const merged = pages(`commits/${commit}/pulls?state=closed`).filter(
        ({ merged_at: at, base, head }) => at && base?.ref === branch && head?.sha,
    );
    return new Map(merged.map(({ head, number }) => [head.sha, { ref: head.ref, number }]));
}

/** Another pull request that came from the same branch into another base, open or closed. */
function otherFrom({ ref, number }) {
    const [owner] = repository.split("/");
    const query = new URLSearchParams({ state: "all", head: `${owner}:${ref}` });
    return pages(`pulls?${query}`).find((pull) => pull.number !== number && pull.base?.ref !== branch);
}

/** Why an artifact is no reviewed plan of a commit; undefined where it is one. */
function objection(artifact, commit, heads) {
    const origin = artifact.workflow_run;
    if (artifact.expired) {
        return "it expired";
    }
    if (!origin?.id || !origin.repository_id || origin.head_repository_id !== origin.repository_id) {
        return "it comes from a fork, or from no run that is known";
    }
    let made;
    try {
        made = get(`actions/runs/${origin.id}`);
    } catch {
        return `its run ${origin.id} cannot be read, perhaps because it was deleted`;
    }
    const { path: file, conclusion, event, head_sha: head } = made ?? {};
    // GitHub may write the branch after the path.
    if (file?.split("@")[0] !== `.github/workflows/${workflow}` || conclusion !== "success") {
        return `its run ${origin.id} is no successful one of ${workflow}`;
    }
    if (event === "workflow_dispatch" || event === "merge_group") {
        return head === commit ? undefined : `its run ${origin.id} was on another commit`;
    }
    const pull = event === "pull_request" ? heads.get(head) : undefined;
    if (pull === undefined) {
        return `its run ${origin.id} was on another head than the one that was merged`;
    }
    const other = otherFrom(pull);
    return other === undefined
        ? undefined
        : `pull request ${other.number} came from the same branch into ${other.base?.ref}, whose workflow nobody reviewed`;
}

function reviewedPlan(name, commit) {
    const heads = mergedHeads(commit);
    const reasons = new Map();
    for (const artifact of artifactsOf(name)) {
        const reason = objection(artifact, commit, heads);
        if (reason === undefined) {
            return artifact;
        }
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }
    const why = [...reasons].map(([reason, count]) => `  ${count} not taken: ${reason}.\n`).join("");
    throw new Error(
        `No reviewed plan for stack '${stack}' and these files (artifact ${name}).\n${why}` +
            `Either ${branch} moved between the review and the merge, or the plan expired. ${again} Read its preview, then deploy again.`,
    );
}

/** Lays the two files of an artifact here. */
function take(artifact, name) {
    const folder = mkdtempSync(path.join(tmpdir(), "plan-"));
    const { id } = artifact.workflow_run;
    try {
        run("gh", "run", "download", String(id), "--repo", repository, "--name", name, "--dir", folder);
        for (const file of ["plan.json", "state.txt"]) {
            const place = path.join(folder, file);
            if (!lstatSync(place, { throwIfNoEntry: false })?.isFile()) {
                throw new Error(`The plan of run ${id} holds no ${file}. ${again}`);
            }
            // What a checkout has in its place could be a link to another file.
            rmSync(file, { force: true });
            copyFileSync(place, file);
        }
    } catch (error) {
        throw error.stderr === undefined
            ? error
            : new Error(`The plan of run ${id} cannot be fetched: ${String(error.stderr).trim()}`, { cause: error });
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

if (!stack || !repository) {
    console.error("usage: GITHUB_REPOSITORY=OWNER/NAME find-plan.mjs STACK");
    process.exit(2);
}
try {
    const commit = run("git", "rev-parse", "HEAD").trim();
    const name = run(path.join(here, "plan-name.sh"), stack)
        .trim()
        .replace(/^name=/, "");
    take(reviewedPlan(name, commit), name);
} catch (error) {
    console.error(error.message);
    process.exitCode = 1;
}
