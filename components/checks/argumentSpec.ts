/** A problem inside an argument: the rest of its property path, such as `[1]` or `.port`, and the reason. */
export type InnerProblem = readonly [path: string, reason: string];

/** Arguments as a caller without types may give them. */
export type Given = Readonly<Record<string, unknown>>;

/** Says what is wrong with a value, as one sentence about the whole or as a list of what is wrong inside it. */
export type Check = ((value: unknown, given: Given) => string | undefined | readonly InnerProblem[]) & {
    /** The values of which one is allowed, where they are few: other languages get an enumeration of them. */
    readonly allowed?: readonly (string | number | boolean)[];
};

/** What is known of an argument that is one value or one list. */
export interface ValueSpec {
    readonly form: "text" | "list" | "map" | "number" | "boolean";

    /** What holds where nothing is given: a value, or what follows from the arguments beside it. */
    readonly default?: unknown;

    /** Whether the check is asked of a missing value as well. */
    readonly required?: true;

    /** Whether an empty value (`""`, `[]`, `0`) in a stack file stands for "not given". */
    readonly emptyMeansUnset?: true;

    /** Whether it is a secret: other languages encrypt it in their states, wherever it comes from. */
    readonly secret?: true;

    /** What each item of a list holds, where the items are groups: other languages read types and defaults from it. */
    readonly items?: Readonly<Record<string, ArgumentSpec>>;

    readonly check: Check;
}

/** What is known of an argument that holds others. */
export interface GroupSpec {
    readonly form: "group";

    /** Whether its arguments have their defaults where the group is not given; otherwise the group is a choice itself. */
    readonly always: boolean;

    readonly fields: Readonly<Record<string, ValueSpec>>;

    /** What is wrong with the group as a whole, with every default in its place; asked when each argument is right. */
    readonly check?: (group: Given) => readonly InnerProblem[];
}

export type ArgumentSpec = ValueSpec | GroupSpec;

/** Arguments with every default in its place. */
export type Resolved<Args, Specs> = {
    readonly [Name in keyof Args & keyof Specs]: ResolvedValue<Args[Name], Specs[Name]>;
};

type ResolvedValue<Value, Spec> = Spec extends { readonly fields: infer Fields; readonly always: infer Always }
    ? Resolved<NonNullable<Value>, Fields> | (Always extends true ? never : undefined)
    : Spec extends { readonly default: unknown }
      ? NonNullable<Value>
      : Value;

/** The arguments with the table's defaults for what is not given. As everywhere in Pulumi, null is the same as that. */
export function resolved<Args extends object, Specs extends Readonly<Record<string, ArgumentSpec>>>(
    args: Args,
    specs: Specs,
): Resolved<Args, Specs> {
    const given = args as Given;
    const entries = Object.entries(specs).map(([name, spec]) => {
        const value = given[name] ?? undefined;
        if (spec.form === "group") {
            const group = value ?? (spec.always ? {} : undefined);
            return [name, group === undefined ? undefined : resolved(group, spec.fields)];
        }
        const { default: fallback } = spec;
        return [
            name,
            value ?? (typeof fallback === "function" ? (fallback as (all: Args) => unknown)(args) : fallback),
        ];
    });
    return Object.fromEntries(entries) as Resolved<Args, Specs>;
}
