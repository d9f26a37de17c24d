import type { AnyNode, CallExpression } from "acorn";

import { type Following, isAnswerer, isAnswering } from "./following";
import type { FunctionNode, Functions } from "./functions";
import { endOf, nameOf } from "./syntax";
import { passedOn, type Values } from "./values";

/** What a Lambda@Edge function answers with, where that is neither the request nor a response that the code writes. */
export class Answers {
    readonly #own: Functions;
    readonly #values: Values;
    readonly #requests: Following;
    readonly #parents: ReadonlyMap<AnyNode, AnyNode>;
    readonly #nodes: readonly AnyNode[];
    readonly #seen = new Set<AnyNode>();

    constructor(
        nodes: readonly AnyNode[],
        known: {
            own: Functions;
            values: Values;
            requests: Following;
            parents: ReadonlyMap<AnyNode, AnyNode>;
        },
    ) {
        this.#nodes = nodes;
        this.#own = known.own;
        this.#values = known.values;
        this.#requests = known.requests;
        this.#parents = known.parents;
    }

    /** The values that come from outside the text of the handlers and of what they call. */
    unknownOf(handlers: readonly FunctionNode[]): AnyNode[] {
        const called = this.#nodes.flatMap((node): AnyNode[] =>
            node.type === "CallExpression" && isAnswering(node) ? node.arguments.slice(-1) : [],
        );
        return [...handlers.flatMap((handler) => this.#returnedBy(handler)), ...called].flatMap((value) =>
            this.#unknownIn(value),
        );
    }

    #returnedBy(handler: FunctionNode): AnyNode[] {
        if (handler.type === "ArrowFunctionExpression" && handler.body.type !== "BlockStatement") {
            return [handler.body];
        }
        return this.#nodes.flatMap((node): AnyNode[] =>
            node.type === "ReturnStatement" && node.argument && this.#functionAround(node) === handler
                ? [node.argument]
                : [],
        );
    }

    #functionAround(node: AnyNode): AnyNode | undefined {
        const parent = this.#parents.get(node);
        return parent === undefined || "params" in parent ? parent : this.#functionAround(parent);
    }

    #unknownIn(value: AnyNode): AnyNode[] {
        if (this.#seen.has(value) || this.#requests.holds(value)) {
            return [];
        }
        this.#seen.add(value);
        const parts = this.#partsOf(value);
        return parts === undefined ? [value] : parts.flatMap((part) => this.#unknownIn(part));
    }

    #partsOf(value: AnyNode): readonly AnyNode[] | undefined {
        // A function that a getter of the exports returns is a handler itself.
        if (value.type === "Literal" || value.type === "UnaryExpression" || "params" in value) {
            return [];
        }
        if (value.type === "ObjectExpression") {
            return value.properties.flatMap((property) =>
                property.type === "SpreadElement" ? [property.argument] : [],
            );
        }
        if (value.type === "Identifier") {
            return this.#values.of(value.name);
        }
        const isGood =
            nameOf(value) === "response" || (value.type === "NewExpression" && endOf(value.callee) === "Promise");
        return isGood ? [] : value.type === "CallExpression" ? this.#answersOf(value) : passedOn(value);
    }

    #answersOf(call: CallExpression): readonly AnyNode[] | undefined {
        const { callee, arguments: given } = call;
        const name = endOf(callee) ?? "";
        const [first] = given;
        if (["then", "catch", "finally"].includes(name) && callee.type === "MemberExpression") {
            const before = name === "then" ? [] : [callee.object];
            return [...before, ...given.flatMap((next) => this.#answersThrough(next))];
        }
        if (isAnswering(call)) {
            return [];
        }
        if (["structuredClone", "assign", "freeze"].includes(name) && first !== undefined) {
            return [first];
        }
        if (name === "parse" && first?.type === "CallExpression" && endOf(first.callee) === "stringify") {
            return first.arguments;
        }
        return this.#own.has(name) ? this.#own.named(name).flatMap((own) => this.#returnedBy(own)) : undefined;
    }

    /** What a function that is handed on answers with. */
    #answersThrough(next: AnyNode): readonly AnyNode[] {
        if ("params" in next) {
            return this.#returnedBy(next);
        }
        const name = endOf(next) ?? "";
        const isOwn = next.type === "Identifier" && this.#own.has(name);
        return isOwn ? this.#own.named(name).flatMap((own) => this.#returnedBy(own)) : isAnswerer(name) ? [] : [next];
    }
}
