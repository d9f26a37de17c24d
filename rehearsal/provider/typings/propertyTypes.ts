/** The form of a value, as the typings of @pulumi/aws state it. */
export type ValueType =
    | { readonly kind: "string" | "number" | "boolean" | "any" }
    | { readonly kind: "array" | "map"; readonly of: ValueType }
    /** `name` is that of an interface of types/input.d.ts, such as `lb.ListenerDefaultAction`. */
    | { readonly kind: "object"; readonly name: string };

/** What is known of one input, argument or output. */
export interface Property {
    readonly type: ValueType;
    /** Whether it must be given; of an output: whether it always has a value. */
    readonly required: boolean;
    /** The only values that are allowed, where the documentation lists them all. */
    readonly values?: readonly string[];
    /** Least and greatest number, where the documentation states both. */
    readonly between?: readonly [number, number];
    /** The value that the documentation states for a missing one. */
    readonly default?: string | number | boolean;
    /** Whether the documentation says that a change makes a new resource. */
    readonly replaces?: boolean;
}

export type Properties = Readonly<Record<string, Property>>;

export interface ResourceTyping {
    readonly inputs: Properties;
    readonly outputs: Properties;
    /** Outputs that the SDK keeps secret. */
    readonly secrets: readonly string[];
}

export interface FunctionTyping {
    readonly inputs: Properties;
    readonly outputs: Properties;
}

/** Raise it when what is derived, or how, changes: what is cached under another number is not read. */
export const derivation = 3;
