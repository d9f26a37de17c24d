import { closest, distance } from "fastest-levenshtein";

/**
 * The allowed name that a misspelt one was probably meant to be: at most a third of its letters (or two, of a short
 * word one) differ, upper and lower case aside. Undefined where no name is that near: a wild guess misleads more than a list.
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
    // Two of three or four letters are most of a word, unless they only changed places: "port" is no misspelt "for".
    const letters = (word: string): string => [...word].sort().join("");
    const short = given.length <= 4 && letters(lowered) !== letters(nearest);
    const bound = short ? 1 : Math.max(2, Math.floor(given.length / 3));
    const changes = distance(lowered, nearest);
    if (changes > bound || (changes > 0 && nearest.length <= 2)) {
        return undefined;
    }
    return allowed.find((name) => name.toLowerCase() === nearest);
}
