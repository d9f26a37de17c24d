import type { AnyNode, ObjectExpression, Pattern } from "acorn";

import type { Handed } from "./following";
import type { Literals } from "./literals";
import { isNamed, keyOf, type Names, nameOf, targetsIn, valuesOf } from "./syntax";

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
        (property, index, all) =>
            !isNamed(property) && !all.slice(index + 1).some((later) => keyOf(later) === "protocol"),
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

/** What an object says of a protocol: by its name, or, in an origin, by HTTP's port where it names none. */
export function protocolsIn(object: ObjectExpression, literals: Literals, isOrigin = false): OriginChange[] {
    const found = plainByName.flatMap(([name]) =>
        valuesOf(object, name).flatMap((value) => ofProtocol(name, value, literals)),
    );
    const names = object.properties.map(keyOf);
    const isLike = isOrigin || names.includes("sslProtocols") || names.includes("domainName");
    const plain = valuesOf(object, "port").find((port) => literals.of(port).literals.map(String).includes("80"));
    if (plain !== undefined && isLike && !names.includes("protocol")) {
        found.push({ kind: "http", line: lineOf(plain), written: "port: 80" });
    }
    return found;
}

/** The properties that say a protocol, and how they say plain HTTP: `originProtocolPolicy` is the distribution's. */
const plainByName: readonly (readonly [name: string, values: readonly string[]])[] = [
    ["protocol", ["http"]],
    ["originProtocolPolicy", ["http-only", "match-viewer"]],
];

function ofProtocol(key: string, value: AnyNode, literals: Literals): OriginChange[] {
    const plain = new Map(plainByName).get(key);
    if (plain === undefined) {
        return [];
    }
    const possible = literals.of(value);
    const http = possible.literals.find((literal) => plain.includes(String(literal).toLowerCase().replace(/:$/, "")));
    if (http !== undefined) {
        return [{ kind: "http", line: lineOf(value), written: `${key}: ${JSON.stringify(http)}` }];
    }
    return possible.isKnown ? [] : [unknown(`${key} is computed`, value)];
}

/** `origin.customOriginConfig.protocol = "http"` */
export function assignmentsIn(nodes: readonly AnyNode[], literals: Literals): OriginChange[] {
    return nodes.flatMap((node): OriginChange[] => {
        if (node.type === "ForOfStatement" || node.type === "ForInStatement") {
            return node.left.type === "VariableDeclaration" ? [] : unseenIn(node.left);
        }
        if (node.type !== "AssignmentExpression") {
            return [];
        }
        const name = nameOf(node.left);
        if (name === "customOriginConfig") {
            return configOf(node.right, literals, "customOriginConfig is computed", node);
        }
        return name === undefined ? unseenIn(node.left) : ofProtocol(name, node.right, literals);
    });
}

const settings: Names = ["origin", "custom", "customOriginConfig", "protocol", "originProtocolPolicy"];

/** `[origin.custom.protocol] = values` */
function unseenIn(pattern: Pattern): OriginChange[] {
    return targetsIn(pattern).flatMap((target) => {
        const name = nameOf(target);
        return settings.includes(name) ? [unknown(`${name} is computed`, target)] : [];
    });
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
