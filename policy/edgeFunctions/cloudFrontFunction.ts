import type { AnyNode, CallExpression, MemberExpression, Property, SpreadElement } from "acorn";

import { Following } from "./following";
import { Literals } from "./literals";
import { assignmentsIn, configOf, none, ofHanded, type OriginChange, unknown, worst } from "./originChange";
import { isNamed, keyOf, literalName, nameOf } from "./syntax";
import { SyntaxTree } from "./syntaxTree";

/**
 * Reads a CloudFront function. Only `updateRequestOrigin` can set a protocol: `selectRequestOriginById` and
 * `createRequestOriginGroup` take origins of the distribution, whose protocol the distribution holds. What is not set
 * stays as the origin has it. Source: CloudFront Developer Guide, "Helper methods for origin modification".
 *
 * Code in a text (`eval`, `new Function`) changes nothing: the runtime does not evaluate it, in either version. Source: the
 * same guide, "Restrictions on CloudFront Functions", Runtime.
 */
export function changeByCloudFrontFunction(code: string): OriginChange {
    if (!/updateRequestOrigin|\bcf\b|["'`]cloudfront["'`]|\\[ux]/.test(code)) {
        return none;
    }
    const tree = SyntaxTree.of(code);
    if (tree === undefined) {
        return { kind: "unknown", because: "its code cannot be read as JavaScript" };
    }
    const { nodes } = tree;
    const modules = nodes.flatMap((node) =>
        node.type === "ImportDeclaration" && node.source.value === "cloudfront"
            ? node.specifiers.map(({ local }) => local.name)
            : [],
    );
    const imported = nodes.flatMap((node) => (node.type === "ImportDeclaration" ? [node.source] : []));
    const called = new Set<AnyNode>(nodes.flatMap(namesOnly));
    const used = new Set<AnyNode>(nodes.flatMap(plainUses));
    const found: OriginChange[] = [];
    const literals = new Literals(nodes);
    for (const node of nodes) {
        if (node.type === "CallExpression" && isUpdate(node.callee)) {
            called.add(node.callee);
            found.push(ofCall(node, literals));
        }
    }
    for (const node of nodes) {
        if (called.has(node)) {
            continue;
        }
        if (literalName(node) === "cloudfront" && !imported.some((source) => source === node)) {
            found.push(unknown("it loads the cloudfront module in another way than by an import declaration", node));
        }
        if (isUpdate(node)) {
            const isImported = modules.length > 0 || node.type === "MemberExpression";
            found.push(...(isImported ? [unknown("updateRequestOrigin is called by another name", node)] : []));
        } else if (node.type === "MemberExpression" && isComputedOf(node, modules)) {
            found.push(unknown("it names a method of the cloudfront module by a computed name", node));
        } else if (node.type === "Identifier" && modules.includes(node.name) && !used.has(node)) {
            found.push(unknown(`it passes on the cloudfront module ("${node.name}")`, node));
        }
    }
    if (found.length > 0) {
        found.push(...assignmentsIn(nodes, literals));
        found.push(
            ...new Following(tree, { properties: ["customOriginConfig"], seeds: literals.used() }).handed.map(ofHanded),
        );
    }
    return worst(found);
}

function ofCall(call: CallExpression, literals: Literals): OriginChange {
    const [argument] = call.arguments;
    if (argument === undefined) {
        return none;
    }
    return worst(settingsOf(argument, literals, "the argument of updateRequestOrigin is computed"));
}

/** `{ domainName, customOriginConfig: { port, protocol, sslProtocols } }` */
function settingsOf(value: AnyNode, literals: Literals, because: string): OriginChange[] {
    const { objects, isKnown } = literals.of(value);
    const found = objects.flatMap(({ properties }) => properties.flatMap((property) => ofSetting(property, literals)));
    return isKnown ? found : [...found, unknown(because, value)];
}

function ofSetting(property: Property | SpreadElement, literals: Literals): OriginChange[] {
    const because = "the argument of updateRequestOrigin has computed properties";
    if (property.type === "SpreadElement") {
        return settingsOf(property.argument, literals, because);
    }
    const key = keyOf(property);
    if (key === "customOriginConfig") {
        return configOf(property.value, literals, "customOriginConfig is computed", property);
    }
    return key === undefined ? [unknown(because, property)] : [];
}

/** Identifiers that name a property or an import, and use nothing. */
function namesOnly(node: AnyNode): AnyNode[] {
    if (node.type === "MemberExpression") {
        return [node.property];
    }
    if (node.type === "ImportSpecifier") {
        return isUpdate(node.local) ? [node.imported, node.local] : [];
    }
    return node.type === "Property" && isUpdate(node.value) ? [node.key, node.value] : [];
}

/** Identifiers that name the module, or take from it what they say: `import cf`, `cf.kvs`, `const { kvs } = cf`. */
function plainUses(node: AnyNode): AnyNode[] {
    if (node.type === "ImportDeclaration") {
        return node.specifiers.flatMap((specifier) =>
            specifier.type === "ImportSpecifier" ? [specifier.imported, specifier.local] : [specifier.local],
        );
    }
    if (node.type === "MemberExpression") {
        return node.computed ? [node.object] : [node.object, node.property];
    }
    if (node.type === "Property") {
        return node.computed || node.shorthand ? [] : [node.key];
    }
    if (node.type !== "VariableDeclarator" || node.id.type !== "ObjectPattern" || !node.init) {
        return [];
    }
    return node.id.properties.every(isNamed) ? [node.init] : [];
}

function isUpdate(node: AnyNode): boolean {
    return node.type === "Identifier"
        ? node.name === "updateRequestOrigin"
        : node.type === "MemberExpression" && nameOf(node) === "updateRequestOrigin";
}

function isComputedOf({ object, property, computed }: MemberExpression, modules: readonly string[]): boolean {
    return (
        computed && literalName(property) === undefined && object.type === "Identifier" && modules.includes(object.name)
    );
}
