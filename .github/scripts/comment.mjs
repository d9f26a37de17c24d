#!/usr/bin/env node
// Posts FILE as a comment of a pull request, or puts it in the place of the one that an earlier run posted: the first
// line of FILE is a marker by which that one is found. Only a comment of this workflow's own token is ever replaced.
// Environment: GITHUB_REPOSITORY, GH_TOKEN with pull-requests: write; PULL_REQUEST, its number; where that is empty, as
// in a run by hand, there is nothing to comment on.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

const [file] = process.argv.slice(2);
const { GITHUB_REPOSITORY: repository, PULL_REQUEST: number } = process.env;
if (!file || !repository) {
    console.error("usage: GITHUB_REPOSITORY=OWNER/NAME PULL_REQUEST=NUMBER comment.mjs FILE");
    process.exit(2);
}
if (!number) {
    console.log("No pull request to comment on.");
    process.exit(0);
}
if (!existsSync(file)) {
    console.error(`${file} is missing: the preview ended before it had anything to report; its log says why.`);
    process.exit(1);
}

const api = (...args) =>
    execFileSync("gh", ["api", ...args], { encoding: "utf8", maxBuffer: 1e8, stdio: ["ignore", "pipe", 2] });

/** The comment that an earlier run posted. The whole first line has to be the marker: another may begin like it. */
function earlierComment() {
    const [marker] = readFileSync(file, "utf8").split("\n", 1);
    const answer = api("--paginate", "--slurp", `repos/${repository}/issues/${number}/comments?per_page=100`);
    return JSON.parse(answer)
        .flat()
        .find(
            (comment) =>
                comment?.user?.login === "github-actions[bot]" && comment.body?.split(/\r?\n/, 1)[0] === marker,
        );
}

try {
    const earlier = earlierComment();
    const [method, place] =
        earlier === undefined ? ["POST", `issues/${number}/comments`] : ["PATCH", `issues/comments/${earlier.id}`];
    api("--method", method, `repos/${repository}/${place}`, "-F", `body=@${file}`);
} catch (error) {
    console.error(
        `The comment could not be posted: ${error.status === undefined ? error.message : "see gh's words above."}`,
    );
    process.exitCode = 1;
}
