import { readFileSync } from "node:fs";
import type * as pulumi from "@pulumi/pulumi";
import type { ConstructResult, Provider } from "@pulumi/pulumi/provider";
import { offered } from "./offered";

interface StoredSchema {
    readonly version: string;
    readonly resources: Readonly<Record<string, { readonly properties: object } | undefined>>;
}

/** Builds the components for programs in other languages, and describes them by the stored schema. */
export class ComponentProvider implements Provider {
    readonly version: string;
    readonly schema: string;
    readonly #resources: StoredSchema["resources"];

    constructor() {
        // The package names itself, so that sources and compiled code find the same file.
        this.schema = readFileSync(require.resolve("@encrypted-edge/encrypted-edge/schema.json"), "utf8");
        ({ version: this.version, resources: this.#resources } = JSON.parse(this.schema) as StoredSchema);
    }

    /** @throws pulumi.InputPropertiesError where arguments are wrong; the engine lists every one. */
    async construct(
        name: string,
        type: string,
        inputs: pulumi.Inputs,
        options: pulumi.ComponentResourceOptions,
    ): Promise<ConstructResult> {
        const className = type.replace(/^encrypted-edge:index:/, "");
        const described = this.#resources[type];
        const known = offered[className];
        if (known === undefined || described === undefined) {
            throw new Error(
                `"${type}" is not a component of encrypted-edge ${this.version}, which has ${Object.keys(this.#resources).join(" and ")}.`,
            );
        }
        const built = new known.component(name, inputs as never, options);
        const outputs: Readonly<Record<string, unknown>> = { ...built };
        const state = Object.fromEntries(Object.keys(described.properties).map((output) => [output, outputs[output]]));
        return Promise.resolve({ urn: built.urn, state });
    }
}
