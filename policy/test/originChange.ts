import type { OriginChange } from "../edgeFunctions";

/** A change in a word: nothing where there is none, and the line of plain HTTP. */
export const told = (change: OriginChange) =>
    change.kind === "http" ? `${change.line}: ${change.written}` : change.kind === "none" ? "" : change.kind;
