import { fingerprintOf } from "../fingerprint";
import type { AuditReport, ReportedStack } from "../report";

/** A piece of this many characters is written at once. */
const pieceLength = 65_536;

/**
 * The report for machines, as audit-report.schema.json describes it, in pieces: the whole of a large estate does not fit
 * into memory beside what it is made of. Each result has a line. `version` rises when a member changes its meaning or goes
 * away.
 */
export function* json(report: AuditReport): Iterable<string> {
    let piece = "";
    for (const text of texts(report)) {
        piece += text;
        if (piece.length >= pieceLength) {
            yield piece;
            piece = "";
        }
    }
    yield piece;
}

function* texts({ pack, failOn, totals, exitCode, unusedExemptions, fixed, stacks }: AuditReport): Iterable<string> {
    yield `${JSON.stringify({ version: 2, pack, failOn, exitCode, totals }, null, 2).slice(0, -2)},\n  "stacks": `;
    yield* list(stacks, "  ", stackTexts);
    yield `,\n  "unusedExemptions": ${JSON.stringify(unusedExemptions)}`;
    yield `${fixed === undefined ? "" : `,\n  "fixed": ${JSON.stringify(fixed)}`}\n}\n`;
}

function* stackTexts({ results, ...stack }: ReportedStack): Iterable<string> {
    yield `${JSON.stringify(stack).slice(0, -1)},"results":`;
    yield* list(results, "    ", (result) => [
        JSON.stringify({ ...result, fingerprint: fingerprintOf(stack.stack, result) }),
    ]);
    yield "}";
}

/** A list with a line for each of its items. */
function* list<Item>(
    items: readonly Item[],
    indent: string,
    texts: (item: Item) => Iterable<string>,
): Iterable<string> {
    yield "[";
    for (const [index, item] of items.entries()) {
        yield `${index === 0 ? "" : ","}\n${indent}  `;
        yield* texts(item);
    }
    yield items.length === 0 ? "]" : `\n${indent}]`;
}
