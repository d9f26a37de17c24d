import { canonicalType } from "./canonicalType";
import table from "./replacementTable.json";

/** What a change of inputs means for a resource. */
export interface Replacement {
    /** Inputs a change of which makes a new resource, beside those whose documentation says so. */
    readonly replaceOn?: readonly string[];
    /** Inputs whose change never makes a new resource, whatever their documentation says. */
    readonly keepOn?: readonly string[];
}

const types: Readonly<Record<string, Replacement>> = table.types;

/** What the official provider replaces resources of a type for. */
export function replacementOf(type: string): Replacement {
    const { replaceOn, keepOn } = types[canonicalType(type).replace(/^aws:/, "")] ?? {};
    return { replaceOn, keepOn };
}
