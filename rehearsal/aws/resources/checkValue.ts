import {
    at,
    listed,
    nearest,
    type Failure,
    type Properties,
    type Property,
    shown,
    type Typings,
    unknownValue,
    type Value,
    ValueCheck,
} from "../../provider";
import { type Constraint, constraintPath, constraintsOf } from "../constraints";
import type { ResourceModel } from "../services";

type Model = Pick<ResourceModel, "canonical" | "values" | "twin">;

/** Checks values against typings, and against what AWS and a service's model allow. */
export class AwsValueCheck extends ValueCheck {
    readonly #constraints: ReturnType<typeof constraintsOf>;
    readonly #model: Model;

    constructor(typings: Typings, subject: string, model: Model = {}) {
        super(typings, subject);
        this.#constraints = constraintsOf(subject);
        this.#model = model;
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

    /** What the SDK and a twin of its say of a nested object: either names properties, the twin says what must be given. */
    protected override members(name: string): Properties {
        const own = this.typings.object(name);
        const other = this.typings.object(this.#model.twin?.(name) ?? "");
        return Object.keys(other).length === 0
            ? own
            : Object.fromEntries(
                  Object.entries({ ...other, ...own }).map(([property, known]) => [
                      property,
                      { ...known, required: property in own && other[property]?.required === true },
                  ]),
              );
    }

    protected override allowed(property: Property, steps: string): readonly string[] | undefined {
        return (
            this.#model.values?.[steps] ??
            allowedWords(this.#constraints[constraintPath(steps)]?.values, property.values)
        );
    }

    protected override judge(checked: Value, property: Property, path: string, steps: string): void {
        const constraint = this.#constraints[constraintPath(steps)] ?? {};
        const allowed = this.allowed(property, steps);
        const canonical = this.#model.canonical?.[steps] ?? ((text: string) => text);
        // A comment does not say whether commas may join the words that it lists, nor whether case matters.
        const isVague = constraint.values === undefined && this.#model.values?.[steps] === undefined;
        const plain = (word: string) => (isVague ? word.toLowerCase() : word);
        const known = new Set(allowed?.map(plain));
        for (const [index, item] of entries(checked)) {
            const place = index === undefined ? path : at(path, index);
            if (typeof item === "string" && item !== unknownValue && item !== "") {
                const words = constraint.values === undefined ? item.split(",") : [item];
                if (allowed === undefined) {
                    this.#text(item, constraint, place);
                } else if (!words.every((word) => known.has(plain(canonical(word.trim()))))) {
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
    }

    #text(text: string, { length, pattern }: Constraint, path: string): void {
        if (length !== undefined && outside([...text].length, length)) {
            this.report(path, `has ${[...text].length} characters; AWS allows ${range(length)}.`);
        } else if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`, "u").test(text)) {
            this.report(path, `is ${shown(text)}; AWS allows only what matches the regular expression ${pattern}`);
        }
    }
}

type Bounds = readonly [number | null, number | null];

function outside(value: number, [least, greatest]: Bounds): boolean {
    return (least !== null && value < least) || (greatest !== null && value > greatest);
}

function range([least, greatest]: Bounds): string {
    const both = least === greatest ? `${least}` : `${least} to ${greatest}`;
    return least === null ? `${greatest} at most` : greatest === null ? `${least} or more` : both;
}

/** A word as properties are written, which no separator parts. */
const camelCased = /^[a-z]+\d*[A-Z]/;

/**
 * What AWS's own data or the SDK's comments allow; undefined where neither lists anything. The comments write some words
 * as properties are written: `phoneNumber` for phone_number. Where nothing else tells, either spelling passes.
 */
function allowedWords(known?: readonly string[], documented?: readonly string[]): readonly string[] | undefined {
    if (known === undefined) {
        return documented?.flatMap((word) =>
            camelCased.test(word) ? [word, word.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)] : [word],
        );
    }
    const others = documented?.filter((word) => !camelCased.test(word) || known.some((one) => camelCased.test(one)));
    return [...new Set([...known, ...(others ?? [])])];
}

function entries(value: Value): (readonly [number | undefined, Value])[] {
    return Array.isArray(value) ? value.map((item: Value, index) => [index, item] as const) : [[undefined, value]];
}
