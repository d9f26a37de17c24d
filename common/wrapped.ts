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
