import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import { rules } from "../rules";
import { stackPartOf, type Control, type Rule } from "../rule";

/** The parts of the documentation that are written from the rules themselves. `npm run docs` brings them up to date. */

const policyFolder = path.join(__dirname, "..");
export const readmeFile = path.join(policyFolder, "README.md");
export const docsFolder = path.join(policyFolder, "docs");

export function pageFile(rule: Rule): string {
    return path.join(docsFolder, `${rule.name}.md`);
}

/** A file's text with everything between its marks written anew. */
export function current(text: string, parts: Readonly<Record<string, string>>): string {
    return Object.entries(parts).reduce((written, [mark, content]) => {
        const begin = `<!-- ${mark} -->`;
        const start = written.indexOf(begin);
        const end = written.indexOf("<!-- end -->", start);
        if (start < 0 || end < 0) {
            throw new Error(`No part between "${begin}" and "<!-- end -->".`);
        }
        return `${written.slice(0, start + begin.length)}\n\n${content}\n\n${written.slice(end)}`;
    }, text);
}

function readmeParts(): Readonly<Record<string, string>> {
    const mandatory = rules.filter((rule) => rule.level !== "advisory");
    const advisory = rules.filter((rule) => rule.level === "advisory");
    const rows = [...mandatory, ...advisory].map((rule) => [
        `[${rule.name}](docs/${rule.name}.md)`,
        rule.description,
        rule.level,
        rule.severity,
        controlsOf(rule, "AWS Security Hub")
            .map(({ control }) => control)
            .join(", "),
    ]);
    return { rules: table(["Rule", "What must hold", "Level", "Severity", "Security Hub"], rows) };
}

function pageParts(rule: Rule): Readonly<Record<string, string>> {
    return { facts: facts(rule), references: references(rule) };
}

const wholeStack = "the whole stack, after its resources (in a preview, before anything is created)";

/** Whoever opens the page has just been refused: what must hold and what to write follow right after what goes wrong. */
function facts(rule: Rule): string {
    const weight = `Level: ${rule.level}, severity: ${rule.severity}.`;
    return [`**Rule.** ${rule.description}`, "", `**Fix.** ${rule.remediationSteps}`, "", weight].join("\n");
}

function references(rule: Rule): string {
    return [settings(rule), controls(rule), differences(rule), scope(rule)].filter((part) => part !== "").join("\n\n");
}

function scope(rule: Rule): string {
    const judged =
        rule.scope === "stack"
            ? wholeStack
            : `each resource, before it is created${stackPartOf(rule) ? `; its links over ${wholeStack}` : ""}`;
    const types = rule.types.map((type) => `- \`${type}\``);
    return ["## What it looks at", "", `The rule judges ${judged}. Resource types:`, "", ...types].join("\n");
}

function settings(rule: Rule): string {
    // A list, since a table as wide as some defaults cannot be read on a phone.
    const listed = Object.entries(rule.settings ?? {}).map(
        ([name, schema]) => `- \`${name}\`: ${String(schema.description)} Default: ${defaultOf(schema.default)}.`,
    );
    const own = listed.length === 0 ? "" : `${listed.join("\n")}\n\n`;
    const remediate = rule.scope === "resource" && rule.remediate !== undefined ? ' "remediate",' : "";
    return `## Settings\n\n${own}\`enforcementLevel\` ("advisory", "mandatory",${remediate} "disabled") and \`exemptions\`, as for every rule: [README](../README.md#configuration).`;
}

function defaultOf(value: unknown): string {
    if (Array.isArray(value) && value.length > 0) {
        return value.map((item) => `\`${String(item)}\``).join(", ");
    }
    return `\`${JSON.stringify(value)}\``;
}

function controls(rule: Rule): string {
    if (rule.controls.length === 0) {
        return "## Controls\n\nWe know of no published framework with a control for this.";
    }
    const frameworks = new Map<string, Control[]>();
    for (const control of rule.controls) {
        const name = control.version === undefined ? control.framework : `${control.framework} ${control.version}`;
        frameworks.set(name, [...(frameworks.get(name) ?? []), control]);
    }
    const rows = [...frameworks].map(([framework, listed]) => {
        const links = new Map(listed.map(({ control, url }) => [control, `[${control}](${url})`]));
        return [framework, [...links.values()].join(", ")];
    });
    return `## Controls\n\n${table(["Framework", "Control"], rows)}`;
}

function differences(rule: Rule): string {
    const lines = rule.controls
        .filter((control) => control.difference !== undefined)
        .map(({ framework, control, difference }) => `- ${framework} ${control}: ${difference}`);
    return lines.length === 0 ? "" : `## Where other checks differ\n\n${lines.join("\n")}`;
}

function controlsOf(rule: Rule, framework: string): readonly Control[] {
    return rule.controls.filter((control) => control.framework === framework);
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
    const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
    return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Every file with generated parts, and its text as it should be. */
export function documents(): Map<string, string> {
    const files = new Map([[readmeFile, readmeParts()]]);
    for (const rule of rules) {
        files.set(pageFile(rule), pageParts(rule));
    }
    return new Map([...files].map(([file, parts]) => [file, current(readFileSync(file, "utf8"), parts)]));
}

if (require.main === module) {
    for (const [file, text] of documents()) {
        writeFileSync(file, text);
    }
}
