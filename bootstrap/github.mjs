#!/usr/bin/env node
// Sets up the repository on GitHub for what this program made: environments with their variables, who has to approve a
// deployment, and the rules of the main branch. Run again it changes what differs. Needs `gh`, logged in as an
// administrator of the repository.
//
//     pulumi stack output --json --stack shared | node github.mjs OWNER/REPOSITORY --approve prod=LOGIN,LOGIN
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";

const usage = `usage: pulumi stack output --json | node github.mjs OWNER/REPOSITORY [--approve ENVIRONMENT=LOGIN,LOGIN ...] [--branch main] [--dry-run]`;

/** The one check that always reports; see docs/delivery.md. */
const requiredCheck = "Pull request passed";

/** Roles on which a branch other than the deployed one may run: pull requests are previewed. */
const isPreview = (environment) => environment.endsWith("-preview");

/** Environments of scheduled runs, which nobody waits for. */
const isDrift = (environment) => environment.endsWith("-drift");

function readOptions(argv) {
    const { values, positionals } = parseArgs({
        args: argv,
        allowPositionals: true,
        options: {
            approve: { type: "string", multiple: true, default: [] },
            branch: { type: "string", default: "main" },
            "dry-run": { type: "boolean", default: false },
        },
    });
    const [repository, ...more] = positionals;
    if (!/^[\w.-]+\/[\w.-]+$/.test(repository ?? "") || more.length > 0) {
        throw new Error(usage);
    }
    const approvers = new Map(
        values.approve.map((text) => {
            const [environment, logins = ""] = text.split("=");
            const list = logins.split(",").filter((login) => login !== "");
            if (environment === "" || list.length === 0) {
                throw new Error(`--approve is "${text}". Write an environment and who approves: prod=LOGIN,LOGIN.`);
            }
            if (isDrift(environment)) {
                throw new Error(
                    `--approve names ${environment}: a look for drift runs by schedule and would wait for them. Leave it out.`,
                );
            }
            return [environment, list];
        }),
    );
    return { repository, approvers, branch: values.branch, isDryRun: values["dry-run"] };
}

function readEnvironments(text) {
    let outputs;
    try {
        outputs = JSON.parse(text);
    } catch {
        throw new Error("Standard input holds no JSON. Pipe `pulumi stack output --json` into this script.");
    }
    const environments = outputs?.gitHubEnvironments;
    if (typeof environments !== "object" || environments === null || Object.keys(environments).length === 0) {
        throw new Error(
            "The outputs lack gitHubEnvironments. Pipe the outputs of the bootstrap's stack into this script.",
        );
    }
    return environments;
}

/**
 * Every call that GitHub gets, in order.
 *
 * @param ids GitHub's numbers of the people who approve, by login.
 * @param rulesetId The number of the ruleset that an earlier run made; undefined on the first.
 */
function callsOf({ repository, approvers, branch }, environments, ids, rulesetId) {
    const calls = [];
    const call = (method, path, body) => calls.push({ method, path: `repos/${repository}${path}`, body });
    for (const [environment, variables] of Object.entries(environments)) {
        const path = `/environments/${encodeURIComponent(environment)}`;
        const reviewers = (approvers.get(environment) ?? []).map((login) => ({ type: "User", id: ids.get(login) }));
        call("PUT", path, {
            reviewers,
            prevent_self_review: reviewers.length > 1,
            deployment_branch_policy: isPreview(environment)
                ? null
                : { protected_branches: false, custom_branch_policies: true },
        });
        if (!isPreview(environment)) {
            call("POST", `${path}/deployment-branch-policies`, { name: branch });
        }
        for (const [name, value] of Object.entries(variables)) {
            call("POST", `${path}/variables`, { name, value });
        }
    }
    const ruleset = rulesetId === undefined ? "/rulesets" : `/rulesets/${rulesetId}`;
    call(rulesetId === undefined ? "POST" : "PUT", ruleset, rulesetOf(branch));
    // Last, for the workflows deploy from now on.
    call("POST", "/actions/variables", { name: "DEPLOYMENTS", value: "on" });
    return calls;
}

const rulesetName = "What lands was reviewed and passed";

function rulesetOf(branch) {
    return {
        name: rulesetName,
        target: "branch",
        enforcement: "active",
        conditions: { ref_name: { include: [`refs/heads/${branch}`], exclude: [] } },
        rules: [
            { type: "deletion" },
            { type: "non_fast_forward" },
            {
                type: "pull_request",
                parameters: {
                    required_approving_review_count: 1,
                    dismiss_stale_reviews_on_push: true,
                    require_code_owner_review: true,
                    require_last_push_approval: true,
                    required_review_thread_resolution: true,
                },
            },
            {
                type: "required_status_checks",
                parameters: {
                    // Up to date before merging keeps the tree that was reviewed the tree that lands.
                    strict_required_status_checks_policy: true,
                    required_status_checks: [{ context: requiredCheck }],
                },
            },
        ],
    };
}

/** @throws with what GitHub answered; `gh` prints its own words to standard error. */
function api(method, path, body) {
    const input = body === undefined ? [] : ["--input", "-"];
    const answer = execFileSync("gh", ["api", "--method", method, path, ...input], {
        encoding: "utf8",
        input: body === undefined ? undefined : JSON.stringify(body),
        stdio: ["pipe", "pipe", "pipe"],
    });
    return answer.trim() === "" ? undefined : JSON.parse(answer);
}

/** What is there already is changed: a variable by its own address; a branch policy is there or not. */
function carryOut({ method, path, body }) {
    try {
        api(method, path, body);
    } catch (error) {
        const isThere = method === "POST" && /HTTP (409|422|303)/.test(String(error.stderr));
        if (isThere && path.endsWith("/variables")) {
            api("PATCH", `${path}/${body.name}`, body);
        } else if (!(isThere && path.endsWith("/deployment-branch-policies"))) {
            throw new Error(`${method} ${path}: ${String(error.stderr ?? error.message).trim()}`, { cause: error });
        }
    }
}

/** GitHub passes over a line of CODEOWNERS whose owner it does not know, and then demands nobody's review. */
function reportCodeOwners(repository) {
    const { errors = [] } = api("GET", `repos/${repository}/codeowners/errors`) ?? {};
    for (const { line, source = "", suggestion, message } of errors) {
        console.error(`CODEOWNERS, line ${line} (${source.trim()}): ${suggestion ?? message}`);
    }
    if (errors.length > 0) {
        throw new Error("GitHub knows none of these owners, so nobody's review is demanded there. Correct CODEOWNERS.");
    }
}

function main() {
    const options = readOptions(process.argv.slice(2));
    const environments = readEnvironments(readFileSync(0, "utf8"));
    const unknown = [...options.approvers.keys()].filter((environment) => environments[environment] === undefined);
    if (unknown.length > 0) {
        throw new Error(
            `--approve names ${unknown.join(", ")}; the environments are ${Object.keys(environments).join(", ")}.`,
        );
    }
    const logins = new Set([...options.approvers.values()].flat());
    const ids = new Map([...logins].map((login) => [login, api("GET", `users/${login}`).id]));
    const rulesets = api("GET", `repos/${options.repository}/rulesets`) ?? [];
    const calls = callsOf(options, environments, ids, rulesets.find(({ name }) => name === rulesetName)?.id);
    for (const call of calls) {
        console.log(`${call.method} ${call.path} ${JSON.stringify(call.body)}`);
        if (!options.isDryRun) {
            carryOut(call);
        }
    }
    if (!options.isDryRun) {
        reportCodeOwners(options.repository);
    }
    const unapproved = Object.keys(environments).filter(
        (environment) => !isPreview(environment) && !isDrift(environment) && !options.approvers.has(environment),
    );
    if (unapproved.length > 0) {
        console.log(`Nobody has to approve a deployment of ${unapproved.join(", ")}; --approve names who does.`);
    }
}

try {
    main();
} catch (error) {
    console.error(error.message);
    process.exitCode = 1;
}
