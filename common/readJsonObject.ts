import { readFileSync } from "node:fs";

/**
 * The object that a JSON file holds, for files that may be missing or cut off without harm, such as caches. Its members
 * are not checked.
 *
 * @returns undefined where the file cannot be read, or holds anything but an object
 */
export function readJsonObject<Content extends object>(file: string): Content | undefined {
    try {
        const content: unknown = JSON.parse(readFileSync(file, "utf8"));
        return typeof content === "object" && content !== null && !Array.isArray(content)
            ? (content as Content)
            : undefined;
    } catch {
        return undefined;
    }
}
