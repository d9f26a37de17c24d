import type { Properties, Typings, ValueType } from "../../rehearsal/provider";
import { type Constraint, constraintPath } from "../../rehearsal/aws/constraints";
import { type Found, merge } from "./merge";

/** A part of a model of AWS's API, as botocore writes them. */
export interface Shape {
    readonly type: string;
    readonly enum?: readonly string[];
    readonly min?: number;
    readonly max?: number;
    readonly pattern?: string;
    readonly members?: Readonly<Record<string, { readonly shape: string }>>;
    readonly member?: { readonly shape: string };
    readonly key?: { readonly shape: string };
    readonly value?: { readonly shape: string };
}

/** Shapes by their names. */
export type Model = Readonly<Record<string, Shape>>;

/** Patterns that say no more than the bounds of a text, or that JavaScript reads in another way. */
const emptyPatterns = /^(\.\*\\S\.\*|\.\*|\[\\s\\S\]\*|\\S\+|\[\^\s*\]\+)$/;

function constraintOf(shape: Shape): Constraint {
    switch (shape.type) {
        case "string": {
            const hasLength = shape.min !== undefined || shape.max !== undefined;
            return {
                ...(shape.enum === undefined ? {} : { values: shape.enum }),
                ...(hasLength && shape.enum === undefined ? { length: [shape.min ?? null, shape.max ?? null] } : {}),
                ...(shape.pattern === undefined || emptyPatterns.test(shape.pattern) || !compiles(shape.pattern)
                    ? {}
                    : { pattern: shape.pattern }),
            };
        }
        case "integer":
        case "long":
        case "double":
            return shape.min === undefined && shape.max === undefined
                ? {}
                : { between: [shape.min ?? null, shape.max ?? null] };
        default:
            return {};
    }
}

function compiles(pattern: string): boolean {
    try {
        new RegExp(pattern, "u");
        return true;
    } catch {
        return false;
    }
}

/** Inputs that the provider calls in words of its own. */
const renamed: Readonly<Record<string, string>> = {
    childHealthThreshold: "healthThreshold",
    fqdn: "fullyQualifiedDomainName",
};

/** Names of inputs are those of the API in the singular or plural, and without its wrappers of lists. */
function memberOf(model: Model, shape: Shape, name: string): Shape | undefined {
    // A wrapper that the SDK keeps: the items are what was unwrapped already.
    if (name === "items" && shape.members?.Items === undefined) {
        return shape;
    }
    const plain = (text: string) => (renamed[text] ?? text).toLowerCase();
    const singular = plain(name).replace(/ies$/, "y").replace(/s$/, "");
    const wanted = [plain(name), singular, `${singular}s`, `${singular}list`, `${singular.replace(/y$/, "")}ies`];
    const members = Object.entries(shape.members ?? {});
    const found = wanted
        .map((one) => members.find(([member]) => plain(member) === one))
        .find((one) => one !== undefined);
    return found === undefined ? undefined : model[found[1].shape];
}

/** How many items a list may have, of itself or within its wrapper. An empty one is none to the provider. */
function itemsOf(model: Model, shape: Shape): Constraint {
    const list = shape.type === "list" ? shape : model[shape.members?.Items?.shape ?? ""];
    const least = (list?.min ?? 0) > 1 ? (list?.min ?? null) : null;
    const greatest = list?.max ?? null;
    return list?.type !== "list" || (least === null && greatest === null) ? {} : { items: [least, greatest] };
}

function unwrapped(model: Model, shape: Shape | undefined): Shape | undefined {
    const inner = shape?.member ?? shape?.value ?? shape?.members?.Items;
    const value = shape?.key && model[shape.value?.shape ?? ""];
    // The provider makes a list of what the API maps: the key is one property more.
    if (shape?.key !== undefined && value?.members !== undefined) {
        return { ...value, members: { ...value.members, Key: shape.key } };
    }
    return inner === undefined || (shape?.members !== undefined && shape.members.Quantity === undefined)
        ? shape
        : unwrapped(model, model[inner.shape]);
}

/** Reads what a model says of the inputs of a type. */
class ShapeReader {
    readonly #typings: Typings;
    readonly #seen = new Set<string>();
    readonly found: Found = {};

    constructor(
        readonly model: Model,
        typings: Typings,
    ) {
        this.#typings = typings;
    }

    read(properties: Properties, shape: Shape, at: string): void {
        for (const [name, { type }] of Object.entries(properties)) {
            const place = at === "" ? name : `${at}.${name}`;
            const holder = memberOf(this.model, shape, name);
            const member = unwrapped(this.model, holder);
            if (
                holder === undefined ||
                member === undefined ||
                constraintPath(place) !== place ||
                this.#seen.has(place)
            ) {
                continue;
            }
            this.#seen.add(place);
            const element = elementOf(type);
            if (type.kind === "array") {
                merge(this.found, place, itemsOf(this.model, holder));
            }
            if (element.kind === "object") {
                this.read(this.#typings.object(element.name), member, place);
            } else if (isOfKind(element, member)) {
                merge(this.found, place, constraintOf(member));
            }
        }
    }
}

/** What a list holds, and a list of lists. */
export function elementOf(type: ValueType): ValueType {
    return type.kind === "array" ? elementOf(type.of) : type;
}

function isOfKind({ kind }: ValueType, { type }: Shape): boolean {
    return kind === "string" ? type === "string" : kind === "number" && ["integer", "long", "double"].includes(type);
}

/** What some shapes of a model say of a type's inputs. */
export function constraintsIn(model: Model, shapes: readonly Shape[], type: string, typings: Typings): Found {
    const found: Found = {};
    for (const shape of shapes) {
        const reader = new ShapeReader(model, typings);
        reader.read(typings.resource(type)?.inputs ?? {}, shape, "");
        Object.entries(reader.found).forEach(([at, constraint]) => merge(found, at, constraint));
    }
    return found;
}
