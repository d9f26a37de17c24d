import type { AuditReport } from "../report";

/**
 * The report for machines, as audit-report.schema.json describes it. `version` rises when a member changes its meaning
 * or goes away.
 */
export function json(report: AuditReport): string {
    const { pack, failOn, totals, exitCode, stacks, unusedExemptions, fixed } = report;
    return `${JSON.stringify({ version: 2, pack, failOn, exitCode, totals, stacks, unusedExemptions, fixed }, null, 2)}\n`;
}
