import { systemErrorReasons } from "@encrypted-edge/common";

const reasons: Readonly<Record<string, string>> = {
    ...systemErrorReasons,
    EFBIG: "the file would be larger than your limit allows",
};

/** A file that could not be written, in words: the system's own error often names no file. */
export function notWritten(file: string, error: unknown): string {
    const { code, message } = error as NodeJS.ErrnoException;
    return `${file} could not be written: ${reasons[code ?? ""] ?? message}.`;
}
