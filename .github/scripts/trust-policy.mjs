#!/usr/bin/env node
// Prints the trust policy of a role that GitHub environments of one repository may assume, their names separated by
// commas, and nothing else. The subject of an
// identity token begins with what GitHub says of the repository: since 15 July 2026 with the ids of owner and
// repository in every repository that was made, renamed or transferred since, and with names alone in older ones.
// Needs `gh`, logged in as somebody who may read the repository.
import { execFileSync } from "node:child_process";

const [repository, names, account] = process.argv.slice(2);
const environments = names?.split(",") ?? [];
if (
    !/^[\w.-]+\/[\w.-]+$/.test(repository ?? "") ||
    environments.length === 0 ||
    environments.includes("") ||
    !/^\d{12}$/.test(account ?? "")
) {
    console.error("usage: trust-policy.mjs OWNER/REPOSITORY ENVIRONMENT[,ENVIRONMENT] ACCOUNT (twelve digits)");
    process.exit(2);
}

/** `repo:OWNER@ID/REPOSITORY@ID`, or `repo:OWNER/REPOSITORY`, as GitHub writes it into this repository's tokens. */
function subjectPrefix() {
    const endpoint = `repos/${repository}/actions/oidc/customization/sub`;
    const answer = JSON.parse(execFileSync("gh", ["api", endpoint], { encoding: "utf8" }));
    if (answer.use_default === false) {
        throw new Error(
            `${repository} composes its subjects from claims of its own (${(answer.include_claim_keys ?? []).join(", ")}): write the trust policy by hand, from the "sub" of one of its tokens.`,
        );
    }
    const [owner, name] = repository.split("/");
    const escape = (text) => text.replaceAll(".", "\\.");
    const wanted = new RegExp(`^repo:${escape(owner)}(@\\d+)?/${escape(name)}(@\\d+)?$`, "i");
    if (!wanted.test(answer.sub_claim_prefix ?? "")) {
        throw new Error(
            `GitHub names no subject for ${repository} (sub_claim_prefix: ${JSON.stringify(answer.sub_claim_prefix)}). Read the "sub" of a token in a run of this repository instead.`,
        );
    }
    return answer.sub_claim_prefix;
}

function trustPolicy(subject) {
    const issuer = "token.actions.githubusercontent.com";
    return {
        Version: "2012-10-17",
        Statement: [
            {
                Effect: "Allow",
                Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/${issuer}` },
                Action: "sts:AssumeRoleWithWebIdentity",
                Condition: { StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com", [`${issuer}:sub`]: subject } },
            },
        ],
    };
}

try {
    // GitHub escapes a colon in the name of an environment.
    const prefix = subjectPrefix();
    const subjects = environments.map((environment) => `${prefix}:environment:${environment.replaceAll(":", "%3A")}`);
    console.log(JSON.stringify(trustPolicy(subjects.length === 1 ? subjects[0] : subjects), undefined, 2));
} catch (error) {
    console.error(error.stderr === undefined ? error.message : "gh could not read the repository; see above.");
    process.exitCode = 1;
}
