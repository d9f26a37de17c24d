import { escapeMarkup } from "@encrypted-edge/common";

import { isUnreadable } from "../auditedStack";
import { standings, type AuditReport, type ReportedResult, type ReportedStack } from "../report";

/** A suite for each stack, a case for each rule; a rule that fails lists all its results in one failure. */
export function junit(report: AuditReport): string {
    const suites = report.stacks.map((stack) => suite(stack, report));
    const totals = suites.map(({ tests, failures, errors }) => ({ tests, failures, errors }));
    const sum = (key: "tests" | "failures" | "errors") => totals.reduce((total, suite) => total + suite[key], 0);
    const numbers = `tests="${sum("tests")}" failures="${sum("failures")}" errors="${sum("errors")}"`;
    return [
        '<?xml version="1.0" encoding="UTF-8"?>',
        `<testsuites name="${escapeMarkup(report.pack.name)}" ${numbers}>`,
        ...suites.map((suite) => suite.text),
        "</testsuites>",
        "",
    ].join("\n");
}

function suite(stack: ReportedStack, report: AuditReport) {
    const unreadable = isUnreadable(stack);
    const cases = [
        element("testcase", { classname: stack.stack, name: "the state can be read" }, stack.problems.map(errorOf)),
        // A rule over a state that nobody read has neither passed nor failed.
        ...(unreadable && stack.resources === 0 ? [] : report.rules.map((rule) => ruleCase(stack, rule.name))),
    ];
    const failures = new Set(stack.results.filter((result) => result.fails).map((result) => result.rule)).size;
    const errors = unreadable ? 1 : 0;
    const skipped = cases.filter((text) => text.includes("<skipped ")).length;
    const numbers = { tests: cases.length, failures, errors, skipped };
    const attributes = Object.entries({ name: stack.stack, package: stack.source, ...numbers });
    return { ...numbers, text: element("testsuite", Object.fromEntries(attributes), cases) };
}

function errorOf(problem: string): string {
    return element("error", { type: "unreadable", message: problem }, []);
}

function ruleCase(stack: ReportedStack, rule: string): string {
    const results = stack.results.filter((result) => result.rule === rule);
    const failing = results.filter((result) => result.fails);
    const others = results.filter((result) => !result.fails);
    const inner: string[] = [];
    if (failing.length > 0) {
        const counted = standings
            .map((standing) => [failing.filter((result) => result.standing === standing).length, standing] as const)
            .filter(([number]) => number > 0);
        const message = counted.map(([number, standing]) => `${number} ${standing}`).join(", ");
        inner.push(element("failure", { type: counted[0]?.[1], message }, [escapeMarkup(told(failing))]));
    } else if (others.length > 0 && others.every((result) => isAccepted(result))) {
        inner.push(element("skipped", { message: `${others.length} known: baselined or exempted` }, []));
    }
    if (others.length > 0) {
        inner.push(element("system-out", {}, [escapeMarkup(told(others))]));
    }
    return element("testcase", { classname: stack.stack, name: rule }, inner);
}

function isAccepted({ standing }: ReportedResult): boolean {
    return standing === "baselined" || standing === "exempted";
}

function told(results: readonly ReportedResult[]): string {
    return results
        .map(
            ({ standing, urn, path, message }) => `[${standing}] ${urn ?? "the whole stack"} ${path ?? ""}\n${message}`,
        )
        .join("\n\n");
}

function element(name: string, attributes: Readonly<Record<string, unknown>>, content: readonly string[]): string {
    const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeMarkup(String(value))}"`);
    const start = `<${name}${written.join("")}`;
    return content.length === 0 ? `${start} />` : `${start}>${content.join("")}</${name}>`;
}
