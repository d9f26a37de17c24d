import type { AnyNode, CallExpression, NewExpression, Pattern } from "acorn";

import { endOf, keyOf, targetsIn } from "./syntax";

export type FunctionNode = Extract<AnyNode, { params: Pattern[] }>;

/** The functions that a program defines, by the names that it calls them by; scopes and classes are not told apart. */
export class Functions {
    readonly #parents: ReadonlyMap<AnyNode, AnyNode>;
    readonly #functions = new Map<string, FunctionNode[]>();
    readonly #returned = new Map<AnyNode, AnyNode[]>();
    /** Names that the program gives to what it loads. */
    readonly #loaded = new Set<string>();

    constructor(nodes: readonly AnyNode[], parents: ReadonlyMap<AnyNode, AnyNode>) {
        this.#parents = parents;
        for (const node of nodes) {
            loadedBy(node).forEach((name) => this.#loaded.add(name));
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
        return this.namedBy(callee)?.flatMap(({ params }) => params[index] ?? params.filter(isRest));
    }

    /** The functions that an expression may stand for; undefined where one that the program loads may have the name. */
    namedBy(expression: AnyNode): readonly FunctionNode[] | undefined {
        const name = endOf(expression);
        return name === undefined || this.#isLoaded(expression) ? undefined : this.#functions.get(name);
    }

    /** `library.go` and what has its name, also where the program has a function of that name. */
    #isLoaded(expression: AnyNode): boolean {
        const base = expression.type === "MemberExpression" ? expression.object : expression;
        return base.type === "Identifier" && this.#loaded.has(base.name);
    }

    /** A function that another one gets is called there by the parameter's name, where each call hands one of the text. */
    #callWhatIsHanded(nodes: readonly AnyNode[]): void {
        const handed = new Map<string, Set<FunctionNode | undefined>>();
        for (const call of nodes.filter((node) => node.type === "CallExpression")) {
            for (const { params } of this.named(endOf(call.callee) ?? "")) {
                params.forEach((parameter, index) => {
                    const name = endOf(parameter);
                    if (name === undefined || this.has(name)) {
                        return;
                    }
                    const functions = handed.get(name) ?? new Set();
                    this.#handedAs(call.arguments[index]).forEach((each) => functions.add(each));
                    handed.set(name, functions);
                });
            }
        }
        for (const [name, all] of handed) {
            const functions = [...all];
            if (functions.every((each) => each !== undefined)) {
                this.#functions.set(name, functions);
            }
        }
    }

    #handedAs(value: AnyNode | undefined): readonly (FunctionNode | undefined)[] {
        if (value !== undefined && "params" in value) {
            return [value];
        }
        return (value?.type === "Identifier" ? this.namedBy(value) : undefined) ?? [undefined];
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

/** `import { go } from "library"`, `const { go } = require('library')` */
function loadedBy(node: AnyNode): string[] {
    if (node.type === "ImportDeclaration") {
        return node.specifiers.map(({ local }) => local.name);
    }
    const [target, value] =
        node.type === "VariableDeclarator"
            ? [node.id, node.init]
            : node.type === "AssignmentExpression"
              ? [node.left, node.right]
              : [];
    return target && value && isLoad(value) ? targetsIn(target).flatMap((each) => endOf(each) ?? []) : [];
}

/** Loading, and what a program or a compiler does with the result at once: `require('library').go`, `wrap(await import("library"))`. */
function isLoad(value: AnyNode): boolean {
    if (value.type === "MemberExpression") {
        return isLoad(value.object);
    }
    if (value.type === "AwaitExpression") {
        return isLoad(value.argument);
    }
    return value.type === "CallExpression"
        ? endOf(value.callee) === "require" || isLoad(value.callee) || value.arguments.some(isLoad)
        : value.type === "ImportExpression";
}

function isRest({ type }: Pattern): boolean {
    return type === "RestElement";
}
