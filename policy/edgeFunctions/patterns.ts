import type { AnyNode, Pattern } from "acorn";

import { keyOf } from "./syntax";

export function identifierIn(node: AnyNode): string[] {
    return node.type === "Identifier" ? [node.name] : [];
}

/** The variables of a pattern that get the whole of a value, or all of it besides what the pattern takes out by name. */
export function wholeIn(pattern: Pattern): string[] {
    if (pattern.type === "ObjectPattern") {
        return pattern.properties.flatMap((property) =>
            property.type === "RestElement" ? identifierIn(property.argument) : [],
        );
    }
    if (pattern.type === "ArrayPattern") {
        return pattern.elements.flatMap((element) => (element === null ? [] : wholeIn(element)));
    }
    return identifierIn(pattern.type === "AssignmentPattern" ? pattern.left : pattern);
}

/** Whether a pattern names whatever it takes out of a value. */
export function isWhole(pattern: Pattern): boolean {
    if (pattern.type === "ObjectPattern") {
        return pattern.properties.every((property) => property.type === "RestElement" || keyOf(property) !== undefined);
    }
    if (pattern.type === "ArrayPattern") {
        return pattern.elements.every((element) => element === null || isWhole(element));
    }
    const target = pattern.type === "AssignmentPattern" ? pattern.left : pattern;
    return target.type === "Identifier" || (target !== pattern && isWhole(target));
}
