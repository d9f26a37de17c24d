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
const body = readFileSync(file, "utf8");
const [marker] = body.split("\n", 1);
const comments = JSON.parse(api("--paginate", "--slurp", `repos/${repository}/issues/${number}/comments?per_page=100`));
const earlier = comments
    .flat()
    .find((comment) => comment.user?.login === "github-actions[bot]" && comment.body?.startsWith(marker));

if (earlier === undefined) {
    api("--method", "POST", `repos/${repository}/issues/${number}/comments`, "-F", `body=@${file}`);
} else {
    api("--method", "PATCH", `repos/${repository}/issues/comments/${earlier.id}`, "-F", `body=@${file}`);
}
