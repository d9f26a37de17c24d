import type { Read } from "../read";
import type { Resource } from "../resource";
import { dependenciesOf } from "./dependencies";
import type { Family } from "./family";

/** Where an unknown value may be any of more resources than this, naming them helps nobody. */
export const mostCandidates = 20;
const enough = 100;

/** What one value, or one unknown part of a property, stands for. */
export interface Link<Target> {
    /** The value that names the target. */
    readonly read: Read;
    /** The id as it is written, where it is known. */
    readonly id?: string;
    /** One target, or several where an unknown value may be any of them; none where the stack holds no such resource. */
    readonly targets: readonly Target[];
    /** False where the value is unknown and may be one of several targets. */
    readonly certain: boolean;
}

/**
 * Finds what properties name: by id where the value is known, and in a preview by the dependencies of the very property
 * that names it. A dependency of another property, or of the resource as a whole, joins nothing.
 */
export class NamedTargets<Target> {
    readonly #byId = new Map<string, Target>();
    readonly #byUrn = new Map<string, Target>();
    readonly #indirect = new Map<string, Target[]>();
    readonly #within = new Map<string, readonly Target[]>();

    readonly #family: Family;

    constructor(family: Family) {
        this.#family = family;
    }

    byIdentifier(id: string): Target | undefined {
        return this.#byId.get(id);
    }

    /** The target that has one of these ids already: a state may hold one thing twice, under two names. */
    byAnyIdentifier(ids: readonly string[]): Target | undefined {
        return ids.map((id) => this.#byId.get(id)).find((target) => target !== undefined);
    }

    byResource(resource: Resource): Target | undefined {
        return this.#byUrn.get(resource.urn);
    }

    identify(target: Target, id: string | undefined): void {
        if (id !== undefined && !this.#byId.has(id)) {
            this.#byId.set(id, target);
        }
    }

    /** A dependency on this resource is a dependency on the target itself. */
    standsFor(resource: Resource, target: Target): void {
        this.#byUrn.set(resource.urn, target);
    }

    /** A dependency on this resource may be one on the target, where nothing stands for one: a rule for its group. */
    mayMean(resource: Resource, target: Target): void {
        const known = this.#indirect.get(resource.urn);
        if (known === undefined) {
            this.#indirect.set(resource.urn, [target]);
        } else {
            known.push(target);
        }
    }

    /**
     * @param property top-level property of the owner that holds the values; its dependencies count, no other's
     * @param reads the values that name targets
     * @param plural whether the property can name more than one target
     */
    linksFrom(owner: Resource, property: string, reads: readonly Read[], plural: boolean): Link<Target>[] {
        const known: Link<Target>[] = [];
        const unknown: Read[] = [];
        for (const read of reads) {
            if (read.isAbsent) {
                continue;
            }
            if (read.isUnknown) {
                unknown.push(read);
            } else {
                known.push(this.#named(read));
            }
        }
        if (unknown.length === 0) {
            return known;
        }
        const named = new Set(known.flatMap((link) => link.targets));
        const urns = dependenciesOf(owner, property);
        const direct = unnamed(
            urns.map((urn) => this.#byUrn.get(urn)),
            named,
        );
        const around =
            direct.length > 0
                ? []
                : unnamed(
                      urns.flatMap((urn) => this.#around(urn)),
                      named,
                  );
        return [
            ...known,
            ...(direct.length > 0 ? depended(unknown, direct, plural) : depended(unknown, around, false)),
        ];
    }

    #named(read: Read): Link<Target> {
        const id = read.text;
        const target = id === undefined ? undefined : this.#byId.get(id);
        return { read, id, targets: target === undefined ? [] : [target], certain: true };
    }

    /** The targets that a resource leads to: through a rule to its group, through a component to what is inside it. */
    #around(urn: string): readonly Target[] {
        return this.#indirect.get(urn) ?? this.#inside(urn);
    }

    /** Some of the targets inside a component: as many as a link can have, and so many more that it shows. */
    #inside(urn: string): readonly Target[] {
        for (const component of this.#family.below(urn, this.#within).reverse()) {
            const found = new Set<Target>();
            for (const child of this.#family.childrenOf(component)) {
                const target = this.#byUrn.get(child.urn);
                if (target !== undefined) {
                    found.add(target);
                }
                for (const deeper of this.#within.get(child.urn) ?? []) {
                    found.add(deeper);
                }
                if (found.size > enough) {
                    break;
                }
            }
            this.#within.set(component, [...found]);
        }
        return this.#within.get(urn) ?? [];
    }
}

function unnamed<Target>(found: readonly (Target | undefined)[], named: ReadonlySet<Target>): Target[] {
    return [...new Set(found)].filter((target): target is Target => target !== undefined && !named.has(target));
}

/**
 * Joins unknown values with what their property depends on. A list in a preview may show one unknown value for several
 * (a provider's set drops equal ones), so a property that can name several names all of them.
 */
function depended<Target>(unknown: readonly Read[], targets: readonly Target[], plural: boolean): Link<Target>[] {
    if (!plural && targets.length > unknown.length) {
        return unknown.map((read) => ({
            read,
            targets: targets.length > mostCandidates ? [] : targets,
            certain: false,
        }));
    }
    return Array.from({ length: Math.max(unknown.length, targets.length) }, (_, index) => ({
        read: unknown[Math.min(index, unknown.length - 1)] as Read,
        targets: targets.slice(index, index + 1),
        certain: true,
    }));
}
