import type { AnyNode, Expression } from "acorn";

import { Functions } from "./functions";
import { type OriginChange, unknown } from "./originChange";
import { endOf, literalName, nameOf, parentsOf } from "./syntax";

/** Why a program may do what its text does not say: it runs another one. */
export function elsewhereIn(nodes: readonly AnyNode[]): OriginChange[] {
    const functions = new Functions(nodes, parentsOf(nodes));
    return nodes.flatMap((node): OriginChange[] => {
        if (loadsFile(node)) {
            return [unknown("it loads other files", node)];
        }
        if (runsText(node)) {
            return [unknown("it runs code from a text", node)];
        }
        const isOther = exportedBy(node).some((value) => isOfLibrary(value, nodes, functions));
        return isOther || isExportFrom(node) ? [unknown("a library makes its handler", node)] : [];
    });
}

/** A file of the function's own package, or one whose name is computed. */
function loadsFile(node: AnyNode): boolean {
    if (node.type === "CallExpression") {
        const [name] = node.arguments;
        return endOf(node.callee) === "require" && name !== undefined && isOtherFile(name);
    }
    const source = "source" in node ? node.source : undefined;
    return source !== null && source !== undefined && isOtherFile(source);
}

function isOtherFile(name: AnyNode): boolean {
    return literalName(name)?.startsWith(".") ?? true;
}

/** `eval(text)`, `new Function(text)`; what is written out is mostly a bundler's way to the global object. */
function runsText(node: AnyNode): boolean {
    return (
        (node.type === "CallExpression" || node.type === "NewExpression") &&
        ["eval", "Function"].includes(endOf(node.callee) ?? "") &&
        node.arguments.some((argument) => literalName(argument) === undefined)
    );
}

function isExportFrom(node: AnyNode): boolean {
    return (node.type === "ExportNamedDeclaration" || node.type === "ExportAllDeclaration") && Boolean(node.source);
}

/** `exports.handler = value`, `export const handler = value` */
function exportedBy(node: AnyNode): AnyNode[] {
    if (node.type === "AssignmentExpression") {
        const { left, right } = node;
        const isExport =
            nameOf(left) === "exports" || (left.type === "MemberExpression" && endOf(left.object) === "exports");
        return isExport ? [right] : [];
    }
    if (node.type === "ExportNamedDeclaration") {
        const { declaration } = node;
        return declaration?.type === "VariableDeclaration"
            ? declaration.declarations.flatMap(({ init }) => init ?? [])
            : [];
    }
    if (node.type === "ExportSpecifier") {
        return [node.local];
    }
    return node.type === "ExportDefaultDeclaration" ? [node.declaration] : [];
}

/** `require("library").handler`, `wrap(handler)` of a library */
function isOfLibrary(value: AnyNode, nodes: readonly AnyNode[], functions: Functions): boolean {
    if (value.type === "ObjectExpression") {
        return value.properties.some(
            (property) => property.type === "Property" && isOfLibrary(property.value, nodes, functions),
        );
    }
    if (value.type === "MemberExpression") {
        return isOfLibrary(value.object, nodes, functions);
    }
    if (value.type === "Identifier") {
        const given = nodes.flatMap((node): Expression[] =>
            node.type === "VariableDeclarator" && endOf(node.id) === value.name && node.init ? [node.init] : [],
        );
        return given.some((each) => each.type === "CallExpression" && isOfLibrary(each, nodes, functions));
    }
    const name = value.type === "CallExpression" ? endOf(value.callee) : undefined;
    return name !== undefined && !functions.has(name);
}
