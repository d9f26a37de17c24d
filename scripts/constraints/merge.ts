import type { Constraint } from "../../rehearsal/aws/constraints";

/** Constraints by path. */
export type Found = Record<string, Constraint>;

/** The wider of two constraints: a value is refused only where every source refuses it. */
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
            : {
                  between: [
                      widest(known.between[0], added.between[0], Math.min),
                      widest(known.between[1], added.between[1], Math.max),
                  ],
              }),
    };
}

function widest(one: number | null, other: number | null, choose: (...numbers: number[]) => number): number | null {
    return one === null || other === null ? null : choose(one, other);
}
