import * as path from "node:path";
import { userCache } from "../engine";

const reasons: Readonly<Record<string, string>> = {
    EROFS: "its file system is read-only",
    EACCES: "you have no permission",
    EPERM: "you have no permission",
    ENOSPC: "no space is left on its device",
    EDQUOT: "your disk quota is used up",
};

const tasks: Readonly<Record<string, string>> = {
    scandir: "read",
    stat: "read",
    lstat: "read",
    read: "read",
    spawn: "run",
};

/** An error of the file system in words, with a way out; undefined for any other error. */
export function fileSystemProblem(error: unknown, environment = process.env): string | undefined {
    const { code, syscall, path: file, dest } = error as NodeJS.ErrnoException & { dest?: string };
    const reason = reasons[code ?? ""];
    const where = dest ?? file;
    if (reason === undefined) {
        return undefined;
    }
    const task = tasks[syscall?.split(" ")[0] ?? ""] ?? "use";
    const problem = where === undefined ? `Cannot go on: ${reason} (${code}).` : `Cannot ${task} ${where}: ${reason}.`;
    return `${problem}\n${wayOut(code === "ENOSPC" || code === "EDQUOT", where ?? "", environment)}`;
}

function wayOut(isFull: boolean, where: string, environment: NodeJS.ProcessEnv): string {
    const cache = userCache(environment);
    if (where === cache || where.startsWith(cache + path.sep) || cache.startsWith(where + path.sep)) {
        return "What is downloaded or built is kept there. Set XDG_CACHE_HOME to a folder that you may write to.";
    }
    if (isFull) {
        return "Free some space, then run the same command again: what was done until now is kept.";
    }
    return 'A rehearsal keeps everything in the folder ".rehearsal" of the project. Make it and the project\'s folder writable for you, or work on a copy of the project.';
}
