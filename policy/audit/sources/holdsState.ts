import { closeSync, openSync, readSync, statSync } from "node:fs";

/** Where an export or a checkpoint says what it is, in whatever order a tool has written its properties. */
const headBytes = 4096;

/** Whether a file looks like a state, or is compressed, as no report of the audit is. A file that cannot be read is none. */
export function holdsState(file: string): boolean {
    const head = headOf(file);
    const isCompressed =
        (head[0] === 0x1f && head[1] === 0x8b) || head.subarray(0, 4).equals(Buffer.from([0x28, 0xb5, 0x2f, 0xfd]));
    return isCompressed || /"(deployment|checkpoint)"\s*:/.test(head.toString("latin1"));
}

function headOf(file: string): Buffer {
    const head = Buffer.alloc(headBytes);
    try {
        // A pipe or a terminal would wait for somebody to write.
        if (!statSync(file).isFile()) {
            return Buffer.alloc(0);
        }
        const opened = openSync(file, "r");
        try {
            return head.subarray(0, readSync(opened, head, 0, headBytes, 0));
        } finally {
            closeSync(opened);
        }
    } catch {
        return Buffer.alloc(0);
    }
}
