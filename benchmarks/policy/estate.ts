/**
 * Estates for the benchmark: stacks as teams have them, one resource in a hundred in breach of a mandatory rule. The same
 * size and care give the same estate, byte for byte.
 */
import { mulberry32 } from "../measure";
import { type Care, type EstateResource, serviceResources, urnOf } from "./service";

export { type Care, cares, type EstateResource, urnOf } from "./service";

/** Exactly `size` resources. */
export function estate(size: number, care: Care = "kept", seed = 1): EstateResource[] {
    const random = mulberry32(seed);
    const perService = care === "kept" ? 50 : 16;
    const resources: EstateResource[] = [];
    const bad = Math.max(1, Math.round(size / 100));
    const services = Math.max(1, Math.floor(size / perService));
    for (let service = 0; service < services; service++) {
        // Breaches are spread evenly over the services; which of the two kinds is drawn.
        const breaches = Math.floor(((service + 1) * bad) / services) - Math.floor((service * bad) / services);
        // What does not make a whole service is in the last one, so that nothing with a breach is cut off.
        const count = service === services - 1 ? size - resources.length : perService;
        resources.push(...serviceResources({ service: `service${service}`, breaches, random, care, count }));
    }
    return resources;
}

/** The estate as `pulumi stack export` writes it. */
export function stateOf(resources: readonly EstateResource[]): unknown {
    const stack = urnOf("pulumi:pulumi:Stack", "estate-production");
    const provider = urnOf("pulumi:providers:aws", "default_7_48_0");
    const providerId = "0c1a2b3c-0000-4000-8000-000000000000";
    return {
        version: 3,
        deployment: {
            manifest: { time: "2026-01-01T00:00:00Z", magic: "", version: "v3.259.0" },
            resources: [
                { urn: stack, custom: false, type: "pulumi:pulumi:Stack" },
                {
                    urn: provider,
                    custom: true,
                    id: providerId,
                    type: "pulumi:providers:aws",
                    inputs: { region: "eu-central-1", version: "7.48.0" },
                    outputs: { region: "eu-central-1", version: "7.48.0" },
                },
                ...resources.map(({ type, name, id, inputs, outputs, dependencies }) => ({
                    urn: urnOf(type, name),
                    custom: true,
                    id,
                    type,
                    inputs,
                    outputs,
                    parent: stack,
                    dependencies,
                    provider: `${provider}::${providerId}`,
                    propertyDependencies: {},
                })),
            ],
        },
    };
}
