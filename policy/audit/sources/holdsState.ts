import { statSync } from "node:fs";

import { FileBytes, textOf } from "./bytes";
import { compressionOf } from "./compression";

/** Where an export or a checkpoint says what it is, in whatever order a tool has written its properties. */
const headBytes = 4096;

/** Whether a file looks like a state, or is compressed, as no report of the audit is. A file that cannot be read is none. */
export function holdsState(file: string): boolean {
    const head = headOf(file);
    return compressionOf(head) !== undefined || /"(deployment|checkpoint)"\s*:/.test(textOf(head, "latin1"));
}

function headOf(file: string): Uint8Array {
    const nothing = new Uint8Array();
    try {
        // A pipe or a terminal would wait for somebody to write.
        if (!statSync(file).isFile()) {
            return nothing;
        }
        const bytes = new FileBytes(file);
        try {
            return bytes.subarray(0, headBytes);
        } finally {
            bytes.close();
        }
    } catch {
        return nothing;
    }
}
