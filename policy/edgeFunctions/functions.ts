import type { AnyNode, CallExpression, NewExpression, Pattern } from "acorn";

import { endOf, keyOf } from "./syntax";

type FunctionNode = Extract<AnyNode, { params: Pattern[] }>;

/** The functions that a program defines, by the names that it calls them by; scopes and classes are not told apart. */
export class Functions {
    readonly #parents: ReadonlyMap<AnyNode, AnyNode>;
    readonly #parameters = new Map<string, Pattern[][]>();

    constructor(nodes: readonly AnyNode[], parents: ReadonlyMap<AnyNode, AnyNode>) {
        this.#parents = parents;
        for (const node of nodes) {
            const name = "params" in node ? this.#nameOf(node) : undefined;
            if (name !== undefined && "params" in node) {
                this.#parameters.set(name, [...(this.#parameters.get(name) ?? []), node.params]);
            }
        }
    }

    has(name: string): boolean {
        return this.#parameters.has(name);
    }

    /** What an argument of a call is called inside; undefined where that cannot be told, as in a function of a library. */
    parametersFor({ callee, arguments: given }: CallExpression | NewExpression, value: AnyNode): Pattern[] | undefined {
        const index = given.findIndex((argument) => argument === value || argument.type === "SpreadElement");
        if (given[index] !== value) {
            return undefined;
        }
        const all = this.#parameters.get(endOf(callee) ?? "");
        return all?.flatMap((parameters) => parameters[index] ?? parameters.filter(isRest));
    }

    /** The name of the function that a node stands in. */
    nameAround(node: AnyNode): string | undefined {
        const parent = this.#parents.get(node);
        return parent && ("params" in parent ? this.#nameOf(parent) : this.nameAround(parent));
    }

    #nameOf(node: FunctionNode): string | undefined {
        const parent = this.#parents.get(node);
        if (parent?.type === "MethodDefinition") {
            const ofClass = this.#parents.get(this.#parents.get(parent) ?? parent);
            return parent.kind === "constructor" ? ofClass && this.#given(ofClass) : keyOf(parent);
        }
        return this.#given(node);
    }

    /** The name that a function or a class has itself, or gets where it is written. */
    #given(node: AnyNode): string | undefined {
        if ("id" in node && node.id?.type === "Identifier") {
            return node.id.name;
        }
        const parent = this.#parents.get(node);
        if (parent?.type === "VariableDeclarator") {
            return endOf(parent.id);
        }
        if (parent?.type === "AssignmentExpression") {
            return endOf(parent.left);
        }
        return parent?.type === "Property" || parent?.type === "PropertyDefinition" ? keyOf(parent) : undefined;
    }
}

function isRest({ type }: Pattern): boolean {
    return type === "RestElement";
}
