/** The first day of each length, the latest first. */
const lengths: readonly (readonly [from: string, days: number])[] = [
    ["2029-03-15", 47],
    ["2027-03-15", 100],
    ["2026-03-15", 200],
];

/**
 * Days for which a public TLS certificate may be valid. Source: CA/Browser Forum, Baseline Requirements 6.3.2, as of
 * ballot SC-081v3; certificates of the lengths before 398 days have expired.
 *
 * @param from the moment from which it is valid, in milliseconds since the epoch
 */
export function longestValidity(from: number): number {
    return lengths.find(([since]) => from >= Date.parse(since))?.[1] ?? 398;
}
