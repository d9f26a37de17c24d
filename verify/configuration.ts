import { installedPackage } from "@encrypted-edge/common";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { bounded } from "./bounded";
import { printable } from "./printable";
import type { Configuration, PolicyResult } from "./report";

/** What of the audit's report is read; its form is published as audit-report.schema.json of the pack. */
interface AuditReport {
    readonly pack: { readonly name: string; readonly version: string };
    readonly stacks: readonly {
        readonly stack: string;
        readonly resources: number;
        readonly problems: readonly string[];
        readonly results: readonly {
            readonly rule: string;
            readonly severity: string;
            readonly standing: string;
            readonly urn?: string;
            readonly message: string;
            readonly exempted?: { readonly reason: string; readonly expires: string };
        }[];
    }[];
}

/** The state of a stack as the policy pack sees it, and the stack's name in it. */
export interface JudgedState {
    readonly stack: string | undefined;
    readonly configuration: Configuration;
}

const pack = "@encrypted-edge/policy";
const packCommand = "encrypted-edge-policy.js";
/** Milliseconds for a state; ten thousand resources take one second. */
const patience = 60_000;

/**
 * Has the policy pack judge a state, as `pulumi stack export` writes it, by its own command and its published report.
 *
 * @param policyConfig file with the pack's configuration, exemptions included; default: every rule at its own level
 * @throws Error if the pack is not installed
 */
export async function judgeState(state: string, policyConfig?: string): Promise<JudgedState> {
    const installed = installedPackage(pack, process.cwd()) ?? installedPackage(pack, __dirname);
    if (installed === undefined) {
        throw new Error(`--state needs the policy pack: npm install --save-dev ${pack}`);
    }
    const configured = policyConfig === undefined ? [] : ["--policy-config", policyConfig];
    const command = [path.join(installed.folder, packCommand), "audit", "-", "--json", "-", ...configured];
    const { out, err } = await run(command, state);
    let report: AuditReport;
    try {
        report = JSON.parse(out) as AuditReport;
    } catch {
        throw new Error(`The policy pack did not judge the state: ${err.trim() || "it said nothing"}`);
    }
    return judgedOf(report, policyConfig === undefined ? [] : disabledRules(readFileSync(policyConfig, "utf8")));
}

/** The rules that a policy configuration switches off; the pack has checked the file by then. */
function disabledRules(text: string): string[] {
    const levelOf = (value: unknown) =>
        typeof value === "string" ? value : (value as { readonly enforcementLevel?: string } | null)?.enforcementLevel;
    return Object.entries(JSON.parse(text) as Readonly<Record<string, unknown>>)
        .filter(([, value]) => levelOf(value) === "disabled")
        .map(([rule]) => rule);
}

/** What a report of the audit means for one stack. */
export function judgedOf(report: AuditReport, disabled: readonly string[] = []): JudgedState {
    const [stack] = report.stacks;
    const results = (stack?.results ?? []).map(
        ({ rule, severity, standing, urn, message, exempted }): PolicyResult => ({
            rule,
            severity,
            standing,
            ...(urn === undefined ? {} : { urn: printable(urn) }),
            message: printable(message, 2000),
            ...(exempted === undefined
                ? {}
                : { exempted: printable(`until ${exempted.expires}: ${exempted.reason}`, 2000) }),
        }),
    );
    const problems = stack === undefined ? ["there is no stack in it"] : stack.problems.map((one) => printable(one));
    const has = (standing: string) => results.some((one) => one.standing === standing);
    return {
        stack: stack?.stack,
        configuration: {
            pack: report.pack.name,
            packVersion: report.pack.version,
            verdict: has("mandatory")
                ? "fail"
                : problems.length > 0 || has("cannot tell")
                  ? "cannot tell"
                  : has("advisory")
                    ? "warn"
                    : "pass",
            resources: stack?.resources ?? 0,
            disabled,
            results,
            problems,
        },
    };
}

async function run(command: readonly string[], input: string): Promise<{ out: string; err: string }> {
    return bounded(
        patience,
        `the policy pack did not judge the state within ${patience / 1000} s`,
        (resolve, reject) => {
            const child = spawn(process.execPath, command, { stdio: "pipe" });
            let [out, err] = ["", ""];
            child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
            child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
            child.stdin.on("error", () => undefined);
            child.on("error", reject);
            child.on("close", () => resolve({ out, err }));
            child.stdin.end(input);
            return () => child.kill();
        },
    );
}
