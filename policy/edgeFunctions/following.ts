import type { AnyNode, CallExpression, MemberExpression, NewExpression, Pattern } from "acorn";

import { isAdder, isAnswering, isCall, isLister, isReader } from "./calls";
import { identifierIn, isWhole, wholeIn } from "./patterns";
import { endOf, isOtherThan, keyOf, type Names, nameOf, targetsIn } from "./syntax";
import type { SyntaxTree } from "./syntaxTree";
import { isComputed, isElement, isKey, isOnlyLookedAt, isRead, isReturn } from "./uses";

/** A place where an object goes where its properties can be set unseen. */
export interface Handed {
    readonly node: AnyNode;
    readonly because: string;
}

/** Which objects are followed: those that stand in properties of these names, and `seeds`, with all their other names. */
export interface Followed {
    readonly properties: Names;
    readonly seeds?: readonly string[];
    /** Whether the function may answer with such an object. */
    readonly isAnswer?: boolean;
    /** Whether what is read from such an object by a computed name, or from a list of what is in it, is followed as well. */
    readonly hasParts?: boolean;
}

/** Objects whose `origin` is the text of an address or of a header, not what CloudFront sends the request to. */
const withOtherOrigin: Names = ["headers", "location", "url"];

/** Properties that are an origin, or hold a part of one. */
const parts = ["origin", "custom", "customOriginConfig"];

/**
 * Follows objects through a program: which expressions they are, and what it does with them besides reading them and
 * writing named properties: a property by a computed name, a call of another program's function, another object that
 * holds them. Scopes are not told apart.
 */
export class Following {
    readonly handed: readonly Handed[];
    readonly #what: Followed;
    readonly #tree: SyntaxTree;
    readonly #names: Set<string | undefined>;
    /** The functions that return such an object. */
    readonly #makers = new Set<string | undefined>();
    readonly #textsSeen = new Set<AnyNode>();

    constructor(tree: SyntaxTree, what: Followed) {
        const { nodes } = tree;
        this.#what = what;
        this.#tree = tree;
        this.#names = new Set([...(what.seeds ?? []), ...nodes.flatMap((node) => this.#firstNames(node))]);
        // Another name may be given before the one that it stands for.
        for (;;) {
            const followed = nodes.filter((node) => this.holds(node));
            const known = this.#names.size + this.#makers.size;
            followed.forEach((node) => {
                this.#followOn(node);
            });
            if (this.#names.size + this.#makers.size === known) {
                this.handed = followed.flatMap((node) => this.#problemOf(node));
                return;
            }
        }
    }

    /** Whether an expression is such an object. */
    holds(node: AnyNode): boolean {
        if (node.type === "Identifier") {
            return this.#names.has(node.name) && !isKey(node, this.#parentOf(node));
        }
        if (node.type === "MemberExpression") {
            return this.#isNamedSo(node) || this.#isPart(node);
        }
        return (
            node.type === "CallExpression" &&
            (this.#isList(node) ||
                this.#makers.has(endOf(node.callee)) ||
                this.#isRead(node) ||
                (isAdder(node) && node.arguments.some((argument) => this.holds(argument))))
        );
    }

    /** `JSON.parse(JSON.stringify(request))` */
    #isRead(call: CallExpression): boolean {
        return (
            endOf(call.callee) === "parse" &&
            call.arguments
                .flatMap((text) => (text.type === "Identifier" ? (this.#tree.values.of(text.name) ?? []) : [text]))
                .some((text) => this.#isText(text))
        );
    }

    #isText(text: AnyNode): boolean {
        // A text may be made of itself.
        if (text.type !== "CallExpression" || endOf(text.callee) !== "stringify" || this.#textsSeen.has(text)) {
            return false;
        }
        this.#textsSeen.add(text);
        const isHeld = text.arguments.some((argument) => this.holds(argument));
        this.#textsSeen.delete(text);
        return isHeld;
    }

    /** `request.origin[type]`, `Object.values(request.origin)[0]` */
    #isPart(node: MemberExpression): boolean {
        const mayBe = this.#isList(node.object, true) ? isElement(node) : isComputed(node);
        return this.#what.hasParts === true && mayBe && this.holds(node.object);
    }

    /** `Object.values(request.origin)` */
    #isList(node: AnyNode, isAlone = false): boolean {
        const isListing = this.#what.hasParts === true && node.type === "CallExpression" && isLister(node, isAlone);
        return isListing && node.arguments.some((each) => this.holds(each));
    }

    /** Whether each object of a list keeps a name by which it is followed. */
    #isSeenList(list: AnyNode, user: AnyNode): boolean {
        const isAlone = this.#isList(list, true);
        if (user.type === "MemberExpression") {
            return user.object === list && (nameOf(user) === "length" || (isAlone && isElement(user)));
        }
        if (isCall(user)) {
            return isReader(user);
        }
        const [target] = this.#targetsOf(user, list) ?? [];
        if (target === undefined || !isWhole(target)) {
            return false;
        }
        const isTakenApart = target.type === "ArrayPattern";
        return user.type === "ForOfStatement" ? isAlone || isTakenApart : isAlone && isTakenApart;
    }

    /** `request.origin`, `origin.custom`: each by its name; `custom` is a part of an origin only. */
    #isNamedSo(node: MemberExpression): boolean {
        const name = nameOf(node);
        if (!this.#what.properties.includes(name)) {
            return false;
        }
        const base = endOf(node.object);
        return name === "custom"
            ? base === "origin" || this.#names.has(base)
            : node.object.type !== "NewExpression" && !withOtherOrigin.includes(base);
    }

    /** The variables that a property of these names is taken out to, or is written with. */
    #firstNames(node: AnyNode): string[] {
        const { properties } = this.#what;
        if (node.type !== "Property" || !properties.includes(keyOf(node)) || this.#isOtherOrigin(node)) {
            return [];
        }
        const isPattern = this.#parentOf(node).type === "ObjectPattern";
        return isPattern ? targetsIn(node.value as Pattern).flatMap(identifierIn) : identifierIn(node.value);
    }

    /** `const { origin } = request.headers` */
    #isOtherOrigin(property: AnyNode): boolean {
        const declarator = this.#parentOf(this.#parentOf(property));
        const from = "init" in declarator ? declarator.init : undefined;
        return from ? from.type === "NewExpression" || withOtherOrigin.includes(endOf(from)) : false;
    }

    /** The variables and parameters that get this value as it is, and the functions that return it. */
    #followOn(node: AnyNode): void {
        const { user, value } = this.#useOf(node);
        this.#targetsOf(user, value)
            ?.flatMap(wholeIn)
            .forEach((name) => this.#names.add(name));
        const maker = isReturn(user, value) ? this.#tree.functions.nameAround(value) : undefined;
        if (maker !== undefined) {
            this.#makers.add(maker);
        }
    }

    /** The node that a node stands in; the program stands in itself. */
    #parentOf(node: AnyNode): AnyNode {
        return this.#tree.parents.get(node) ?? node;
    }

    /** What a value is assigned to; undefined where it goes elsewhere. */
    #targetsOf(user: AnyNode, value: AnyNode): readonly Pattern[] | undefined {
        if (user.type === "VariableDeclarator") {
            return [user.id];
        }
        if (user.type === "AssignmentPattern" || (user.type === "AssignmentExpression" && user.right === value)) {
            return [user.left];
        }
        if (user.type === "ForOfStatement" && this.#isList(value)) {
            return user.left.type === "VariableDeclaration" ? user.left.declarations.map(({ id }) => id) : [user.left];
        }
        return isCall(user) ? this.#tree.functions.parametersFor(user, value) : undefined;
    }

    /** Who uses a value: what it passes through unchanged is passed by. */
    #useOf(node: AnyNode): { user: AnyNode; value: AnyNode } {
        const user = this.#parentOf(node);
        const passes =
            user.type === "ChainExpression" ||
            user.type === "LogicalExpression" ||
            user.type === "AwaitExpression" ||
            (user.type === "ConditionalExpression" && user.test !== node) ||
            (user.type === "SpreadElement" && this.#parentOf(user).type === "ObjectExpression") ||
            node.type === "SpreadElement";
        return passes ? this.#useOf(user) : { user, value: node };
    }

    #problemOf(node: AnyNode): readonly Handed[] {
        const { user, value } = this.#useOf(node);
        const name = this.#nameFor(node);
        if (this.#isList(node)) {
            return this.#isSeenList(value, user) ? [] : [{ node, because: `it hands on "${name}"` }];
        }
        if (user.type === "MemberExpression") {
            if (user.object === value && nameOf(user) === "then") {
                return [{ node, because: `it hands on "${name}"` }];
            }
            const isHidden =
                user.object === value &&
                isComputed(user) &&
                !(this.#isPart(user) && isRead(user, this.#parentOf(user), this.#parentOf(this.#parentOf(user))));
            return isHidden ? [{ node, because: `it names a property of "${name}" by a computed name` }] : [];
        }
        const isSeen = isOnlyLookedAt(user) || this.#isSeen(user, value);
        return isSeen ? [] : [{ node, because: `it hands on "${name}"` }];
    }

    /** How a message names an object. */
    #nameFor(node: AnyNode): string {
        if (node.type === "MemberExpression" && this.#isPart(node)) {
            return this.#nameFor(node.object);
        }
        return node.type === "CallExpression" && this.#isList(node)
            ? this.#nameFor(node.arguments[0] ?? node)
            : (endOf(node.type === "CallExpression" ? node.callee : node) ?? "");
    }

    /** Whether what a value goes to is read as well. */
    #isSeen(user: AnyNode, value: AnyNode): boolean {
        const { properties, isAnswer = false } = this.#what;
        const written = user.type === "AssignmentExpression" ? nameOf(user.left) : undefined;
        if (written !== undefined) {
            return properties.includes(written);
        }
        const targets = this.#targetsOf(user, value);
        if (targets !== undefined) {
            return targets.every(isWhole);
        }
        if (isReturn(user, value)) {
            const name = this.#tree.functions.nameAround(value);
            return this.#tree.functions.isInGetter(value) ? properties.includes(name) : isAnswer || name !== undefined;
        }
        if (user.type === "Property" || user.type === "PropertyDefinition") {
            return this.#parentOf(user).type === "ObjectPattern" || properties.includes(keyOf(user));
        }
        if (isCall(user)) {
            return (
                user.callee === value ||
                this.#isList(user) ||
                this.#isHarmless(user) ||
                (isAnswer && isAnswering(user, this.#tree.functions))
            );
        }
        // The name of a variable or of a parameter.
        return ["VariableDeclarator", "AssignmentExpression", "ArrowFunctionExpression"].includes(user.type);
    }

    /** A call that only reads its arguments, or that sets properties which the program writes down. */
    #isHarmless(call: CallExpression | NewExpression): boolean {
        if (isAdder(call)) {
            return call.arguments.every((from) =>
                from.type === "ObjectExpression"
                    ? from.properties.every((property) => isOtherThan(property, parts))
                    : this.holds(from),
            );
        }
        return isReader(call) || endOf(call.callee) === "updateRequestOrigin";
    }
}
