import { statSync } from "node:fs";
import * as path from "node:path";
import { readJsonObject, replaceFile } from "@encrypted-edge/common";
import { userCache } from "./userCache";

/** How long an executable that did not answer is not asked again; until then each command would wait for it. */
const remembered = 60 * 60_000;

/**
 * Whether an executable named `pulumi` did not answer lately, such as a wrapper that waits for a login or a network.
 */
export function isSilent(executable: string, environment: NodeJS.ProcessEnv): boolean {
    const silence = read(environment)[executable];
    return silence?.modified === modified(executable) && Date.now() - silence.since < remembered;
}

/** Remembers an executable that did not answer. */
export function noteSilence(executable: string, environment: NodeJS.ProcessEnv): void {
    const all = { ...read(environment), [executable]: { modified: modified(executable), since: Date.now() } };
    try {
        replaceFile(fileOf(environment), JSON.stringify(all));
    } catch {
        // Without a cache each command asks again.
    }
}

function read(environment: NodeJS.ProcessEnv): Record<string, { modified: number; since: number } | undefined> {
    return readJsonObject<ReturnType<typeof read>>(fileOf(environment)) ?? {};
}

function fileOf(environment: NodeJS.ProcessEnv): string {
    return path.join(userCache(environment), "silent-clis.json");
}

function modified(file: string): number {
    return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
