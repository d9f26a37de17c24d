import { fingerprintOf } from "../fingerprint";
import type { AuditReport } from "../report";

/**
 * The report for machines, as audit-report.schema.json describes it. `version` rises when a member changes its meaning
 * or goes away.
 */
export function json(report: AuditReport): string {
    const { pack, failOn, totals, exitCode, unusedExemptions, fixed } = report;
    const stacks = report.stacks.map(({ results, ...stack }) => ({
        ...stack,
        results: results.map((result) => ({ ...result, fingerprint: fingerprintOf(stack.stack, result) })),
    }));
    return `${JSON.stringify({ version: 2, pack, failOn, exitCode, totals, stacks, unusedExemptions, fixed }, null, 2)}\n`;
}
