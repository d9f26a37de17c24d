import type { Bytes } from "./bytes";

/** How bytes are compressed, by how they begin. Sources: RFC 1952, section 2.3.1; RFC 8878, section 3.1.1. */
export function compressionOf(bytes: Bytes): "gzip" | "Zstandard" | undefined {
    if (startsWith(bytes, 0x1f, 0x8b)) {
        return "gzip";
    }
    return startsWith(bytes, 0x28, 0xb5, 0x2f, 0xfd) ? "Zstandard" : undefined;
}

export function startsWith(bytes: Bytes, ...expected: number[]): boolean {
    const first = bytes.subarray(0, expected.length);
    return expected.every((byte, index) => first[index] === byte);
}
