/** Why the file system refuses to write, in words, by the codes of its errors. */
export const systemErrorReasons: Readonly<Record<string, string>> = {
    EROFS: "its file system is read-only",
    EACCES: "you have no permission",
    EPERM: "you have no permission",
    ENOSPC: "no space is left on its device",
    EDQUOT: "your disk quota is used up",
};
