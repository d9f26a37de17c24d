import { styleText } from "node:util";
import { fitted } from "@encrypted-edge/common";
import { nameOf } from "../../graph";
import { isReadInPart, isUnreadable, unreadName } from "../auditedStack";
import {
    ExitCode,
    standings,
    type AuditReport,
    type ReportedResult,
    type ReportedStack,
    type Standing,
} from "../report";
import { count, grouped, printable } from "./text";

export interface TableOptions {
    /** Colours, for a terminal. */
    readonly colors: boolean;
    /** Every result, instead of the first few of each rule in each stack. */
    readonly verbose: boolean;
    /** Columns of the terminal, at which lines are broken between words. Default: none is broken. */
    readonly columns?: number;
}

type Color = "red" | "yellow" | "green" | "gray" | "bold" | "cyan";

const colorOf: Readonly<Record<Standing, Color>> = {
    mandatory: "red",
    advisory: "yellow",
    "cannot tell": "cyan",
    baselined: "gray",
    exempted: "gray",
};

/** How many results of one rule are shown for a stack. */
const shownPerRule = 3;

/** The report for people: stacks worst first, each result with its path, totals and what to do at the end. */
export function table(report: AuditReport, options: TableOptions): string {
    const paint = (color: Color, text: string) => (options.colors ? styleText(color, text) : text);
    const noisy = report.stacks.filter((stack) => stack.results.length > 0 || stack.problems.length > 0);
    const lines = [
        ...noisy.flatMap((stack) => [...stackLines(stack, options, paint), ""]),
        ...configurationLines(report, paint),
        ...totalLines(report, paint),
    ];
    return `${fitted(lines.join("\n"), { isTTY: options.columns !== undefined, columns: options.columns })}\n`;
}

type Paint = (color: Color, text: string) => string;

function stackLines(stack: ReportedStack, options: TableOptions, paint: Paint): string[] {
    const counts = standings
        .filter((standing) => stack.counts[standing] > 0)
        .map((standing) => paint(colorOf[standing], `${grouped(stack.counts[standing])} ${standing}`));
    const unreadable = isUnreadable(stack) ? [paint("red", unreadName(stack))] : [];
    const source = stack.source === stack.stack ? "" : `  ${paint("gray", printable(stack.source))}`;
    const title = `${paint("bold", printable(stack.stack))}  ${[...unreadable, ...counts].join(", ")}${source}`;
    return [
        title,
        ...stack.problems.map((problem) => indented(printable(problem), 2)),
        ...byRule(stack.results).flatMap((results) => ruleLines(results, options, paint)),
    ];
}

/** Results of one rule and standing, in the order of the report. */
function byRule(results: readonly ReportedResult[]): ReportedResult[][] {
    const groups = new Map<string, ReportedResult[]>();
    for (const result of results) {
        const key = `${result.standing} ${result.rule}`;
        const group = groups.get(key);
        if (group === undefined) {
            groups.set(key, [result]);
        } else {
            group.push(result);
        }
    }
    return [...groups.values()];
}

function ruleLines(results: readonly ReportedResult[], { verbose }: TableOptions, paint: Paint): string[] {
    const { standing, rule, severity } = results[0] as ReportedResult;
    // What is known and accepted is only counted here, and told in the other outputs.
    const accepted = standing === "baselined" || standing === "exempted";
    const full = standing === "mandatory" ? shownPerRule : accepted ? 0 : 1;
    const shown = verbose ? results : results.slice(0, full);
    const hidden = results.length - shown.length;
    const number = results.length === 1 ? "" : ` x ${grouped(results.length)}`;
    return [
        `  ${paint(colorOf[standing], standing)} ${rule} (${severity})${number}`,
        ...shown.flatMap((result) => resultLines(result, paint)),
        ...(hidden > 0 && !accepted ? [`      ${grouped(hidden)} more; --verbose shows all`] : []),
    ];
}

function resultLines(result: ReportedResult, paint: Paint): string[] {
    const place = [...result.parents.map(nameOf), result.name ?? result.urn ?? "the whole stack"].join(" / ");
    const type = result.type === undefined ? "" : ` ${paint("gray", printable(result.type))}`;
    const path = result.path === undefined || result.path === "" ? "" : `  at ${printable(result.path)}`;
    return [`      ${printable(place)}${type}${path}`, indented(printable(result.message), 8)];
}

function configurationLines(report: AuditReport, paint: Paint): string[] {
    if (report.unusedExemptions.length === 0) {
        return [];
    }
    return [
        paint("bold", "Policy configuration"),
        ...report.unusedExemptions.map(({ message }) => indented(printable(message), 2)),
        "",
    ];
}

const failsFor: Readonly<Record<AuditReport["failOn"], string>> = {
    mandatory: "mandatory violation",
    "cannot-tell": "mandatory violation, and for everything that a mandatory rule could not tell",
    advisory: "finding that is neither exempted nor baselined",
};

function them(number: number): string {
    return number === 1 ? "it" : "them";
}

function totalLines({ totals, fixed, exitCode, failOn, ...report }: AuditReport, paint: Paint): string[] {
    const clean = report.stacks.filter((stack) => stack.results.length === 0 && stack.problems.length === 0).length;
    const parts = standings
        .filter((standing) => totals[standing] > 0)
        .map((standing) => paint(colorOf[standing], `${grouped(totals[standing])} ${standing}`));
    const lines = [
        `${count(totals.stacks, "stack")}, ${count(totals.resources, "resource")}: ${parts.length === 0 ? "nothing found" : parts.join(", ")}; ${count(clean, "stack")} without any finding.`,
    ];
    const partly = report.stacks.filter(isReadInPart).length;
    const unread = totals.unreadable - partly;
    if (unread > 0) {
        lines.push(
            paint("red", `${count(unread, "stack")} could not be read, so nothing is known of ${them(unread)}.`),
        );
    }
    if (partly > 0) {
        const problem = `could be read only in part; the rest of ${them(partly)} is unknown.`;
        lines.push(paint("red", `${count(partly, "stack")} ${problem}`));
    }
    if (fixed !== undefined && totals.fixed > 0) {
        lines.push(...fixedLines(fixed, totals.fixed));
    }
    if (totals.remaining > 0) {
        lines.push(
            paint(
                "red",
                `Interrupted: ${count(totals.remaining, "stack")} ${totals.remaining === 1 ? "was" : "were"} not audited. With --resume, the next run continues from here.`,
            ),
        );
    }
    const fails = report.stacks.some((stack) => stack.results.some((result) => result.fails));
    if (fails) {
        const start = fixed === undefined ? ", or start a baseline with --create-baseline" : "";
        const level = failsFor[failOn];
        lines.push(
            paint("red", `Fails for every ${level}.`) +
                ` Correct the program and run \`pulumi up\`, or exempt a resource with a reason and a date in --policy-config${start}.`,
        );
    } else if (exitCode === ExitCode.Clean) {
        lines.push(totals.undecided === 0 ? paint("green", "Passed.") : undecidedLine(totals.undecided, paint));
    }
    return lines;
}

/** "Passed" alone would claim what nobody has seen. */
function undecidedLine(undecided: number, paint: Paint): string {
    const times = undecided === 1 ? "once" : `${grouped(undecided)} times`;
    return (
        paint("yellow", `No violation was seen, but mandatory rules could not tell ${times}.`) +
        " Each says above what it needs; --fail-on cannot-tell makes this fail."
    );
}

const shownFixed = 5;

function fixedLines(fixed: NonNullable<AuditReport["fixed"]>, total: number): string[] {
    const [entries, them] = total === 1 ? ["entry", "it"] : ["entries", "them"];
    const occur = total === 1 ? "occurs" : "occur";
    const shown = fixed
        .slice(0, shownFixed)
        .map(({ stack, rule, urn }) => printable(`  ${stack} ${rule} ${nameOf(urn)}`));
    const hidden = fixed.length - shown.length;
    return [
        `${grouped(total)} ${entries} of the baseline no longer ${occur}: --update-baseline removes ${them}.`,
        ...shown,
        ...(hidden > 0 ? [`  ${grouped(hidden)} more; --json lists all`] : []),
    ];
}

function indented(text: string, width: number): string {
    return text.replace(/^/gm, " ".repeat(width));
}
