import { list, object, objects } from "../../account";
import { containsUnknown, isObject, shown, unknownValue, type Values } from "../../../provider";

/** Says what is wrong with an input before anything is sent to AWS, as the official provider does. */
export type Report = (path: string, reason: string) => void;

/** What joins properties of one resource: AWS refuses where it does not hold. Values that a preview cannot know pass. */
export interface Rule {
    /** Where the objects are that the rule is about, through lists: `origins.customHeaders`. Default: the inputs. */
    readonly at?: string | readonly string[];
    /** Of these properties exactly one must be given. */
    readonly exactlyOne?: readonly string[];
    /** Of these properties at most one may be given. */
    readonly atMostOne?: readonly string[];
    /** Of these properties at least one must be given. */
    readonly atLeastOne?: readonly string[];
    /** A text, or each text of a list: its property, its form, and that form in words. */
    readonly form?: readonly [property: string, form: RegExp | ((text: string) => boolean), words: string];
    /** A property and what is wrong with it; undefined where nothing is. */
    readonly wrong?: (value: Values, inputs: Values) => readonly [property: string, reason: string] | undefined;
    /** AWS's code, where AWS and not the provider refuses. */
    readonly code?: string;
}

/** Reports every rule that does not hold. */
export function checkRules(rules: readonly Rule[], inputs: Values, report: Report): void {
    for (const rule of rules) {
        for (const place of typeof rule.at === "string" ? [rule.at] : (rule.at ?? [""])) {
            for (const [path, value] of objectsAt(inputs, place)) {
                const say = (property: string, reason: string) =>
                    report(
                        [path, property].filter((step) => step !== "").join("."),
                        rule.code === undefined ? reason : `${reason} (AWS: ${rule.code})`,
                    );
                checkRule(rule, value, inputs, say);
            }
        }
    }
}

function checkRule(rule: Rule, value: Values, inputs: Values, say: Report): void {
    const alternatives = rule.exactlyOne ?? rule.atMostOne ?? rule.atLeastOne;
    if (alternatives !== undefined) {
        const given = alternatives.filter((name) => value[name] !== undefined);
        const listed = alternatives.map((name) => `"${name}"`).join(", ");
        if (given.length > 1 && rule.atLeastOne === undefined) {
            say(given[1] ?? "", `conflicts with "${given[0]}". Give one of ${listed}.`);
        } else if (given.length === 0 && rule.atMostOne === undefined) {
            say(alternatives[0] ?? "", `One of ${listed} must be given; there is none.`);
        }
    }
    if (rule.form !== undefined) {
        const [property, form, words] = rule.form;
        const fits = typeof form === "function" ? form : (text: string) => form.test(text);
        const given = value[property];
        const items = typeof given === "string" ? [given] : list(given);
        items.forEach((item, index) => {
            if (typeof item === "string" && item !== unknownValue && !fits(item)) {
                const place = typeof given === "string" ? property : `${property}[${index}]`;
                say(place, `is ${shown(item)}; AWS allows ${words}.`);
            }
        });
    }
    const wrong = rule.wrong?.(value, inputs);
    if (wrong !== undefined) {
        say(...wrong);
    }
}

/** The objects at a path, each with its own path; none where the path leads to something that is not known. */
export function objectsAt(inputs: Values, place: string): (readonly [path: string, value: Values])[] {
    if (place === "") {
        return [["", inputs]];
    }
    let found: (readonly [string, Values])[] = [["", inputs]];
    for (const step of place.split(".")) {
        found = found.flatMap(([path, value]) => {
            const inner = value[step];
            const here = path === "" ? step : `${path}.${step}`;
            return Array.isArray(inner)
                ? inner.flatMap((item: unknown, index) =>
                      isObject(item) ? [[`${here}[${index}]`, item] as const] : [],
                  )
                : isObject(inner)
                  ? [[here, inner] as const]
                  : [];
        });
    }
    return found;
}

/** The values at a path, through lists: `origins.vpcOriginConfig.vpcOriginId`. */
export function valuesAt(value: unknown, place: string): unknown[] {
    return place
        .split(".")
        .reduce<unknown[]>((found, step) => found.flatMap((each) => object(each)[step] ?? []), [value]);
}

/** Whether a value is given and known through and through. */
export function isKnown(value: unknown): boolean {
    return value !== undefined && !containsUnknown(value);
}

/** The names that an object gives, without what Pulumi keeps among them. */
export function namesOf(value: unknown): string[] {
    return Object.keys(object(value)).filter((name) => !name.startsWith("__"));
}

/** The first value that a list has twice. */
export function doubled(list: readonly unknown[]): unknown {
    return list.find((value, index) => value !== unknownValue && list.indexOf(value) < index);
}

/** A property of each object of a list. */
export function pluck(list: unknown, property: string): unknown[] {
    return objects(list).map((item) => item[property]);
}
