import { groupBy } from "../groupBy";
import { Read } from "../read";
import { UNKNOWN, type Graph, type Resource } from "../resource";

/** Which of `owners` the resources of `types` refer to by `property`, and those whose reference is still unknown. */
export function referredTo(
    graph: Graph,
    types: readonly string[],
    property: string,
    owners: readonly string[],
): { readonly by: ReadonlyMap<Resource, readonly Resource[]>; readonly unknown: readonly Resource[] } {
    const pairs: { readonly owner: Resource; readonly resource: Resource }[] = [];
    const unknown: Resource[] = [];
    for (const resource of graph.ofType(...types)) {
        const value = Read.of(resource).at(property).value;
        // Where a stack knows a resource by its id only, the id ends its ARN.
        const id =
            typeof value === "string" && value.includes("/") ? value.slice(value.lastIndexOf("/") + 1) : undefined;
        const direct = graph.resolve(resource, property, value, owners);
        const found = direct.length > 0 || id === undefined ? direct : graph.resolve(resource, property, id, owners);
        if (found.length === 0 && value === UNKNOWN) {
            unknown.push(resource);
        }
        pairs.push(...found.map((owner) => ({ owner, resource })));
    }
    const grouped = groupBy(pairs, ({ owner }) => owner);
    const by = new Map([...grouped].map(([owner, named]) => [owner, named.map(({ resource }) => resource)]));
    return { by, unknown };
}
