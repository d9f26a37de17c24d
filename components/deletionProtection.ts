import * as pulumi from "@pulumi/pulumi";

/**
 * What keeps an edge from being destroyed by mistake: it depends on every part of it, so a destroy has to take it first,
 * and it is protected. The parts themselves can come and go with the arguments.
 */
export class DeletionProtection extends pulumi.ComponentResource {
    constructor(name: string, enabled: boolean, opts: pulumi.ComponentResourceOptions) {
        super("encrypted-edge:index:DeletionProtection", name, {}, { ...opts, protect: enabled || undefined });
        this.registerOutputs({});
    }
}
