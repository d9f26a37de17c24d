const reasons: Readonly<Record<string, string>> = {
    EACCES: "you have no permission",
    EDQUOT: "your disk quota is used up",
    EFBIG: "the file would be larger than your limit allows",
    ENOSPC: "no space is left on its device",
    EPERM: "you have no permission",
    EROFS: "its file system is read-only",
};

/** A file that could not be written, in words: the system's own error often names no file. */
export function notWritten(file: string, error: unknown): string {
    const { code, message } = error as NodeJS.ErrnoException;
    return `${file} could not be written: ${reasons[code ?? ""] ?? message}.`;
}
