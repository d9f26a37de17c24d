import { givenName, unreadableStack, type AuditAnswer, type AuditTask } from "./auditSource";
import { isUnreadable, type AuditedStack } from "./auditedStack";
import type { Journal } from "./journal";
import { hashOf, nameOfSource, type Source } from "./sources";

/** Judges one source: in a thread of its own, through the engine, or, in tests, right here. */
export type Auditor = (task: AuditTask, signal: AbortSignal) => Promise<AuditAnswer>;

export interface AuditRun {
    readonly sources: readonly Source[];
    readonly task: Omit<AuditTask, "source">;
    readonly audit: Auditor;
    /** How many sources are under way at a time; each holds one state in memory. */
    readonly parallel: number;
    readonly journal: Journal;
    readonly signal: AbortSignal;
    /** Called after each source. */
    onProgress(done: number, total: number, stack: AuditedStack, resumed: boolean): void;
}

export interface RunResult {
    /** In the order of the sources; those that were not reached are left out. */
    readonly stacks: readonly AuditedStack[];
    /** Sources that an interruption left out. */
    readonly remaining: number;
    /** Verdicts taken from the journal. */
    readonly resumed: number;
}

/** Audits every source, several at a time, and keeps each verdict in the journal as soon as it is known. */
export async function runAudit(run: AuditRun): Promise<RunResult> {
    const { sources, journal, signal } = run;
    const stacks: (AuditedStack | undefined)[] = sources.map(() => undefined);
    let next = 0;
    let done = 0;
    let resumed = 0;
    const finish = (index: number, stack: AuditedStack, fromJournal: boolean) => {
        stacks[index] = stack;
        done++;
        if (fromJournal) {
            resumed++;
        }
        run.onProgress(done, sources.length, stack, fromJournal);
    };
    const work = async () => {
        while (!signal.aborted && next < sources.length) {
            const index = next++;
            const source = sources[index] as Source;
            const place = placeKey(source);
            const earlier = place === undefined ? undefined : journal.get(place);
            if (earlier !== undefined) {
                journal.add([place as string], earlier);
                finish(index, earlier, true);
                continue;
            }
            const answer = await attempt(run, { ...run.task, source });
            if (answer === undefined) {
                return;
            }
            const { stack, fromJournal } = settled(answer, source, journal);
            // What was unreadable may be readable the next time, whatever was wrong.
            const keys = [answer.hash, place].filter((key) => key !== undefined);
            if (!isUnreadable(stack)) {
                journal.add(keys, stack);
            }
            finish(index, stack, fromJournal);
        }
    };
    await Promise.all(Array.from({ length: Math.max(1, run.parallel) }, work));
    const finished = stacks.filter((stack) => stack !== undefined);
    if (finished.length === sources.length) {
        journal.finish();
    }
    return { stacks: finished, remaining: sources.length - finished.length, resumed };
}

/** A backend's stack that has not changed since need not be exported again. */
function placeKey(source: Source): string | undefined {
    if (source.kind !== "backend" || source.lastUpdate === undefined) {
        return undefined;
    }
    return hashOf(Buffer.from(JSON.stringify([source.backend, source.stack, source.lastUpdate])));
}

async function attempt(run: AuditRun, task: AuditTask): Promise<AuditAnswer | undefined> {
    try {
        const answer = await run.audit(task, run.signal);
        return run.signal.aborted ? undefined : answer;
    } catch (error) {
        if (run.signal.aborted) {
            return undefined;
        }
        return { kind: "judged", stack: unreadableStack(task.source, failure(error)) };
    }
}

/** Only the kind of error is named: its words may hold a value of the state. */
function failure(error: unknown): string {
    const code = (error as { code?: unknown } | undefined)?.code;
    if (code === "ERR_WORKER_OUT_OF_MEMORY") {
        return "The state does not fit into memory. Run with NODE_OPTIONS=--max-old-space-size=8192, or fewer --parallel.";
    }
    const name = error instanceof Error ? error.constructor.name : typeof error;
    return `The audit of this state failed (${typeof code === "string" ? code : name}). Please report it.`;
}

/** The same state may lie in several places: a verdict from the journal takes the name of where it was found now. */
function settled(answer: AuditAnswer, source: Source, journal: Journal): { stack: AuditedStack; fromJournal: boolean } {
    if (answer.kind === "judged") {
        return { stack: answer.stack, fromJournal: false };
    }
    const stack = journal.get(answer.hash);
    if (stack === undefined) {
        return { stack: unreadableStack(source, "Its verdict was lost. Run again."), fromJournal: false };
    }
    const place = nameOfSource(source);
    // A state that names no stack was called by where it was then.
    const named = stack.stack === stack.source ? place : stack.stack;
    return { stack: { ...stack, stack: givenName(source) ?? named, source: place }, fromJournal: true };
}
