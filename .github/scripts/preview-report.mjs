// What a reviewer has to know of a preview, as the Markdown of a comment: the verdict, what the policy pack found, the
// errors, and as much of the diff as fits.

/** GitHub takes 65,536 characters; the rest is for what others add. */
const longest = 60_000;

/** The beginning by which a comment is found again. */
export const markerOf = (stack) => `<!-- preview of ${stack.replace(/-(?=[->])/g, "- ").replace(/\s+/g, " ")} -->`;

/**
 * @param preview `{ stack, commit, code, output, events }`: the exit code, what was printed, and the engine's events.
 */
export function previewReport({ stack, commit, code, output, events }) {
    const findings = events.flatMap(({ policyEvent }) => policyEvent ?? []).sort(byLevel);
    const refused = findings.some(({ enforcementLevel }) => enforcementLevel === "mandatory");
    const head = [
        markerOf(stack),
        `### Preview of ${inline(stack)}: ${verdict(code, refused, events)}`,
        commit && `Commit ${commit}.`,
        findings.length > 0 && table(findings),
        errors(events, code, output),
    ];
    const text = head.filter(Boolean).join("\n\n");
    return `${withinLimit(text, output)}\n`;
}

function byLevel(a, b) {
    const rank = ({ enforcementLevel }) => (enforcementLevel === "mandatory" ? 0 : 1);
    return rank(a) - rank(b);
}

function verdict(code, refused, events) {
    if (refused) {
        return "❌ refused by the policy pack";
    }
    if (code !== 0) {
        return "❌ failed";
    }
    const { resourceChanges } = events.find(({ summaryEvent }) => summaryEvent)?.summaryEvent ?? {};
    if (!resourceChanges) {
        return "⚠️ ended well, but its events do not say what changes; read its log";
    }
    const { same = 0, ...changes } = resourceChanges;
    const counts = Object.entries(changes).map(([operation, count]) => `${count} to ${operation}`);
    return `✅ ${counts.length > 0 ? counts.join(", ") : "nothing to change"}${same > 0 ? `, ${same} unchanged` : ""}`;
}

function table(findings) {
    const rows = findings.map(
        ({ enforcementLevel, policyName, resourceUrn = "", message = "" }) =>
            `| ${cell(enforcementLevel)} | ${inline(policyName)} | ${inline(nameOf(String(resourceUrn)))} | ${cell(String(message).trim())} |`,
    );
    return ["| level | rule | resource | what is wrong |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

/** The last type of the chain of parents, and the name. */
function nameOf(urn) {
    const [, , types = "", ...name] = urn.split("::");
    return `${types.split("$").at(-1)} ${name.join("::")}`.trim();
}

/** The engine's errors; where it printed none, the end of what it did print. */
function errors(events, code, output) {
    if (code === 0) {
        return undefined;
    }
    const told = events
        .map(({ diagnosticEvent }) => diagnosticEvent)
        .filter((each) => each?.severity === "error")
        .map(({ message }) => String(message).trim());
    const text = told.length > 0 ? told.join("\n\n") : output.slice(-3000);
    return text.trim() === "" ? undefined : block(shortened(text, 10_000));
}

function withinLimit(text, diff) {
    if (text.length > longest) {
        return `${shortened(text, longest - 200)}\n\nThe rest is in the log of this run.`;
    }
    const room = longest - text.length - 400;
    if (diff.trim() === "" || room < 500) {
        return text;
    }
    const cut = diff.length > room;
    const summary = cut ? "The beginning of the preview; the log of this run has all of it" : "The preview";
    return `${text}\n\n<details><summary>${summary}</summary>\n\n${block(diff.slice(0, room).trimEnd(), "diff")}\n\n</details>`;
}

function shortened(text, length) {
    return text.length <= length ? text : `${text.slice(0, length)} …`;
}

/** A block of code that nothing within it can end. */
function block(text, language = "text") {
    const runs = [...text.matchAll(/`{3,}/g)].map(([run]) => run.length);
    const fence = "`".repeat(Math.max(3, ...runs.map((length) => length + 1)));
    return `${fence}${language}\n${text}\n${fence}`;
}

/** A name as code, whatever is in it. */
function inline(text = "") {
    return `<code>${cell(text)}</code>`;
}

/** Text for one cell: no markup, no mention, no new column. */
function cell(text = "") {
    return String(text)
        .replaceAll("&", "&amp;")
        .replaceAll("<", "&lt;")
        .replaceAll(">", "&gt;")
        .replace(/[|`*_~[\]\\@#:]/g, (mark) => `&#${mark.codePointAt(0)};`)
        .replaceAll(/\r\n|[\r\n]/g, "<br>");
}
