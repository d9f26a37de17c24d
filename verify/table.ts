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

const markWidth = "cannot tell".length;

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
    const probeWidth = Math.max(...report.findings.map((one) => one.probe.length), 0);
    const indent = 2 + markWidth + 2 + probeWidth + 2;
    const line = (finding: Finding) => {
        const mark = marks[finding.verdict];
        const start = `  ${paint(mark.color, mark.text.padEnd(markWidth))}  ${finding.probe.padEnd(probeWidth)}  `;
        const shown =
            finding.verdict === "fail" || finding.verdict === "warn"
                ? [finding.seen, `expected: ${finding.expected}`]
                : [finding.seen];
        return start + shown.map((text) => hanging(text, width - indent, indent)).join(`\n${" ".repeat(indent)}`);
    };
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
    const hopWidth = Math.max(...hops.map((hop) => hop.length));
    const verdicts = report.hops.map(({ hop, verdict, restsOn, configuration }) => {
        const start = `  ${paint(marks[verdict].color, marks[verdict].text.padEnd(markWidth))}  ${hop.padEnd(hopWidth)}  `;
        const column = 2 + markWidth + 2 + hopWidth + 2;
        const stated = configuration === undefined ? [] : [`from the configuration: ${configuration}`];
        return (
            start +
            [restsOn, ...stated].map((text) => hanging(text, width - column, column)).join(`\n${" ".repeat(column)}`)
        );
    });
    const changed = report.comparison?.changes.map((one) => `  ${hanging(changeInWords(one), width - 2, 2)}`) ?? [];
    const result = `${marks[report.verdict].text}: ${counted(report.findings)}`;
    return [
        head,
        ...groups,
        `${paint("bold", "What each hop's verdict rests on")}\n${verdicts.join("\n")}`,
        ...(changed.length === 0
            ? []
            : [`${paint("bold", `Changed since ${report.comparison?.startedAt}`)}\n${changed.join("\n")}`]),
        `${paint([marks[report.verdict].color, "bold"], result)}\n${hanging(report.summary, width, 0)}`,
    ].join("\n\n");
}

function hanging(text: string, width: number, indent: number): string {
    return wrapped(text, Math.max(width, 30)).join(`\n${" ".repeat(indent)}`);
}
