import { fingerprintOf } from "../fingerprint";
import type { AuditReport, ReportedResult, ReportedStack } from "../report";

/** A piece of this many characters is written at once. */
const pieceLength = 65_536;

/**
 * The report for machines, as audit-report.schema.json describes it, in pieces: the whole of a large estate does not fit
 * into memory beside what it is made of. Each result has a line. `version` rises when a member changes its meaning or goes
 * away.
 */
export function* json({
    pack,
    failOn,
    totals,
    exitCode,
    unusedExemptions,
    fixed,
    stacks,
}: AuditReport): Iterable<string> {
    yield `${JSON.stringify({ version: 2, pack, failOn, exitCode, totals }, null, 2).slice(0, -2)},\n  "stacks": [`;
    for (const [index, stack] of stacks.entries()) {
        yield `${separator(index)}\n    `;
        yield* stackPieces(stack);
    }
    yield `\n  ],\n  "unusedExemptions": ${JSON.stringify(unusedExemptions)}`;
    yield `${fixed === undefined ? "" : `,\n  "fixed": ${JSON.stringify(fixed)}`}\n}\n`;
}

function* stackPieces({ results, ...stack }: ReportedStack): Iterable<string> {
    let piece = `${JSON.stringify(stack).slice(0, -1)},"results":[`;
    for (const [index, result] of results.entries()) {
        piece += `${separator(index)}\n      ${resultText(stack.stack, result)}`;
        if (piece.length >= pieceLength) {
            yield piece;
            piece = "";
        }
    }
    yield `${piece}\n    ]}`;
}

/** The fingerprint is put into the text: a copy of the result that has it takes longer to make than all of the text. */
function resultText(stack: string, result: ReportedResult): string {
    return `${JSON.stringify(result).slice(0, -1)},"fingerprint":"${fingerprintOf(stack, result)}"}`;
}

function separator(index: number): string {
    return index === 0 ? "" : ",";
}
