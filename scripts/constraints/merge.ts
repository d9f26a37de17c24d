import type { Constraint } from "../../rehearsal/aws/constraints";

/** Constraints by path. */
export type Found = Record<string, Constraint>;

/**
 * Adds what AWS's API says to what the provider said: of texts what either allows, of numbers what the API says,
 * which has the last word.
 */
export function merge(found: Found, at: string, added: Constraint): void {
    const known = found[at];
    if (Object.keys(added).length === 0) {
        return;
    }
    if (known === undefined) {
        found[at] = added;
        return;
    }
    const values =
        known.values === undefined || added.values === undefined
            ? undefined
            : [...new Set([...known.values, ...added.values])];
    found[at] = {
        ...known,
        ...added,
        ...(known.values === undefined && added.values === undefined
            ? {}
            : { values: values ?? known.values ?? added.values }),
        ...(known.between === undefined || added.between === undefined
            ? {}
            : { between: [added.between[0] ?? known.between[0], added.between[1] ?? known.between[1]] }),
    };
}
