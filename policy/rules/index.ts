import type { Rule } from "../rule";

/** Every rule of the pack, in the order in which they are listed to people: mandatory ones first. */
export const rules: readonly Rule[] = [];
