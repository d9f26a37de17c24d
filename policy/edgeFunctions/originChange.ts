import type { AnyNode, ObjectExpression } from "acorn";

import type { Handed } from "./following";
import type { Literals } from "./literals";
import { isNamed, keyOf, nameOf } from "./syntax";

/** What a function's code does to the protocol of the request to the origin. */
export type OriginChange =
    /** It sends the request over plain HTTP. */
    | { readonly kind: "http"; readonly line: number; readonly written: string }
    /** It may; this is why that cannot be told. */
    | { readonly kind: "unknown"; readonly because: string; readonly line?: number }
    | { readonly kind: "none" };

export const none: OriginChange = { kind: "none" };

/** What a value says that an origin's configuration is to be; `because` is said where that is not written out. */
export function configOf(value: AnyNode, literals: Literals, because: string, place = value): OriginChange[] {
    const { objects, isKnown } = literals.of(value);
    const found = objects.flatMap((object) => configIn(object, literals));
    return isKnown ? found : [...found, unknown(because, place)];
}

/** As {@link protocolsIn}, of an object that is an origin's: a property without a written name may be its protocol. */
function configIn(object: ObjectExpression, literals: Literals): OriginChange[] {
    const because = "the origin has computed properties";
    const hidden = object.properties.filter(
        (property, index, all) => !isNamed(property) && !all.slice(index + 1).some(namesProtocol),
    );
    return [
        ...protocolsIn(object, literals, true),
        ...hidden.flatMap((property) =>
            property.type === "SpreadElement"
                ? configOf(property.argument, literals, because)
                : [unknown(because, property)],
        ),
    ];
}

function namesProtocol(property: AnyNode): boolean {
    return property.type === "Property" && keyOf(property) === "protocol";
}

/** What an object says of a protocol: by its name, or, in an origin, by HTTP's port where it names none. */
export function protocolsIn(object: ObjectExpression, literals: Literals, isOrigin = false): OriginChange[] {
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
    const isLike = isOrigin || named.has("sslProtocols") || named.has("domainName") || named.size === 1;
    if (
        port !== undefined &&
        isLike &&
        !named.has("protocol") &&
        literals.of(port).literals.map(String).includes("80")
    ) {
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
export function assignmentsIn(nodes: readonly AnyNode[], literals: Literals): OriginChange[] {
    return nodes.flatMap((node): OriginChange[] => {
        if (node.type !== "AssignmentExpression") {
            return targetsIn(node).flatMap((target) => {
                const name = nameOf(target) ?? "";
                return settings.includes(name) ? [unknown(`${name} is computed`, target)] : [];
            });
        }
        const name = nameOf(node.left);
        if (name === "customOriginConfig") {
            return configOf(node.right, literals, "customOriginConfig is computed", node);
        }
        return name === undefined ? [] : ofProtocol(name, node.right, literals);
    });
}

const settings = ["origin", "custom", "customOriginConfig", "protocol", "originProtocolPolicy"];

/** What a pattern or a loop gives values to: `[origin.custom.protocol] = values` */
function targetsIn(node: AnyNode): AnyNode[] {
    if (node.type === "ArrayPattern") {
        return node.elements.flatMap((element) => element ?? []);
    }
    if (node.type === "ObjectPattern") {
        return node.properties.map((property) => (property.type === "Property" ? property.value : property.argument));
    }
    const isLoop = node.type === "ForOfStatement" || node.type === "ForInStatement";
    return isLoop || node.type === "AssignmentPattern" ? [node.left] : [];
}

function lineOf(node: AnyNode): number {
    return node.loc?.start.line ?? 1;
}

export function unknown(because: string, node: AnyNode): OriginChange {
    return { kind: "unknown", because, line: lineOf(node) };
}

export function ofHanded({ node, because }: Handed): OriginChange {
    return unknown(because, node);
}

function lineIn(change: OriginChange): number {
    return change.kind === "none" ? 0 : (change.line ?? 0);
}

export function worst(found: readonly OriginChange[]): OriginChange {
    const inOrder = [...found].sort((one, other) => lineIn(one) - lineIn(other));
    return inOrder.find(({ kind }) => kind === "http") ?? inOrder.find(({ kind }) => kind === "unknown") ?? none;
}
