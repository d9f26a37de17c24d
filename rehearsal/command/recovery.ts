import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import * as path from "node:path";
import type { RehearsalPaths } from "../engine";
import { processIsRunning, processStart } from "./processes";
import type { Project } from "./project";
import { checkpointFile } from "./stacks";

export interface Recovery {
    paths: RehearsalPaths;
    project: Project;
    stack: string;
    /** Runs the CLI for this stack. */
    run: (words: string[]) => Promise<number>;
    /** Where lines are said. Default: standard error. */
    say?: (line: string) => void;
}

/**
 * Makes a stack usable again after its last run was killed: removes the lock of the dead process and lets the engine
 * compare an interrupted checkpoint with what the account holds. A run that still lives is left alone.
 */
export async function recover(recovery: Recovery): Promise<void> {
    const say = recovery.say ?? ((line: string) => void process.stderr.write(`${line}\n`));
    await endAbandonedRun(recovery, say);
    removeDeadLocks(recovery, say);
    const pending = pendingOperations(recovery);
    if (pending.length === 0 || hasLock(recovery)) {
        return;
    }
    say(`The last run of ${recovery.stack} was interrupted while ${pending.length} operations were under way:`);
    for (const operation of pending) {
        say(`  ${operation.type} ${operation.urn.split("::").slice(2).join(" ")}`);
    }
    say("Comparing the stack with the account before going on.");
    await recovery.run([
        "refresh",
        "--stack",
        recovery.stack,
        "--yes",
        "--skip-preview",
        "--non-interactive",
        "--clear-pending-creates",
        "--suppress-outputs",
    ]);
}

function locksOf({ paths, project, stack }: Recovery): string[] {
    const directory = path.join(paths.backend, ".pulumi", "locks", "organization", project.name, stack);
    try {
        return readdirSync(directory)
            .filter((name) => name.endsWith(".json"))
            .map((name) => path.join(directory, name));
    } catch {
        return [];
    }
}

function hasLock(recovery: Recovery): boolean {
    return locksOf(recovery).length > 0;
}

function removeDeadLocks(recovery: Recovery, say: (line: string) => void): void {
    for (const file of locksOf(recovery)) {
        const holder = deadHolder(file);
        if (holder !== undefined) {
            rmSync(file, { force: true });
            rmSync(`${file}.attrs`, { force: true });
            say(`Removed the lock that ${holder} left on the stack ${recovery.stack}: it does not run any more.`);
        }
    }
}

/** Names the process that holds a lock when it is certain that it has ended; undefined while it may still run. */
export function deadHolder(file: string): string | undefined {
    let lock: { pid?: number; hostname?: string; timestamp?: string };
    try {
        lock = JSON.parse(readFileSync(file, "utf8")) as typeof lock;
    } catch {
        // A lock is written in one go; one that is still unreadable after a while was cut off.
        return Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > 10_000
            ? "a process that was killed while it locked"
            : undefined;
    }
    if (typeof lock.pid !== "number" || lock.hostname !== hostname()) {
        return undefined;
    }
    const start = processStart(lock.pid);
    // The system gives numbers of processes again: one that started after the lock was made is not its holder.
    const isOther = start !== undefined && lock.timestamp !== undefined && start > Date.parse(lock.timestamp) + 5000;
    return processIsRunning(lock.pid) && !isOther ? undefined : `process ${lock.pid}`;
}

interface Operation {
    type: string;
    urn: string;
}

function pendingOperations({ paths, project, stack }: Recovery): Operation[] {
    try {
        const { checkpoint } = JSON.parse(readFileSync(checkpointFile(paths, project, stack), "utf8")) as {
            checkpoint?: { latest?: { pending_operations?: { type: string; resource: { urn: string } }[] } };
        };
        return (checkpoint?.latest?.pending_operations ?? []).map(({ type, resource }) => ({
            type,
            urn: resource.urn,
        }));
    } catch {
        return [];
    }
}

function runFile(paths: RehearsalPaths, stack: string): string {
    return path.join(paths.root, "running", `${stack}.json`);
}

/** Notes which CLI works for which `rehearse`; undefined when it has ended. */
export function noteRun(paths: RehearsalPaths, stack: string, cli: number | undefined): void {
    const file = runFile(paths, stack);
    if (cli === undefined) {
        rmSync(file, { force: true });
        return;
    }
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ cli, rehearse: process.pid, since: Date.now() }));
}

/** A CLI whose `rehearse` was killed goes on unseen. It is told to cancel, and waited for, before the next run. */
async function endAbandonedRun({ paths, stack }: Recovery, say: (line: string) => void): Promise<void> {
    let note: { cli: number; rehearse: number; since: number };
    try {
        note = JSON.parse(readFileSync(runFile(paths, stack), "utf8")) as typeof note;
    } catch {
        return;
    }
    const isSame = (pid: number): boolean =>
        processIsRunning(pid) && (processStart(pid) ?? note.since) <= note.since + 5000;
    if (!isSame(note.cli) || isSame(note.rehearse)) {
        return;
    }
    say(
        `An earlier run of ${stack} (process ${note.cli}) has lost its terminal and still works: it is cancelled first.`,
    );
    process.kill(note.cli, "SIGTERM");
    for (const [limit, signal] of [
        [30_000, "SIGTERM"],
        [10_000, "SIGKILL"],
    ] as const) {
        for (const start = Date.now(); Date.now() - start < limit;) {
            if (!isSame(note.cli)) {
                return;
            }
            await new Promise((resolve) => setTimeout(resolve, 200));
        }
        if (signal === "SIGTERM" && isSame(note.cli)) {
            process.kill(note.cli, "SIGKILL");
        }
    }
}
