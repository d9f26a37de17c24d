import { closest, distance } from "fastest-levenshtein";

/**
 * The allowed name that a misspelt one was probably meant to be: at most a third of its letters (or two) differ, upper
 * and lower case aside. Undefined where no name is that near: a wild guess misleads more than a list.
 */
export function nearestName(given: string, allowed: readonly string[]): string | undefined {
    if (allowed.length === 0) {
        return undefined;
    }
    const lowered = given.toLowerCase();
    const nearest = closest(
        lowered,
        allowed.map((name) => name.toLowerCase()),
    );
    if (distance(lowered, nearest) > Math.max(2, Math.floor(given.length / 3)) || nearest.length <= 2) {
        return undefined;
    }
    return allowed.find((name) => name.toLowerCase() === nearest);
}
