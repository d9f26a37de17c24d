#!/usr/bin/env node
// Prints the IAM policy that a role needs for what a stack deploys. FILE is what `pulumi preview --json` or
// `pulumi stack export` printed, or - for standard input; without it the policy covers everything the component can
// deploy. Resource types that the table lacks are refused by name: what they need cannot be told.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { managedPolicyLimit, policyOf, roles, sizeOf, textOf } from "./policies.mjs";

const usage = `usage: npm run --silent permissions -- ROLE [FILE|-] [--name NAME] [--account ID] [--region REGION] [--bucket STATE_BUCKET] [--key KEY_ID] [--zone HOSTED_ZONE_ID ...] [--log-bucket NAME ...]
ROLE is one of ${roles.join(", ")}.`;

function contentOf(file) {
    try {
        return readFileSync(file === "-" ? 0 : file, "utf8");
    } catch (error) {
        throw new Error(`${file} cannot be read (${error.code}). ${howToMake}`, { cause: error });
    }
}

/** The resources of a preview or of a state. */
function resourcesOf(text, file) {
    let document;
    try {
        document = JSON.parse(text);
    } catch (error) {
        throw new Error(`${file} holds no JSON (${error.message}). ${howToMake}`, { cause: error });
    }
    const steps = Array.isArray(document?.steps) ? document.steps.map(({ newState }) => newState) : undefined;
    const states = steps ?? document?.deployment?.resources;
    if (!Array.isArray(states)) {
        throw new Error(`${file} is neither a preview nor a state. ${howToMake}`);
    }
    return states
        .filter((state) => typeof state?.type === "string" && typeof state.urn === "string")
        .map(({ type, urn, inputs }) => ({ type, name: urn.split("::").slice(3).join("::"), inputs }));
}

const howToMake = "Write it with `pulumi preview --json` or `pulumi stack export`.";

async function main() {
    const { values, positionals } = parseArgs({
        allowPositionals: true,
        options: {
            ...Object.fromEntries(
                ["name", "account", "region", "bucket", "key"].map((name) => [name, { type: "string" }]),
            ),
            zone: { type: "string", multiple: true },
            "log-bucket": { type: "string", multiple: true },
        },
    });
    const [role, file, ...more] = positionals;
    if (!roles.includes(role) || more.length > 0) {
        throw new Error(usage);
    }
    const resources =
        file === undefined
            ? (await import("./componentResources.mjs")).componentResources(values.name)
            : resourcesOf(contentOf(file), file === "-" ? "Standard input" : file);
    const policy = policyOf(role, resources, { ...values, logBucket: values["log-bucket"] });
    if (sizeOf(policy) > managedPolicyLimit) {
        console.error(
            `This policy has ${sizeOf(policy)} characters and a managed policy at most ${managedPolicyLimit}: attach it inline (at most 10240), or divide its statements.`,
        );
    }
    console.log(textOf(policy));
}

main().catch((error) => {
    console.error(error.message);
    process.exitCode = 2;
});
