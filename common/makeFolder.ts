import { existsSync, mkdirSync } from "node:fs";
import * as path from "node:path";

/**
 * Makes a folder, and those above it that are missing. Node's own `recursive` never ends where the system answers ENOENT
 * although the folder above is there, as it does below /proc.
 *
 * @throws the file system's own error
 */
export function makeFolder(folder: string): void {
    if (existsSync(folder)) {
        return;
    }
    makeFolder(path.dirname(folder));
    try {
        mkdirSync(folder);
    } catch (error) {
        // Another process may have made it since.
        if (!existsSync(folder)) {
            throw error;
        }
    }
}
