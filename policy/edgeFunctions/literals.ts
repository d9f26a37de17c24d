import type {
    AnyNode,
    AssignmentProperty,
    Expression,
    Identifier,
    MemberExpression,
    ObjectExpression,
    Pattern,
} from "acorn";

import { isNamed, nameOf, targetsIn, valuesOf } from "./syntax";

/** What an expression may be: its literals and objects, and whether it may be something else besides. */
export interface Possible {
    readonly literals: readonly unknown[];
    readonly objects: readonly ObjectExpression[];
    readonly isKnown: boolean;
}

type Assigned = readonly [name: string, value: Expression | undefined];

const nothingKnown: Possible = { literals: [], objects: [], isKnown: false };

/** The values that a program gives its variables, by name; scopes are not told apart, so a name has all its values. */
export class Literals {
    readonly #assigned: readonly Assigned[];
    readonly #values = new Map<string | AnyNode, Possible>();
    readonly #isOwn: (node: AnyNode) => boolean;

    /** `isOwn` says which expressions are settings that the origin has already. */
    constructor(nodes: readonly AnyNode[], isOwn: (node: AnyNode) => boolean = () => false) {
        this.#assigned = nodes.flatMap(assignedBy);
        this.#isOwn = isOwn;
    }

    of(expression: AnyNode): Possible {
        if (this.#isOwn(expression)) {
            return { literals: [], objects: [], isKnown: true };
        }
        if (expression.type === "Literal") {
            return { literals: [expression.value], objects: [], isKnown: true };
        }
        if (isUndefined(expression)) {
            return { literals: [undefined], objects: [], isKnown: true };
        }
        if (expression.type === "TemplateLiteral" && expression.expressions.length === 0) {
            return { literals: [expression.quasis[0]?.value.cooked], objects: [], isKnown: true };
        }
        if (expression.type === "CallExpression" && nameOf(expression.callee) === "freeze" && expression.arguments[0]) {
            return this.of(expression.arguments[0]);
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
        if (expression.type === "MemberExpression") {
            return this.#once(expression, () => this.#member(expression));
        }
        return expression.type === "Identifier"
            ? this.#once(expression.name, () => this.#assignedTo(expression.name))
            : nothingKnown;
    }

    /** What is made of itself has whatever values the rest of it gives. */
    #once(key: string | AnyNode, find: () => Possible): Possible {
        const known = this.#values.get(key);
        if (known !== undefined) {
            return known;
        }
        this.#values.set(key, nothingKnown);
        const all = find();
        this.#values.set(key, all);
        return all;
    }

    /** The variables whose objects have been asked for: what else a program does with these may change them. */
    used(): string[] {
        return [...this.#values].flatMap(([name, { objects }]) =>
            typeof name === "string" && objects.length > 0 ? [name] : [],
        );
    }

    /** `settings.protocol`: what the object is written with, and what is assigned to a property of that name. */
    #member(node: MemberExpression): Possible {
        const name = nameOf(node);
        const { objects, isKnown } = this.of(node.object);
        const isWritten = isKnown && objects.every(({ properties }) => properties.every(isNamed));
        if (name === undefined || objects.length === 0 || !isWritten) {
            return nothingKnown;
        }
        const written = objects.flatMap((object) => valuesOf(object, name)).map((value) => this.of(value));
        const isAssigned = this.#assigned.some(([target]) => target === `.${name}`);
        return merged(isAssigned ? [...written, this.#once(`.${name}`, () => this.#assignedTo(`.${name}`))] : written);
    }

    #assignedTo(name: string): Possible {
        const values = this.#assigned.filter(([assigned]) => assigned === name).map(([, value]) => value);
        const possible = values.map((value) => (value === undefined ? nothingKnown : this.of(value)));
        // What is assigned nowhere comes from somewhere else.
        return possible.length === 0 ? nothingKnown : merged(possible);
    }
}

/** `undefined`, and `void 0` as compilers write it. */
function isUndefined(node: AnyNode): boolean {
    return node.type === "Identifier"
        ? node.name === "undefined"
        : node.type === "UnaryExpression" && node.operator === "void";
}

/** The variables that a node gives values to, with what it says of them. */
function assignedBy(node: AnyNode): Assigned[] {
    if (node.type === "VariableDeclarator") {
        // `let x;` gives no value; the assignments that follow do.
        return node.init || node.id.type !== "Identifier" ? assignedTo(node.id, node.init ?? undefined) : [];
    }
    if (node.type === "AssignmentExpression") {
        return assignedTo(node.left, node.operator === "=" ? node.right : undefined);
    }
    if (node.type === "ForOfStatement" || node.type === "ForInStatement") {
        const { left } = node;
        return left.type === "VariableDeclaration"
            ? left.declarations.flatMap(({ id }) => assignedTo(id))
            : assignedTo(left);
    }
    if ("params" in node) {
        return node.params.flatMap((parameter) => assignedTo(parameter));
    }
    return node.type === "CatchClause" && node.param ? assignedTo(node.param) : [];
}

function assignedTo(pattern: Pattern, value?: Expression): Assigned[] {
    if (pattern.type === "Identifier" || pattern.type === "MemberExpression") {
        return [[targetName(pattern), value]];
    }
    if (pattern.type !== "ObjectPattern" || value === undefined) {
        return targetsIn(pattern).map((target) => [targetName(target), undefined]);
    }
    return pattern.properties.flatMap((property) =>
        property.type === "Property" && property.value.type === "Identifier"
            ? assignedTo(property.value, memberOf(value, property))
            : assignedTo(property.type === "Property" ? property.value : property),
    );
}

/** A property has the same values in every object. */
function targetName(target: Identifier | MemberExpression): string {
    return target.type === "Identifier" ? target.name : `.${nameOf(target) ?? ""}`;
}

/** What a pattern takes out of a value, as the program would write it without the pattern. */
function memberOf(object: Expression, { key, computed, start, end }: AssignmentProperty): Expression {
    return { type: "MemberExpression", object, property: key, computed, optional: false, start, end };
}

function merged(all: readonly Possible[]): Possible {
    return {
        literals: [...new Set(all.flatMap(({ literals }) => literals))],
        objects: [...new Set(all.flatMap(({ objects }) => objects))],
        isKnown: all.every(({ isKnown }) => isKnown),
    };
}
