import { list, object, text } from "../../account";
import { unknownValue, type Values } from "../../../provider";
import { doubled, isKnown, pluck, type Rule } from "./rules";

type Form = RegExp | ((text: string) => boolean);
type Wrong = (value: unknown, parent: Values, inputs: Values) => string | undefined;

/**
 * Rules of the kinds that return, of one code of AWS's; where there is none, the provider refuses. Every place ends
 * with a property: `origins.originPath`.
 */
export function ruleForms(code?: string) {
    const rule = (place: string, wrong: Wrong, own = code): Rule => {
        const steps = place.split(".");
        const property = steps.pop() ?? "";
        return {
            at: steps.join("."),
            code: own,
            wrong(parent, inputs) {
                const value = parent[property];
                const reason = value === unknownValue ? undefined : wrong(value, parent, inputs);
                return reason === undefined ? undefined : [property, reason];
            },
        };
    };
    const quoted = (values: readonly unknown[]) => values.map((value) => `"${String(value)}"`).join(", ");
    return {
        rule,
        /** A text, or each text of a list, has a form. */
        form: (place: string, form: Form | string, words: string, own = code): Rule => {
            const steps = place.split(".");
            const property = steps.pop() ?? "";
            const fits = typeof form === "string" ? new RegExp(form) : form;
            return { at: steps.join("."), form: [property, fits, words], code: own };
        },
        /** Whole numbers and ranges of them, of a number or of each of a list. */
        numbers: (place: string, allowed: readonly (number | readonly [number, number | null])[], unit = "") => {
            const fits = (value: unknown) =>
                Number.isInteger(value) &&
                allowed.some((one) => {
                    const [least, most] = typeof one === "number" ? [one, one] : one;
                    return Number(value) >= least && (most === null || Number(value) <= most);
                });
            const words = allowed
                .map((one) =>
                    typeof one === "number" ? String(one) : `${one[0]} ${one[1] === null ? "or more" : `to ${one[1]}`}`,
                )
                .join(", ")
                .replace(/, ([^,]*)$/, " and $1");
            return rule(place, (value) => {
                const wrong = [value].flat().find((each) => typeof each === "number" && !fits(each));
                const verb = Array.isArray(value) ? "has" : "is";
                const whole = Number.isInteger(wrong) ? "" : "whole numbers, ";
                return wrong === undefined
                    ? undefined
                    : `${verb} ${Number(wrong)}; AWS allows ${whole}${words}${unit && ` ${unit}`}.`;
            });
        },
        /** At most so many items. */
        most: (place: string, most: number) =>
            rule(place, (value) => {
                const count = Array.isArray(value) ? value.length : Object.keys(object(value)).length;
                return count > most ? `has ${count} ${place.split(".").at(-1)}; AWS allows ${most}.` : undefined;
            }),
        /** A list that is given has an item. */
        filled: (place: string) =>
            rule(place, (value) =>
                Array.isArray(value) && value.length === 0 ? "is empty. Give it one at least." : undefined,
            ),
        /** No item twice, or no two with the same value of a property; of headers, in whatever case. */
        unique: (place: string, key?: string, isHeader = false) =>
            rule(place, (value) => {
                const values = key === undefined ? list(value) : pluck(value, key);
                const twice = doubled(isHeader ? values.map((name) => text(name).toLowerCase()) : values);
                const what = key === undefined ? "" : `the ${key} `;
                return twice === undefined ? undefined : `has ${what}${text(twice) || Number(twice)} twice.`;
            }),
        /** Goes with some values of another property only; null among them stands for its absence. */
        only: (place: string, other: string, values: readonly unknown[]) =>
            rule(place, (value, parent) =>
                value === undefined || values.includes(parent[other] ?? null) || parent[other] === unknownValue
                    ? undefined
                    : `goes with "${other}" ${quoted(values.filter((one) => one !== null))} only${parent[other] === undefined ? "" : `, not with ${quoted([parent[other]])}`}.`,
            ),
        /**
         * What must not be: expressions that values match as text, by the property beside that has the value, by "" of
         * its own, and by "/name" of an input. Absent values are empty, and one that is not known matches "." alone.
         * The words may name the values: {name}.
         */
        refused: (place: string, wrong: Readonly<Record<string, string>>, words: string) =>
            rule(place, (own, parent, inputs) => {
                const valueOf = (name: string) =>
                    name === "" ? own : name.startsWith("/") ? inputs[name.slice(1)] : parent[name];
                const textOf = (name: string) => {
                    const value = valueOf(name);
                    return typeof value === "object"
                        ? JSON.stringify(value)
                        : String((value as string | undefined) ?? "");
                };
                return Object.entries(wrong).every(([name, form]) =>
                    valueOf(name) === unknownValue ? form === "." : new RegExp(form).test(textOf(name)),
                )
                    ? words.replace(/\{(\/?\w*)\}/g, (_, name: string) => textOf(name))
                    : undefined;
            }),
        /** Goes with another property only, whatever its value. */
        beside: (place: string, other: string) =>
            rule(place, (value, parent) =>
                (value ?? "") !== "" && parent[other] === undefined ? `goes with "${other}" only.` : undefined,
            ),
        /** Is needed by another property, whatever its value. */
        neededBy: (place: string, other: string) =>
            rule(place, (value, parent) =>
                value === undefined && parent[other] !== undefined ? `is missing, which "${other}" needs.` : undefined,
            ),
        /** Is needed by some values of another property. */
        needed: (place: string, other: string, values: readonly unknown[]) =>
            rule(place, (value, parent) =>
                value === undefined && values.includes(parent[other])
                    ? `is missing, which the ${other} "${String(parent[other])}" needs.`
                    : undefined,
            ),
        /** Says how many "items" there are beside it. */
        counted: (place: string) =>
            rule(place, (quantity, { items }) =>
                isKnown(items) && isKnown(quantity) && list(items).length !== quantity
                    ? `is ${Number(quantity)}, and "items" has ${list(items).length}.`
                    : undefined,
            ),
        /** A text that holds JSON. */
        json: (place: string) =>
            rule(place, (value) => {
                try {
                    return isKnown(value) && typeof value === "string" && !object(JSON.parse(value)) ? "" : undefined;
                } catch {
                    return "is no JSON. Write it with JSON.stringify.";
                }
            }),
        /** One less than or equal to the next, of numbers that are given. */
        ordered: (place: string, ...others: readonly string[]): Rule => {
            const steps = place.split(".");
            const names = [steps.pop() ?? "", ...others];
            return {
                at: steps.join("."),
                code,
                wrong(parent) {
                    const given = names.filter((name) => typeof parent[name] === "number");
                    const at = given.findIndex(
                        (name, index) => Number(parent[name]) > Number(parent[given[index + 1] ?? name]),
                    );
                    const [one = "", other = ""] = at < 0 ? [] : given.slice(at);
                    return at < 0
                        ? undefined
                        : [one, `is ${Number(parent[one])}, more than "${other}", which is ${Number(parent[other])}.`];
                },
            };
        },
    };
}
