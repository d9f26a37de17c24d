import type { AnyNode, CallExpression } from "acorn";

import { isAdder, isAnswerer, isAnswering } from "./calls";
import type { Following } from "./following";
import type { FunctionNode } from "./functions";
import { endOf, nameOf, nodesIn } from "./syntax";
import type { SyntaxTree } from "./syntaxTree";
import { passedOn } from "./values";

/** What a Lambda@Edge function answers with, where that is neither the request nor a response that the code writes. */
export class Answers {
    readonly #tree: SyntaxTree;
    readonly #requests: Following;
    readonly #seen = new Set<AnyNode>();

    constructor(tree: SyntaxTree, requests: Following) {
        this.#tree = tree;
        this.#requests = requests;
    }

    /** The values that come from outside the text of the handlers and of what they call. */
    unknownOf(handlers: readonly FunctionNode[]): AnyNode[] {
        const called = this.#tree.nodes.flatMap((node): AnyNode[] =>
            node.type === "CallExpression" &&
            isAnswering(node, this.#tree.functions) &&
            endOf(node.callee) !== "resolve"
                ? node.arguments.slice(-1)
                : [],
        );
        return [...handlers.flatMap((handler) => this.#tree.functions.returnedBy(handler)), ...called].flatMap(
            (value) => this.#unknownIn(value),
        );
    }

    #unknownIn(value: AnyNode): AnyNode[] {
        // What one call of a function returns, another may not.
        const isRequest = value.type !== "CallExpression" && this.#requests.holds(value);
        if (isRequest || this.#seen.has(value)) {
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
            return this.#tree.values.of(value.name);
        }
        if (nameOf(value) === "response") {
            return [];
        }
        if (value.type === "NewExpression") {
            return endOf(value.callee) === "Promise" ? value.arguments.flatMap(resolvedBy) : undefined;
        }
        return value.type === "CallExpression" ? this.#answersOf(value) : passedOn(value);
    }

    #answersOf(call: CallExpression): readonly AnyNode[] | undefined {
        const { callee, arguments: given } = call;
        const name = endOf(callee) ?? "";
        const [first] = given;
        if (["then", "catch", "finally"].includes(name) && callee.type === "MemberExpression") {
            const before = name === "then" ? [] : [callee.object];
            return [...before, ...given.flatMap((next) => this.#answersThrough(next))];
        }
        if (isAnswering(call, this.#tree.functions)) {
            return [];
        }
        if (isAdder(call)) {
            return given;
        }
        if (name === "parse" && first?.type === "CallExpression" && endOf(first.callee) === "stringify") {
            return first.arguments;
        }
        // An asynchronous function as TypeScript writes it for older targets.
        if (name === "__awaiter") {
            return given.slice(-1).flatMap((body) => this.#answersThrough(body));
        }
        return this.#returnedByAll(callee);
    }

    /** What a function that is handed on answers with. */
    #answersThrough(next: AnyNode): readonly AnyNode[] {
        if ("params" in next) {
            return this.#tree.functions.returnedBy(next);
        }
        const own = next.type === "Identifier" ? this.#returnedByAll(next) : undefined;
        return own ?? (isAnswerer(endOf(next)) ? [] : [next]);
    }

    /** What the program's functions that an expression stands for return; undefined where there are none. */
    #returnedByAll(named: AnyNode): readonly AnyNode[] | undefined {
        const { functions } = this.#tree;
        return functions.namedBy(named)?.flatMap((own) => functions.returnedBy(own));
    }
}

/** What a promise is resolved with: `new Promise((resolve) => { resolve(request); })` */
function resolvedBy(executor: AnyNode): readonly AnyNode[] {
    const [resolve] = "params" in executor ? executor.params : [];
    return nodesIn(executor).flatMap((node) =>
        node.type === "CallExpression" && resolve && endOf(node.callee) === endOf(resolve) ? node.arguments : [],
    );
}
