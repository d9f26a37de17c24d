import * as fc from "fast-check";

import { UNKNOWN } from "../../graph";
import { secret, type Fixture } from "../harness";
import { fromState } from "./answers";
import { corpus, types } from "./corpus";
import { anyValue, isPlain, placed, propertyName, signature } from "./values";

interface Mutation {
    /** Which resource, and which place in it; taken modulo what there is. */
    readonly resource: number;
    readonly place: number;
    readonly kind: "set" | "unknown" | "secret" | "delete" | "list" | "first" | "add" | "graft" | "hush";
    readonly key: string;
    readonly value: unknown;
    readonly isOutput: boolean;
}

interface Link {
    readonly from: number;
    readonly to: number;
    readonly kind: "dependsOn" | "parent" | "property" | "twin" | "type" | "protect" | "provider";
    readonly place: number;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
    resource: fc.nat(60),
    place: fc.nat(400),
    kind: fc.constantFrom<Mutation["kind"][]>(
        "set",
        "set",
        "unknown",
        "secret",
        "delete",
        "list",
        "first",
        "add",
        "graft",
        "hush",
        "hush",
    ),
    key: propertyName,
    value: anyValue,
    isOutput: fc.boolean(),
});

const link: fc.Arbitrary<Link> = fc.record({
    from: fc.nat(60),
    to: fc.nat(60),
    kind: fc.constantFrom<Link["kind"][]>("dependsOn", "parent", "property", "twin", "type", "protect", "provider"),
    place: fc.nat(400),
});

const loose = fc.record({
    type: fc.constantFrom(...types),
    properties: fc.dictionary(propertyName, anyValue, { maxKeys: 6 }),
});

/** Stacks of examples that were spoilt at some places and linked in some ways, beside resources of any shape. */
export const anyStack: fc.Arbitrary<Fixture[]> = fc
    .record({
        programs: fc.array(fc.nat(corpus.length - 1), { maxLength: 3 }),
        loose: fc.array(loose, { maxLength: 4 }),
        links: fc.array(link, { maxLength: 6 }),
        mutations: fc.array(mutation, { maxLength: 8 }),
    })
    .map(({ programs, loose: others, links, mutations }) => {
        const stack = [...programs.flatMap((index, copy) => copyOf(corpus[index] ?? [], `p${copy}`))];
        others.forEach(({ type, properties }, index) =>
            stack.push({ type, name: `r${index}`, properties: structuredCopy(properties) }),
        );
        for (const each of links) {
            join(stack, each);
        }
        for (const each of mutations) {
            spoil(stack, each);
        }
        return stack.map((fixture) => ({
            ...fixture,
            properties: placed(fixture.properties, stack),
            // An output that refers to an output could go in circles.
            outputs: placed(fixture.outputs, []) as Record<string, unknown>,
        }));
    });

/** More copies of one example than an answer has room for. */
export const anyCrowd: fc.Arbitrary<Fixture[]> = fc
    .record({ example: fc.nat(60), copies: fc.integer({ min: 500, max: 5_000 }), length: fc.nat(200) })
    .map(({ example, copies, length }) => {
        const bad = corpus.filter((stack) => stack.length <= 3 && fromState(stack).length > 0);
        const one = at(bad, example) ?? [];
        return Array.from({ length: copies }, (_, copy) => copyOf(one, `${"n".repeat(length)}${copy}`)).flat();
    });

type Writable = { -readonly [Key in keyof Fixture]: Fixture[Key] };

/** The corpus is shared; names get a beginning of their own, in references too. */
function copyOf(fixtures: readonly Fixture[], prefix: string): Writable[] {
    const renamed = (value: unknown): unknown => {
        if (Array.isArray(value)) {
            return value.map(renamed);
        }
        if (isPlain(value)) {
            return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, renamed(item)]));
        }
        if (typeof value !== "object" || value === null) {
            return value;
        }
        const { name } = value as { name: string };
        return Object.assign(Object.create(Object.getPrototypeOf(value) as object) as object, value, {
            name: `${prefix}${name}`,
        });
    };
    return fixtures.map((fixture) => ({
        ...fixture,
        name: `${prefix}${fixture.name}`,
        properties: renamed(fixture.properties),
        outputs: { ...fixture.outputs },
        dependsOn: fixture.dependsOn?.map((name) => `${prefix}${name}`),
    }));
}

function join(stack: Writable[], { from, to, kind, place }: Link): void {
    const [one, other] = [at(stack, from), at(stack, to)];
    if (one === undefined || other === undefined) {
        return;
    }
    switch (kind) {
        case "dependsOn":
            one.dependsOn = [...(one.dependsOn ?? []), other.name];
            break;
        case "parent":
            one.parent = other.name;
            break;
        case "property": {
            const property = at(Object.keys(one.properties ?? {}), place) ?? "securityGroups";
            one.propertyDependencies = { ...one.propertyDependencies, [property]: [other.name] };
            break;
        }
        case "twin":
            stack.push({ ...structuredCopy(one), name: `${one.name}-${stack.length}` });
            break;
        case "type":
            one.type = at(types, place) ?? one.type;
            break;
        case "protect":
            one.protect = true;
            break;
        case "provider":
            one.provider = { region: at(["eu-west-1", "us-east-1", "", "eu-west-1a"], place) };
            break;
    }
}

function spoil(stack: Writable[], { resource, place, kind, key, value, isOutput }: Mutation): void {
    const fixture = at(stack, resource);
    if (fixture === undefined) {
        return;
    }
    const root = { properties: isOutput ? (fixture.outputs ?? {}) : fixture.properties };
    const slots = slotsOf(root);
    const slot = at(slots, place);
    if (slot === undefined) {
        return;
    }
    const [holder, name] = slot;
    const fresh = structuredCopy(value);
    const old = holder[name];
    const written = (): unknown => {
        switch (kind) {
            case "unknown":
                return UNKNOWN;
            case "secret":
                return secret(old);
            case "hush":
                return secret(typeof old === "string" ? `${old} hush${place % 10}` : `hush${place % 10}`);
            case "list":
                return [old];
            case "first":
                return Array.isArray(old) ? old[0] : isPlain(old) ? Object.values(old)[0] : old;
            case "add":
                if (Array.isArray(old)) {
                    return [...(old as unknown[]), fresh];
                }
                return isPlain(old) ? Object.fromEntries([...Object.entries(old), [key, fresh]]) : fresh;
            case "graft": {
                const [from, where] = at(slots, place * 7 + 3) ?? slot;
                return structuredCopy(from[where]);
            }
            case "delete":
                return undefined;
            case "set":
                return fresh;
        }
    };
    Object.defineProperty(holder, name, { value: written(), enumerable: true, writable: true, configurable: true });
    // The engine's properties are an object and never a marked one.
    const isObject = isPlain(root.properties) && !Object.hasOwn(root.properties, signature);
    const spoilt = isObject ? (root.properties as Record<string, unknown>) : { value: root.properties };
    if (isOutput) {
        fixture.outputs = spoilt;
    } else {
        fixture.properties = spoilt;
    }
}

/** Every place in a tree that holds a value. */
function slotsOf(holder: Record<string, unknown>): [Record<string, unknown>, string][] {
    return Object.keys(holder).flatMap((key) => {
        const value = holder[key];
        const below = Array.isArray(value) || isPlain(value) ? slotsOf(value as Record<string, unknown>) : [];
        return [[holder, key] as [Record<string, unknown>, string], ...below];
    });
}

/** Generated values are shared between the runs of a shrinking; what is spoilt is a copy. */
function structuredCopy<Value>(value: Value): Value {
    if (Array.isArray(value)) {
        return value.map(structuredCopy) as Value;
    }
    if (!isPlain(value)) {
        return value;
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, structuredCopy(item)])) as Value;
}

function at<Item>(list: readonly Item[], index: number): Item | undefined {
    return list[index % Math.max(1, list.length)];
}
