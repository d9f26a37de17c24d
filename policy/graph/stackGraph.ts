import { groupBy } from "./groupBy";
import { dependenciesOf, identitiesOf } from "./resolving";
import { UNKNOWN, type Graph, type Resource, type Value } from "./resource";

/** The resources of one stack, indexed by type and URN at once and by id, ARN and name where a rule asks. */
export class StackGraph implements Graph {
    readonly #byType: ReadonlyMap<string, readonly Resource[]>;
    /** Several where a resource and what it makes have one URN. */
    readonly #byUrn: ReadonlyMap<string, readonly Resource[]>;
    readonly #byIdentity = new Map<string, Map<string, Resource[]>>();

    constructor(readonly resources: readonly Resource[]) {
        this.#byType = groupBy(resources, (resource) => resource.type);
        this.#byUrn = groupBy(resources, (resource) => resource.urn);
    }

    get types(): readonly string[] {
        return [...this.#byType.keys()];
    }

    ofType(...types: string[]): readonly Resource[] {
        const distinct = [...new Set(types)];
        if (distinct.length === 1) {
            return this.#byType.get(distinct[0] as string) ?? [];
        }
        return distinct.flatMap((type) => this.#byType.get(type) ?? []);
    }

    byUrn(urn: string): Resource | undefined {
        return this.#byUrn.get(urn)?.[0];
    }

    resolve(owner: Resource, property: string, value: Value, types: readonly string[]): readonly Resource[] {
        if (value === UNKNOWN) {
            return this.#byDependency(owner, property, types);
        }
        if (typeof value !== "string" || value === "") {
            return [];
        }
        return types.flatMap((type) => this.#identities(type).get(value) ?? []);
    }

    #byDependency(owner: Resource, property: string, types: readonly string[]): readonly Resource[] {
        return [...new Set(dependenciesOf(owner, property))]
            .flatMap((urn) => this.#byUrn.get(urn) ?? [])
            .filter(({ type }) => types.includes(type));
    }

    #identities(type: string): Map<string, Resource[]> {
        const known = this.#byIdentity.get(type);
        if (known !== undefined) {
            return known;
        }
        const index = new Map<string, Resource[]>();
        for (const resource of this.#byType.get(type) ?? []) {
            for (const identity of identitiesOf(resource)) {
                const same = index.get(identity);
                if (same === undefined) {
                    index.set(identity, [resource]);
                } else if (!same.includes(resource)) {
                    same.push(resource);
                }
            }
        }
        this.#byIdentity.set(type, index);
        return index;
    }
}
