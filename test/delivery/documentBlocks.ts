import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

/** Why a block, or the lines of it that begin with `lines`, is not run by the test of the documents. */
export interface Exception {
    readonly lines: string;
    /** What it needs that is not here; undefined where another test runs it. */
    readonly needs?: string;
    readonly test?: string;
}

/** What a block that is no command is held to, by the mark before it: see `places` in documentPlaces.ts. */
export interface Place {
    readonly kind: string;
    readonly of: string;
}

/** A fenced block of a document, and the marks (comments that nobody sees on a page) on the lines before it. */
export interface Block {
    readonly document: string;
    readonly line: number;
    /** The line of the document on which its text begins. */
    readonly textLine: number;
    readonly language: string;
    readonly text: string;
    /** The nearest heading above it. */
    readonly heading: string;
    /** The part of the document, between a comment and the same with a slash, in which it lies. */
    readonly part: string;
    readonly exceptions: readonly Exception[];
    /** The exit code of its commands. */
    readonly code: number;
    /** What its commands have to print. */
    readonly prints: readonly string[];
    /** Names that a piece of a program takes for given, each with its type. */
    readonly given: readonly string[];
    readonly places: readonly Place[];
    /** Comments that are no marks of this language. */
    readonly unread: readonly string[];
}

/** What a command or a block may need that is not here, as a mark says it. */
export const needed = ["an AWS account", "a registry", "a repository on GitHub", "a login", "a branch main"] as const;
export const needs = new RegExp(`^needs (${needed.join("|")})( .*)?$`);

/** The words that marks begin with, by what they say: why or where a block is run, how it ends, what it is compared with. */
export const markWords = {
    exceptions: ["not run", "run by"],
    values: ["ends with", "prints", "given"],
    places: ["is", "all of", "lines of", "job of", "hooks of", "written to"],
} as const;

const marked = {
    exception: new RegExp(`^(${markWords.exceptions.join("|")})(?: \`([^\`]+)\`)?: (.+)$`),
    value: new RegExp(`^(${markWords.values.join("|")}) (.+)$`),
    place: new RegExp(`^(${markWords.places.join("|")}) (.+)$`),
};

const fence = /^( *)((?:<!--.*-->\n+ *)*)```([\w-]*)\n([^]*?)^ *```$/gm;

/** Every document of the repository. */
export function documentsOf(root: string): string[] {
    return execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"], {
        cwd: root,
        encoding: "utf8",
    })
        .split("\n")
        .filter((file) => file !== "" && fs.existsSync(path.join(root, file)));
}

/** Every fenced block of a document. */
export function blocksOf(root: string, document: string): Block[] {
    const text = fs.readFileSync(path.join(root, document), "utf8");
    return [...text.matchAll(fence)].map(
        ({ index, 0: whole, 1: indent = "", 2: marks = "", 3: language = "", 4: body = "" }) => {
            const before = text.slice(0, index);
            const textIndex = index + whole.indexOf("```");
            const line = before.split("\n").length;
            const textLine = text.slice(0, textIndex).split("\n").length + 1;
            const dedented = body.replace(new RegExp(`^${indent}`, "gm"), "");
            const heading = [...before.matchAll(/^#+ (.*)$/gm)].at(-1)?.[1] ?? "";
            const part = partAt(text, textIndex);
            return { document, line, textLine, language, text: dedented, heading, part, ...readMarks(marks, part) };
        },
    );
}

/** A piece of inline code, and the line on which it stands. */
export interface Span {
    readonly document: string;
    readonly line: number;
    readonly text: string;
}

/** The inline code of a document. */
export function spansOf(root: string, document: string): Span[] {
    const text = fs.readFileSync(path.join(root, document), "utf8");
    const prose = text.replace(fence, (block) => "\n".repeat(block.split("\n").length - 1));
    return [...prose.matchAll(/`([^`\n]+)`/g)].map(({ index, 1: code = "" }) => ({
        document,
        line: prose.slice(0, index).split("\n").length,
        text: code,
    }));
}

/** The part of a document in which a place lies, by the name in its comments; empty outside of every part. */
function partAt(text: string, place: number): string {
    const parts = text.matchAll(/^ *<!-- (?!end -->)(\w+(?: \w+)?) -->$(?=([^]*?)^ *<!-- (?:\/\1|end) -->$)/gm);
    const around = [...parts].find(({ index, 0: begin, 2: inside = "" }) => {
        const start = index + begin.length;
        return start <= place && place < start + inside.length;
    });
    return around?.[1] ?? "";
}

type Marks = Pick<Block, "exceptions" | "code" | "prints" | "given" | "places" | "unread">;

function readMarks(marks: string, part: string): Marks {
    const exceptions: Exception[] = [];
    const prints: string[] = [];
    const given: string[] = [];
    const places: Place[] = [];
    const unread: string[] = [];
    let code = 0;
    for (const [, mark = ""] of marks.matchAll(/<!-- (.*?) -->/g)) {
        const [, kind, lines = "", what = ""] = marked.exception.exec(mark) ?? [];
        const [, word, value = ""] = marked.value.exec(mark) ?? [];
        const [, place, of = ""] = marked.place.exec(mark) ?? [];
        if (kind !== undefined) {
            exceptions.push({ lines, ...(kind === "run by" ? { test: what } : { needs: what }) });
        } else if (word === "ends with") {
            code = Number(value);
        } else if (word === "prints") {
            prints.push(value);
        } else if (word === "given") {
            given.push(value);
        } else if (place !== undefined) {
            places.push({ kind: place, of });
        } else if (!mark.startsWith("/") && mark !== part) {
            unread.push(mark);
        }
    }
    return { exceptions, code, prints, given, places, unread };
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
