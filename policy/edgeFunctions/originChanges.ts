import { createRequire } from "node:module";

import type * as acorn from "acorn";
import type { AnyNode, AssignmentExpression, CallExpression, MemberExpression, ObjectExpression } from "acorn";

import { keyOf, Literals } from "./literals";

/** What a function's code does to the protocol of the request to the origin. */
export type OriginChange =
    /** It sends the request over plain HTTP. */
    | { readonly kind: "http"; readonly line: number; readonly written: string }
    /** It may; this is why that cannot be told. */
    | { readonly kind: "unknown"; readonly because: string; readonly line?: number }
    | { readonly kind: "none" };

type Acorn = typeof acorn;

/** Most stacks hold no function that changes the origin, and those do not wait for the parser. */
const load = createRequire(__filename);

const none: OriginChange = { kind: "none" };

/**
 * Reads a CloudFront function. Only `updateRequestOrigin` can set a protocol: `selectRequestOriginById` and
 * `createRequestOriginGroup` take origins of the distribution, whose protocol the distribution holds. What is not set
 * stays as the origin has it. Source: CloudFront Developer Guide, "Helper methods for origin modification".
 */
export function changeByCloudFrontFunction(code: string): OriginChange {
    if (!/updateRequestOrigin|\bcf\b|["']cloudfront["']/.test(code)) {
        return none;
    }
    const nodes = nodesOf(code);
    if (nodes === undefined) {
        return { kind: "unknown", because: "its code cannot be read as JavaScript" };
    }
    const modules = nodes.flatMap((node) =>
        node.type === "ImportDeclaration" && node.source.value === "cloudfront"
            ? node.specifiers.map(({ local }) => local.name)
            : [],
    );
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
    }
    return worst(found);
}

/**
 * Reads the Node.js code of a Lambda@Edge function at origin-request, which may put another origin into the request.
 * Source: CloudFront Developer Guide, "Lambda@Edge event structure".
 */
export function changeByLambda(code: string): OriginChange {
    const nodes = nodesOf(code);
    if (nodes === undefined) {
        return { kind: "unknown", because: "its code cannot be read as JavaScript" };
    }
    const literals = new Literals(nodes);
    const found = [...assignmentsIn(nodes, literals)];
    for (const node of nodes) {
        if (node.type === "ObjectExpression") {
            found.push(...protocolsIn(node, literals));
        } else if (node.type === "AssignmentExpression") {
            found.push(...ofOriginAssignment(node, literals));
        }
    }
    const change = worst(found);
    const further = /\brequire\s*\(\s*["']\.|\bfrom\s*["']\./.exec(code);
    return change.kind === "none" && further !== null ? { kind: "unknown", because: "it loads other files" } : change;
}

function nodesOf(code: string): AnyNode[] | undefined {
    const { parse } = load("acorn") as Acorn;
    for (const sourceType of ["module", "script"] as const) {
        try {
            return everyNode(
                parse(code, { ecmaVersion: "latest", sourceType, locations: true, allowReturnOutsideFunction: true }),
            );
        } catch {
            continue;
        }
    }
    return undefined;
}

function everyNode(root: AnyNode): AnyNode[] {
    const nodes: AnyNode[] = [];
    const waiting: unknown[] = [root];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        if (Array.isArray(next)) {
            waiting.push(...(next as unknown[]).filter((item) => item !== null && item !== undefined));
        } else if (typeof next === "object" && next !== null && "type" in next) {
            nodes.push(next as AnyNode);
            waiting.push(...Object.values(next).filter((item) => typeof item === "object" && item !== null));
        }
    }
    return nodes;
}

function ofCall(call: CallExpression, literals: Literals): OriginChange {
    const [argument] = call.arguments;
    if (argument === undefined) {
        return none;
    }
    if (argument.type === "SpreadElement") {
        return unknown("the argument of updateRequestOrigin is computed", argument);
    }
    const { objects, isKnown } = literals.of(argument);
    const found = objects.flatMap((object) => ofSettings(object, literals));
    return worst(isKnown ? found : [...found, unknown("the argument of updateRequestOrigin is computed", argument)]);
}

/** `{ domainName, customOriginConfig: { port, protocol, sslProtocols } }` */
function ofSettings(settings: ObjectExpression, literals: Literals): OriginChange[] {
    return settings.properties.flatMap((property): OriginChange[] => {
        const key = property.type === "Property" ? keyOf(property) : undefined;
        if (property.type !== "Property" || key === undefined) {
            return [unknown("the argument of updateRequestOrigin has computed properties", property)];
        }
        if (key !== "customOriginConfig") {
            return [];
        }
        const { objects, isKnown } = literals.of(property.value);
        const found = objects.flatMap((object) => configIn(object, literals));
        return isKnown ? found : [...found, unknown("customOriginConfig is computed", property)];
    });
}

/** `request.origin = { custom: { protocol } }` and `request.origin.custom = { protocol }` */
function ofOriginAssignment({ left, right }: AssignmentExpression, literals: Literals): OriginChange[] {
    const { objects, isKnown } = literals.of(right);
    if (nameOf(left) === "origin") {
        const custom = objects.flatMap(({ properties }) =>
            properties.flatMap((property) => {
                if (!isNamed(property)) {
                    return [unknown("it sets request.origin to a computed value", property)];
                }
                return property.type === "Property" && keyOf(property) === "custom"
                    ? ofCustom(property.value, literals)
                    : [];
            }),
        );
        return isKnown && objects.length > 0 ? custom : [unknown("it sets request.origin to a computed value", left)];
    }
    const isOfOrigin = left.type === "MemberExpression" && nameOf(left.object) === "origin";
    return isOfOrigin && nameOf(left) === "custom" ? ofCustom(right, literals) : [];
}

function ofCustom(value: AnyNode, literals: Literals): OriginChange[] {
    const { objects, isKnown } = literals.of(value);
    const found = objects.flatMap((object) => configIn(object, literals));
    return isKnown ? found : [...found, unknown("it sets origin.custom to a computed value", value)];
}

/** As {@link protocolsIn}, of an object that is an origin's: a property without a written name may be its protocol. */
function configIn(object: ObjectExpression, literals: Literals): OriginChange[] {
    const hidden = object.properties.find(
        (property, index, all) => !isNamed(property) && !all.slice(index + 1).some(namesProtocol),
    );
    const found = protocolsIn(object, literals);
    return hidden === undefined ? found : [...found, unknown("the origin has computed properties", hidden)];
}

function namesProtocol(property: AnyNode): boolean {
    return property.type === "Property" && keyOf(property) === "protocol";
}

/** What an object says of a protocol: by its name, or by HTTP's port where it names none. */
function protocolsIn(object: ObjectExpression, literals: Literals): OriginChange[] {
    const named = new Map<string, AnyNode>();
    const found: OriginChange[] = [];
    for (const property of object.properties) {
        const key = property.type === "Property" ? keyOf(property) : undefined;
        if (property.type !== "Property" || key === undefined) {
            continue;
        }
        named.set(key, property.value);
        found.push(...ofProtocol(key, property.value, literals));
    }
    const port = named.get("port");
    const isOrigin = named.has("sslProtocols") || named.has("domainName") || named.size === 1;
    if (port !== undefined && isOrigin && !named.has("protocol") && literals.of(port).literals.includes(80)) {
        found.push({ kind: "http", line: lineOf(port), written: "port: 80" });
    }
    return found;
}

/** `protocol` of functions, and `originProtocolPolicy`, as the distribution calls it. */
function ofProtocol(key: string, value: AnyNode, literals: Literals): OriginChange[] {
    const plain = key === "protocol" ? ["http"] : key === "originProtocolPolicy" ? ["http-only", "match-viewer"] : [];
    if (plain.length === 0) {
        return [];
    }
    const possible = literals.of(value);
    const http = possible.literals.find(
        (literal) => typeof literal === "string" && plain.includes(literal.toLowerCase().replace(/:$/, "")),
    );
    if (http !== undefined) {
        return [{ kind: "http", line: lineOf(value), written: `${key}: ${JSON.stringify(http)}` }];
    }
    return possible.isKnown ? [] : [unknown(`${key} is computed`, value)];
}

/** `origin.customOriginConfig.protocol = "http"` */
function assignmentsIn(nodes: readonly AnyNode[], literals: Literals): OriginChange[] {
    return nodes.flatMap((node): OriginChange[] => {
        if (node.type !== "AssignmentExpression") {
            return [];
        }
        const name = nameOf(node.left);
        if (name === "customOriginConfig") {
            const { objects, isKnown } = literals.of(node.right);
            const found = objects.flatMap((object) => configIn(object, literals));
            return isKnown ? found : [...found, unknown("customOriginConfig is computed", node)];
        }
        return name === undefined ? [] : ofProtocol(name, node.right, literals);
    });
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

function isNamed(property: AnyNode): boolean {
    return property.type === "Property" && keyOf(property) !== undefined;
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

/** The name of the property that an expression ends in. */
function nameOf(node: AnyNode): string | undefined {
    if (node.type !== "MemberExpression") {
        return undefined;
    }
    const { property, computed } = node;
    if (property.type === "Identifier" && !computed) {
        return property.name;
    }
    return literalName(property);
}

/** A name that is written out, as a string or as a template without values in it. */
function literalName(node: AnyNode): string | undefined {
    if (node.type === "TemplateLiteral") {
        return node.expressions.length === 0 ? (node.quasis[0]?.value.cooked ?? undefined) : undefined;
    }
    return node.type === "Literal" ? String(node.value) : undefined;
}

function lineOf(node: AnyNode): number {
    return node.loc?.start.line ?? 1;
}

function unknown(because: string, node: AnyNode): OriginChange {
    return { kind: "unknown", because, line: lineOf(node) };
}

function lineIn(change: OriginChange): number {
    return change.kind === "none" ? 0 : (change.line ?? 0);
}

function worst(found: readonly OriginChange[]): OriginChange {
    const inOrder = [...found].sort((one, other) => lineIn(one) - lineIn(other));
    return inOrder.find(({ kind }) => kind === "http") ?? inOrder.find(({ kind }) => kind === "unknown") ?? none;
}
