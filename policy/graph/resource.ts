/**
 * Stands in for a value that the engine does not know yet (a preview of something not created).
 * It never equals a real value, so a rule that does not ask for it cannot mistake it for one.
 */
export const UNKNOWN: unique symbol = Symbol("unknown");

/** A property tree as rules see it: plain data, secrets unwrapped, unknown leaves replaced by {@link UNKNOWN}. */
export type Value = unknown;

/** One resource of a stack, the same shape whether it came from the engine or from an exported state. */
export interface Resource {
    readonly urn: string;
    /** Pulumi type token, for example `aws:lb/loadBalancer:LoadBalancer`. */
    readonly type: string;
    /** Logical name. */
    readonly name: string;
    /** Inputs for a rule of scope `resource`, outputs (with the inputs where an output is absent) for scope `stack`. */
    readonly properties: Readonly<Record<string, Value>>;
    readonly protect: boolean;
    readonly parent?: string;
    /** URNs. */
    readonly dependencies: readonly string[];
    /** URNs by top-level property name. */
    readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
    /** The top-level properties that the program gave, where the engine sent its inputs too. */
    readonly given?: readonly string[] | undefined;
    /** Inputs of the provider instance, when the engine sends them. */
    readonly provider?: Readonly<Record<string, Value>> | undefined;
}

/** All resources of one stack. Lookups are indexed once and then cost the same whatever the stack's size. */
export interface Graph {
    readonly resources: readonly Resource[];
    /** Every type that there is, once. */
    readonly types: readonly string[];
    ofType(...types: string[]): readonly Resource[];
    byUrn(urn: string): Resource | undefined;
    /**
     * The resources of these types that `value` of `owner[property]` stands for: by id, ARN or name when the value is
     * known, by the property's dependencies when it is {@link UNKNOWN}.
     */
    resolve(owner: Resource, property: string, value: Value, types: readonly string[]): readonly Resource[];
}
