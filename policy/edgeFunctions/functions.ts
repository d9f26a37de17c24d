import type { AnyNode, CallExpression, NewExpression, Pattern } from "acorn";

import { endOf, keyOf, targetsIn } from "./syntax";

export type FunctionNode = Extract<AnyNode, { params: Pattern[] }>;

/** The functions that a program defines, by the names that it calls them by; scopes and classes are not told apart. */
export class Functions {
    readonly #parents: ReadonlyMap<AnyNode, AnyNode>;
    readonly #functions = new Map<string | undefined, FunctionNode[]>();
    readonly #returned = new Map<AnyNode | undefined, AnyNode[]>();
    readonly #parameters = new Set<string | undefined>();
    /** Those that take what they get out of `arguments`, whatever their parameters are called. */
    readonly #takingAll = new Set<AnyNode | undefined>();
    /** Names that the program gives to what it loads. */
    readonly #loaded = new Set<string>();

    constructor(nodes: readonly AnyNode[], parents: ReadonlyMap<AnyNode, AnyNode>) {
        this.#parents = parents;
        for (const node of nodes) {
            loadedBy(node).forEach((name) => this.#loaded.add(name));
            if ("params" in node) {
                this.#add(node, this.#nameOf(node));
                node.params.flatMap(targetsIn).forEach((target) => this.#parameters.add(endOf(target)));
            } else if (node.type === "ReturnStatement" && node.argument) {
                const around = this.#around(node);
                this.#returned.set(around, [...(this.#returned.get(around) ?? []), node.argument]);
            } else if (node.type === "Identifier" && node.name === "arguments") {
                this.#takingAll.add(this.#ownerOfArguments(node));
            }
        }
        this.#callWhatIsHanded(nodes);
    }

    /** What has no name is called by none. */
    #add(node: FunctionNode, name: string | undefined): void {
        const known = this.#functions.get(name);
        if (known !== undefined) {
            known.push(node);
        } else if (name !== undefined) {
            this.#functions.set(name, [node]);
        }
    }

    has(name: string): boolean {
        return this.#functions.has(name);
    }

    named(name: string | undefined): readonly FunctionNode[] {
        return this.#functions.get(name) ?? [];
    }

    /** What a function answers its callers with. */
    returnedBy(own: FunctionNode): readonly AnyNode[] {
        return own.body.type === "BlockStatement" ? (this.#returned.get(own) ?? []) : [own.body];
    }

    /** Whether a call is one of what a function of the program gets, as of a callback. */
    isOfParameter({ callee }: CallExpression | NewExpression): boolean {
        return callee.type === "Identifier" && this.#parameters.has(callee.name) && !this.#isLoaded(callee);
    }

    takesAll(own: FunctionNode): boolean {
        return this.#takingAll.has(own);
    }

    /** What an argument of a call is called inside; undefined where that cannot be told, as in a function of a library. */
    parametersFor({ callee, arguments: given }: CallExpression | NewExpression, value: AnyNode): Pattern[] | undefined {
        const index = given.findIndex((argument) => argument === value || argument.type === "SpreadElement");
        if (given[index] !== value) {
            return undefined;
        }
        const functions = this.namedBy(callee);
        return functions?.some((each) => this.takesAll(each)) === true
            ? undefined
            : functions?.flatMap(({ params }) => params[index] ?? params.filter(isRest));
    }

    /** The functions that an expression may stand for; undefined where one that the program loads may have the name. */
    namedBy(expression: AnyNode): readonly FunctionNode[] | undefined {
        return this.#isLoaded(expression) ? undefined : this.#functions.get(endOf(expression));
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
            for (const { params } of this.named(endOf(call.callee))) {
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

    /** Whether a node stands in a function that is run where its name is read, and not called. */
    isInGetter(node: AnyNode): boolean {
        const around = this.#around(node);
        const parent = around && this.#parents.get(around);
        return parent !== undefined && "kind" in parent && parent.kind === "get";
    }

    /** An arrow function has the `arguments` of the function around it. */
    #ownerOfArguments(node: AnyNode): FunctionNode | undefined {
        const around = this.#around(node);
        return around?.type === "ArrowFunctionExpression" ? this.#ownerOfArguments(around) : around;
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
