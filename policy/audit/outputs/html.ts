import { breakableMarkup as breakable, escapeMarkup as e, htmlPage } from "@encrypted-edge/common";

import { nameOf } from "../../graph";
import type { Rule } from "../../rule";
import { isReadInPart, isUnreadable, unreadName } from "../auditedStack";
import { fingerprintOf } from "../fingerprint";
import { ExitCode, standings, type AuditReport, type ReportedResult, type ReportedStack } from "../report";
import { script, style } from "./htmlAssets";
import { walk } from "./htmlWalk";
import { count, grouped } from "./text";

/** The report for a browser: one file that fetches nothing, where each violation's path can be walked step by step. */
export function html(report: AuditReport): string {
    return htmlPage({
        title: `Audit: ${verdict(report)}`,
        style,
        script,
        body: [
            `<h1>Audit <small>${e(report.pack.name)} ${e(report.pack.version)}</small></h1>`,
            `<p class="verdict ${tone(report)}">${e(verdict(report))}</p>`,
            totals(report),
            filters(report),
            ...report.stacks.map((stack) => stackSection(stack)),
            configuration(report),
            fixed(report),
            rulesSection(report),
        ].join("\n"),
    });
}

function tone({ exitCode, totals }: AuditReport): string {
    return exitCode !== ExitCode.Clean ? "bad" : totals.undecided > 0 ? "warn" : "good";
}

function verdict({ totals, stacks, failOn }: AuditReport): string {
    const failing = stacks.filter((stack) => stack.results.some((result) => result.fails)).length;
    const parts: string[] = [];
    const what = failOn === "mandatory" ? "mandatory violations" : "findings";
    if (failing > 0) {
        parts.push(`${count(failing, "stack")} with ${what}`);
    }
    if (totals.unreadable > 0) {
        const partly = stacks.filter(isUnreadable).every(isReadInPart) ? " as a whole" : "";
        parts.push(`${count(totals.unreadable, "stack")} could not be read${partly}`);
    }
    if (totals.remaining > 0) {
        parts.push(`interrupted with ${count(totals.remaining, "stack")} to go`);
    }
    if (parts.length > 0) {
        return parts.join(", ");
    }
    const { undecided } = totals;
    return undecided === 0
        ? "passed"
        : `no violation was seen, but mandatory rules could not tell ${count(undecided, "time")}`;
}

function totals({ totals }: AuditReport): string {
    const numbers: readonly (readonly [string, number, string])[] = [
        [totals.stacks === 1 ? "stack" : "stacks", totals.stacks, ""],
        [totals.resources === 1 ? "resource" : "resources", totals.resources, ""],
        ["unreadable", totals.unreadable, "unreadable"],
        ...standings.map((standing) => [standing, totals[standing], className(standing)] as const),
    ];
    const items = numbers.map(([name, number, kind]) => {
        return `<li><b class="${number > 0 ? kind : "soft"}">${grouped(number)}</b><span class="soft">${e(name)}</span></li>`;
    });
    return `<ul class="totals">${items.join("")}</ul>`;
}

function filters(report: AuditReport): string {
    const used = [...new Set(report.stacks.flatMap((stack) => stack.results.map((result) => result.rule)))].sort();
    const options = used.map((rule) => `<option>${e(rule)}</option>`).join("");
    const boxes = standings
        .filter((standing) => report.totals[standing] > 0)
        .map(
            (standing) =>
                `<label><input type="checkbox" name="standing" value="${standing}" checked> ${standing}</label>`,
        );
    return [
        '<form hidden><input type="search" name="search" aria-label="Search" placeholder="Search stacks, resources, messages">',
        `<select name="rule" aria-label="Rule"><option value="">every rule</option>${options}</select>`,
        ...boxes,
        '<output id="shown" class="soft"></output></form>',
    ].join("");
}

function stackSection(stack: ReportedStack): string {
    const tags = [
        ...(isUnreadable(stack) ? [tag("unreadable", unreadName(stack))] : []),
        ...standings
            .filter((standing) => stack.counts[standing] > 0)
            .map((standing) => tag(className(standing), `${grouped(stack.counts[standing])} ${standing}`)),
    ];
    const clean = tags.length === 0 ? [tag("good", "nothing found")] : [];
    const open = stack.results.some((result) => result.fails) || isUnreadable(stack) ? " open" : "";
    const source = stack.source === stack.stack ? "" : ` <code>${e(stack.source)}</code>`;
    return [
        `<details class="stack card" data-name="${e(`${stack.stack} ${stack.source}`)}" data-unreadable="${isUnreadable(stack)}"${open}>`,
        `<summary><h2>${e(stack.stack)}</h2> ${[...tags, ...clean].join(" ")}`,
        `<span class="soft">${count(stack.resources, "resource")}${source}</span></summary>`,
        ...stack.problems.map(
            (problem) =>
                `<article data-standing="unreadable"><p class="message unreadable">${breakable(problem)}</p></article>`,
        ),
        ...stack.results.map((result) => article(stack, result)),
        clean.length === 0 ? "" : '<p class="soft none">Every rule that applies holds.</p>',
        "</details>",
    ].join("\n");
}

function article(stack: ReportedStack, result: ReportedResult): string {
    const kind = className(result.standing);
    const fingerprint = fingerprintOf(stack.stack, result);
    const urn = result.urn === undefined ? "" : `<p class="urn"><code class="soft">${breakable(result.urn)}</code></p>`;
    const subject = result.name ?? (result.urn === undefined ? stack.stack : nameOf(result.urn));
    return [
        `<article id="${fingerprint}" data-standing="${result.standing}" data-rule="${e(result.rule)}">`,
        `<h3>${tag(kind, result.standing)}<a href="#rule-${e(result.rule)}">${e(result.rule)}</a><span class="soft">${result.severity}</span>`,
        `<a class="link" href="#${fingerprint}"><span aria-hidden="true">#</span><span class="unseen">Link to ${e(`${result.rule} of ${subject}`)}</span></a></h3>`,
        `<ol class="walk ${kind}" role="list" aria-label="Path">${walk(stack, result).join("")}</ol>`,
        `<p class="message">${breakable(result.message)}</p>${urn}</article>`,
    ].join("");
}

function ruleHelp(rule: Rule): string {
    const controls = rule.controls.map(({ framework, control, url, difference }) => {
        // Only a web address becomes a link.
        const named = e(`${framework} ${control}`);
        const link = /^https:\/\//.test(url) ? `<a href="${e(url)}" rel="noreferrer">${named}</a>` : named;
        return `${link}${difference === undefined ? "" : `: ${e(difference)}`}`;
    });
    return [
        `<section class="card" id="rule-${e(rule.name)}"><h3>${e(rule.name)} <span class="soft">${e(rule.severity)}</span></h3>`,
        `<p>${breakable(rule.description)}</p><p>${breakable(rule.remediationSteps)}</p>`,
        controls.length === 0 ? "" : `<p class="soft">${controls.join("<br>")}</p>`,
        "</section>",
    ].join("");
}

function rulesSection(report: AuditReport): string {
    const used = new Set(report.stacks.flatMap((stack) => stack.results.map((result) => result.rule)));
    const sections = report.rules.filter((rule) => used.has(rule.name)).map(ruleHelp);
    return sections.length === 0 ? "" : `<h2>What each rule asks for</h2>${sections.join("\n")}`;
}

function configuration({ unusedExemptions }: AuditReport): string {
    if (unusedExemptions.length === 0) {
        return "";
    }
    const items = unusedExemptions.map(({ message }) => `<li>${e(message)}</li>`).join("");
    return `<h2>Policy configuration</h2><ul>${items}</ul>`;
}

function fixed({ fixed }: AuditReport): string {
    if (fixed === undefined || fixed.length === 0) {
        return "";
    }
    const items = fixed.map(
        ({ stack, rule, urn, path }) => `<li>${e(stack)} ${e(rule)} <code>${e(urn)} ${e(path)}</code></li>`,
    );
    return `<h2>Baseline entries that no longer occur</h2><ul>${items.join("")}</ul>`;
}

function tag(kind: string, text: string): string {
    return `<span class="tag ${kind}">${e(text)}</span>`;
}

function className(standing: string): string {
    return standing.replace(" ", "-");
}
