import { createRequire } from "node:module";

import type * as acorn from "acorn";
import type { AnyNode, Identifier, MemberExpression, ObjectExpression, Pattern } from "acorn";

type Acorn = typeof acorn;

/** A list in which the name of an expression is looked up that may have none. */
export type Names = readonly (string | undefined)[];

/** Most stacks hold no function that changes the origin, and those do not wait for the parser. */
const load = createRequire(__filename);

/** A program; undefined where it is no JavaScript. */
export function programOf(code: string): AnyNode | undefined {
    const { parse } = load("acorn") as Acorn;
    for (const sourceType of ["module", "script"] as const) {
        try {
            return parse(code, {
                ecmaVersion: "latest",
                sourceType,
                locations: true,
                allowReturnOutsideFunction: true,
            });
        } catch {
            continue;
        }
    }
    return undefined;
}

/**
 * A node and all that is in it.
 *
 * @param parents gets the node that each node stands in
 */
export function nodesIn(root: AnyNode, parents?: Map<AnyNode, AnyNode>): AnyNode[] {
    const nodes = [root];
    // The list grows while it is read.
    for (const node of nodes) {
        for (const child of childrenOf(node)) {
            nodes.push(child);
            parents?.set(child, node);
        }
    }
    return nodes;
}

function childrenOf(node: AnyNode): AnyNode[] {
    return (Object.values(node) as unknown[]).flat().filter(isNode);
}

function isNode(value: unknown): value is AnyNode {
    return value instanceof Object && "type" in value;
}

/** The name of the property that an expression ends in. */
export function nameOf(node: AnyNode): string | undefined {
    if (node.type !== "MemberExpression") {
        return undefined;
    }
    const { property, computed } = node;
    if (property.type === "Identifier" && !computed) {
        return property.name;
    }
    return literalName(property);
}

/** A name that is written out, as a string or as a template without values in it. */
export function literalName(node: AnyNode): string | undefined {
    if (node.type === "TemplateLiteral") {
        return node.expressions.length === 0 ? (node.quasis[0]?.value.cooked ?? undefined) : undefined;
    }
    return node.type === "Literal" ? String(node.value) : undefined;
}

/** The name that an expression ends in, of a property or a variable. */
export function endOf(node: AnyNode): string | undefined {
    return node.type === "Identifier" ? node.name : nameOf(node);
}

/** What a pattern gives values to: variables, and properties in an assignment. */
export function targetsIn(pattern: Pattern): (Identifier | MemberExpression)[] {
    switch (pattern.type) {
        case "ObjectPattern":
            return pattern.properties.flatMap((each) => targetsIn(each.type === "Property" ? each.value : each));
        case "ArrayPattern":
            return pattern.elements.flatMap((element) => (element === null ? [] : targetsIn(element)));
        case "RestElement":
            return targetsIn(pattern.argument);
        case "AssignmentPattern":
            return targetsIn(pattern.left);
        case "Identifier":
        case "MemberExpression":
            return [pattern];
    }
}

/** The name of a property, where the program writes it down; `__proto__` brings in the names of another object. */
export function keyOf(property: AnyNode): string | undefined {
    if (!("key" in property && "computed" in property)) {
        return undefined;
    }
    const { key, computed } = property;
    const name = key.type === "Identifier" && !computed ? key.name : literalName(key);
    return name === "__proto__" ? undefined : name;
}

/** Whether the program writes down the name of a property: a spread and a computed name have none. */
export function isNamed(property: AnyNode): boolean {
    return keyOf(property) !== undefined;
}

/** Whether a property has a written name, and none of these. */
export function isOtherThan(property: AnyNode, names: Names): boolean {
    const key = keyOf(property);
    return key !== undefined && !names.includes(key);
}

/** What an object's properties of a name are written with. */
export function valuesOf({ properties }: ObjectExpression, name: string): AnyNode[] {
    return properties.flatMap((property) =>
        property.type === "Property" && keyOf(property) === name ? [property.value] : [],
    );
}
