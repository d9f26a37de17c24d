import type { AnyNode, MemberExpression } from "acorn";

import { isCall } from "./calls";
import { literalName } from "./syntax";

const harmless = [
    "UnaryExpression",
    "BinaryExpression",
    "TemplateLiteral",
    "ExpressionStatement",
    "IfStatement",
    "WhileStatement",
    "ForInStatement",
    "ConditionalExpression",
    "SwitchStatement",
    "SwitchCase",
    "FunctionDeclaration",
    "FunctionExpression",
    "AssignmentPattern",
    "ArrayPattern",
    "RestElement",
    "CatchClause",
    "ImportSpecifier",
    "ImportDefaultSpecifier",
    "ImportNamespaceSpecifier",
    "LabeledStatement",
];

/** Whether the node that a value stands in only looks at it, or gives a name to something new. */
export function isOnlyLookedAt({ type }: AnyNode): boolean {
    return harmless.includes(type);
}

export function isKey(node: AnyNode, parent: AnyNode): boolean {
    return "computed" in parent && "key" in parent && parent.key === node && !parent.computed;
}

/** Whether a part is only looked at where it stands, and neither set nor called. */
export function isRead(part: AnyNode, user: AnyNode, around: AnyNode): boolean {
    const isSet =
        ("left" in user &&
            user.left === part &&
            user.type !== "BinaryExpression" &&
            user.type !== "LogicalExpression") ||
        (user.type === "Property" && around.type === "ObjectPattern") ||
        ["ArrayPattern", "RestElement"].includes(user.type);
    return !isSet && !(isCall(user) && user.callee === part);
}

export function isComputed(node: MemberExpression): boolean {
    return node.computed && literalName(node.property) === undefined;
}

export function isElement(node: MemberExpression): boolean {
    return node.computed && /^\d+$/.test(literalName(node.property) ?? "0");
}

export function isReturn(user: AnyNode, value: AnyNode): boolean {
    return user.type === "ReturnStatement" || ("body" in user && user.body === value);
}
