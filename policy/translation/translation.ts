import { isObject, LazyResource, pathTo, plain, write, type Graph, type Resource, type Value } from "../graph";

/** Something that a resource makes, or may make, and that no rule reads. */
export interface Unread {
    /** What it makes, for a message: `an application load balancer`. */
    readonly makes: string;
    /** Why no rule reads it. */
    readonly because: string;
    /** The property that holds or decides it, as the program writes it. */
    readonly path?: string;
    /** False where it is not known whether it makes such a thing. */
    readonly certain: boolean;
}

/** What one resource stands for: the resources that the rules know, and what is left over. */
export interface Translation {
    /** The resources as the rules know them, with the URN of the resource that makes them. */
    readonly resources: readonly Resource[];
    readonly unread: readonly Unread[];
    /** True where the one resource is the other under another name. */
    readonly replaces?: boolean;
    /** True where other resources of the stack decide with it: rules judge it once they have the whole stack. */
    readonly needsStack?: boolean;
}

/** Reads a resource of one kind. @param stack the stack around it, where the whole stack is judged */
export type Translator = (resource: Resource, stack: Graph | undefined) => Translation;

/** How the property names of one kind become those that the rules know, and back. */
export interface Naming {
    known(key: string): string;
    written(name: string): string;
}

/** Copies a value with its properties renamed, and remembers where each is written. */
export function renamed(value: Value, path: string, naming: Naming): Value {
    if (Array.isArray(value)) {
        return value.map((item: Value, index) => renamed(item, `${path}[${index}]`, naming));
    }
    if (!isObject(value)) {
        return value;
    }
    const keys = new Map<string, string>();
    const result: Record<string, Value> = {};
    for (const [key, item] of Object.entries(value)) {
        const name = naming.known(key);
        keys.set(name, key);
        result[name] = renamed(item, pathTo(path, key), naming);
    }
    const spelling = (name: string) => naming.written(name);
    write(result, (name) => pathTo(path, keys.get(name) ?? spelling(name)), spelling);
    return result;
}

/** An object whose properties are written at these paths; any other would be written at `otherwise`. */
export function placed(
    properties: Readonly<Record<string, readonly [value: Value, path: string]>>,
    otherwise: string,
): Record<string, Value> {
    const given = Object.entries(properties).filter(([, [value]]) => value !== undefined);
    const result = Object.fromEntries(given.map(([name, [value]]) => [name, value]));
    write(result, (name) => properties[name]?.[1] ?? otherwise);
    return result;
}

/** What a text in JSON says; undefined where it is none. */
export function parsedJson(text: Value): Value {
    try {
        return typeof text === "string" ? plain(JSON.parse(text)) : undefined;
    } catch {
        return undefined;
    }
}

interface Made {
    readonly type: string;
    /** Set where the holder makes several resources; the name in it. */
    readonly part?: string;
    /** How messages call it, where not by the holder and the part. */
    readonly name?: string;
    readonly properties: Record<string, Value>;
    /** The id that other resources know it by. */
    readonly id?: string;
    /** Other resources whose dependencies it has too, because properties of theirs are in it. */
    readonly along?: readonly Resource[];
    /** Texts inside it that are secret because the text that holds them is. */
    readonly secrets?: readonly string[];
}

/** No URN holds it. */
const separator = "\0";

/** The URN of the resource that the program holds. */
export function holderUrn(urn: string): string {
    const end = urn.indexOf(separator);
    return end < 0 ? urn : urn.slice(0, end);
}

/**
 * A resource that another one makes. A part of several has a URN of its own while the rules look at it; see
 * {@link holderUrn}. It has the holder's dependencies without the properties that they belong to, which have other names there.
 */
export function madeBy(
    holder: Resource,
    { type, part, name, properties, id, along = [], secrets = [] }: Made,
): Resource {
    const { urn, protect, parent } = holder;
    const made = new LazyResource(
        {
            urn: part === undefined ? urn : `${urn}${separator}${part}`,
            type,
            name: name ?? (part === undefined ? holder.name : `${holder.name}/${part}`),
            protect,
            parent,
        },
        () => properties,
        () => ({
            dependencies: [
                ...new Set(
                    [holder, ...along].flatMap(({ dependencies, propertyDependencies }) => [
                        ...dependencies,
                        ...Object.values(propertyDependencies).flat(),
                    ]),
                ),
            ],
            propertyDependencies: {},
        }),
        () => holder.provider,
        id,
    );
    const own = holder instanceof LazyResource ? holder.secrets : [];
    for (const secret of [...own, ...secrets]) {
        made.addSecret(secret);
    }
    return made;
}

/** The provider's id of a resource, where it is known. */
export function idOf(resource: Resource): string | undefined {
    const { id } = resource as { readonly id?: unknown };
    return [id, resource.properties.id].find((text): text is string => typeof text === "string" && text !== "");
}

/** Every text in a value that was read out of a secret text: none of them may be shown. */
export function secretTexts(holder: Resource, text: Value, value: Value): string[] {
    const isSecret = holder instanceof LazyResource && typeof text === "string" && holder.secrets.has(text);
    return isSecret ? textsIn(value) : [];
}

function textsIn(value: Value): string[] {
    if (typeof value === "string") {
        return value === "" ? [] : [value];
    }
    return Object.values(value ?? {}).flatMap(textsIn);
}

/** `HTTPSPort`, `https_port` and `httpsPort` as their words: `https`, `port`. */
export function wordsOf(name: string): string[] {
    return name
        .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
        .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
        .toLowerCase()
        .split("_");
}

export function camelCase(words: readonly string[]): string {
    return words.map((word, index) => (index === 0 ? word : capitalised(word))).join("");
}

export function capitalised(word: string): string {
    return word.charAt(0).toUpperCase() + word.slice(1);
}
