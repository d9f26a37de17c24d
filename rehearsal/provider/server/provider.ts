import type { Values } from "./propertyValues";

export interface Failure {
    /** Path of the property, such as `origins[0].domainName`. */
    readonly property: string;
    readonly reason: string;
}

export interface Checked {
    readonly inputs: Values;
    readonly failures: readonly Failure[];
}

export interface Difference {
    /** Path of what differs. */
    readonly path: string;
    readonly kind: "add" | "delete" | "update";
    readonly replaces: boolean;
}

export interface Differences {
    readonly differences: readonly Difference[];
    readonly deleteBeforeReplace: boolean;
}

export interface Resource {
    readonly type: string;
    readonly urn: string;
    /** The name that the program gives. */
    readonly name: string;
}

/** How the user's project wants resources to be named, where it says so. */
export interface Naming {
    readonly randomSeed: Uint8Array;
    readonly proposed?: string;
    readonly disabled?: boolean;
}

export interface State {
    readonly id: string;
    readonly inputs: Values;
    readonly properties: Values;
}

/** A provider in plain values: secrets are revealed on the way in and marked again on the way out. */
export interface Provider {
    /** The package that it provides, such as `aws`. */
    readonly name: string;
    readonly version: string;
    /** The schema of the package. Default: one that holds nothing. */
    schema?(): object;
    checkConfiguration(inputs: Values): Checked;
    configure(inputs: Values): void | Promise<void>;
    check(resource: Resource, olds: Values, news: Values, naming: Naming): Checked;
    diff(resource: Resource, old: State, news: Values): Differences;
    create(resource: Resource, inputs: Values, preview: boolean): Promise<{ id: string; properties: Values }>;
    /** @returns undefined where the resource is gone. `old` has no properties when it is being imported. */
    read(resource: Resource, old: State): Promise<State | undefined>;
    update(resource: Resource, old: State, news: Values, preview: boolean): Promise<Values>;
    delete(resource: Resource, old: State): Promise<void>;
    invoke(token: string, args: Values): Promise<{ values: Values; failures: readonly Failure[] }>;
    /** Whether more is known of a type than what its typings say. */
    isModelled(type: string): boolean;
    /** Names of the outputs that are secret whatever the inputs were. */
    secretOutputs(type: string): readonly string[];
}
