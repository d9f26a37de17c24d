import { wrapped } from "@encrypted-edge/common";

/** Narrower than this nothing is broken: a terminal that breaks lines itself is read more easily. */
const narrowest = 40;

/** Lines that people copy: broken, they would be several commands. */
const isCommand = /^\s+(curl|npx|rehearse) /;

/** How a row of a table begins: its name, and the space up to what is said of it. */
const rowStart = /^ +\S+(?: \S+)* {2,}(?=\S)/;

/** Writes lines for people, on a terminal broken between words; what goes on stands below where it began. */
export function tell(stream: NodeJS.WriteStream, text: string): void {
    const columns = stream.isTTY ? stream.columns || 80 : Infinity;
    stream.write(
        `${text
            .split("\n")
            .flatMap((line) => broken(line, columns))
            .join("\n")}\n`,
    );
}

function broken(line: string, columns: number): string[] {
    if (line.length <= columns || columns < narrowest || isCommand.test(line)) {
        return [line];
    }
    const [start = ""] = rowStart.exec(line) ?? /^ */.exec(line) ?? [];
    const kept = start.length <= columns / 2 ? start : (/^ */.exec(line)?.[0] ?? "");
    const further = " ".repeat(
        kept.trim() === "" && kept !== "" ? Math.min(kept.length + 2, columns / 2) : kept.length,
    );
    return wrapped(line.slice(kept.length), columns - further.length).map(
        (part, index) => (index === 0 ? kept : further) + part,
    );
}
