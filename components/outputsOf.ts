import type * as pulumi from "@pulumi/pulumi";

/** The outputs of a component, which are written once: assigned to it and registered from one object. */
export type OutputsOf<Component extends pulumi.ComponentResource> = Omit<Component, keyof pulumi.ComponentResource>;
