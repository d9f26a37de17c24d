import { setTimeout as wait } from "node:timers/promises";
import { changeInWords, compare } from "./comparison";
import type { Report } from "./report";

/** How to watch. */
export interface WatchArgs {
    /** Seconds between the end of a run and the beginning of the next. */
    readonly seconds: number;
    /** An earlier report to compare the first run with. */
    readonly before?: Report;
    /** Is given each report that differs from the one before it, and the first. */
    readonly show: (report: Report) => void;
}

/** Probes again and again until Ctrl-C; each run is a line on standard error. Returns the last report. */
export async function watch(
    once: (before: Report | undefined) => Promise<Report>,
    { seconds, before, show }: WatchArgs,
): Promise<Report> {
    const stop = new AbortController();
    const onSignal = () => stop.abort();
    process.once("SIGINT", onSignal).once("SIGTERM", onSignal);
    try {
        let last = before;
        let shown = false;
        for (;;) {
            const report = await once(last);
            const changes = last === undefined ? [] : compare(last, report.findings).changes;
            if (!shown || changes.length > 0) {
                show(report);
                shown = true;
            }
            for (const change of changes) {
                process.stderr.write(`${changeInWords(change)}\n`);
            }
            process.stderr.write(`${report.finishedAt}  ${report.verdict}  ${report.summary}\n`);
            last = report;
            await wait(1000 * seconds, undefined, { signal: stop.signal }).catch(() => undefined);
            if (stop.signal.aborted) {
                return report;
            }
        }
    } finally {
        process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
    }
}
