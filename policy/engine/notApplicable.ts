import type { Rule } from "../rule";

interface Answerable {
    notApplicable(reason?: string): never;
}

/**
 * Says to the SDK that a rule does not look at a resource. The SDK takes that as an exception of a class that it does
 * not export; made anew for each rule and resource, with its stack, those would cost more than the rules. So the SDK
 * makes one for each rule, which is thrown again.
 */
export class NotApplicable {
    #exception: Error | undefined;

    readonly #rule: Rule;

    constructor(rule: Rule) {
        this.#rule = rule;
    }

    answer(args: Answerable): never {
        if (this.#exception === undefined) {
            try {
                args.notApplicable(reasonOf(this.#rule));
            } catch (exception) {
                this.#exception = exception as Error;
            }
        }
        throw this.#exception;
    }
}

/** Short, because it is sent for each rule and resource; the engine shows it nowhere. */
function reasonOf({ types: [first, ...others] }: Rule): string {
    return `The rule looks at ${first}${others.length === 0 ? "" : ` and ${others.length} more`}`;
}
