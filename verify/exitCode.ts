import type { Verdict } from "./report";

const exitCodes: Readonly<Record<Verdict, number>> = { pass: 0, warn: 0, fail: 1, "cannot tell": 3 };

/** The exit code of wrong usage, as most tools have it. */
export const wrongUsage = 2;

/** The exit code of a verdict: 0 what could be seen is right, 1 something is wrong, 3 what a verdict needs was not seen. */
export function exitCodeOf(verdict: Verdict): number {
    return exitCodes[verdict];
}
