import { closest, distance } from "fastest-levenshtein";

/** Completes "... is not a rule. " with the name that was probably meant, or with all that there are. */
export function nearestName(given: string, allowed: readonly string[]): string {
    if (allowed.length === 0) {
        return "There is none that could be set.";
    }
    const nearest = closest(given, [...allowed]);
    if (distance(given, nearest) <= Math.max(2, given.length / 3)) {
        return `Did you mean "${nearest}"?`;
    }
    return `Allowed are: ${allowed.map((name) => `"${name}"`).join(", ")}.`;
}
