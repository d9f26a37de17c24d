import { groupBy } from "./groupBy";
import { dependenciesOf, identitiesOf } from "./resolving";
import { UNKNOWN, type Graph, type Resource, type Value } from "./resource";

/** The resources of one stack, indexed by type and URN at once and by id, ARN and name where a rule asks. */
export class StackGraph implements Graph {
    readonly #byType: ReadonlyMap<string, readonly Resource[]>;
    #byUrn: ReadonlyMap<string, Resource | Resource[]> | undefined;
    readonly #byIdentity = new Map<string, Map<string, Resource[]>>();

    constructor(readonly resources: readonly Resource[]) {
        this.#byType = groupBy(resources, (resource) => resource.type);
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
        return this.#named(urn)[0];
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

    /** Several where a resource and what it makes have one URN. */
    #named(urn: string): readonly Resource[] {
        const named = (this.#byUrn ??= byUrn(this.resources)).get(urn);
        return named === undefined ? [] : Array.isArray(named) ? named : [named];
    }

    #byDependency(owner: Resource, property: string, types: readonly string[]): readonly Resource[] {
        return [...new Set(dependenciesOf(owner, property))]
            .flatMap((urn) => this.#named(urn))
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

/** A list for those alone that share a URN: one for every resource is a large part of a large graph. */
function byUrn(resources: readonly Resource[]): Map<string, Resource | Resource[]> {
    const named = new Map<string, Resource | Resource[]>();
    for (const resource of resources) {
        const known = named.get(resource.urn);
        if (known === undefined) {
            named.set(resource.urn, resource);
        } else if (Array.isArray(known)) {
            known.push(resource);
        } else {
            named.set(resource.urn, [known, resource]);
        }
    }
    return named;
}
