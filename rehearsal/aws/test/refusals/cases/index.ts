import type { Values } from "../../../../provider";
import type { RehearsedStack } from "../../rehearsedStack";

/** What is different from the type's example in `everyType`. */
export type Patch = Values | ((stack: RehearsedStack) => Promise<Values>);

/** Programs with one mistake each, with what they are told; and unusual ones without any. */
export interface Cases {
    readonly refused?: readonly (readonly [what: string, patch: Patch, message: RegExp])[];
    readonly accepted?: readonly (readonly [what: string, patch: Patch])[];
}

export type CasesByType = Readonly<Record<string, Cases>>;
