import type * as pulumi from "@pulumi/pulumi";

/**
 * The outputs of a component, which are written once: assigned to it and registered from one object. Its `nodes` are no
 * output: they are there in the program's own language only.
 */
export type OutputsOf<Component extends pulumi.ComponentResource> = Omit<
    Component,
    keyof pulumi.ComponentResource | "nodes"
>;
