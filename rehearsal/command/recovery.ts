import { rmSync, statSync } from "node:fs";
import { hostname } from "node:os";
import * as path from "node:path";
import { readJsonObject } from "@encrypted-edge/common";
import { openAccount } from "../aws/account";
import { type Checkpoint, checkpointFile, readCheckpoint, type RehearsedStack, restoreCheckpoint } from "./checkpoint";
import { jsonFiles } from "./jsonFiles";
import { processIsRunning, processStart } from "./processes";
import { endAbandonedRuns } from "./runNotes";
import { tell } from "./tell";

export interface Recovery extends RehearsedStack {
    /** Runs the CLI for this stack. */
    run: (words: string[]) => Promise<number>;
    /** Is told what is done. Default: it is written to standard error. */
    report?: (line: string) => void;
}

/**
 * Makes a stack usable again after its last run was killed: removes the lock of the dead process, removes from the
 * account what that run created without recording it, and lets the engine compare the rest with the account. A run
 * that still lives is left alone.
 */
export async function recover(recovery: Recovery): Promise<void> {
    const report = recovery.report ?? ((line: string) => tell(process.stderr, line));
    const abandoned = await endAbandonedRuns(recovery.paths, recovery.stack, report);
    const locked = removeDeadLocks(recovery, report);
    if (locksOf(recovery).length > 0) {
        return;
    }
    const { stack } = recovery;
    const restored = restoreCheckpoint(recovery, report);
    const { resources, pending } = readCheckpoint(checkpointFile(recovery));
    const since = Math.min(...[abandoned, locked, restored].filter((time) => time !== undefined));
    removeUnrecorded(recovery, report, { resources, pending, since });
    if (pending.length === 0 && restored === undefined) {
        return;
    }
    if (pending.length > 0) {
        report(`The last run of ${stack} was interrupted in the middle of:`);
    }
    for (const { type, urn } of pending) {
        report(`  ${type} ${readable(urn)}`);
    }
    report("Comparing the stack with the account before going on.");
    const options = ["--yes", "--skip-preview", "--non-interactive", "--clear-pending-creates", "--suppress-outputs"];
    await recovery.run(["refresh", "--stack", stack, ...options]);
}

/** What a run created after it started, or was creating, and what the engine had no time to write down. */
function removeUnrecorded(
    { paths, project, stack }: Recovery,
    report: (line: string) => void,
    { resources, pending, since }: Checkpoint & { since: number },
): void {
    const recorded = new Set(resources.map(({ type, id, outputs }) => placeOf(type, id, outputs?.region)));
    const creating = new Set(pending.filter(({ type }) => type === "creating").map(({ urn }) => urn));
    const account = openAccount(paths.account);
    for (const { type, id, urn, createdAt, region } of account.list()) {
        const isOfStack = urn?.startsWith(`urn:pulumi:${stack}::${project.name}::`) === true;
        // Older ones may be kept on purpose: retained on delete, or taken out of the state by hand.
        const isOfRun = urn !== undefined && (creating.has(urn) || Date.parse(createdAt) >= since);
        // Ids that are names, as of log groups, are told apart by Region; SDKs before 7 record none.
        const isRecorded = [region, undefined].some((where) => recorded.has(placeOf(type, id, where)));
        if (isOfStack && isOfRun && !isRecorded) {
            account.delete(type, id, region);
            report(
                `Removed ${readable(urn)} (${id}) from the account: a run that was interrupted created it, but did not record it.`,
            );
        }
    }
}

function placeOf(type: string, id: string | undefined, region: unknown): string {
    return [type, id, region].join(" ");
}

/** A URN's own type and name: the components around it do not matter here. */
function readable(urn: string): string {
    const [type = "", name = ""] = urn.split("::").slice(2);
    return `${type.split("$").at(-1)} ${name}`;
}

function locksOf({ paths, project, stack }: Recovery): string[] {
    return jsonFiles(path.join(paths.backend, ".pulumi", "locks", "organization", project.name, stack));
}

/** @returns when the earliest of the dead holders took its lock, in milliseconds since the epoch. */
function removeDeadLocks(recovery: Recovery, report: (line: string) => void): number | undefined {
    const times: number[] = [];
    for (const file of locksOf(recovery)) {
        const holder = deadHolder(file);
        if (holder !== undefined) {
            times.push(statSync(file).mtimeMs);
            rmSync(file, { force: true });
            rmSync(`${file}.attrs`, { force: true });
            report(`Removed the lock that ${holder} left on the stack ${recovery.stack}: it is no longer running.`);
        }
    }
    return times.length === 0 ? undefined : Math.min(...times);
}

/** Names the process that holds a lock when it is certain that it has ended; undefined while it may still run. */
export function deadHolder(file: string): string | undefined {
    const lock = readJsonObject<{ pid?: number; hostname?: string; timestamp?: string }>(file);
    if (lock === undefined) {
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
