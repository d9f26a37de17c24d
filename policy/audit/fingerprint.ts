import type { AuditedResult } from "./auditedStack";

/** What makes a result the same one next week: never its words, nor its place in a list of results. */
export interface Identity {
    readonly stack: string;
    readonly rule: string;
    /** Empty where the whole stack is meant. */
    readonly urn: string;
    /** Empty where no property decides. */
    readonly path: string;
}

export function identityOf(stack: string, result: AuditedResult): Identity {
    return { stack, rule: result.rule, urn: result.urn ?? "", path: result.path ?? "" };
}

/** A text without ambiguity: no two identities share one. */
export function keyOf(identity: Identity): string {
    return JSON.stringify([identity.stack, identity.rule, identity.urn, identity.path]);
}

/** The same from audit to audit, whatever the words. */
export function fingerprintOf(stack: string, result: AuditedResult): string {
    // Loaded where it is needed: a table shows none.
    const { hash } = process.getBuiltinModule("node:crypto");
    return hash("sha256", keyOf(identityOf(stack, result)));
}
