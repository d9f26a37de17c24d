import { nearestName } from "@encrypted-edge/common";
import {
    at,
    type Failure,
    isMarked,
    isObject,
    type Properties,
    type Property,
    shown,
    type Typings,
    unknownValue,
    type Value,
    type Values,
    type ValueType,
} from "../../provider";
import { type Constraint, constraintPath, constraintsOf } from "../constraints";
import type { ResourceModel } from "../services";

/** Checks values against typings, and gives them the types that these ask for. Every problem is collected. */
export class ValueCheck {
    readonly failures: Failure[] = [];

    readonly #constraints: ReturnType<typeof constraintsOf>;

    readonly #typings: Typings;
    readonly #subject: string;
    readonly #model: Pick<ResourceModel, "canonical" | "values" | "twin">;

    constructor(
        typings: Typings,
        /** How messages name what is checked: a resource type or a look-up. */
        subject: string,
        model: Pick<ResourceModel, "canonical" | "values" | "twin"> = {},
    ) {
        this.#typings = typings;
        this.#subject = subject;
        this.#model = model;

        this.#constraints = constraintsOf(subject);
    }

    report(property: string, reason: string): void {
        this.failures.push({ property, reason });
    }

    /** Adds what a model's rules say, in place of what the typings and the table of constraints say of the same value. */
    add(failures: readonly Failure[]): void {
        const judged = new Set(
            failures.filter(({ reason }) => reason.startsWith("is ")).map(({ property }) => property),
        );
        const others = this.failures.filter(
            ({ property, reason }) => !judged.has(property) || !reason.startsWith("is "),
        );
        this.failures.splice(0, this.failures.length, ...others, ...failures);
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
                checked[name] = this.#property(value, property, at(path, name), step);
            }
        }
        for (const [name, property] of Object.entries(properties)) {
            if (property.required && values[name] === undefined) {
                this.report(
                    at(path, name),
                    `Missing required property "${name}". Give it ${described(property.type)}${oneOf(property.values)}.`,
                );
            } else if (property.required && isEmptyBlock(values[name], property.type)) {
                this.report(at(path, name), `is empty. Give the required property "${name}" one item at least.`);
            }
        }
        return checked;
    }

    /** What the SDK and a twin of its say of a nested object: either names properties, the twin says what must be given. */
    #members(name: string): Properties {
        const own = this.#typings.object(name);
        const other = this.#typings.object(this.#model.twin?.(name) ?? "");
        return Object.keys(other).length === 0
            ? own
            : Object.fromEntries(
                  Object.entries({ ...other, ...own }).map(([property, known]) => [
                      property,
                      { ...known, required: property in own && other[property]?.required === true },
                  ]),
              );
    }

    #property(value: Value, property: Property, path: string, steps: string): Value {
        const checked = this.#value(value, property.type, path, steps);
        const constraint = this.#constraints[constraintPath(steps)] ?? {};
        const allowed = this.#model.values?.[steps] ?? union(constraint.values, property.values);
        const canonical = this.#model.canonical?.[steps] ?? ((text: string) => text);
        for (const [index, item] of entries(checked)) {
            const place = index === undefined ? path : at(path, index);
            if (typeof item === "string" && item !== unknownValue && item !== "") {
                // A comment does not say whether commas may join the words that it lists.
                const words = constraint.values === undefined ? item.split(",") : [item];
                if (allowed === undefined) {
                    this.#text(item, constraint, place);
                } else if (!words.every((word) => allowed.includes(canonical(word.trim())))) {
                    this.report(place, `is ${shown(item)}; AWS allows ${listed(allowed)}.${nearest(item, allowed)}`);
                }
            }
        }
        if (
            Array.isArray(checked) &&
            checked.length > 0 &&
            constraint.items &&
            outside(checked.length, constraint.items)
        ) {
            this.report(path, `has ${checked.length} items; AWS allows ${range(constraint.items)}.`);
        }
        const between = constraint.between ?? property.between;
        if (typeof checked === "number" && between !== undefined && outside(checked, between)) {
            this.report(path, `is ${checked}; AWS allows ${range(between)}.`);
        }
        return checked;
    }

    #text(text: string, { length, pattern }: Constraint, path: string): void {
        if (length !== undefined && outside([...text].length, length)) {
            this.report(path, `has ${[...text].length} characters; AWS allows ${range(length)}.`);
        } else if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`, "u").test(text)) {
            this.report(path, `is ${shown(text)}; AWS allows only what matches the regular expression ${pattern}`);
        }
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
                    ? { __defaults: [], ...this.object(value, this.#members(type.name), path, steps) }
                    : this.#wrong(value, type, path);
            // The official provider reads a number or a switch where text is due, as YAML writes them, and text where one
            // of them is due, as configuration does. Source: pulumi-terraform-bridge, pkg/tfbridge/typechecker.
            case "string":
                return typeof value === "string"
                    ? value
                    : typeof value === "number" || typeof value === "boolean"
                      ? String(value)
                      : this.#wrong(value, type, path);
            case "number":
                return typeof value === "number" || (typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value))
                    ? Number(value)
                    : this.#wrong(value, type, path);
            case "boolean":
                return typeof value === "boolean"
                    ? value
                    : value === "true" || value === "false"
                      ? value === "true"
                      : this.#wrong(value, type, path);
        }
    }

    #wrong(value: Value, type: ValueType, path: string): Value {
        const plain = `the ${typeof value} ${JSON.stringify(value)}`;
        const got = isObject(value) ? "an object" : Array.isArray(value) ? "a list" : plain;
        this.report(path, `is ${got}; ${described(type)} is needed.`);
        return value;
    }

    #unexpected(name: string, properties: Properties, path: string): string {
        const where = path === "" ? this.#subject : `"${path.replace(/\[\d+\]/g, "[]")}" of ${this.#subject}`;
        return `"${name}" is no property of ${where}.${nearest(name, Object.keys(properties))}`;
    }
}

/** Required blocks stand there at least once. Source: Terraform, which hands them to the provider. */
function isEmptyBlock(value: Value, type: ValueType): boolean {
    return Array.isArray(value) && value.length === 0 && type.kind === "array" && type.of.kind === "object";
}

type Bounds = readonly [number | null, number | null];

function outside(value: number, [least, greatest]: Bounds): boolean {
    return (least !== null && value < least) || (greatest !== null && value > greatest);
}

function range([least, greatest]: Bounds): string {
    const both = least === greatest ? `${least}` : `${least} to ${greatest}`;
    return least === null ? `${greatest} at most` : greatest === null ? `${least} or more` : both;
}

/** What either of two lists allows; undefined where there is none. */
function union(one?: readonly string[], other?: readonly string[]): readonly string[] | undefined {
    return one === undefined ? other : [...new Set([...one, ...(other ?? [])])];
}

function entries(value: Value): (readonly [number | undefined, Value])[] {
    return Array.isArray(value) ? value.map((item: Value, index) => [index, item] as const) : [[undefined, value]];
}

function nearest(given: string, known: readonly string[]): string {
    const best = nearestName(given, known);
    return best === undefined ? "" : ` Did you mean "${best}"?`;
}

function listed(values: readonly string[]): string {
    return values.map((value) => `"${value}"`).join(", ");
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
