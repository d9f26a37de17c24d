import type { AnyNode } from "acorn";

import { targetsIn } from "./syntax";

/** What a program's variables are given, by their names; scopes are not told apart. */
export class Values {
    readonly #given = new Map<string, AnyNode[]>();
    readonly #bound = new Set<string>();

    constructor(nodes: readonly AnyNode[]) {
        for (const node of nodes) {
            if (node.type === "VariableDeclarator") {
                this.#add(node.id, node.init ?? undefined);
            } else if (node.type === "AssignmentExpression") {
                this.#add(node.left, node.right);
            } else if (node.type === "ClassDeclaration") {
                this.#add(node.id ?? undefined, node);
            } else if ("local" in node && node.type !== "ExportSpecifier") {
                this.#bound.add(node.local.name);
            } else if ("params" in node) {
                node.params.forEach((parameter) => {
                    this.#add(parameter, undefined);
                });
            }
        }
    }

    /** What a variable may be; undefined where no text says it, as of an import or a parameter. */
    of(name: string): readonly AnyNode[] | undefined {
        return name === "undefined" ? [] : this.#given.get(name);
    }

    /** Whether the program gives this name to something. */
    isBound(name: string): boolean {
        return this.#bound.has(name);
    }

    #add(pattern: Parameters<typeof targetsIn>[0] | undefined, value: AnyNode | undefined): void {
        const targets = pattern === undefined ? [] : targetsIn(pattern);
        for (const target of targets) {
            if (target.type === "Identifier") {
                this.#bound.add(target.name);
                if (value !== undefined) {
                    this.#given.set(target.name, [...(this.#given.get(target.name) ?? []), value]);
                }
            }
        }
    }
}

/** The values that an expression passes on as they are; undefined where it makes or takes another one. */
export function passedOn(value: AnyNode): readonly AnyNode[] | undefined {
    if (value.type === "AssignmentExpression") {
        return [value.right];
    }
    if (value.type === "AwaitExpression") {
        return [value.argument];
    }
    if (value.type === "ChainExpression") {
        return [value.expression];
    }
    if (value.type === "ConditionalExpression") {
        return [value.consequent, value.alternate];
    }
    if (value.type === "LogicalExpression") {
        return [value.left, value.right];
    }
    return value.type === "SequenceExpression" ? value.expressions.slice(-1) : undefined;
}
