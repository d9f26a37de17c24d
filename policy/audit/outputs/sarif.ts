import { pathToFileURL } from "node:url";

import type { CodeFlow, Location, Log, Notification, ReportingDescriptor, Result, Run } from "sarif";

import { nameOf } from "../../graph";
import type { Rule, Severity } from "../../rule";
import { fingerprintOf } from "../fingerprint";
import type { AuditReport, ReportedResult, ReportedStack, Standing } from "../report";
import { isFile, placeOf } from "./place";
import { wellFormed } from "./text";

const unreadable = "unreadable-stack";

/** GitHub sorts security findings by this number; 9 and above is critical there. */
const securitySeverity: Readonly<Record<Severity, string>> = {
    critical: "9.5",
    high: "8.0",
    medium: "5.5",
    low: "3.0",
};

const levels: Readonly<Record<Standing, Result.level>> = {
    mandatory: "error",
    advisory: "warning",
    // A result of a kind other than "fail" has no level (SARIF 2.1.0, 3.27.10).
    "cannot tell": "none",
    baselined: "warning",
    exempted: "note",
};

/** The report in the Static Analysis Results Interchange Format, version 2.1.0 (OASIS), for code scanning. */
export function sarif(report: AuditReport): string {
    const rules = [...report.rules.map(descriptor), unreadableDescriptor];
    const indexes = new Map(rules.map((rule, index) => [rule.id, index]));
    const run: Run = {
        tool: {
            driver: {
                name: report.pack.name,
                version: report.pack.version,
                semanticVersion: report.pack.version,
                rules,
            },
        },
        columnKind: "utf16CodeUnits",
        automationDetails: { id: `${report.pack.name}/audit/` },
        invocations: [
            {
                executionSuccessful: report.totals.remaining === 0 && report.totals.unreadable === 0,
                exitCode: report.exitCode,
                toolExecutionNotifications: report.stacks.flatMap(notifications),
            },
        ],
        results: report.stacks.flatMap((stack) => [
            ...stack.problems.map((problem) => unreadableResult(stack, problem, indexes)),
            ...stack.results.map((result) => resultOf(stack, result, indexes, report.fixed !== undefined)),
        ]),
    };
    const log: Log = { version: "2.1.0", $schema: "https://json.schemastore.org/sarif-2.1.0.json", runs: [run] };
    return `${JSON.stringify(log, null, 2)}\n`;
}

function descriptor(rule: Rule): ReportingDescriptor {
    const [control] = rule.controls;
    const controls = rule.controls.map((each) => `${each.framework} ${each.control}`);
    const text = [rule.remediationSteps, ...controls].join("\n");
    return {
        id: rule.name,
        shortDescription: { text: rule.displayName },
        fullDescription: { text: rule.description },
        help: { text, markdown: [rule.remediationSteps, ...rule.controls.map(controlLink)].join("\n\n") },
        ...(control && { helpUri: control.url }),
        defaultConfiguration: {
            enabled: rule.level !== "disabled",
            level: rule.level === "mandatory" || rule.level === "remediate" ? "error" : "warning",
        },
        properties: { "security-severity": securitySeverity[rule.severity], tags: ["security", ...new Set(controls)] },
    };
}

function controlLink(control: Rule["controls"][number]): string {
    return `[${control.framework} ${control.control}](${control.url})`;
}

const unreadableDescriptor: ReportingDescriptor = {
    id: unreadable,
    shortDescription: { text: "The state of a stack could not be read, or only in part" },
    fullDescription: { text: "Nothing is known of what cannot be read of a state, so it counts as a finding." },
    help: { text: "The message says what is wrong with the file or the backend and what to give instead." },
    defaultConfiguration: { level: "error" },
};

function resultOf(
    stack: ReportedStack,
    result: ReportedResult,
    indexes: ReadonlyMap<string, number>,
    hasBaseline: boolean,
): Result {
    return {
        ruleId: result.rule,
        ruleIndex: indexes.get(result.rule),
        kind: result.kind === "cannot tell" ? "open" : "fail",
        level: result.kind === "cannot tell" ? "none" : levels[result.standing],
        message: { text: result.message },
        locations: [locationOf(stack, result)],
        ...(result.chain === undefined ? {} : { codeFlows: [codeFlow(stack, result.chain)] }),
        partialFingerprints: { "stackRuleUrnPath/v1": fingerprintOf(stack.stack, result) },
        ...(hasBaseline ? { baselineState: result.standing === "baselined" ? "unchanged" : "new" } : {}),
        ...(result.exempted === undefined
            ? {}
            : { suppressions: [{ kind: "external", status: "accepted", justification: result.exempted.reason }] }),
        properties: { standing: result.standing, severity: result.severity, stack: stack.stack, path: result.path },
    };
}

/** The resources that the rule walked, which a viewer can step through. */
function codeFlow(stack: ReportedStack, chain: NonNullable<ReportedResult["chain"]>): CodeFlow {
    const locations = chain.map((step) => {
        const place = [step.label, step.name && JSON.stringify(step.name), step.path].filter(Boolean).join(" ");
        const text = step.value === undefined ? place : `${place} = ${step.value}`;
        return { location: { ...locationOf(stack, step), message: { text } } };
    });
    return { threadFlows: [{ locations }] };
}

function unreadableResult(stack: ReportedStack, problem: string, indexes: ReadonlyMap<string, number>): Result {
    return {
        ruleId: unreadable,
        ruleIndex: indexes.get(unreadable),
        level: "error",
        message: { text: problem },
        locations: [{ physicalLocation: physicalLocation(stack) }],
        properties: { stack: stack.stack },
    };
}

function notifications(stack: ReportedStack): Notification[] {
    return stack.problems.map((problem) => ({
        level: "error",
        message: { text: problem },
        locations: [{ physicalLocation: physicalLocation(stack) }],
    }));
}

function locationOf(stack: ReportedStack, { urn, path }: Pick<ReportedResult, "urn" | "path">): Location {
    const location: Location = { physicalLocation: physicalLocation(stack) };
    if (urn === undefined) {
        return location;
    }
    const resource = { name: nameOf(urn), fullyQualifiedName: urn, kind: "resource" };
    const property =
        path === undefined || path === ""
            ? []
            : [{ name: path, fullyQualifiedName: `${urn}#${path}`, kind: "property" }];
    return { ...location, logicalLocations: [...property, resource] };
}

/** Code scanning wants a file and a line; a stack that a backend holds is named like a file. */
function physicalLocation(stack: ReportedStack): Location["physicalLocation"] {
    return { artifactLocation: { uri: uriOf(stack) }, region: { startLine: 1 } };
}

function uriOf(stack: ReportedStack): string {
    const shown = placeOf(stack);
    if (isFile(stack.source) && shown.startsWith("..")) {
        return pathToFileURL(stack.source).href;
    }
    return shown
        .split(/[\\/]/)
        .map((part) => encodeURIComponent(wellFormed(part)))
        .join("/");
}
