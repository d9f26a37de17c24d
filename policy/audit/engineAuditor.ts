import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { createInterface } from "node:readline";

import {
    Exemptions,
    readConfiguration,
    today,
    unusedExemption,
    type Configuration,
    type Exemption,
} from "../configuration";
import { unusedResult, standingIn } from "../judging";
import { isObject, own, readState } from "../graph";
import { packageFolder } from "../ownPackage";
import type { Rule } from "../rule";
import { readBy } from "../translation";
import type { AuditedResult } from "./auditedStack";
import {
    auditSource,
    descriptions,
    enabledRules,
    pendingProblems,
    unreadableStack,
    type AuditTask,
} from "./auditSource";
import type { Auditor } from "./runAudit";
import { openState, readSource, withoutPassword, type PulumiCli } from "./sources";

type EngineResult = Omit<AuditedResult, "parents">;

type Analyzed = { readonly events: readonly unknown[] } | { readonly problem: string };

/**
 * Judges a state with `pulumi policy analyze`, for who wants the engine's own word: many times slower, and
 * without the property path of a result, which the engine does not pass on.
 */
export function engineAuditor(rules: readonly Rule[]): Auditor {
    return async (task, signal) => {
        // What is wrong with a source is said in the same words either way.
        const direct = await auditSource(task, [], new Set());
        if (direct.kind === "known" || direct.hash === undefined || direct.stack.problems.length > 0) {
            return direct;
        }
        const opened = await readSource(task.source, task.cli, (content) => openState(content));
        if ("problem" in opened) {
            return { kind: "judged", stack: unreadableStack(task.source, opened.problem) };
        }
        const analyzed = await inFolder((folder) => analyze(task, opened.parsed, folder, signal));
        if ("problem" in analyzed) {
            return { kind: "judged", stack: unreadableStack(task.source, analyzed.problem) };
        }
        const state = readState(opened.parsed);
        const describe = state.kind === "state" ? descriptions(state) : () => ({ parents: [] });
        const { configuration } = readConfiguration(task.policyConfiguration, rules);
        const isRead = readBy(enabledRules(rules, configuration));
        const problems = state.kind === "state" ? pendingProblems(state.pending, isRead) : [];
        const read = resultReader(rules, configuration);
        const results = analyzed.events.flatMap(read).map((result) => ({ ...result, ...describe(result.urn) }));
        return { kind: "judged", hash: direct.hash, stack: { ...direct.stack, problems, results } };
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

async function analyze(task: AuditTask, parsed: unknown, folder: string, signal: AbortSignal): Promise<Analyzed> {
    const file = path.join(folder, "state.json");
    await writeFile(file, JSON.stringify(exported(parsed), withoutCiphertext), { mode: 0o600 });
    const args = ["policy", "analyze", "--file", file, "--policy-pack", packageFolder, "--json", "--non-interactive"];
    if (task.policyConfiguration !== undefined) {
        const configuration = path.join(folder, "configuration.json");
        await writeFile(configuration, JSON.stringify(task.policyConfiguration), { mode: 0o600 });
        args.push("--policy-pack-config", configuration);
    }
    return runAnalyze(task.cli, args, folder, signal);
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

function runAnalyze(cli: PulumiCli, args: readonly string[], cwd: string, signal: AbortSignal): Promise<Analyzed> {
    const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
    const child = spawn(cli.command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], signal });
    const events: unknown[] = [];
    const said: string[] = [];
    let finished = false;
    createInterface({ input: child.stdout }).on("line", (line) => {
        const event = parseEvent(line);
        if (own(event, "summaryEvent") !== undefined) {
            finished = true;
        }
        const policyEvent = own(event, "policyEvent");
        if (policyEvent !== undefined) {
            events.push(policyEvent);
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
                resolve({ events });
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

/** Reads the engine's events with what it has no field for: the rule's own level, exemptions and their use. */
function resultReader(rules: readonly Rule[], configuration: Configuration): (event: unknown) => EngineResult[] {
    const exemptions = new Map(rules.map((rule) => [rule.name, new Exemptions(configuration.of(rule).exemptions)]));
    const unused = new Map(
        rules.flatMap((rule) =>
            exemptionsOf(configuration.of(rule).exemptions)
                .map((exemption) => unusedResult(rule, exemption, configuration))
                .map((result) => [result.message, result]),
        ),
    );
    return (event) => {
        const name = text(own(event, "policyName"));
        // The engine puts the rule's description before the message.
        const [first = "", ...lines] = uncolored(text(own(event, "message"))).split("\n");
        const message = lines.join("\n").trim();
        const rule = rules.find((known) => known.name === name);
        if (rule === undefined) {
            const result = name === unusedExemption.name ? unused.get(message) : undefined;
            return result === undefined ? [] : [{ ...result, chain: undefined }];
        }
        const urn = text(own(event, "resourceUrn"));
        const standing = standingIn(first, rule.description);
        const covering = standing === "exempted" ? exemptions.get(name)?.covering(urn, today()) : undefined;
        return [
            {
                rule: name,
                severity: rule.severity,
                level: own(event, "enforcementLevel") === "advisory" ? "advisory" : "mandatory",
                ruleLevel: configuration.of(rule).level === "advisory" ? "advisory" : "mandatory",
                kind: standing === "cannot tell" ? "cannot tell" : "violation",
                ...(urn === "" ? {} : { urn }),
                message,
                ...(covering && { exempted: covering.exemption }),
            },
        ];
    };
}

function exemptionsOf(configured: unknown): readonly Exemption[] {
    return Array.isArray(configured) ? (configured as Exemption[]) : [];
}

/** The engine's messages hold colour directives such as `<{%reset%}>`. */
function uncolored(message: string): string {
    return message.replace(/<\{%[^%]*%\}>/g, "");
}

function text(value: unknown): string {
    return typeof value === "string" ? value : "";
}
