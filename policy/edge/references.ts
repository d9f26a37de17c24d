import { Read } from "../read";
import { UNKNOWN, type Graph, type Resource } from "../resource";

/** Which of `owners` the resources of `types` refer to by `property`, and those whose reference is still unknown. */
export function referredTo(
    graph: Graph,
    types: readonly string[],
    property: string,
    owners: readonly string[],
): { readonly by: ReadonlyMap<Resource, readonly Resource[]>; readonly unknown: readonly Resource[] } {
    const by = new Map<Resource, Resource[]>();
    const unknown: Resource[] = [];
    for (const resource of graph.ofType(...types)) {
        const value = Read.of(resource).at(property).value;
        const found = graph.resolve(resource, property, value, owners);
        if (found.length === 0 && value === UNKNOWN) unknown.push(resource);
        for (const owner of found) by.set(owner, [...(by.get(owner) ?? []), resource]);
    }
    return { by, unknown };
}
