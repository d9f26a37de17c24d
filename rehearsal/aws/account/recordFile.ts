import { readFileSync } from "node:fs";
import type { AccountRecord } from "./record";

/**
 * Reads one resource of the account.
 *
 * @throws with the file's name and what is wrong with it when it holds no resource or cannot be read.
 */
export function readRecord(file: string): AccountRecord {
    let text: string;
    try {
        text = readFileSync(file, "utf8");
    } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        if (code === "EACCES" || code === "EPERM") {
            throw new Error(
                `You have no permission to read ${file}, a resource of the rehearsed account. Give it back: chmod u+rw ${file}`,
                { cause: error },
            );
        }
        throw code === "ENOENT" ? error : new Error(`${file} cannot be read: ${message}`, { cause: error });
    }
    const problem = recordProblem(text);
    if (problem !== undefined) {
        throw new Error(
            `${file}, a resource of the rehearsed account, ${problem}. Delete that file and run "rehearse refresh", or start over: delete the folder .rehearsal.`,
        );
    }
    return JSON.parse(text) as AccountRecord;
}

function recordProblem(text: string): string | undefined {
    let content: unknown;
    try {
        content = JSON.parse(text);
    } catch {
        return text.trim() === "" ? "is empty" : "is not valid JSON";
    }
    if (!isObject(content)) {
        return `holds ${JSON.stringify(content)?.slice(0, 40)}, not a resource`;
    }
    const { region = "", urn = "" } = content;
    const wrong = [
        ...["type", "id", "createdAt"].filter((key) => typeof content[key] !== "string" || content[key] === ""),
        ...["inputs", "properties"].filter((key) => !isObject(content[key])),
        ...(typeof region === "string" ? [] : ["region"]),
        ...(typeof urn === "string" ? [] : ["urn"]),
    ];
    return wrong.length === 0 ? undefined : `has no valid ${wrong.map((key) => `"${key}"`).join(", ")}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
