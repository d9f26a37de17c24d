import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { createInterface } from "node:readline";

import { unusedExemption } from "../configuration";
import { isObject, own, readState } from "../graph";
import type { Rule, Severity } from "../rule";
import type { AuditedResult } from "./auditedStack";
import { auditSource, descriptions, unreadableStack, type AuditTask } from "./auditSource";
import type { Auditor } from "./runAudit";
import { openState, readSource, withoutPassword, type PulumiCli } from "./sources";

type EngineResult = Omit<AuditedResult, "parents">;

/**
 * Judges a state with `pulumi policy analyze`, for who wants the engine's own word: many times slower, and
 * without the property path of a result, which the engine does not pass on.
 */
export function engineAuditor(rules: readonly Rule[]): Auditor {
    const severities = new Map([...rules, unusedExemption].map((rule) => [rule.name, rule.severity]));
    return async (task, signal) => {
        // What is wrong with a source is said in the same words either way.
        const direct = await auditSource(task, [], new Set());
        if (direct.kind === "known" || direct.hash === undefined || direct.stack.problems.length > 0) {
            return direct;
        }
        const read = await readSource(task.source, task.cli);
        const opened = "problem" in read ? read : await openState(read.content);
        if ("problem" in opened) {
            return { kind: "judged", stack: unreadableStack(task.source, opened.problem) };
        }
        const analyzed = await inFolder((folder) => analyze(task, opened.parsed, folder, severities, signal));
        if ("problem" in analyzed) {
            return { kind: "judged", stack: unreadableStack(task.source, analyzed.problem) };
        }
        const state = readState(opened.parsed);
        const describe = state.kind === "state" ? descriptions(state) : () => ({ parents: [] });
        const results = analyzed.results.map((result) => ({ ...result, ...describe(result.urn) }));
        return { kind: "judged", hash: direct.hash, stack: { ...direct.stack, results } };
    };
}

/** A state is confidential, so its copy lies in a folder that only this user can open, and goes away. */
async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
    const folder = await mkdtemp(path.join(tmpdir(), "encrypted-edge-audit-"));
    try {
        return await work(folder);
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}

async function analyze(
    task: AuditTask,
    parsed: unknown,
    folder: string,
    severities: ReadonlyMap<string, Severity>,
    signal: AbortSignal,
): Promise<{ readonly results: readonly EngineResult[] } | { readonly problem: string }> {
    const file = path.join(folder, "state.json");
    await writeFile(file, JSON.stringify(exported(parsed), withoutCiphertext), { mode: 0o600 });
    const args = ["policy", "analyze", "--file", file, "--policy-pack", packFolder(), "--json", "--non-interactive"];
    if (task.policyConfiguration !== undefined) {
        const configuration = path.join(folder, "configuration.json");
        await writeFile(configuration, JSON.stringify(task.policyConfiguration), { mode: 0o600 });
        args.push("--policy-pack-config", configuration);
    }
    return runAnalyze(task.cli, args, folder, severities, signal);
}

/**
 * The engine would ask for the key of every stack. What it writes for a secret that it cannot decrypt is written here in
 * its place, so no key is needed and no secret leaves its stack.
 */
function withoutCiphertext(_key: string, value: unknown): unknown {
    return typeof own(value, "ciphertext") === "string" && isObject(value) && signature in value ? "[secret]" : value;
}

const signature = "4dabf18193072939515e22adb298388d";

/** A backend's checkpoint file holds the same deployment under another name. */
function exported(parsed: unknown): unknown {
    const checkpoint = own(parsed, "checkpoint");
    if (checkpoint !== undefined) {
        return { version: 3, deployment: own(checkpoint, "latest") };
    }
    return own(parsed, "deployment") === undefined ? { version: 3, deployment: parsed } : parsed;
}

function packFolder(): string {
    let folder = __dirname;
    while (!existsSync(path.join(folder, "PulumiPolicy.yaml")) && path.dirname(folder) !== folder) {
        folder = path.dirname(folder);
    }
    return folder;
}

function runAnalyze(
    cli: PulumiCli,
    args: readonly string[],
    cwd: string,
    severities: ReadonlyMap<string, Severity>,
    signal: AbortSignal,
): Promise<{ readonly results: readonly EngineResult[] } | { readonly problem: string }> {
    const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
    const child = spawn(cli.command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], signal });
    const results: EngineResult[] = [];
    const said: string[] = [];
    let finished = false;
    createInterface({ input: child.stdout }).on("line", (line) => {
        const event = parseEvent(line);
        if (own(event, "summaryEvent") !== undefined) {
            finished = true;
        }
        const result = resultOf(own(event, "policyEvent"), severities);
        if (result !== undefined) {
            results.push(result);
        }
        const diagnostic = own(event, "diagnosticEvent");
        if (own(diagnostic, "severity") === "error") {
            said.push(text(own(diagnostic, "message")));
        }
    });
    createInterface({ input: child.stderr }).on("line", (line) => said.push(line));
    return new Promise((resolve) => {
        child.on("error", (error) => {
            const known = own(error, "code") === "ENOENT" ? "was not found: name it with --pulumi" : "could not be run";
            resolve({ problem: `The command "${cli.command}" ${known}.` });
        });
        child.on("close", (code) => {
            // Mandatory violations make the command fail, too; then it has summed up before.
            if (finished || code === 0) {
                resolve({ results });
            } else {
                resolve({
                    problem: withoutPassword(
                        `\`pulumi policy analyze\` failed: ${uncolored(said.join(" ")).slice(0, 500)}`,
                    ),
                });
            }
        });
    });
}

function parseEvent(line: string): unknown {
    try {
        return JSON.parse(line);
    } catch {
        return undefined;
    }
}

function resultOf(event: unknown, severities: ReadonlyMap<string, Severity>): EngineResult | undefined {
    const rule = text(own(event, "policyName"));
    const severity = severities.get(rule);
    if (severity === undefined) {
        return undefined;
    }
    // The engine puts the rule's description before the message.
    const message = uncolored(text(own(event, "message")))
        .split("\n")
        .slice(1)
        .join("\n")
        .trim();
    const exempted = /^Exempted until (\d{4}-\d{2}-\d{2}): (.*)$/m.exec(message);
    const urn = text(own(event, "resourceUrn"));
    return {
        rule,
        severity,
        level: own(event, "enforcementLevel") === "advisory" ? "advisory" : "mandatory",
        kind: kindOf(rule, message),
        ...(urn === "" ? {} : { urn }),
        message,
        ...(exempted && { exempted: { urn, expires: exempted[1] as string, reason: exempted[2] as string } }),
    };
}

/** The engine knows violations only; the pack says in words what it could not tell. */
function kindOf(rule: string, message: string): EngineResult["kind"] {
    if (rule === unusedExemption.name) {
        return "unused exemption";
    }
    return message.includes("cannot be told") ? "cannot tell" : "violation";
}

/** The engine's messages hold colour directives such as `<{%reset%}>`. */
function uncolored(message: string): string {
    return message.replace(/<\{%[^%]*%\}>/g, "");
}

function text(value: unknown): string {
    return typeof value === "string" ? value : "";
}
