import { nearestName } from "@encrypted-edge/common";

/** Completes "... is not a rule. " with the name that was probably meant, or with all that there are. */
export function nameHint(given: string, allowed: readonly string[]): string {
    if (allowed.length === 0) {
        return "There are none to set.";
    }
    const nearest = nearestName(given, allowed);
    return nearest === undefined
        ? `Allowed are: ${allowed.map((name) => `"${name}"`).join(", ")}.`
        : `Did you mean "${nearest}"?`;
}
