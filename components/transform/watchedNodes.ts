import * as pulumi from "@pulumi/pulumi";
import { nearestName } from "@encrypted-edge/common";
import { type InnerProblem, isDeferred, shown } from "../checks/index";
import type { NodesOf, NodeSpecs } from "./nodeSpec";

/** Options of a component whose resources you can change and read. */
export interface TransformOptions<Transforms> extends pulumi.ComponentResourceOptions {
    /**
     * Changes of the component's resources, for settings that have no argument, typed by the provider's own arguments.
     * Defaults to none. The policy pack checks the result and refuses a change that breaks the encryption.
     */
    transform?: Transforms;
}

type Changed = (args: object, options: pulumi.CustomResourceOptions, name: string) => unknown;

/** Everything that is wrong with a transform. */
export function transformProblems(owner: string, transform: unknown, specs: NodeSpecs) {
    return problems(owner, transform, Object.keys(specs)).map(([path, reason]) => ({
        propertyPath: `transform${path}`,
        reason,
    }));
}

function problems(owner: string, transform: unknown, keys: readonly string[]): InnerProblem[] {
    if (transform === undefined || transform === null) {
        return [];
    }
    if (!isPlainObject(transform)) {
        const reason = `is ${shown(transform)}; an object is needed. Write, for example, { ${keys[0]}: { ... } }.`;
        return [["", reason]];
    }
    return Object.entries(transform).flatMap(([key, change]): InnerProblem[] => {
        if (!keys.includes(key)) {
            const meant = nearestName(key, keys);
            const advice = meant === undefined ? `Write one of ${keys.join(", ")}.` : `Did you mean "${meant}"?`;
            return [[`.${key}`, `is not a resource of ${owner}. ${advice}`]];
        }
        const right = change === undefined || change === null || typeof change === "function" || isPlainObject(change);
        return right
            ? []
            : [
                  [
                      `.${key}`,
                      `is ${shown(change)}; properties of the resource or a function are needed. Write { ... } or (args) => { ... }.`,
                  ],
              ];
    });
}

function isPlainObject(value: unknown): value is object {
    return typeof value === "object" && value !== null && !Array.isArray(value) && !isDeferred(value);
}

/** The schema for other languages takes every field of a component for an output, so these are kept beside it. */
const watched = new WeakMap<pulumi.Resource, WatchedNodes<NodeSpecs>>();

/** The resources that a component is made of. */
export function nodesOf<Specs extends NodeSpecs>(component: pulumi.Resource, _: Specs): NodesOf<Specs> {
    return watched.get(component)?.all as NodesOf<Specs>;
}

/** Every resource of a component that has a key, also those that stand behind another one of the same key. */
export function everyNodeOf(component: pulumi.Resource): pulumi.Resource[] {
    return watched.get(component)?.every ?? [];
}

/**
 * The resources of one component: each is found by its type and its name, changed before it is registered, and kept.
 * That needs no word of the parts that make them.
 */
export class WatchedNodes<Specs extends NodeSpecs> {
    /** The component's options, with which everything below it passes through here. */
    readonly options: pulumi.ComponentResourceOptions;

    readonly #owner: { readonly type: string; readonly name: string };
    readonly #specs: Specs;
    readonly #transform: Readonly<Record<string, object | undefined>>;
    readonly #found = new Map<string, pulumi.Resource[]>();

    /** @param owner the component's type and name, as messages and its resources' names have them */
    constructor(
        owner: { readonly type: string; readonly name: string },
        specs: Specs,
        { transform, ...options }: TransformOptions<object> = {},
    ) {
        this.#owner = owner;
        this.#specs = specs;
        this.#transform = (transform ?? {}) as Readonly<Record<string, object | undefined>>;
        const watch: pulumi.ResourceTransformation = (resource) => this.#meet(resource);
        this.options = { ...options, transformations: [watch, ...(options.transformations ?? [])] };
    }

    /** Every resource that was made so far. */
    get resources(): pulumi.Resource[] {
        return [...this.#found.values()].flat();
    }

    /** The resources by key; to be asked for when the component has made them. */
    get all(): NodesOf<Specs> {
        const entries = Object.entries(this.#specs).map(([key, { count }]) => {
            const found = this.#found.get(key) ?? [];
            return [key, count === "many" ? found : found[0]];
        });
        return Object.fromEntries(entries) as NodesOf<Specs>;
    }

    get every(): pulumi.Resource[] {
        return [...this.#found.values()].flat();
    }

    /**
     * Makes these the nodes of the component, which has made all of them by now, and says of each transform whose kind of
     * resource was not made that it changes nothing.
     */
    belongTo(component: pulumi.Resource): void {
        watched.set(component, this);
        const unused = Object.keys(this.#transform).filter(
            (key) => this.#transform[key] !== undefined && !this.#found.has(key),
        );
        for (const key of unused) {
            void pulumi.log.warn(`transform.${key} has no effect: these arguments create no such resource.`, component);
        }
    }

    #meet({ resource, type, name, props, opts }: pulumi.ResourceTransformationArgs) {
        const prefix = `${this.#owner.name}-`;
        const own = name.startsWith(prefix) ? name.slice(prefix.length) : "";
        const [key] = Object.entries(this.#specs).find(([, spec]) => spec.type === type && spec.name.test(own)) ?? [];
        if (key === undefined) {
            return undefined;
        }
        this.#found.set(key, [...(this.#found.get(key) ?? []), resource]);
        const change = this.#transform[key] ?? undefined;
        if (change === undefined) {
            return undefined;
        }
        if (typeof change !== "function") {
            return { props: { ...(props as object), ...change }, opts };
        }
        const { parent, ...options } = opts;
        const changed = copied(props as object);
        const returned = (change as Changed)(changed, options, name);
        if (returned !== undefined) {
            throw new pulumi.RunError(
                `transform.${key} of ${this.#owner.type} "${this.#owner.name}" returned ${shown(returned)}, but must return nothing. Change its first argument in place, or write an object of properties instead of the function.`,
            );
        }
        return { props: changed, opts: { ...options, parent } };
    }
}

/** A copy whose objects and lists can be changed; what the engine knows by identity stays itself. */
function copied<Value>(value: Value): Value {
    if (Array.isArray(value)) {
        return value.map((item: unknown) => copied(item)) as Value;
    }
    if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) {
        return value;
    }
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, copied(inner)])) as Value;
}
