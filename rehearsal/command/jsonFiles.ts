import { readdirSync } from "node:fs";
import * as path from "node:path";

/** The JSON files of a directory; none where there is no such directory. */
export function jsonFiles(directory: string): string[] {
    try {
        return readdirSync(directory)
            .filter((name) => name.endsWith(".json"))
            .map((name) => path.join(directory, name));
    } catch {
        return [];
    }
}
