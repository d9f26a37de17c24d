import { existsSync, readFileSync } from "node:fs";
import { replaceFile } from "@encrypted-edge/common";

/** Writes a file that is not as it should be; one that is stays, because another rehearsal may be using it. */
export function keepWritten(file: string, content: string, options?: { mode: number }): void {
    if (!existsSync(file) || readFileSync(file, "utf8") !== content) {
        replaceFile(file, content, options);
    }
}
