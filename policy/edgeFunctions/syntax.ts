import { createRequire } from "node:module";

import type * as acorn from "acorn";
import type { AnyNode, MethodDefinition, Pattern, Property } from "acorn";

type Acorn = typeof acorn;

/** Most stacks hold no function that changes the origin, and those do not wait for the parser. */
const load = createRequire(__filename);

/** Every node of a program; undefined where it is no JavaScript. */
export function nodesOf(code: string): AnyNode[] | undefined {
    const { parse } = load("acorn") as Acorn;
    for (const sourceType of ["module", "script"] as const) {
        try {
            return everyNode(
                parse(code, { ecmaVersion: "latest", sourceType, locations: true, allowReturnOutsideFunction: true }),
            );
        } catch {
            continue;
        }
    }
    return undefined;
}

function everyNode(root: AnyNode): AnyNode[] {
    const nodes: AnyNode[] = [];
    const waiting: unknown[] = [root];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        if (Array.isArray(next)) {
            waiting.push(...(next as unknown[]).filter((item) => item !== null && item !== undefined));
        } else if (typeof next === "object" && next !== null && "type" in next) {
            nodes.push(next as AnyNode);
            waiting.push(...Object.values(next).filter((item) => typeof item === "object" && item !== null));
        }
    }
    return nodes;
}

/** The node that each node stands in. */
export function parentsOf(nodes: readonly AnyNode[]): ReadonlyMap<AnyNode, AnyNode> {
    const parents = new Map<AnyNode, AnyNode>();
    for (const node of nodes) {
        for (const child of (Object.values(node) as unknown[]).flat()) {
            if (isNode(child)) {
                parents.set(child, node);
            }
        }
    }
    return parents;
}

function isNode(value: unknown): value is AnyNode {
    return typeof value === "object" && value !== null && "type" in value;
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

/** The variables that a pattern gives values to. */
export function namesIn(pattern: Pattern): string[] {
    if (pattern.type === "Identifier") {
        return [pattern.name];
    }
    if (pattern.type === "ObjectPattern") {
        return pattern.properties.flatMap((property) =>
            namesIn(property.type === "RestElement" ? property.argument : property.value),
        );
    }
    if (pattern.type === "ArrayPattern") {
        return pattern.elements.flatMap((element) => (element === null ? [] : namesIn(element)));
    }
    if (pattern.type === "RestElement") {
        return namesIn(pattern.argument);
    }
    return pattern.type === "AssignmentPattern" ? namesIn(pattern.left) : [];
}

/** The name of a property, where the program writes it down; `__proto__` brings in the names of another object. */
export function keyOf({ key, computed }: Pick<Property | MethodDefinition, "key" | "computed">): string | undefined {
    const name = key.type === "Identifier" && !computed ? key.name : literalName(key);
    return name === "__proto__" ? undefined : name;
}

/** Whether the program writes down the name of a property: a spread and a computed name have none. */
export function isNamed(property: AnyNode): boolean {
    return property.type === "Property" && keyOf(property) !== undefined;
}

/** Whether a property has a written name, and none of these. */
export function isOtherThan(property: AnyNode, names: readonly string[]): boolean {
    const key = property.type === "Property" ? keyOf(property) : undefined;
    return key !== undefined && !names.includes(key);
}
