import type { AnyNode, CallExpression } from "acorn";

import type { FunctionNode, Functions } from "./functions";
import { endOf, keyOf, literalName, nameOf } from "./syntax";
import { passedOn, type Values } from "./values";

/**
 * The functions that a program exports, which the Lambda service may call, and what it exports that is no function of
 * its own text: only what is read there is known to be harmless.
 */
export class Handlers {
    readonly functions: FunctionNode[] = [];
    readonly elsewhere: AnyNode[] = [];
    readonly #own: Functions;
    readonly #values: Values;
    readonly #seen = new Set<AnyNode>();

    constructor(nodes: readonly AnyNode[], own: Functions, values: Values) {
        this.#own = own;
        this.#values = values;
        nodes.flatMap(exportedBy).forEach((value) => {
            this.#add(value);
        });
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
            return this.#named(nameOf(value)) ?? [value.object];
        }
        if (value.type === "Identifier") {
            return this.#named(value.name) ?? this.#values.of(value.name);
        }
        if (value.type === "NewExpression") {
            const isGlobal = value.callee.type === "Identifier" && !this.#values.isBound(value.callee.name);
            return isGlobal ? [] : [value.callee];
        }
        return value.type === "CallExpression" ? this.#calledWith(value) : passedOn(value);
    }

    #named(name: string | undefined): readonly AnyNode[] | undefined {
        return name !== undefined && this.#own.has(name) ? this.#own.named(name) : undefined;
    }

    /** `wrap(handler)` of a function of the program, `service.handle.bind(service)` */
    #calledWith({ callee, arguments: given }: CallExpression): readonly AnyNode[] | undefined {
        const name = endOf(callee) ?? "";
        if (name === "bind" && callee.type === "MemberExpression") {
            return [callee.object];
        }
        return this.#own.has(name) || name === "freeze" ? given : "params" in callee ? [] : undefined;
    }
}

/** `exports.handler = value`, `export const handler = value`, and how compilers write them. */
function exportedBy(node: AnyNode): readonly AnyNode[] {
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
    return node.type === "CallExpression" ? addedBy(node) : [];
}

function isExports(node: AnyNode): boolean {
    return endOf(node) === "exports";
}

/** `Object.assign(exports, value)`, `Object.defineProperty(exports, "handler", { get })`, `__export(all, { handler: () => handler })` */
function addedBy({ callee, arguments: [target, ...given] }: CallExpression): readonly AnyNode[] {
    const name = endOf(callee);
    if (target === undefined || !(isExports(target) || name === "__export")) {
        return [];
    }
    if (name === "assign") {
        return given;
    }
    const [first, second] = given;
    const properties = name === "__export" ? first : literalName(first ?? target) === "__esModule" ? undefined : second;
    const isWritten = name === "__export" || name === "defineProperty";
    if (!isWritten || properties?.type !== "ObjectExpression") {
        return [];
    }
    return properties.properties.flatMap((property): AnyNode[] => {
        if (
            property.type !== "Property" ||
            (name === "defineProperty" && !["get", "value"].includes(keyOf(property) ?? ""))
        ) {
            return [];
        }
        const { value } = property;
        const isGetter = name === "__export" || keyOf(property) === "get";
        return isGetter ? returnedBy(value) : [value];
    });
}

/** What a function that holds nothing else returns. */
function returnedBy(node: AnyNode): AnyNode[] {
    if (node.type === "ArrowFunctionExpression" && node.body.type !== "BlockStatement") {
        return [node.body];
    }
    const body = "body" in node && "params" in node && node.body && "type" in node.body ? node.body : undefined;
    return body?.type === "BlockStatement"
        ? body.body.flatMap((statement) => (statement.type === "ReturnStatement" ? (statement.argument ?? []) : []))
        : [];
}
