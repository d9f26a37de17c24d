import { styleText } from "node:util";
import { wrapped } from "@encrypted-edge/common";
import { changeInWords } from "./comparison";
import { type Finding, hops, type Report, type Verdict } from "./report";
import { counted } from "./verdicts";

const marks: Readonly<Record<Verdict, { readonly text: string; readonly color: "green" | "red" | "yellow" }>> = {
    pass: { text: "pass", color: "green" },
    warn: { text: "warn", color: "yellow" },
    fail: { text: "FAIL", color: "red" },
    "cannot tell": { text: "cannot tell", color: "yellow" },
};

/** Fewer columns than this beside a name are too few to be read: what is said stands below it then. */
const narrowest = 30;

export interface TableOptions {
    /** Colours; default none. */
    readonly color?: boolean;
    /** Columns of the terminal. Default 120. */
    readonly width?: number;
}

/** The report for people: one line a finding, grouped by hop, and what was expected where it failed. */
export function table(report: Report, { color = false, width = 120 }: TableOptions = {}): string {
    const paint = (format: Parameters<typeof styleText>[0], text: string) =>
        color ? styleText(format, text, { validateStream: false }) : text;
    const markWidth = Math.max(
        ...[...report.findings, ...report.hops].map(({ verdict }) => marks[verdict].text.length),
        0,
    );
    const nameWidth = Math.max(...report.findings.map((one) => one.probe.length), ...hops.map((hop) => hop.length), 0);
    const row = (verdict: Verdict, name: string, texts: readonly string[]) => {
        const mark = marks[verdict];
        const start = `  ${paint(mark.color, mark.text.padEnd(markWidth))}  `;
        const below = 2 + markWidth + 2;
        const beside = below + nameWidth + 2;
        const isNarrow = width - beside < narrowest;
        const indent = isNarrow ? below : beside;
        const shown = texts.map((text) => hanging(text, width - indent, indent)).join(`\n${" ".repeat(indent)}`);
        return isNarrow ? `${start}${name}\n${" ".repeat(indent)}${shown}` : start + name.padEnd(nameWidth + 2) + shown;
    };
    const line = ({ verdict, probe, seen, expected }: Finding) =>
        row(verdict, probe, verdict === "fail" || verdict === "warn" ? [seen, `expected: ${expected}`] : [seen]);
    const groups = hops.flatMap((hop) => {
        const findings = report.findings.filter((one) => one.hop === hop);
        return [...new Set(findings.map((one) => one.name))].map((name) => {
            const lines = findings.filter((one) => one.name === name).map(line);
            return `${paint("bold", hop)}  ${name}\n${lines.join("\n")}`;
        });
    });
    const head = report.rehearsed
        ? `${report.network}: this shows what was deployed here, not what AWS does.`
        : `Probed over ${report.network}.`;
    const verdicts = report.hops.map(({ hop, verdict, restsOn, configuration }) =>
        row(verdict, hop, [
            restsOn,
            ...(configuration === undefined ? [] : [`from the configuration: ${configuration}`]),
        ]),
    );
    const changed = report.comparison?.changes.map((one) => `  ${hanging(changeInWords(one), width - 2, 2)}`) ?? [];
    const result = `${marks[report.verdict].text}: ${counted(report.findings)}`;
    return [
        hanging(head, width, 0),
        ...groups,
        `${paint("bold", "What each hop's verdict rests on")}\n${verdicts.join("\n")}`,
        ...(changed.length === 0
            ? []
            : [`${paint("bold", `Changed since ${report.comparison?.startedAt}`)}\n${changed.join("\n")}`]),
        `${paint([marks[report.verdict].color, "bold"], result)}\n${hanging(report.summary, width, 0)}`,
    ].join("\n\n");
}

function hanging(text: string, width: number, indent: number): string {
    return wrapped(text, Math.max(width, narrowest)).join(`\n${" ".repeat(indent)}`);
}
