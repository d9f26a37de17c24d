import { UNKNOWN, type Graph, type Resource, type Value } from "./resource";

/** The resources of one stack, indexed by type and URN at once and by id, ARN and name where a rule asks. */
export class StackGraph implements Graph {
    readonly #byType = new Map<string, Resource[]>();
    readonly #byUrn = new Map<string, Resource>();
    readonly #byIdentity = new Map<string, Map<string, Resource[]>>();

    constructor(readonly resources: readonly Resource[]) {
        for (const resource of resources) {
            const sameType = this.#byType.get(resource.type);
            if (sameType === undefined) {
                this.#byType.set(resource.type, [resource]);
            } else {
                sameType.push(resource);
            }
            if (!this.#byUrn.has(resource.urn)) {
                this.#byUrn.set(resource.urn, resource);
            }
        }
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
        return this.#byUrn.get(urn);
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
        const recorded = owner.propertyDependencies;
        // Programs whose language does not say which property depends on what give only the whole list.
        const urns = Object.keys(recorded).length > 0 ? recorded[property] : owner.dependencies;
        return [...new Set(urns ?? [])]
            .map((urn) => this.#byUrn.get(urn))
            .filter((resource): resource is Resource => resource !== undefined && types.includes(resource.type));
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

/** `aws-native:ec2:PrefixList` is referred to by `prefixListId`, `aws:lb/loadBalancer:LoadBalancer` by `arn`. */
function identitiesOf(resource: Resource): string[] {
    const kind = resource.type.slice(resource.type.lastIndexOf(":") + 1);
    const prefix = kind.charAt(0).toLowerCase() + kind.slice(1);
    const names = ["id", "awsId", "arn", "name", `${prefix}Id`, `${prefix}Arn`, `${prefix}Name`];
    if (kind.endsWith("Group")) {
        names.push("groupId", "groupName");
    }
    const { id } = resource as { id?: unknown };
    return [id, ...names.map((name) => resource.properties[name])].filter(
        (identity): identity is string => typeof identity === "string" && identity !== "",
    );
}
