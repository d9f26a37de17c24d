import { escapeMarkup } from "@encrypted-edge/common";
import { type Finding, hops, type Report } from "./report";

/** The report for test servers: a suite for each hop, a case for each finding. What nobody could tell is skipped, not passed. */
export function junit(report: Report): string {
    const suites = hops.flatMap((hop) => {
        const findings = report.findings.filter((one) => one.hop === hop);
        return findings.length === 0 ? [] : [suite(hop, findings)];
    });
    return [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<testsuites name="verify-edge">',
        ...suites,
        "</testsuites>",
        "",
    ].join("\n");
}

function suite(hop: string, findings: readonly Finding[]): string {
    const count = (verdict: Finding["verdict"]) => findings.filter((one) => one.verdict === verdict).length;
    const numbers = `tests="${findings.length}" failures="${count("fail")}" errors="0" skipped="${count("cannot tell")}"`;
    return [`<testsuite name="${hop}" ${numbers}>`, ...findings.map(testCase), "</testsuite>"].join("\n");
}

function testCase({ probe, name, verdict, seen, expected, reproduce }: Finding): string {
    const start = `<testcase classname="${escapeMarkup(name)}" name="${escapeMarkup(probe)}">`;
    const said = escapeMarkup(seen);
    switch (verdict) {
        case "fail":
            return `${start}<failure message="${said}">expected: ${escapeMarkup(expected)}\n${escapeMarkup(reproduce)}</failure></testcase>`;
        case "cannot tell":
            return `${start}<skipped message="${said}"/></testcase>`;
        case "warn":
            return `${start}<system-out>warning: ${said}</system-out></testcase>`;
        case "pass":
            return `${start}<system-out>${said}</system-out></testcase>`;
    }
}
