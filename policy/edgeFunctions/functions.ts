import type { AnyNode, CallExpression, NewExpression, Pattern } from "acorn";

import { endOf, keyOf } from "./syntax";

export type FunctionNode = Extract<AnyNode, { params: Pattern[] }>;

/** The functions that a program defines, by the names that it calls them by; scopes and classes are not told apart. */
export class Functions {
    readonly #parents: ReadonlyMap<AnyNode, AnyNode>;
    readonly #functions = new Map<string, FunctionNode[]>();
    readonly #returned = new Map<AnyNode, AnyNode[]>();

    constructor(nodes: readonly AnyNode[], parents: ReadonlyMap<AnyNode, AnyNode>) {
        this.#parents = parents;
        for (const node of nodes) {
            const name = "params" in node ? this.#nameOf(node) : undefined;
            if (name !== undefined && "params" in node) {
                this.#functions.set(name, [...this.named(name), node]);
            }
            const around = node.type === "ReturnStatement" ? this.#around(node) : undefined;
            if (around !== undefined && node.type === "ReturnStatement" && node.argument) {
                this.#returned.set(around, [...(this.#returned.get(around) ?? []), node.argument]);
            }
        }
        this.#callWhatIsHanded(nodes);
    }

    has(name: string): boolean {
        return this.#functions.has(name);
    }

    named(name: string): readonly FunctionNode[] {
        return this.#functions.get(name) ?? [];
    }

    /** What a function answers its callers with. */
    returnedBy(own: FunctionNode): readonly AnyNode[] {
        return own.body.type === "BlockStatement" ? (this.#returned.get(own) ?? []) : [own.body];
    }

    /** What an argument of a call is called inside; undefined where that cannot be told, as in a function of a library. */
    parametersFor({ callee, arguments: given }: CallExpression | NewExpression, value: AnyNode): Pattern[] | undefined {
        const index = given.findIndex((argument) => argument === value || argument.type === "SpreadElement");
        if (given[index] !== value) {
            return undefined;
        }
        const name = endOf(callee) ?? "";
        return this.has(name)
            ? this.named(name).flatMap(({ params }) => params[index] ?? params.filter(isRest))
            : undefined;
    }

    /** A function that another one gets is called there by the parameter's name, where each call hands one of the text. */
    #callWhatIsHanded(nodes: readonly AnyNode[]): void {
        const handed = new Map<string, (FunctionNode | undefined)[]>();
        for (const node of nodes) {
            for (const { params } of node.type === "CallExpression" ? this.named(endOf(node.callee) ?? "") : []) {
                params.forEach((parameter, index) => {
                    const name = endOf(parameter) ?? "";
                    const value = node.type === "CallExpression" ? node.arguments[index] : undefined;
                    handed.set(name, [...(handed.get(name) ?? []), ...this.#handedAs(value)]);
                });
            }
        }
        for (const [name, functions] of handed) {
            if (!this.has(name) && functions.every((each) => each !== undefined)) {
                this.#functions.set(name, functions);
            }
        }
    }

    #handedAs(value: AnyNode | undefined): readonly (FunctionNode | undefined)[] {
        if (value !== undefined && "params" in value) {
            return [value];
        }
        const own = value?.type === "Identifier" ? this.named(value.name) : [];
        return own.length > 0 ? own : [undefined];
    }

    /** The name of the function that a node stands in. */
    nameAround(node: AnyNode): string | undefined {
        const around = this.#around(node);
        return around && this.#nameOf(around);
    }

    #around(node: AnyNode): FunctionNode | undefined {
        const parent = this.#parents.get(node);
        return parent && ("params" in parent ? parent : this.#around(parent));
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
