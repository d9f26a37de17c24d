#!/usr/bin/env node
// Prints a hash of what a stack's state holds. A plan is good for the state that it was made from and for no other.
// Secrets stay as they are encrypted. Environment: PULUMI_BACKEND_URL; PULUMI (default: pulumi) names the CLI.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { pathToFileURL } from "node:url";

/** The hash of a stack's resources and of the operations that never ended. */
export function stateFingerprint(pulumi, stack) {
    const args = ["stack", "export", "--stack", stack, "--non-interactive"];
    const { status, stdout, stderr, error } = spawnSync(pulumi, args, { encoding: "utf8", maxBuffer: 1e9 });
    if (error !== undefined) {
        throw error;
    }
    if (status !== 0) {
        throw new Error(`The state of ${stack} could not be read:\n${stderr}`);
    }
    const { resources = [], pending_operations: pending = [] } = JSON.parse(stdout).deployment ?? {};
    return createHash("sha256")
        .update(JSON.stringify([resources, pending]))
        .digest("hex");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
    const [stack] = process.argv.slice(2);
    if (stack === undefined) {
        console.error("usage: state-fingerprint.mjs STACK");
        process.exit(2);
    }
    try {
        console.log(stateFingerprint(process.env.PULUMI || "pulumi", stack));
    } catch (error) {
        console.error(error.message);
        process.exitCode = 1;
    }
}
