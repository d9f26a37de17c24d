import { nearestName } from "@encrypted-edge/common";

/** Completes "... is not a rule. " with the name that was probably meant, or with all that there are, or some of them. */
export function nameHint(given: string, allowed: readonly string[], some = allowed): string {
    if (allowed.length === 0) {
        return "There are none to set.";
    }
    const nearest = nearestName(given, allowed);
    return nearest === undefined
        ? `Allowed are${some === allowed ? "" : ", among others"}: ${some.map((name) => `"${name}"`).join(", ")}.`
        : `Did you mean "${nearest}"?`;
}
