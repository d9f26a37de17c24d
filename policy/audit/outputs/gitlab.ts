import type { Severity } from "../../rule";
import { fingerprintOf } from "../fingerprint";
import type { AuditReport, ReportedResult, ReportedStack } from "../report";
import { placeOf } from "./place";
import { wellFormed } from "./text";

type GitlabSeverity = "info" | "minor" | "major" | "critical" | "blocker";

/** One entry of a Code Quality report. */
interface CodeQualityEntry {
    readonly description: string;
    readonly check_name: string;
    /** The same from pipeline to pipeline, and of no other entry: by it GitLab tells new from known. */
    readonly fingerprint: string;
    readonly severity: GitlabSeverity;
    readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

/** What fails the audit keeps the whole scale; advice stays one step below. */
const failing: Readonly<Record<Severity, GitlabSeverity>> = {
    critical: "blocker",
    high: "critical",
    medium: "major",
    low: "minor",
};
const advised: Readonly<Record<Severity, GitlabSeverity>> = {
    critical: "critical",
    high: "major",
    medium: "minor",
    low: "info",
};

/**
 * The report for GitLab's merge requests (`artifacts:reports:codequality`). What is exempted or baselined is accepted,
 * and left out. Source: GitLab, "Code Quality", "Code Quality report format".
 */
export function gitlab(report: AuditReport): string {
    const entries = report.stacks.flatMap((stack) => [
        ...stack.problems.map((problem, index) => unreadable(stack, problem, index)),
        ...distinct(stack).map(([result, fingerprint]) => entryOf(stack, result, fingerprint)),
    ]);
    return `${JSON.stringify(entries, null, 2)}\n`;
}

function entryOf(stack: ReportedStack, result: ReportedResult, fingerprint: string): CodeQualityEntry {
    const { rule, name, urn, message } = result;
    const about = name ?? urn;
    return {
        description: wellFormed(`${stack.stack}${about === undefined ? "" : `, ${about}`}: ${message}`),
        check_name: rule,
        fingerprint,
        severity: severityOf(result),
        location: locationOf(stack),
    };
}

function severityOf({ standing, fails, severity }: ReportedResult): GitlabSeverity {
    if (fails) {
        return failing[severity];
    }
    return standing === "cannot tell" ? "info" : advised[severity];
}

function unreadable(stack: ReportedStack, problem: string, index: number): CodeQualityEntry {
    return {
        description: wellFormed(`${stack.stack}: ${problem}`),
        check_name: "unreadable-stack",
        fingerprint: `unreadable ${wellFormed(stack.stack)} ${index}`,
        severity: "blocker",
        location: locationOf(stack),
    };
}

/** A rule may say two things of one property; GitLab drops the second entry with the same fingerprint. */
function distinct({ stack, results }: ReportedStack): [ReportedResult, string][] {
    const seen = new Map<string, number>();
    const open = results.filter(({ standing }) => standing !== "baselined" && standing !== "exempted");
    return open.map((result) => {
        const fingerprint = fingerprintOf(stack, result);
        const earlier = seen.get(fingerprint) ?? 0;
        seen.set(fingerprint, earlier + 1);
        return [result, earlier === 0 ? fingerprint : `${fingerprint}-${earlier + 1}`];
    });
}

function locationOf(stack: ReportedStack): CodeQualityEntry["location"] {
    return { path: wellFormed(placeOf(stack).split(/[\\/]/).join("/")), lines: { begin: 1 } };
}
