import type { AnyNode } from "acorn";

import { Answers } from "./answers";
import { isCall } from "./calls";
import { Following } from "./following";
import { Handlers } from "./handlers";
import { ofHanded, type OriginChange, unknown } from "./originChange";
import { endOf, literalName, type Names, nodesIn, targetsIn } from "./syntax";
import type { SyntaxTree } from "./syntaxTree";
import type { Values } from "./values";

/**
 * Why a program may do what its text does not say: it runs another one.
 *
 * @param isJudged whether a file that it loads, by the name that it writes, is judged by itself
 */
export function elsewhereIn(
    tree: SyntaxTree,
    requests: Following,
    isJudged: (name: string) => boolean,
): OriginChange[] {
    const { nodes, values } = tree;
    const isOther = (name: AnyNode) => isOtherFile(name) && !isJudged(literalName(name) ?? "");
    const imported = nodes.flatMap((node) =>
        node.type === "ImportDeclaration" && isOtherFile(node.source) && !isOther(node.source)
            ? node.specifiers.map(({ local }) => local.name)
            : [],
    );
    const isFromThere = (node: AnyNode) => loaded(node).some((name) => isOtherFile(name) && !isOther(name));
    const isJudgedThere = (node: AnyNode) => {
        const around = tree.parents.get(tree.parents.get(node) ?? node);
        return node.type === "Identifier"
            ? imported.includes(node.name) || (around !== undefined && isExportFrom(around) && isFromThere(around))
            : isFromThere(node);
    };
    const { functions: handlers, elsewhere } = new Handlers(tree);
    const events = handlers.flatMap(({ params: [event] }) => (event === undefined ? [] : targetsIn(event)));
    const all = handlers.some((handler) => tree.functions.takesAll(handler)) ? ["arguments"] : [];
    const { handed } = new Following(tree, {
        properties: ["Records", "0", "cf"],
        seeds: [...all, ...events.flatMap((event) => endOf(event) ?? [])],
    });
    return [
        ...nodes.flatMap((node): OriginChange[] =>
            loaded(node).some(isOther)
                ? [unknown("it loads other files", node)]
                : runsText(node)
                  ? [unknown("it runs code from a text", node)]
                  : changesText(node, values)
                    ? [unknown("it reads an object from a text that it changed", node)]
                    : [],
        ),
        ...[...nodes.filter(isExportFrom), ...elsewhere]
            .filter((node) => !isJudgedThere(node))
            .map((node) => unknown("a library makes its handler", node)),
        ...handed.map(ofHanded),
        ...new Answers(tree, requests)
            .unknownOf(handlers)
            .map((node) => unknown("it answers with a computed value", node)),
    ];
}

/** What a node loads, as it is written. */
function loaded(node: AnyNode): AnyNode[] {
    if (node.type === "CallExpression") {
        return endOf(node.callee) === "require" ? node.arguments.slice(0, 1) : [];
    }
    return "source" in node && node.source ? [node.source] : [];
}

/** A file of the function's own package, or one whose name is computed. */
function isOtherFile(name: AnyNode): boolean {
    return literalName(name)?.startsWith(".") ?? true;
}

const textRunners: Names = ["eval", "Function"];

/** `eval(text)`, `new Function(text)`; what is written out is mostly a bundler's way to the global object. */
function runsText(node: AnyNode): boolean {
    return (
        isCall(node) &&
        textRunners.includes(endOf(node.callee)) &&
        node.arguments.some((argument) => literalName(argument) === undefined)
    );
}

function isExportFrom(node: AnyNode): boolean {
    return (node.type === "ExportNamedDeclaration" || node.type === "ExportAllDeclaration") && Boolean(node.source);
}

/** `JSON.parse(JSON.stringify(event).replace(…))`; a copy by way of an unchanged text is followed. */
function changesText(node: AnyNode, values: Values): boolean {
    if (node.type !== "CallExpression" || endOf(node.callee) !== "parse") {
        return false;
    }
    const texts = node.arguments.flatMap((argument) =>
        argument.type === "Identifier" ? (values.of(argument.name) ?? []) : [argument],
    );
    return texts.some((text) => !isWrittenOut(text) && nodesIn(text).some(isWrittenOut));
}

function isWrittenOut(node: AnyNode): boolean {
    return node.type === "CallExpression" && endOf(node.callee) === "stringify";
}
