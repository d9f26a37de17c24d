import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** The bytes of a state: in memory, or in a file of which only what is asked for is read. */
export type Bytes = Pick<Uint8Array, "length" | "subarray">;

/** A file that stays open until it is closed: one that another takes the place of meanwhile is still read to its end. */
export class FileBytes implements Bytes {
    readonly length: number;
    readonly #descriptor: number;

    constructor(path: string) {
        this.#descriptor = openSync(path, "r");
        this.length = fstatSync(this.#descriptor).size;
    }

    /** @throws where the file has become shorter */
    subarray(begin = 0, end = this.length): Uint8Array {
        const first = begin < 0 ? Math.max(0, this.length + begin) : begin;
        const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(end, this.length) - first));
        for (let read = 0; read < bytes.length;) {
            const more = readSync(this.#descriptor, bytes, read, bytes.length - read, first + read);
            if (more === 0) {
                throw Object.assign(new Error("The file has become shorter."), { code: "changed while it was read" });
            }
            read += more;
        }
        return bytes;
    }

    close(): void {
        closeSync(this.#descriptor);
    }
}

/** Without a copy of the bytes. */
export function textOf({ buffer, byteOffset, byteLength }: Uint8Array, encoding: BufferEncoding): string {
    return Buffer.from(buffer, byteOffset, byteLength).toString(encoding);
}
