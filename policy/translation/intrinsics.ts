import { isObject, once, own, UNKNOWN, type Value } from "../graph";

/** What a template's functions refer to. */
export interface Scope {
    /** Where the template's resources are written. */
    readonly path: string;
    /** The text that stands for a resource of the template, or an attribute of one; undefined where there is none. */
    resource(name: string, attribute?: string): Value;
    /** The ARN that AWS gave a resource of the template, where an output says it. */
    arn(name: string): Value;
    /** Parameters with the values that they have: given, or by default; unknown where neither is. */
    readonly parameters: Readonly<Record<string, Value>>;
    readonly conditions: Readonly<Record<string, Value>>;
    readonly mappings: Value;
}

/**
 * A dynamic reference to the Parameter Store, which AWS replaces when it deploys. Those to a secret stay as they are:
 * one that stands in two places is the same value in both, and no setting of a rule is a secret.
 */
const lookedUp = /\{\{resolve:ssm:/;

/** A value of a template with its functions worked out, as far as that needs no AWS. */
export function worked(value: Value, scope: Scope): Value {
    const result = calculated(value, scope);
    return typeof result === "string" && lookedUp.test(result) ? UNKNOWN : result;
}

function calculated(value: Value, scope: Scope): Value {
    if (Array.isArray(value)) {
        return value.map((item: Value) => worked(item, scope)).filter((item) => item !== undefined);
    }
    if (!isObject(value)) {
        return value;
    }
    const [key = "", ...others] = Object.keys(value);
    if (others.length === 0 && (key === "Ref" || key.startsWith("Fn::"))) {
        return call(key, value[key], scope);
    }
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, worked(item, scope)]));
}

function call(name: string, argument: Value, scope: Scope): Value {
    switch (name) {
        case "Ref":
            return typeof argument === "string" ? reference(argument, scope) : UNKNOWN;
        case "Fn::GetAtt": {
            const asked = resourceAndAttribute(argument);
            return (asked && scope.resource(...asked)) ?? UNKNOWN;
        }
        case "Fn::Sub":
            return substituted(argument, scope);
        case "Fn::Join": {
            const [separator, list] = itemsOf(argument);
            const items = worked(list, scope);
            return typeof separator === "string" && Array.isArray(items) && items.every(isText)
                ? items.join(separator)
                : UNKNOWN;
        }
        case "Fn::Split": {
            const [separator, text] = argumentsOf(argument, scope);
            return typeof separator === "string" && typeof text === "string" ? split(text, separator) : UNKNOWN;
        }
        case "Fn::Select": {
            const [index, list] = argumentsOf(argument, scope);
            return (isText(index) ? itemsOf(list)[Number(index)] : undefined) ?? UNKNOWN;
        }
        case "Fn::FindInMap": {
            const [map, ...keys] = argumentsOf(argument, scope).slice(0, 3);
            const found = keys.reduce(valueAt, valueAt(scope.mappings, map));
            const otherwise = own(worked(itemsOf(argument)[3], scope), "DefaultValue");
            return found ?? otherwise ?? UNKNOWN;
        }
        case "Fn::If": {
            const [condition, yes, no] = itemsOf(argument);
            const holds = typeof condition === "string" ? ofName(condition, scope, 0) : undefined;
            return holds === undefined ? UNKNOWN : worked(holds ? yes : no, scope);
        }
        default:
            return UNKNOWN;
    }
}

/** A text that stands for a resource is never split. */
function split(text: string, separator: string): string[] {
    const pieces = [""];
    for (const [index, chunk] of text.split(/(\$\{[^}]*\})/).entries()) {
        const [first = "", ...others] = index % 2 === 1 ? [chunk] : chunk.split(separator);
        pieces.push(`${pieces.pop() ?? ""}${first}`, ...others);
    }
    return pieces;
}

function argumentsOf(argument: Value, scope: Scope): Value[] {
    return itemsOf(argument).map((part) => worked(part, scope));
}

/** An unknown key may name any of the values, so that a default may not take its place. */
function valueAt(map: Value, key: Value): Value {
    return isText(key) && map !== UNKNOWN ? own(map, String(key)) : UNKNOWN;
}

/** So deep conditions are followed, for they may name each other in a circle, which AWS refuses. */
const deepest = 200;

/** What is known of a template's conditions by name: each may name the one before ten times. */
const known = once((_scope: Scope) => new Map<string, boolean | undefined>());

function ofName(name: string, scope: Scope, depth: number): boolean | undefined {
    const decisions = known(scope);
    if (!decisions.has(name)) {
        decisions.set(name, undefined);
        decisions.set(name, decided(own(scope.conditions, name), scope, depth + 1));
    }
    return decisions.get(name);
}

/** Whether a condition holds; undefined where that needs values that are not known. */
export function decided(condition: Value, scope: Scope, depth = 0): boolean | undefined {
    if (!isObject(condition) || depth > deepest) {
        return undefined;
    }
    const [name = ""] = Object.keys(condition);
    const argument = condition[name];
    if (name === "Condition") {
        return typeof argument === "string" ? ofName(argument, scope, depth) : undefined;
    }
    const parts = itemsOf(argument);
    if (name === "Fn::Equals") {
        const [one, other] = parts.map((part) => worked(part, scope));
        return isText(one) && isText(other) ? String(one) === String(other) : undefined;
    }
    const held = parts.map((part) => decided(part, scope, depth + 1));
    switch (name) {
        case "Fn::Not":
            return held[0] === undefined ? undefined : !held[0];
        case "Fn::And":
            return held.includes(false) ? false : held.includes(undefined) ? undefined : true;
        case "Fn::Or":
            return held.includes(true) ? true : held.includes(undefined) ? undefined : false;
        default:
            return undefined;
    }
}

function reference(name: string, scope: Scope): Value {
    if (name === "AWS::NoValue") {
        return undefined;
    }
    return Object.hasOwn(scope.parameters, name) ? scope.parameters[name] : (scope.resource(name) ?? UNKNOWN);
}

function substituted(argument: Value, scope: Scope): Value {
    const [text, given] = Array.isArray(argument) ? (argument as Value[]) : [argument];
    if (typeof text !== "string") {
        return UNKNOWN;
    }
    let known = true;
    const result = text.replace(/\$\{([^}]*)\}/g, (_, name: string) => {
        if (name.startsWith("!")) {
            return `\${${name.slice(1)}}`;
        }
        const own = isObject(given) && Object.hasOwn(given, name) ? worked(given[name], scope) : undefined;
        const value = own ?? (name.includes(".") ? call("Fn::GetAtt", name, scope) : reference(name, scope));
        known &&= isText(value);
        return String(isText(value) ? value : "");
    });
    return known ? result : UNKNOWN;
}

/** What `Fn::GetAtt` asks for, in either of its forms; undefined where a function gives a part of it. */
export function resourceAndAttribute(argument: Value): readonly [resource: string, attribute: string] | undefined {
    const parts = typeof argument === "string" ? argument.split(".") : itemsOf(argument);
    const [resource, ...attribute] = parts.every((part) => typeof part === "string") ? parts : [];
    return resource === undefined || attribute.length === 0 ? undefined : [resource, attribute.join(".")];
}

/** The items of a list; none where the value is no list. */
export function itemsOf(value: Value): readonly Value[] {
    return Array.isArray(value) ? (value as Value[]) : [];
}

function isText(value: Value): value is string | number | boolean {
    return ["string", "number", "boolean"].includes(typeof value);
}
