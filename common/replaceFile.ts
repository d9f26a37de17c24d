import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { makeFolder } from "./makeFolder";

export interface ReplaceFileOptions {
    /** Permissions of the new file. Default: 0o666 less the process's umask, as Node creates files. */
    readonly mode?: number;
}

/**
 * Writes a file as a whole or not at all: readers see the old content or the new one, and a full disk or a kill leaves
 * the old one. Folders that are missing are made.
 *
 * @param content in one piece, or in pieces that are written one after the other, so that a large text need not be in memory
 * @throws the file system's own error; nothing is left beside the file then.
 */
export function replaceFile(
    file: string,
    content: string | Uint8Array | Iterable<string>,
    { mode = 0o666 }: ReplaceFileOptions = {},
): void {
    makeFolder(path.dirname(file));
    // Loaded where it is needed: most runs of a command write no file.
    const { randomUUID } = process.getBuiltinModule("node:crypto");
    const unfinished = `${file}.${randomUUID()}.new`;
    try {
        const descriptor = openSync(unfinished, "wx", mode);
        try {
            const pieces = typeof content === "string" || content instanceof Uint8Array ? [content] : content;
            for (const piece of pieces) {
                writeFileSync(descriptor, piece);
            }
            // A rename may reach the disk before the content does: after a power failure the file would be empty.
            fsyncSync(descriptor);
        } finally {
            closeSync(descriptor);
        }
        renameSync(unfinished, file);
    } catch (error) {
        rmSync(unfinished, { force: true });
        throw error;
    }
}
