import type { AnyNode, Expression, ObjectExpression, Super } from "acorn";

import { namesIn } from "./syntax";

/** What an expression may be: its literals and objects, and whether it may be something else besides. */
export interface Possible {
    readonly literals: readonly unknown[];
    readonly objects: readonly ObjectExpression[];
    readonly isKnown: boolean;
}

const nothingKnown: Possible = { literals: [], objects: [], isKnown: false };

/** The values that a program gives its variables, by name; scopes are not told apart, so a name has all its values. */
export class Literals {
    readonly #assigned: readonly [name: string, value: Expression | undefined][];
    readonly #values = new Map<string, Possible>();

    constructor(nodes: readonly AnyNode[]) {
        const assigned: [name: string, value: Expression | undefined][] = [];
        for (const node of nodes) {
            if (node.type === "VariableDeclarator") {
                if (node.id.type === "Identifier") {
                    // `let x;` gives no value; the assignments that follow do.
                    if (node.init !== null && node.init !== undefined) {
                        assigned.push([node.id.name, node.init]);
                    }
                } else {
                    assigned.push(...namesIn(node.id).map((name): [string, undefined] => [name, undefined]));
                }
            } else if (node.type === "AssignmentExpression" && node.left.type === "Identifier") {
                assigned.push([node.left.name, node.operator === "=" ? node.right : undefined]);
            } else if ("params" in node) {
                for (const name of node.params.flatMap(namesIn)) {
                    assigned.push([name, undefined]);
                }
            } else if (node.type === "CatchClause" && node.param) {
                assigned.push(...namesIn(node.param).map((name): [string, undefined] => [name, undefined]));
            }
        }
        this.#assigned = assigned;
    }

    of(expression: AnyNode | Super): Possible {
        if (expression.type === "Literal") {
            return { literals: [expression.value], objects: [], isKnown: true };
        }
        if (expression.type === "TemplateLiteral" && expression.expressions.length === 0) {
            return { literals: [expression.quasis[0]?.value.cooked], objects: [], isKnown: true };
        }
        if (expression.type === "ObjectExpression") {
            return { literals: [], objects: [expression], isKnown: true };
        }
        if (expression.type === "ConditionalExpression") {
            return merged([this.of(expression.consequent), this.of(expression.alternate)]);
        }
        if (expression.type === "LogicalExpression") {
            return merged([this.of(expression.left), this.of(expression.right)]);
        }
        return expression.type === "Identifier" ? this.#variable(expression.name) : nothingKnown;
    }

    #variable(name: string): Possible {
        const known = this.#values.get(name);
        if (known !== undefined) {
            return known;
        }
        // A variable that is made of itself has whatever values the rest of its assignments give it.
        this.#values.set(name, nothingKnown);
        const values = this.#assigned.filter(([assigned]) => assigned === name).map(([, value]) => value);
        const possible = values.map((value) => (value === undefined ? nothingKnown : this.of(value)));
        // What is assigned nowhere comes from somewhere else.
        const all = possible.length === 0 ? nothingKnown : merged(possible);
        this.#values.set(name, all);
        return all;
    }
}

function merged(all: readonly Possible[]): Possible {
    return {
        literals: all.flatMap(({ literals }) => literals),
        objects: all.flatMap(({ objects }) => objects),
        isKnown: all.every(({ isKnown }) => isKnown),
    };
}
