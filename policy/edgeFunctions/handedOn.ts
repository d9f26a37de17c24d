import type { AnyNode, CallExpression, MemberExpression, Pattern } from "acorn";

import { endOf, isNamed, isOtherThan, keyOf, literalName, nameOf, namesIn, parentsOf } from "./syntax";

/** A place where an object of the origin goes where its protocol can be set unseen. */
export interface Handed {
    readonly node: AnyNode;
    readonly because: string;
}

/** Which objects are followed: those that stand in properties of these names, and `seeds`, with all their other names. */
export interface Followed {
    readonly properties: readonly string[];
    readonly seeds?: readonly AnyNode[];
}

/** Objects whose `origin` is the text of an address or of a header, not what CloudFront sends the request to. */
const withOtherOrigin = ["headers", "location", "url"];

/** Properties that hold a part of an origin. */
const parts = ["custom", "customOriginConfig"];

/** Functions that only read what they get. */
const readers = ["console", "JSON.stringify", "Object.keys", "Object.hasOwn", "Object.freeze", "Boolean", "String"];

/**
 * Finds what a program does with the origin's objects besides reading them and writing named properties: a property by a
 * computed name, `Object.assign`, a call, another object that holds them. Scopes are not told apart.
 */
export function handedOn(nodes: readonly AnyNode[], { properties, seeds = [] }: Followed): Handed[] {
    const parents = parentsOf(nodes);
    const names = new Set([...seeds.flatMap(identifierIn), ...firstNames(nodes, parents, properties)]);
    const isFollowed = (node: AnyNode): boolean =>
        node.type === "Identifier"
            ? names.has(node.name) && isRead(node, parents)
            : node.type === "MemberExpression" && isOfOrigin(node, properties, names);
    // Another name may be given before the one that it stands for.
    for (;;) {
        const followed = nodes.filter(isFollowed);
        const known = names.size;
        followed.flatMap((node) => otherNames(node, parents)).forEach((name) => names.add(name));
        if (names.size === known) {
            return followed.flatMap((node) => problemOf(node, parents, properties));
        }
    }
}

/** `request.origin`, `origin.custom`: each by its name; `custom` is a part of an origin only. */
function isOfOrigin(node: MemberExpression, properties: readonly string[], names: ReadonlySet<string>): boolean {
    const name = nameOf(node) ?? "";
    if (!properties.includes(name)) {
        return false;
    }
    const base = endOf(node.object);
    if (name !== "custom") {
        return node.object.type !== "NewExpression" && !withOtherOrigin.includes(base ?? "");
    }
    return base === "origin" || (base !== undefined && names.has(base));
}

/** The variables that a property of these names is taken out to, or takes its value from. */
function firstNames(
    nodes: readonly AnyNode[],
    parents: ReadonlyMap<AnyNode, AnyNode>,
    properties: readonly string[],
): string[] {
    return nodes.flatMap((node) => {
        if (node.type === "AssignmentExpression" && properties.includes(nameOf(node.left) ?? "")) {
            return identifierIn(node.right);
        }
        if (node.type !== "Property" || !properties.includes(keyOf(node) ?? "") || isOtherOrigin(node, parents)) {
            return [];
        }
        return parents.get(node)?.type === "ObjectPattern" ? namesIn(node.value as Pattern) : identifierIn(node.value);
    });
}

/** The variables that get this value as it is. */
function otherNames(node: AnyNode, parents: ReadonlyMap<AnyNode, AnyNode>): string[] {
    const { user, value } = useOf(node, parents);
    if (user?.type === "VariableDeclarator" && user.init === value) {
        return identifierIn(user.id);
    }
    return user?.type === "AssignmentExpression" && user.right === value ? identifierIn(user.left) : [];
}

function identifierIn(node: AnyNode): string[] {
    return node.type === "Identifier" ? [node.name] : [];
}

/** `const { origin } = request.headers` */
function isOtherOrigin(property: AnyNode, parents: ReadonlyMap<AnyNode, AnyNode>): boolean {
    const pattern = parents.get(property);
    const declarator = pattern && parents.get(pattern);
    if (declarator?.type === "VariableDeclarator" && declarator.init) {
        const { init } = declarator;
        return init.type === "NewExpression" || withOtherOrigin.includes(endOf(init) ?? "");
    }
    return false;
}

/** Where an identifier is the name of something new. */
const declaring = [
    "ObjectPattern",
    "ArrayPattern",
    "RestElement",
    "AssignmentPattern",
    "FunctionDeclaration",
    "FunctionExpression",
    "CatchClause",
    "ImportSpecifier",
    "ImportDefaultSpecifier",
    "ImportNamespaceSpecifier",
    "LabeledStatement",
    "MethodDefinition",
];

/** Whether an identifier stands for a variable's value, not for a property's name or for the variable itself. */
function isRead(node: AnyNode, parents: ReadonlyMap<AnyNode, AnyNode>): boolean {
    const parent = parents.get(node);
    if (parent?.type === "MemberExpression") {
        return parent.object === node || parent.computed;
    }
    if (parent?.type === "Property") {
        return parents.get(parent)?.type === "ObjectExpression" && parent.value === node;
    }
    if (parent?.type === "VariableDeclarator") {
        return parent.init === node;
    }
    if (parent?.type === "AssignmentExpression") {
        return parent.right === node;
    }
    return parent?.type === "ArrowFunctionExpression" ? parent.body === node : !declaring.includes(parent?.type ?? "");
}

/** Who uses a value: what it passes through unchanged is passed by. */
function useOf(node: AnyNode, parents: ReadonlyMap<AnyNode, AnyNode>): { user?: AnyNode; value: AnyNode } {
    const user = parents.get(node);
    const passes =
        user?.type === "ChainExpression" ||
        user?.type === "LogicalExpression" ||
        (user?.type === "ConditionalExpression" && user.test !== node) ||
        (user?.type === "SpreadElement" && parents.get(user)?.type === "ObjectExpression") ||
        (user?.type === "ObjectExpression" && node.type === "SpreadElement");
    return passes ? useOf(user, parents) : { user, value: node };
}

/** Where a value is only looked at. */
const reading = [
    "UnaryExpression",
    "BinaryExpression",
    "TemplateLiteral",
    "ExpressionStatement",
    "IfStatement",
    "WhileStatement",
    "ConditionalExpression",
    "SwitchStatement",
    "SwitchCase",
];

function problemOf(
    node: AnyNode,
    parents: ReadonlyMap<AnyNode, AnyNode>,
    properties: readonly string[],
): readonly Handed[] {
    const { user, value } = useOf(node, parents);
    const name = endOf(node) ?? "";
    if (user?.type === "MemberExpression") {
        const isHidden = user.object === value && user.computed && literalName(user.property) === undefined;
        return isHidden ? [{ node, because: `it names a property of "${name}" by a computed name` }] : [];
    }
    const isSeen = user !== undefined && (reading.includes(user.type) || isFollowedOn(user, value, properties));
    return isSeen ? [] : [{ node, because: `it hands on "${name}"` }];
}

/** Whether what a value goes to is read as well. */
function isFollowedOn(user: AnyNode, value: AnyNode, properties: readonly string[]): boolean {
    if (user.type === "AssignmentExpression") {
        const { left } = user;
        return left === value || left.type === "Identifier" || properties.includes(nameOf(left) ?? "");
    }
    if (user.type === "VariableDeclarator") {
        return user.id.type === "Identifier" || (user.id.type === "ObjectPattern" && user.id.properties.every(isNamed));
    }
    if (user.type === "Property") {
        return properties.includes(keyOf(user) ?? "");
    }
    return user.type === "CallExpression" && isHarmless(user, value);
}

/** A call that only reads its arguments, or that sets properties which the program writes down. */
function isHarmless({ callee, arguments: given }: CallExpression, value: AnyNode): boolean {
    const name = callee.type === "MemberExpression" ? `${endOf(callee.object)}.${nameOf(callee)}` : endOf(callee);
    if (name === undefined || callee === value) {
        return false;
    }
    if (name === "Object.assign" && given[0] === value) {
        return given
            .slice(1)
            .every(
                (from) =>
                    from.type === "ObjectExpression" &&
                    from.properties.every((property) => isOtherThan(property, parts)),
            );
    }
    return (
        readers.some((reader) => name === reader || name.startsWith(`${reader}.`)) || /updateRequestOrigin$/.test(name)
    );
}
