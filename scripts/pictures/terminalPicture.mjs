// Draws what a command printed as an SVG: text that can be selected, in light and dark, at any size.
import Anser from "anser";

const escape = "\u001b";
const paletteColor = new RegExp(`${escape}\\[38;5;(1?\\d)m`, "g");

const columnWidth = 8.4;
const lineHeight = 19;
const padding = 16;
const titleHeight = 34;

/** The eight colours of a terminal by the names that Anser gives them, for light and for dark paper. */
const colors = {
    "ansi-black": ["#1f2328", "#8b949e"],
    "ansi-red": ["#b3261e", "#ff7b72"],
    "ansi-green": ["#116329", "#56d364"],
    "ansi-yellow": ["#7d4e00", "#e3b341"],
    "ansi-blue": ["#0550ae", "#79c0ff"],
    "ansi-magenta": ["#7d2aa3", "#d2a8ff"],
    "ansi-cyan": ["#0b5d6b", "#76e3ea"],
    "ansi-white": ["#57606a", "#e6edf3"],
};

const style = [
    ":root{--paper:#ffffff;--ink:#1f2328;--edge:#d0d7de;--faint:#57606a}",
    ...Object.entries(colors).map(([name, [light]]) => `.${name}{fill:${light}}`),
    "@media (prefers-color-scheme:dark){:root{--paper:#0d1117;--ink:#e6edf3;--edge:#30363d;--faint:#8b949e}",
    ...Object.entries(colors).map(([name, [, dark]]) => `.${name}{fill:${dark}}`),
    "}",
    "text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;fill:var(--ink);white-space:pre}",
    ".title{fill:var(--faint)}.bold{font-weight:700}.dim{opacity:.7}",
].join("");

/** Of the terminal, where lines are wrapped: a phone shows so many in letters that can be read. */
export const columns = 60;

/**
 * @param title The command line, shown above.
 * @param output What it printed, with the terminal's colour codes.
 */
export function terminalPicture(title, output) {
    const lines = output
        .replace(/\s+$/, "")
        .split("\n")
        .flatMap((line) => wrapped(spansOf(line)));
    const width = Math.ceil(columns * columnWidth + 2 * padding);
    const height = titleHeight + lines.length * lineHeight + padding;
    const rows = lines.map((spans, index) => row(spans, titleHeight + (index + 1) * lineHeight - 5));
    return `${[
        `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">`,
        `<style>${style}</style>`,
        `<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="8" fill="var(--paper)" stroke="var(--edge)"/>`,
        `<text class="title" x="${padding}" y="23">$ ${escaped(title)}</text>`,
        ...rows.filter((each) => each !== ""),
        "</svg>",
    ].join("\n")}\n`;
}

/** Runs of characters of one look. The first sixteen colours of the palette of 256 are the terminal's own. */
function spansOf(line) {
    const plain = line.replace(paletteColor, (_, color) => `${escape}[${30 + (Number(color) % 8)}m`);
    return Anser.ansiToJson(plain, { use_classes: true, remove_empty: true }).map(({ content, fg, decorations }) => ({
        content,
        look: [
            (fg ?? "").replace("ansi-bright-", "ansi-"),
            ...(decorations ?? []).filter((each) => each === "bold" || each === "dim"),
        ]
            .filter((each) => each === "bold" || each === "dim" || each in colors)
            .join(" "),
    }));
}

/** Breaks a line at spaces; what follows begins where its own text begins. */
function wrapped(spans) {
    const text = spans.map(({ content }) => content).join("");
    const indent = Math.min(text.search(/[^ ]|$/), columns / 2);
    const lines = [[]];
    let used = 0;
    for (const { content, look } of spans) {
        for (const word of content.split(/(?<= )/)) {
            if (used > indent && used + word.trimEnd().length > columns) {
                lines.push([{ content: " ".repeat(indent), look: "" }]);
                used = indent;
            }
            lines.at(-1).push({ content: word, look });
            used += word.length;
        }
    }
    return lines;
}

function row(spans, y) {
    if (spans.every(({ content }) => content.trim() === "")) {
        return "";
    }
    let column = 0;
    const parts = [];
    for (const { content, look } of merged(spans)) {
        const x = (padding + column * columnWidth).toFixed(1);
        // The width is given, so that a reader's other font breaks no column.
        const length = (content.length * columnWidth).toFixed(1);
        const kind = look === "" ? "" : ` class="${look}"`;
        if (content.trim() !== "") {
            parts.push(`<tspan x="${x}" textLength="${length}"${kind}>${escaped(content)}</tspan>`);
        }
        column += content.length;
    }
    return `<text y="${y}">${parts.join("")}</text>`;
}

function merged(spans) {
    const result = [];
    for (const { content, look } of spans) {
        if (result.at(-1)?.look === look) {
            result.at(-1).content += content;
        } else {
            result.push({ content, look });
        }
    }
    return result;
}

function escaped(text) {
    const names = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
    return text.replace(/[&<>"]/g, (character) => names[character]);
}
