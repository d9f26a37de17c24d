import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { readJsonObject } from "@encrypted-edge/common";
import type { RehearsalPaths } from "../engine";
import { jsonFiles } from "./jsonFiles";
import { processIsRunning, processStart } from "./processes";

/** Which CLI works for which `rehearse`, noted while it runs: a note that stays tells of a run that was killed. */
interface RunNote {
    cli: number;
    rehearse: number;
    /** Milliseconds since the epoch. */
    since: number;
}

/** Where the providers of a run note the resources that they see. */
export function subjectsOf(paths: RehearsalPaths, rehearse: number): string {
    return path.join(paths.root, `subjects.${rehearse}`);
}

/** Notes that a CLI works on a stack. @returns what takes the note back when the CLI has ended. */
export function noteRun(paths: RehearsalPaths, stack: string, cli: number): () => void {
    const file = path.join(notesOf(paths, stack), `${cli}.json`);
    mkdirSync(path.dirname(file), { recursive: true });
    const note: RunNote = { cli, rehearse: process.pid, since: Date.now() };
    writeFileSync(file, JSON.stringify(note));
    return () => rmSync(file, { force: true });
}

/**
 * A CLI whose `rehearse` was killed goes on unseen. It is told to cancel, and waited for, before the next run.
 * @returns when the earliest run that did not end in order had started, in milliseconds since the epoch.
 */
export async function endAbandonedRuns(
    paths: RehearsalPaths,
    stack: string,
    report: (line: string) => void,
): Promise<number | undefined> {
    const starts: number[] = [];
    for (const file of jsonFiles(notesOf(paths, stack))) {
        const note = readJsonObject<RunNote>(file);
        if (note !== undefined && isStill(note.rehearse, note)) {
            continue;
        }
        if (note !== undefined) {
            rmSync(subjectsOf(paths, note.rehearse), { force: true });
            starts.push(note.since);
            if (isStill(note.cli, note)) {
                report(
                    `An earlier run of ${stack} (process ${note.cli}) has lost its terminal and is still running: cancelling it.`,
                );
                await end(note);
            }
        }
        rmSync(file, { force: true });
    }
    return starts.length === 0 ? undefined : Math.min(...starts);
}

/** Asks the engine to cancel, which saves what was done; one that does not end in time is killed. */
async function end(note: RunNote): Promise<void> {
    for (const [signal, seconds] of [
        ["SIGTERM", 30],
        ["SIGKILL", 5],
    ] as const) {
        process.kill(note.cli, signal);
        for (const start = Date.now(); Date.now() - start < seconds * 1000;) {
            await new Promise((resolve) => setTimeout(resolve, 200));
            if (!isStill(note.cli, note)) {
                return;
            }
        }
    }
}

/** Whether the noted process still runs, and not another one that was given its number since. */
function isStill(pid: number, { since }: RunNote): boolean {
    return processIsRunning(pid) && (processStart(pid) ?? since) <= since + 5000;
}

function notesOf(paths: RehearsalPaths, stack: string): string {
    return path.join(paths.root, "running", stack);
}
