import * as fs from "node:fs";
import * as path from "node:path";

/** Why a block, or the lines of it that begin with `lines`, is not run by the test of the documents. */
export interface Exception {
    readonly lines: string;
    /** What it needs that is not here; undefined where another test runs it. */
    readonly needs?: string;
    readonly test?: string;
}

/** A fenced block of a document, and the marks (comments that nobody sees on a page) on the lines before it. */
export interface Block {
    readonly document: string;
    readonly line: number;
    readonly language: string;
    readonly text: string;
    readonly exceptions: readonly Exception[];
    /** The exit code of its commands. */
    readonly code: number;
    /** What its commands have to print. */
    readonly prints: readonly string[];
    /** Comments that are no marks of this language. */
    readonly unread: readonly string[];
}

const fence = /^( *)((?:<!--.*-->\n+ *)*)```([\w-]*)\n([^]*?)^ *```$/gm;

/** Every fenced block of a document. */
export function blocksOf(root: string, document: string): Block[] {
    const text = fs.readFileSync(path.join(root, document), "utf8");
    return [...text.matchAll(fence)].map(({ index, 1: indent = "", 2: marks = "", 3: language = "", 4: body = "" }) => {
        const line = text.slice(0, index).split("\n").length;
        const dedented = body.replace(new RegExp(`^${indent}`, "gm"), "");
        return { document, line, language, text: dedented, ...readMarks(marks) };
    });
}

function readMarks(marks: string): Pick<Block, "exceptions" | "code" | "prints" | "unread"> {
    const exceptions: Exception[] = [];
    const prints: string[] = [];
    const unread: string[] = [];
    let code = 0;
    for (const [, mark = ""] of marks.matchAll(/<!-- (.*?) -->/g)) {
        const [, kind, lines = "", what = ""] = /^(not run|run by)(?: `([^`]+)`)?: (.+)$/.exec(mark) ?? [];
        const [, status] = /^ends with (\d+)$/.exec(mark) ?? [];
        const [, printed] = /^prints (.+)$/.exec(mark) ?? [];
        if (kind !== undefined) {
            exceptions.push({ lines, ...(kind === "run by" ? { test: what } : { needs: what }) });
        } else if (status !== undefined) {
            code = Number(status);
        } else if (printed !== undefined) {
            prints.push(printed);
        } else if (!mark.startsWith("/") && !/^(facts|end|rules|references|recipes|arguments)$/.test(mark)) {
            unread.push(mark);
        }
    }
    return { exceptions, code, prints, unread };
}

/** The commands of a block, one for each line that a reader types; continued lines are one. */
export function commandsOf(block: Block): string[] {
    return block.text
        .replace(/\\\n\s*/g, " ")
        .split("\n")
        .map((line) => line.replace(/(^|\s+)# .*$/, "").trim())
        .filter((line) => line !== "");
}

/** The exception that a command falls under. */
export function exceptionOf(block: Block, command: string): Exception | undefined {
    return block.exceptions.find(({ lines }) => command.startsWith(lines));
}
