import type { Subject } from "../subjects";

/**
 * What of a program's resources is modelled, in one line: of the others names and types of inputs are checked, and nothing
 * that AWS itself would refuse. Undefined where it has none.
 */
export function modelledLine(noted: readonly Subject[]): string | undefined {
    const subjects = noted.filter(({ isDeleted }) => isDeleted !== true);
    if (subjects.length === 0) {
        return undefined;
    }
    const others = new Map<string, number>();
    for (const { type } of subjects.filter(({ isModelled }) => !isModelled)) {
        others.set(type, (others.get(type) ?? 0) + 1);
    }
    const modelled = subjects.filter(({ isModelled }) => isModelled).length;
    if (others.size === 0) {
        return subjects.length === 1
            ? "The one resource is modelled."
            : `All ${subjects.length} resources are modelled.`;
    }
    const listed = [...others].sort().map(([type, count]) => (count === 1 ? type : `${type} (${count})`));
    return `${modelled} of ${subjects.length} resources are modelled; not: ${listed.join(", ")}. Of these, only names and types of inputs are checked.`;
}
