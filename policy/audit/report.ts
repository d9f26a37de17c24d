import type { Exemption } from "../configuration";
import type { Rule, Severity } from "../rule";
import { edgeResourcesReadable } from "../rules";
import { isUnreadable, type AuditedResult, type AuditedStack } from "./auditedStack";
import type { BaselineEntry, ComparedBaseline } from "./baseline";

/** Each result has exactly one standing. */
export type Standing = "mandatory" | "advisory" | "cannot tell" | "baselined" | "exempted";

export const standings: readonly Standing[] = ["mandatory", "advisory", "cannot tell", "baselined", "exempted"];

/**
 * What fails the audit: violations of mandatory rules, also what a mandatory rule cannot tell, or every finding. What is
 * exempted or baselined never fails.
 */
export type FailOn = (typeof failOnLevels)[number];
export const failOnLevels = ["mandatory", "cannot-tell", "advisory"] as const;

export interface ReportedResult extends AuditedResult {
    readonly standing: Standing;
    /** True where this result alone makes the audit fail. */
    readonly fails: boolean;
}

export interface ReportedStack extends AuditedStack {
    readonly results: readonly ReportedResult[];
    readonly counts: Readonly<Record<Standing, number>>;
}

export interface Totals extends Readonly<Record<Standing, number>> {
    readonly stacks: number;
    readonly unreadable: number;
    readonly resources: number;
    /** What mandatory rules could not tell, or could not read at all; nobody knows whether they hold there. */
    readonly undecided: number;
    /** Baseline entries that no longer occur. */
    readonly fixed: number;
    /** Stacks that an interruption left out. */
    readonly remaining: number;
}

/** An exemption of the policy configuration, the rule that it belongs to, and what to do about it. */
export interface UnusedExemption extends Exemption {
    readonly of: string;
    readonly message: string;
}

/** The verdict over an estate, as every output shows it. */
export interface AuditReport {
    readonly pack: { readonly name: string; readonly version: string };
    readonly rules: readonly Rule[];
    readonly failOn: FailOn;
    /** Worst first. */
    readonly stacks: readonly ReportedStack[];
    /** Exemptions that covered nothing in any stack. */
    readonly unusedExemptions: readonly UnusedExemption[];
    /** Undefined where no baseline was given. */
    readonly fixed?: readonly BaselineEntry[];
    readonly totals: Totals;
    readonly exitCode: ExitCode;
}

/** What the process answers; documented in the command's help. */
export enum ExitCode {
    Clean = 0,
    Violations = 1,
    Usage = 2,
    Incomplete = 3,
    Interrupted = 130,
}

export interface ReportInput {
    readonly pack: AuditReport["pack"];
    readonly rules: readonly Rule[];
    readonly failOn: FailOn;
    readonly stacks: readonly AuditedStack[];
    readonly remaining: number;
    readonly baseline?: ComparedBaseline;
}

export function makeReport(input: ReportInput): AuditReport {
    const stacks = input.stacks.map((stack) => reportedStack(stack, input)).sort(worstFirst);
    const fixed = input.baseline?.fixed;
    const totals: Totals = {
        stacks: stacks.length,
        unreadable: stacks.filter(isUnreadable).length,
        resources: sum(stacks.map((stack) => stack.resources)),
        ...(Object.fromEntries(
            standings.map((standing) => [standing, sum(stacks.map(({ counts }) => counts[standing]))]),
        ) as Record<Standing, number>),
        undecided: sum(stacks.map(({ results }) => results.filter(isUndecided).length)),
        fixed: sum((fixed ?? []).map((entry) => entry.count)),
        remaining: input.remaining,
    };
    const fails = stacks.some((stack) => stack.results.some((result) => result.fails));
    return {
        pack: input.pack,
        rules: input.rules,
        failOn: input.failOn,
        stacks,
        unusedExemptions: unusedExemptions(input.stacks),
        fixed,
        totals,
        exitCode: exitCode(totals, fails),
    };
}

function exitCode(totals: Totals, fails: boolean): ExitCode {
    if (totals.remaining > 0) {
        return ExitCode.Interrupted;
    }
    if (fails) {
        return ExitCode.Violations;
    }
    return totals.unreadable > 0 ? ExitCode.Incomplete : ExitCode.Clean;
}

function reportedStack(stack: AuditedStack, { baseline, failOn }: ReportInput): ReportedStack {
    const results = stack.results
        .map((result, index): ReportedResult | undefined => {
            if (result.kind === "unused exemption") {
                return undefined;
            }
            const standing = standingOf(result, baseline?.isBaselined(stack, index) ?? false);
            const fails = doesFail(standing, result, failOn);
            const more = { standing, fails };
            // Completed where it is, for a copy of each is a sixth of the memory of a large audit; a state that lies in
            // two places has the same results in both, and its standing may differ.
            return "standing" in result ? { ...result, ...more } : Object.assign(result, more);
        })
        .filter((result) => result !== undefined)
        .sort(byWeight);
    return { ...stack, results, counts: countsOf(results) };
}

function doesFail(standing: Standing, result: AuditedResult, failOn: FailOn): boolean {
    switch (standing) {
        case "mandatory":
            return true;
        case "advisory":
        case "cannot tell":
            return failOn === "advisory" || (failOn === "cannot-tell" && isUndecided({ ...result, standing }));
        case "baselined":
        case "exempted":
            return false;
    }
}

/** What a mandatory rule could not tell; what no rule can read, it cannot read either. */
export function isUndecided({
    standing,
    ruleLevel,
    rule,
}: Pick<ReportedResult, "standing" | "ruleLevel" | "rule">): boolean {
    return rule === edgeResourcesReadable.name
        ? standing === "cannot tell" || standing === "advisory"
        : standing === "cannot tell" && ruleLevel === "mandatory";
}

function standingOf(result: AuditedResult, baselined: boolean): Standing {
    if (result.exempted !== undefined) {
        return "exempted";
    }
    if (baselined) {
        return "baselined";
    }
    return result.kind === "cannot tell" ? "cannot tell" : result.level;
}

function countsOf(results: readonly ReportedResult[]): Record<Standing, number> {
    const counts: Record<Standing, number> = { mandatory: 0, advisory: 0, "cannot tell": 0, baselined: 0, exempted: 0 };
    for (const { standing } of results) {
        counts[standing]++;
    }
    return counts;
}

export const severities: readonly Severity[] = ["critical", "high", "medium", "low"];

function byWeight(a: ReportedResult, b: ReportedResult): number {
    return (
        standings.indexOf(a.standing) - standings.indexOf(b.standing) ||
        severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
        compareTexts(a.rule, b.rule) ||
        compareTexts(a.urn ?? "", b.urn ?? "") ||
        compareTexts(a.path ?? "", b.path ?? "")
    );
}

function worstFirst(a: ReportedStack, b: ReportedStack): number {
    return (
        b.counts.mandatory - a.counts.mandatory ||
        Number(isUnreadable(b)) - Number(isUnreadable(a)) ||
        b.counts.advisory - a.counts.advisory ||
        b.counts["cannot tell"] - a.counts["cannot tell"] ||
        compareTexts(a.stack, b.stack) ||
        compareTexts(a.source, b.source)
    );
}

/** A configuration is shared by many stacks: an exemption is unused where it covers nothing in any of them. */
function unusedExemptions(stacks: readonly AuditedStack[]): UnusedExemption[] {
    const keyOf = (rule: string, { urn, expires }: Exemption) => JSON.stringify([rule, urn, expires]);
    const used = new Set<string>();
    const unused = new Map<string, UnusedExemption>();
    for (const { results } of stacks) {
        for (const { rule, exempted, unused: exemption, message } of results) {
            if (exempted !== undefined) {
                used.add(keyOf(rule, exempted));
            }
            if (exemption !== undefined) {
                unused.set(keyOf(exemption.of, exemption), { ...exemption, message });
            }
        }
    }
    used.forEach((key) => unused.delete(key));
    return [...unused.values()].sort((a, b) => compareTexts(a.message, b.message));
}

function compareTexts(a: string, b: string): number {
    return a === b ? 0 : a < b ? -1 : 1;
}

function sum(numbers: readonly number[]): number {
    return numbers.reduce((total, number) => total + number, 0);
}
