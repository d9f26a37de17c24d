import type { AnyNode, CallExpression } from "acorn";

import type { FunctionNode, Functions } from "./functions";
import { endOf, keyOf, type Names } from "./syntax";
import type { SyntaxTree } from "./syntaxTree";
import { passedOn } from "./values";

/**
 * The functions that a program exports, which the Lambda service may call, and what it exports that is no function of
 * its own text: only what is read there is known to be harmless.
 */
export class Handlers {
    readonly functions: FunctionNode[] = [];
    readonly elsewhere: AnyNode[] = [];
    readonly #tree: SyntaxTree;
    readonly #seen = new Set<AnyNode>();

    constructor(tree: SyntaxTree) {
        this.#tree = tree;
        for (const node of tree.nodes) {
            exportedBy(node, tree.functions).forEach((value) => {
                this.#add(value);
            });
        }
    }

    #add(value: AnyNode): void {
        if (this.#seen.has(value)) {
            return;
        }
        this.#seen.add(value);
        if ("params" in value) {
            this.functions.push(value);
            return;
        }
        const parts = this.#partsOf(value);
        if (parts === undefined) {
            this.elsewhere.push(value);
        } else {
            parts.forEach((part) => {
                this.#add(part);
            });
        }
    }

    /** What a value may be, or holds; undefined where it comes from outside the program's text. */
    #partsOf(value: AnyNode): readonly AnyNode[] | undefined {
        if (
            ["Literal", "TemplateLiteral", "UnaryExpression", "ClassDeclaration", "ClassExpression"].includes(
                value.type,
            )
        ) {
            return [];
        }
        if (value.type === "ObjectExpression") {
            return value.properties.map((property) =>
                property.type === "SpreadElement" ? property.argument : property.value,
            );
        }
        if (value.type === "MemberExpression") {
            return this.#tree.functions.namedBy(value) ?? [value.object];
        }
        if (value.type === "Identifier") {
            return this.#tree.functions.namedBy(value) ?? this.#tree.values.of(value.name);
        }
        if (value.type === "NewExpression") {
            const isGlobal = value.callee.type === "Identifier" && !this.#tree.values.isBound(value.callee.name);
            return isGlobal ? [] : [value.callee];
        }
        return value.type === "CallExpression" ? this.#calledWith(value) : passedOn(value);
    }

    /** `wrap(handler)` of a function of the program, `service.handle.bind(service)` */
    #calledWith({ callee, arguments: given }: CallExpression): readonly AnyNode[] | undefined {
        const name = endOf(callee);
        if (name === "bind" && callee.type === "MemberExpression") {
            return [callee.object];
        }
        const isOwn = this.#tree.functions.namedBy(callee) !== undefined;
        return isOwn || name === "freeze" ? given : "params" in callee ? [] : undefined;
    }
}

/** `exports.handler = value`, `export const handler = value`, and how compilers write them. */
function exportedBy(node: AnyNode, functions: Functions): readonly AnyNode[] {
    if (node.type === "AssignmentExpression") {
        const { left, right } = node;
        return isExports(left) || (left.type === "MemberExpression" && isExports(left.object)) ? [right] : [];
    }
    if (node.type === "ExportNamedDeclaration") {
        const { declaration } = node;
        return declaration?.type === "VariableDeclaration"
            ? declaration.declarations.flatMap(({ init }) => init ?? [])
            : [declaration ?? []].flat();
    }
    if (node.type === "ExportSpecifier") {
        return [node.local];
    }
    if (node.type === "ExportDefaultDeclaration") {
        return [node.declaration];
    }
    return node.type === "CallExpression" ? addedBy(node, functions) : [];
}

function isExports(node: AnyNode): boolean {
    return endOf(node) === "exports";
}

/** What a property descriptor gives a property. */
const describing: Names = ["get", "value"];

/** How compilers export what functions return, and everything that another module exports. */
const exporters: Names = ["__export", "_export"];
const reexporters: Names = ["__exportStar", "_export_star"];

/** `Object.assign(exports, value)`, `Object.defineProperty(exports, "handler", { get })`, `__export(all, { handler: () => handler })` */
function addedBy({ callee, arguments: [target, ...given] }: CallExpression, functions: Functions): readonly AnyNode[] {
    const name = endOf(callee);
    const isExporter = exporters.includes(name);
    if (target !== undefined && reexporters.includes(name)) {
        return [target];
    }
    if (target === undefined || !(isExports(target) || isExporter)) {
        return [];
    }
    if (name === "assign" || name === "defineProperties") {
        return given;
    }
    if (!isExporter && name !== "defineProperty") {
        return [];
    }
    const [first, second] = given;
    const properties = isExporter ? first : second;
    if (properties?.type !== "ObjectExpression") {
        return properties === undefined ? [] : [properties];
    }
    return properties.properties.flatMap((property): readonly AnyNode[] => {
        if (property.type === "SpreadElement") {
            return [property.argument];
        }
        if (name === "defineProperty" && !describing.includes(keyOf(property))) {
            return [];
        }
        const { value } = property;
        const isGetter = isExporter || keyOf(property) === "get";
        return isGetter && "params" in value ? functions.returnedBy(value) : [value];
    });
}
