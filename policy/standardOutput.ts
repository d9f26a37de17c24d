import { once } from "node:events";
import { fstatSync, writeSync } from "node:fs";
import type { Writable } from "node:stream";

import { notWritten } from "./notWritten";

/** What a command writes to: whole pieces by its descriptor, and the rest by Node's own stream of it. */
export interface Output {
    readonly descriptor: number;
    readonly stream: () => Writable & { readonly isTTY?: boolean; readonly columns?: number };
}

const ownOutput: Output = { descriptor: 1, stream: standardOutput };

/** A reader such as "head" that has seen enough ends this process as it ends any other: by a broken pipe. */
const readerIsGone = 128 + 13;

/** What a command answers that could not say all that it had to. */
const incomplete = 3;

/**
 * Writes these pieces to standard output, one after the other, each once its reader has taken the one before. A terminal
 * gets them by Node's own stream; a file and a pipe need none, and making it costs a short run a tenth of its time.
 *
 * @throws the system's own error, but for a reader that has gone: then the process goes on, and ends by a broken pipe
 */
export async function writeOut(pieces: Iterable<string>, { descriptor, stream }: Output = ownOutput): Promise<void> {
    let isDirect = !isCharacterDevice(descriptor);
    for (const piece of pieces) {
        const content = Buffer.from(piece);
        const written = isDirect ? writeDirectly(descriptor, content) : 0;
        if (written === "gone") {
            process.once("exit", () => (process.exitCode = readerIsGone));
            return;
        }
        if (written < content.length) {
            isDirect = false;
            const output = stream();
            // What a slow reader has not taken would be held in memory.
            if (!output.write(content.subarray(written))) {
                await once(output, "drain");
            }
        }
    }
}

/** Standard output as Node's own stream, which everything but {@link writeOut} writes to. */
export function standardOutput(): NodeJS.WriteStream {
    if (!process.stdout.listeners("error").includes(endWithReader)) {
        process.stdout.on("error", endWithReader);
    }
    return process.stdout;
}

/** What is known of the terminal that standard output is, if it is one. */
export function terminal({ descriptor, stream }: Output = ownOutput): {
    readonly isTTY?: boolean;
    readonly columns?: number;
} {
    return isCharacterDevice(descriptor) ? stream() : {};
}

/** A terminal is one; so is /dev/null. */
function isCharacterDevice(descriptor: number): boolean {
    return fstatSync(descriptor).isCharacterDevice();
}

/** How many bytes were written: not all where whoever shares the pipe has set it not to wait. */
function writeDirectly(descriptor: number, content: Uint8Array): number | "gone" {
    let written = 0;
    try {
        while (written < content.length) {
            written += writeSync(descriptor, content, written);
        }
    } catch (error) {
        const code = codeOf(error);
        if (code === "EPIPE") {
            return "gone";
        }
        if (code !== "EAGAIN") {
            throw error;
        }
    }
    return written;
}

function endWithReader(error: Error): void {
    if (codeOf(error) === "EPIPE") {
        process.exit(readerIsGone);
    }
    process.stderr.write(`${notWritten("standard output", error)}\n`);
    process.exit(incomplete);
}

function codeOf(error: unknown): unknown {
    return error instanceof Error && "code" in error ? error.code : undefined;
}
