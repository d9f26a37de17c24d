import { inspect } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import type { Check, InnerProblem } from "./argumentSpec";

/** Whether a value is known only later: an output or a promise. */
export function isDeferred(value: unknown): boolean {
    return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/** A value as a message shows it: short, on one line, and nothing of an output, which may be a secret. */
export function shown(value: unknown): string {
    if (isDeferred(value)) {
        return "an output";
    }
    if (value === undefined) {
        return "missing";
    }
    if (typeof value === "function") {
        return "a function";
    }
    if (typeof value === "object" && value !== null) {
        return Array.isArray(value) ? "a list" : "an object";
    }
    return typeof value === "string"
        ? JSON.stringify(value.length > 300 ? `${value.slice(0, 300)}...` : value)
        : inspect(value);
}

/** What is said of an output where the program itself has to know the value. */
export const plainValueNeeded =
    "is an output, but the program needs the value while it runs. Write it out, or read it from the configuration.";

/** Says that a value is no text; undefined when it is one. */
export function textProblem(value: unknown, example: string): string | undefined {
    if (isDeferred(value)) {
        return plainValueNeeded;
    }
    return typeof value === "string"
        ? undefined
        : `is ${shown(value)}; a text is needed. Write, for example, "${example}".`;
}

/** Says that a value is no list; undefined when it is one, or is not given. */
export function listProblem(value: unknown, example: string): string | undefined {
    if (isDeferred(value)) {
        return plainValueNeeded;
    }
    return value === undefined || Array.isArray(value)
        ? undefined
        : `is ${shown(value)}; a list is needed. Write, for example, ["${example}"].`;
}

/** Says that a value is no whole number within bounds; undefined when it is one, or is not given. */
export function integerProblem(value: unknown, least: number, most: number, unit: string): string | undefined {
    if (value === undefined || (Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most)) {
        return undefined;
    }
    if (isDeferred(value)) {
        return plainValueNeeded;
    }
    const meant = typeof value === "number" || typeof value === "string" ? Math.round(Number(value)) : Number.NaN;
    const nearest = Number.isNaN(meant) ? least : Math.min(most, Math.max(least, meant));
    return `is ${shown(value)} (${unit}); a whole number from ${least} to ${most} is allowed. Write ${nearest}.`;
}

/** Says that a value is none of the allowed ones; undefined when it is one, or is not given. */
export function choiceProblem(value: unknown, allowed: readonly (string | number | boolean)[]): string | undefined {
    if (value === undefined || allowed.some((candidate) => candidate === value)) {
        return undefined;
    }
    if (isDeferred(value)) {
        return plainValueNeeded;
    }
    return `is ${shown(value)}; allowed values are ${allowed.join(", ")}. Write ${String(nearestChoice(value, allowed))}.`;
}

function nearestChoice(value: unknown, allowed: readonly (string | number | boolean)[]) {
    const written = String(typeof value === "string" ? value : inspect(value)).toLowerCase();
    const spelt = allowed.find((candidate) => String(candidate).toLowerCase() === written);
    const wanted = Number(written);
    const numbers = allowed.filter((candidate) => typeof candidate === "number");
    const nearest = [...numbers].sort((one, other) => Math.abs(one - wanted) - Math.abs(other - wanted))[0];
    return spelt ?? (Number.isNaN(wanted) ? allowed[0] : (nearest ?? allowed[0]));
}

/** The check of a whole number within bounds. */
export function integer(least: number, most: number, unit: string): Check {
    return (value) => integerProblem(value, least, most, unit);
}

/** The check of a value that is one of few. */
export function choice(...allowed: (string | number | boolean)[]): Check {
    return Object.assign((value: unknown) => choiceProblem(value, allowed), { allowed });
}

/** Says that a value is no id such as `vpc-0123456789abcdef0`; an output is left to AWS. */
export function idProblem(id: unknown, prefix: string): string | undefined {
    if (id === undefined || id === "") {
        return `is missing. Write an id such as "${prefix}-0123456789abcdef0".`;
    }
    return isDeferred(id) || (typeof id === "string" && new RegExp(`^${prefix}-[0-9a-f]{8,17}$`).test(id))
        ? undefined
        : `is ${shown(id)}; such an id is "${prefix}-" and 8 to 17 hexadecimal digits. Write, for example, "${prefix}-0123456789abcdef0".`;
}

/**
 * Says what is wrong with the path of a URL.
 *
 * @param marks Characters allowed beside letters, digits, `_` and `-`, as in a regular expression's class.
 */
export function pathProblem(
    path: unknown,
    { longest, marks, example }: { longest: number; marks: string; example: string },
): string | undefined {
    if (path === undefined) {
        return undefined;
    }
    if (typeof path !== "string") {
        return textProblem(path, example);
    }
    if (path.length > longest) {
        return `has ${path.length} characters; at most ${longest} are allowed. Write a shorter path.`;
    }
    if (!path.startsWith("/")) {
        return `is ${shown(path)}; a path begins with a slash. Write ${shown(`/${path}`)}.`;
    }
    return new RegExp(`^[\\w/${marks}-]*$`).test(path)
        ? undefined
        : `is ${shown(path)}; besides letters and digits a path may only have the characters ${marks.replace(/\\/g, "")}_-/ here. Write, for example, "${example}".`;
}

/** What is wrong with the items of a list, each with its place; a repeated one is wrong too. */
export function itemProblems(
    list: unknown,
    problem: (item: unknown, index: number) => string | undefined,
): readonly InnerProblem[] {
    const items = listOf(list) ?? [];
    return items.flatMap((item, index): InnerProblem[] => {
        const reason = problem(item, index) ?? repeatedProblem(items, index);
        return reason === undefined ? [] : [[`[${index}]`, reason]];
    });
}

/** Says that an item of a list is in it already. */
export function repeatedProblem(list: readonly unknown[], index: number): string | undefined {
    const value = list[index];
    return !isDeferred(value) && list.indexOf(value) < index
        ? `is ${shown(value)}, which is in the list already. Leave it out.`
        : undefined;
}

export function textOf(value: unknown): string {
    return typeof value === "string" ? value : "";
}

/** The items of a list, holes and null included; undefined when it is none. */
export function listOf(list: unknown): unknown[] | undefined {
    return Array.isArray(list) ? Array.from(list as unknown[]) : undefined;
}
