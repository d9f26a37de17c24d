import type * as pulumi from "@pulumi/pulumi";

/** How many resources a key stands for: exactly one, one or none by the arguments, or any number. */
export type Count = "one" | "optional" | "many";

/** A kind of resource that a component makes. */
export interface NodeSpec<Args, Node, Many extends Count> {
    /** Its Pulumi type. */
    readonly type: string;

    /** What its name is after the component's name and a hyphen. */
    readonly name: RegExp;

    readonly count: Many;

    /** Never there: it carries the types of the resource and of its arguments. */
    readonly types?: (args: Args) => Node;
}

export type NodeSpecs = Readonly<Record<string, NodeSpec<never, pulumi.CustomResource, Count>>>;

/** A kind of which there is one. */
export function one<Args, Node>(type: string, name: RegExp): NodeSpec<Args, Node, "one"> {
    return { type, name: whole(name), count: "one" };
}

/** A kind of which there is one or none. */
export function optional<Args, Node>(type: string, name: RegExp): NodeSpec<Args, Node, "optional"> {
    return { type, name: whole(name), count: "optional" };
}

/** A kind of which there are several. */
export function many<Args, Node>(type: string, name: RegExp): NodeSpec<Args, Node, "many"> {
    return { type, name: whole(name), count: "many" };
}

function whole(name: RegExp): RegExp {
    return new RegExp(`^(?:${name.source})$`);
}

type Given<Value> = NonNullable<Exclude<Value, Promise<unknown> | pulumi.OutputInstance<unknown>>>;

/**
 * The provider's arguments as a component writes them: objects and lists of objects are plain, so that they can be changed
 * in place; single values and lists of them may be outputs.
 */
export type Written<Args> = { [Name in keyof Args]: WrittenValue<Args[Name]> };

type WrittenValue<Value> =
    Given<Value> extends readonly (infer Item)[]
        ? Given<Item> extends object
            ? Written<Given<Item>>[] | Extract<Value, undefined>
            : Value
        : Given<Value> extends object
          ? Written<Given<Value>> | Extract<Value, undefined>
          : Value;

/**
 * A change of one kind of resource: properties that take the place of the component's own, each as a whole, or a function
 * that changes what the component would have written. It gets the resource's arguments, its options and its name, changes
 * them in place, and returns nothing.
 */
export type Transform<Args> =
    Partial<Args> | ((args: Written<Args>, options: pulumi.CustomResourceOptions, name: string) => undefined);

/** A transform for any of the kinds of a table. */
export type TransformsOf<Specs> = {
    [Key in keyof Specs]?: Specs[Key] extends NodeSpec<infer Args, unknown, Count> ? Transform<Args> : never;
};

/** The resources of a table, by their keys. */
export type NodesOf<Specs> = {
    readonly [Key in keyof Specs]: Specs[Key] extends NodeSpec<never, infer Node, infer Many>
        ? Many extends "many"
            ? readonly Node[]
            : Many extends "optional"
              ? Node | undefined
              : Node
        : never;
};
