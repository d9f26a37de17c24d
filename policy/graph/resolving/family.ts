import { groupBy } from "../groupBy";
import type { Graph, Resource } from "../resource";

/** Which resource is inside which component. */
export class Family {
    #children: ReadonlyMap<string | undefined, readonly Resource[]> | undefined;

    readonly #graph: Graph;

    constructor(graph: Graph) {
        this.#graph = graph;
    }

    childrenOf(urn: string): readonly Resource[] {
        return (this.#children ??= groupBy(this.#graph.resources, ({ parent }) => parent)).get(urn) ?? [];
    }

    /** A component and everything inside it that has children and is not known yet; outer ones come first. */
    below(urn: string, known: ReadonlyMap<string, unknown>): string[] {
        const components = new Set<string>();
        const waiting = [urn];
        for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
            if (components.has(next) || known.has(next)) {
                continue;
            }
            const children = this.childrenOf(next);
            if (children.length === 0) {
                continue;
            }
            components.add(next);
            for (const child of children) {
                waiting.push(child.urn);
            }
        }
        return [...components];
    }
}
