/** Lines of at most so many columns, broken between words; a word that is longer has a line of its own. */
export function wrapped(line: string, columns: number): string[] {
    const lines: string[] = [];
    let current = "";
    for (const word of line.split(" ")) {
        if (current !== "" && current.length + 1 + word.length > columns) {
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

/**
 * A text as people read it on a stream: on a terminal no word is broken at its edge, and what continues a line stands
 * under its first word. Elsewhere the text stays as it is, so that a line remains one for programs.
 */
export function fitted(
    text: string,
    { isTTY, columns }: { readonly isTTY?: boolean; readonly columns?: number },
): string {
    if (isTTY !== true || columns === undefined || columns < narrowest) {
        return text;
    }
    const lines = text.split("\n").flatMap((line) => {
        const [start = ""] = /^\s*(?:- )?/.exec(line) ?? [];
        const [first = "", ...others] = wrapped(line.slice(start.length), columns - start.length);
        return [start + first, ...others.map((other) => " ".repeat(start.length) + other)];
    });
    return lines.join("\n");
}
