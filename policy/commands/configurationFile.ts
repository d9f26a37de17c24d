import { readFile } from "node:fs/promises";

import { checkConfiguration, unusedExemption } from "../configuration";
import { own } from "../graph";
import { rules } from "../rules";

/** Everything that a policy configuration file can name. */
export const configurable = [...rules, unusedExemption];

/** Every mistake in a policy configuration file, also one that keeps it from being read. */
export async function configurationFileProblems(file: string): Promise<string[]> {
    let bytes: Buffer;
    try {
        bytes = await readFile(file);
    } catch (error) {
        const code = codeOf(error);
        return [
            code === "ENOENT"
                ? "There is no such file."
                : code === "EISDIR"
                  ? "It is a folder. Name the files in it."
                  : `The file cannot be read (${code}).`,
        ];
    }
    const mark = markOf(bytes);
    if (mark !== undefined) {
        return [`It begins with a byte order mark of ${mark}: save it as UTF-8 without one.`];
    }
    const text = bytes.toString("utf8");
    // The engine takes an empty file for no configuration.
    if (text.trim() === "") {
        return [];
    }
    let content: unknown;
    try {
        content = JSON.parse(text);
    } catch (error) {
        return [syntaxProblem(text, error)];
    }
    return [...duplicateKeys(text), ...(await checkConfiguration(content, configurable))];
}

/** The engine does not read a file that begins with one, and editors do not show it. */
function markOf(bytes: Buffer): string | undefined {
    const marks: Readonly<Record<string, string>> = { efbbbf: "UTF-8", fffe: "UTF-16", feff: "UTF-16" };
    const begin = bytes.subarray(0, 3).toString("hex");
    return Object.entries(marks).find(([mark]) => begin.startsWith(mark))?.[1];
}

const mistakes: readonly (readonly [RegExp, string])[] = [
    [/,\s*[}\]]/, "Remove the comma before a closing bracket."],
    [/'/, "Write strings in double quotation marks."],
    [/^\s*[\w-]+\s*:/m, "Write it as JSON, with names in double quotation marks and the whole in {}."],
];

/** Texts, also unfinished ones, before comments, so that neither is looked for in the other; a bare URL is neither. */
const textsAndComments = /"(?:[^"\\\n]|\\.)*"?|'[^'\n]*'|(?<!\w:)\/\/.*|\/\*[^]*?(?:\*\/|$)|#.*/g;

/** Readers of JSON word their complaints differently in every version; the place and the usual mistakes are the same. */
function syntaxProblem(text: string, error: unknown): string {
    const position = /position (\d+)/.exec(String(error))?.[1];
    const line = position === undefined ? undefined : lineAt(text, Number(position));
    const hints = new Set<string>();
    // What stands in texts is no syntax.
    const bare = text.replace(textsAndComments, (found) => {
        if (!/^["']/.test(found)) {
            hints.add("JSON has no comments: remove them.");
            return "";
        }
        return found.startsWith('"') ? '""' : "''";
    });
    mistakes.filter(([pattern]) => pattern.test(bare)).forEach(([, hint]) => hints.add(hint));
    const hint = [...hints].join(" ") || "Look at its brackets, commas and quotation marks.";
    return `It is not valid JSON${line === undefined ? "" : `, first at line ${line}`}. ${hint}`;
}

/** Each text of JSON, with the colon behind it where it is a key, and where each object begins and ends. */
const keysAndObjects = /("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|[{}]/g;

/** JSON readers keep the last of two equal keys and say nothing. */
function duplicateKeys(json: string): string[] {
    const problems: string[] = [];
    const objects: Set<string>[] = [];
    for (const { 0: found, 1: text, 2: colon, index } of json.matchAll(keysAndObjects)) {
        if (found === "{") {
            objects.push(new Set());
        } else if (found === "}") {
            objects.pop();
        } else if (text !== undefined && colon !== undefined) {
            const keys = objects.at(-1);
            const key = JSON.parse(text) as string;
            if (keys?.has(key)) {
                problems.push(`${text} appears twice, at line ${lineAt(json, index)}: keep one.`);
            }
            keys?.add(key);
        }
    }
    return problems;
}

function lineAt(text: string, position: number): number {
    return text.slice(0, position).split("\n").length;
}

function codeOf(error: unknown): string {
    const code = own(error, "code");
    return typeof code === "string" ? code : "for an unknown reason";
}
