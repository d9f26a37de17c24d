import type { OriginChange } from "../edgeFunctions";

/** A change in a word: nothing where there is none, and the line of plain HTTP. */
export const told = (change: OriginChange) =>
    change.kind === "http" ? `${change.line}: ${change.written}` : change.kind === "none" ? "" : change.kind;

/** Why a change cannot be told; what it is where it can. */
export const reasonOf = (change: OriginChange) => (change.kind === "unknown" ? change.because : change.kind);

/** A Lambda@Edge function whose handler has the request already and does this. */
export const withRequest = (body: string) =>
    `exports.handler = async (event, context, callback) => { const request = event.Records[0].cf.request;\n${body}\n};`;
