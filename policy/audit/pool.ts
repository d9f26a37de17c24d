import { Piscina } from "piscina";

import type { AuditAnswer } from "./auditSource";
import type { Auditor } from "./runAudit";

export interface Pool {
    readonly audit: Auditor;
    close(): Promise<void>;
}

/**
 * Threads that judge one state each. A state that brings its thread down costs that state, not the audit.
 *
 * @param known hashes of verdicts that the journal holds; undefined where there is no journal
 */
export function startPool(threads: number, known: ReadonlySet<string> | undefined): Pool {
    const pool = new Piscina({
        filename: require.resolve("./worker"),
        workerData: { known },
        minThreads: 1,
        maxThreads: threads,
        concurrentTasksPerWorker: 1,
    });
    return {
        audit: (task, signal) => pool.run(task, { signal }) as Promise<AuditAnswer>,
        close: () => pool.destroy(),
    };
}
