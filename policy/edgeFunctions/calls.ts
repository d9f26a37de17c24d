import type { AnyNode, CallExpression, NewExpression } from "acorn";

import type { Functions } from "./functions";
import { endOf, type Names, nameOf } from "./syntax";

/** Functions that only read what they get. */
const readers = ["console", "JSON.stringify", "Object.keys", "Object.hasOwn", "Boolean", "String"];

/**
 * Functions that answer with what they get, to which they only add the properties of objects, by their last name: also those
 * that compilers write.
 */
const adders: Names = [
    "assign",
    "freeze",
    "__assign",
    "__spreadValues",
    "__spreadProps",
    "_objectSpread",
    "_extends",
    "resolve",
    "structuredClone",
];

/** Functions by which a function answers. */
const answering: Names = ["callback", "cb", "done", "resolve", "context.succeed", "context.done"];

export function isCall(node: AnyNode): node is CallExpression | NewExpression {
    return node.type === "CallExpression" || node.type === "NewExpression";
}

function calledName({ callee }: CallExpression | NewExpression): string {
    return callee.type === "MemberExpression" ? `${endOf(callee.object)}.${nameOf(callee)}` : (endOf(callee) ?? "");
}

export function isAdder({ callee }: CallExpression | NewExpression): boolean {
    return adders.includes(endOf(callee));
}

export function isAnswerer(name: string | undefined): boolean {
    return answering.includes(name);
}

/** `callback(null, request)`, whatever a compiler called the parameter; `merge.call(null, request)` is another function's call. */
export function isAnswering(call: CallExpression | NewExpression, functions: Functions): boolean {
    const [first] = call.arguments;
    const isOfNull = first?.type === "Literal" && first.value === null;
    return isAnswerer(calledName(call)) || (isOfNull && functions.isOfParameter(call));
}

/** A call that only reads its arguments. */
export function isReader(call: CallExpression | NewExpression): boolean {
    const name = calledName(call);
    return readers.some((reader) => name === reader || name.startsWith(`${reader}.`));
}

/** `Object.values(request.origin)`, and with `isAlone` only what lists the objects without their names. */
export function isLister(call: CallExpression, isAlone: boolean): boolean {
    const name = calledName(call);
    return name === "Object.values" || (!isAlone && name === "Object.entries");
}
