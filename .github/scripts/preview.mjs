#!/usr/bin/env node
// Previews a stack under the policy pack, saves the plan as plan.json, and writes what a reviewer has to know to FOLDER:
// comment.md, which comment.mjs posts, and state.txt, the state that the plan was made from. A preview that the pack
// refuses is reported as one that passes, and then ends with its exit code.
// Environment: PULUMI_BACKEND_URL; POLICY_PACK, the folder of the pack (default: policy); POLICY_CONFIG, its configuration
// file; PULUMI (default: pulumi) names the CLI; GITHUB_STEP_SUMMARY gets the report, too.
import { spawn, spawnSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { previewReport } from "./preview-report.mjs";
import { stateFingerprint } from "./state-fingerprint.mjs";

const [stack, folder] = process.argv.slice(2);
if (!stack || !folder) {
    console.error("usage: preview.mjs STACK FOLDER");
    process.exit(2);
}
const pulumi = process.env.PULUMI || "pulumi";
const temporary = mkdtempSync(path.join(tmpdir(), "preview-"));
const eventLog = path.join(temporary, "events.json");

/** Runs the preview; what it prints goes on to the log and is kept. */
function preview() {
    const { POLICY_PACK: pack, POLICY_CONFIG: configuration } = process.env;
    const policy = [
        "--policy-pack",
        pack || "policy",
        ...(configuration ? ["--policy-pack-config", configuration] : []),
    ];
    const args = ["preview", "--stack", stack, ...policy, "--diff", "--save-plan", "plan.json"];
    const quiet = ["--non-interactive", "--suppress-progress", "--color", "never", "--event-log", eventLog];
    // The event log is one of the CLI's debugging commands; the Automation API reads it in the same way.
    const child = spawn(pulumi, [...args, ...quiet], {
        env: { ...process.env, PULUMI_DEBUG_COMMANDS: "true" },
        stdio: ["ignore", "pipe", 2],
    });
    let output = "";
    child.stdout.on("data", (chunk) => {
        process.stdout.write(chunk);
        output += chunk;
    });
    return new Promise((resolve, reject) => {
        child.on("error", reject);
        child.on("close", (code) => resolve({ code: code ?? 1, output }));
    });
}

/** The engine's events. Of an engine that was killed the last line may be half of one: what it said before still counts. */
function events() {
    const lines = existsSync(eventLog) ? readFileSync(eventLog, "utf8").split("\n") : [];
    return lines.flatMap((line) => {
        try {
            return JSON.parse(line) ?? [];
        } catch {
            return [];
        }
    });
}

try {
    mkdirSync(folder, { recursive: true });
    // Before the preview: a deployment in between makes the plan stale, and must not make it look fresh.
    writeFileSync(path.join(folder, "state.txt"), `${stateFingerprint(pulumi, stack)}\n`);
    const { code, output } = await preview();
    const commit = spawnSync("git", ["rev-parse", "HEAD"], { encoding: "utf8" }).stdout.trim();
    const report = previewReport({ stack, commit, code, output, events: events() });
    writeFileSync(path.join(folder, "comment.md"), report);
    if (process.env.GITHUB_STEP_SUMMARY) {
        appendFileSync(process.env.GITHUB_STEP_SUMMARY, report);
    }
    process.exitCode = code;
} catch (error) {
    console.error(error.code === "ENOENT" ? `${pulumi} is not installed.` : error.message);
    process.exitCode = 1;
} finally {
    rmSync(temporary, { recursive: true, force: true });
}
