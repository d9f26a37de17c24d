import { accessSync, constants, existsSync, type StatsFs, statfsSync } from "node:fs";
import * as path from "node:path";
import { systemErrorReasons } from "@encrypted-edge/common";
import { userCache } from "../engine";
import { MistakeError } from "./mistake";

/** Something else lies where the rehearsal keeps its own: why, by the code of the error. */
const inTheWay: Readonly<Record<string, string>> = {
    ENOTDIR: "a file lies where a folder has to be",
    EEXIST: "a file lies where a folder has to be",
    EISDIR: "a folder lies where a file has to be",
};

/** An error of the file system in words, with a way out; undefined for any other error. */
export function fileSystemProblem(error: unknown, environment = process.env): string | undefined {
    const { code, syscall, path: file, dest } = refused(error as SystemError);
    const reason = systemErrorReasons[code ?? ""] ?? inTheWay[code ?? ""];
    // A file that is replaced is written under another name first.
    const where = (dest ?? file)?.replace(/\.[0-9a-f-]{36}\.new$/, "");
    if (reason === undefined) {
        return undefined;
    }
    const task = /^(scandir|l?stat|read)$/.test(syscall ?? "") ? "read" : syscall?.startsWith("spawn ") ? "run" : "use";
    const problem = where === undefined ? `Cannot go on: ${reason} (${code}).` : `Cannot ${task} ${where}: ${reason}.`;
    if (Object.hasOwn(inTheWay, code ?? "")) {
        return `${problem}\nMove it away, or give it another name, then run the same command again.`;
    }
    return `${problem}\n${wayOut(code === "ENOSPC" || code === "EDQUOT", where ?? "", environment)}`;
}

/**
 * Less than the engine needs: it tries for half a minute to save each step that a full disk refuses, one after another.
 */
const leastFree = 16 * 2 ** 20;

/** @throws MistakeError where too little space is left in a folder for a run. */
export function refuseFullDisk(
    folder: string,
    { bavail, bsize }: Pick<StatsFs, "bavail" | "bsize"> = statfsSync(folder),
): void {
    const free = bavail * bsize;
    if (free < leastFree) {
        throw new MistakeError(
            `Only ${Math.floor(free / 2 ** 20)} MiB are free in ${folder}; a rehearsal needs ${leastFree / 2 ** 20}.\n${wayOut(true, "", process.env)}`,
        );
    }
}

type SystemError = NodeJS.ErrnoException & { dest?: string };

/**
 * Node tells "no such file" of a folder that it may not make together with those above it, and "not a directory" of what
 * lies below a file: the cause is looked up.
 */
function refused(error: SystemError): SystemError {
    if (
        error.path === undefined ||
        !(error.code === "ENOTDIR" || (error.code === "ENOENT" && error.syscall === "mkdir"))
    ) {
        return error;
    }
    let above = path.dirname(error.path);
    while (!existsSync(above) && above !== path.dirname(above)) {
        above = path.dirname(above);
    }
    if (error.code === "ENOTDIR") {
        return { ...error, path: above };
    }
    try {
        accessSync(above, constants.W_OK);
        return error;
    } catch (cause) {
        return cause as SystemError;
    }
}

function wayOut(isFull: boolean, where: string, environment: NodeJS.ProcessEnv): string {
    const cache = userCache(environment);
    const isOfCache = where === cache || where.startsWith(cache + path.sep) || cache.startsWith(where + path.sep);
    if (where !== "" && isOfCache) {
        return "What is downloaded or built is kept there. Set XDG_CACHE_HOME to a folder that you may write to.";
    }
    if (isFull) {
        return "Free some space, then run the same command again: what was done until now is kept.";
    }
    return 'A rehearsal keeps everything in the folder ".rehearsal" of the project. Make it and the project\'s folder writable for you, or work on a copy of the project.';
}
