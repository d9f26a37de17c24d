import { stripVTControlCharacters } from "node:util";

/** The columns that a text takes; its colours take none. */
function widthOf(text: string): number {
    return stripVTControlCharacters(text).length;
}

/** Lines of at most so many columns, broken between words; a word that is longer has a line of its own. */
export function wrapped(line: string, columns: number): string[] {
    const lines: string[] = [];
    let current = "";
    for (const word of line.split(" ")) {
        if (current !== "" && widthOf(current) + 1 + widthOf(word) > columns) {
            lines.push(current);
            current = word;
        } else {
            current = current === "" ? word : `${current} ${word}`;
        }
    }
    return [...lines, current];
}

/** Narrower than this nothing is wrapped: a terminal that breaks lines itself is read more easily. */
const narrowest = 40;

/** Lines that people copy: broken, they would be several commands. */
const isCommand = /^\s+(?:curl|npx|rehearse) (?!\S+ {2,})/;

/** How a row of a table begins: its name, and the space up to what is said of it. */
const rowStart = /^ +\S+(?: \S+)* {2,}(?=\S)/;

/** How any other line begins: what it is indented by, and the mark of a list. */
const lineStart = /^\s*(?:- )?/;

/**
 * A text as people read it on a stream: on a terminal no word is broken at its edge, and what continues a line stands
 * under its first word, in a table under the first word of its column. Elsewhere the text stays as it is, so that a line
 * remains one for programs.
 */
export function fitted(
    text: string,
    { isTTY, columns }: { readonly isTTY?: boolean; readonly columns?: number },
): string {
    if (isTTY !== true || columns === undefined || columns < narrowest) {
        return text;
    }
    return text
        .split("\n")
        .flatMap((line) => broken(line, columns))
        .join("\n");
}

/** The help of a command, as wide as its terminal or, as commander has it, 80 columns. */
export function fittedHelp(text: string, { columns = 80 }: { readonly columns?: number }): string {
    return fitted(text, { isTTY: true, columns });
}

function broken(line: string, columns: number): string[] {
    if (widthOf(line) <= columns || isCommand.test(line)) {
        return [line];
    }
    const [row = ""] = rowStart.exec(line) ?? [];
    const [indent = ""] = lineStart.exec(line) ?? [];
    const start = row !== "" && widthOf(row) <= columns / 2 ? row : indent;
    const width = widthOf(start);
    return wrapped(line.slice(start.length), columns - width).map(
        (part, index) => (index === 0 ? start : " ".repeat(width)) + part,
    );
}
