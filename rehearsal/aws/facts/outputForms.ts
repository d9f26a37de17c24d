import { canonicalType } from "./canonicalType";
import table from "./outputTable.json";

const types: Readonly<Record<string, Readonly<Record<string, unknown>>>> = table.types;

/** The form that AWS gives to the id and outputs of a type: texts with names of inputs in braces. Empty if not known. */
export function outputForms(type: string): Readonly<Record<string, unknown>> {
    return types[canonicalType(type).replace(/^aws:/, "")] ?? {};
}
