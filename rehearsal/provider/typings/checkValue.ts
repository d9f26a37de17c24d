import { nearestName } from "@encrypted-edge/common";
import { at, type Failure, isMarked, isObject, unknownValue, type Value, type Values } from "../server";
import type { Properties, Property, ValueType } from "./propertyTypes";
import type { Typings } from "./typings";

/** Checks values against typings, and gives them the types that these ask for. Every problem is collected. */
export class ValueCheck {
    readonly failures: Failure[] = [];

    constructor(
        protected readonly typings: Typings,
        /** How messages name what is checked: a resource type or a look-up. */
        readonly subject: string,
    ) {}

    report(property: string, reason: string): void {
        this.failures.push({ property, reason });
    }

    /** Checks the properties of an object; `steps` is its path without indexes. */
    object(values: Values, properties: Properties, path = "", steps = ""): Values {
        const checked: Values = {};
        for (const [name, value] of Object.entries(values)) {
            if (name.startsWith("__") || value === undefined) {
                continue;
            }
            const property = properties[name];
            if (property === undefined) {
                this.report(at(path, name), this.#unexpected(name, properties, path));
            } else {
                const step = steps === "" ? name : `${steps}.${name}`;
                const given = this.#value(value, property.type, at(path, name), step);
                this.judge(given, property, at(path, name), step);
                checked[name] = given;
            }
        }
        for (const [name, property] of Object.entries(properties)) {
            if (property.required && values[name] === undefined) {
                this.report(
                    at(path, name),
                    `Missing required property "${name}". Give it ${described(property.type)}${oneOf(this.allowed(property, steps === "" ? name : `${steps}.${name}`))}.`,
                );
            } else if (property.required && isEmptyBlock(values[name], property.type)) {
                this.report(at(path, name), `is empty. Give the required property "${name}" one item at least.`);
            }
        }
        return checked;
    }

    /** The properties of a nested object, by the name of its interface. */
    protected members(name: string): Properties {
        return this.typings.object(name);
    }

    /** The only words that a value may be, at a path without indexes. */
    protected allowed({ values }: Property, _steps: string): readonly string[] | undefined {
        return values;
    }

    /** Reports what else a provider knows of a value that has the right type. */
    protected judge(_value: Value, _property: Property, _path: string, _steps: string): void {
        // Typings alone say no more.
    }

    #value(value: Value, type: ValueType, path: string, steps: string): Value {
        if (value === unknownValue || type.kind === "any" || isMarked(value)) {
            return value;
        }
        switch (type.kind) {
            case "array":
                return Array.isArray(value)
                    ? value.map((item, index) => this.#value(item, type.of, at(path, index), steps))
                    : this.#wrong(value, type, path);
            case "map":
                return isObject(value)
                    ? Object.fromEntries(
                          Object.entries(value)
                              .filter(([key]) => !key.startsWith("__"))
                              .map(([key, item]) => [key, this.#value(item, type.of, at(path, key), steps)]),
                      )
                    : this.#wrong(value, type, path);
            case "object":
                return isObject(value)
                    ? { __defaults: [], ...this.object(value, this.members(type.name), path, steps) }
                    : this.#wrong(value, type, path);
            case "string":
            case "number":
            case "boolean":
                return scalars[type.kind](value) ?? this.#wrong(value, type, path);
        }
    }

    #wrong(value: Value, type: ValueType, path: string): Value {
        const plain = `the ${typeof value} ${JSON.stringify(value)}`;
        const got = isObject(value) ? "an object" : Array.isArray(value) ? "a list" : plain;
        this.report(path, `is ${got}; ${described(type)} is needed.`);
        return value;
    }

    #unexpected(name: string, properties: Properties, path: string): string {
        const where = path === "" ? this.subject : `"${path.replace(/\[\d+\]/g, "[]")}" of ${this.subject}`;
        return `"${name}" is no property of ${where}.${nearest(name, Object.keys(properties))}`;
    }
}

/**
 * The official provider reads a number or a switch where text is due, as YAML writes them, and text where one of them is
 * due, as configuration does. Source: pulumi-terraform-bridge, pkg/tfbridge/typechecker.
 */
const scalars = {
    string: (value: Value) =>
        typeof value === "string" || typeof value === "number" || typeof value === "boolean"
            ? String(value)
            : undefined,
    number: (value: Value) =>
        typeof value === "number" || (typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value))
            ? Number(value)
            : undefined,
    boolean: (value: Value) => [false, true].find((each) => value === each || value === String(each)),
};

/** Required blocks stand there at least once. Source: Terraform, which hands them to the provider. */
function isEmptyBlock(value: Value, type: ValueType): boolean {
    return Array.isArray(value) && value.length === 0 && type.kind === "array" && type.of.kind === "object";
}

/** A hint at the name that was meant; empty where none is near. */
export function nearest(given: string, known: readonly string[]): string {
    const best = nearestName(given, known);
    return best === undefined ? "" : ` Did you mean "${best}"?`;
}

/** More values than this are named by example: nobody reads the codes of all countries in a message. */
const mostListed = 60;

export function listed(values: readonly string[]): string {
    const shown = values.length > mostListed ? values.slice(0, 3) : values;
    const left = values.length - shown.length;
    return shown.map((value) => `"${value}"`).join(", ") + (left === 0 ? "" : ` and ${left} more`);
}

function oneOf(values: readonly string[] | undefined): string {
    return values === undefined ? "" : `: one of ${listed(values)}`;
}

/** A kind of value in words, where it is not called as itself. */
const kinds: Readonly<Partial<Record<ValueType["kind"], string>>> = {
    array: "a list",
    object: "an object",
    any: "a value",
};

function described({ kind }: ValueType): string {
    return kinds[kind] ?? `a ${kind}`;
}
