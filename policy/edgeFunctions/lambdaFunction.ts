import type { AnyNode, AssignmentExpression, CallExpression, ObjectExpression } from "acorn";

import { handedOn } from "./handedOn";
import { Literals } from "./literals";
import { assignmentsIn, configOf, ofHanded, type OriginChange, protocolsIn, unknown, worst } from "./originChange";
import { endOf, isNamed, isOtherThan, keyOf, literalName, nameOf, nodesOf } from "./syntax";

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
            found.push(...protocolsIn(node, literals), ...ofRequest(node, literals));
        } else if (node.type === "AssignmentExpression") {
            found.push(...ofAssignment(node, literals));
        } else if (node.type === "CallExpression") {
            found.push(...ofAssign(node));
        }
    }
    found.push(...handedOn(nodes, { properties: ["origin", "custom"] }).map(ofHanded));
    const change = worst(found);
    const further = nodes.find(loadsFile);
    return change.kind === "none" && further !== undefined ? unknown("it loads other files", further) : change;
}

/** A file of the function's own package, or one whose name is computed. */
function loadsFile(node: AnyNode): boolean {
    if (node.type === "ImportExpression") {
        return isOtherFile(node.source);
    }
    if (node.type === "CallExpression") {
        const [name] = node.arguments;
        return endOf(node.callee) === "require" && name !== undefined && isOtherFile(name);
    }
    return node.type === "ImportDeclaration" && isOtherFile(node.source);
}

function isOtherFile(name: AnyNode): boolean {
    return literalName(name)?.startsWith(".") ?? true;
}

/** `{ ...request, origin: { custom: { protocol } } }`: another request in the place of the one that came. */
function ofRequest(object: ObjectExpression, literals: Literals): OriginChange[] {
    const names = object.properties.map((property) => (property.type === "Property" ? keyOf(property) : undefined));
    const copies = object.properties.filter((property) => property.type === "SpreadElement");
    const isCopy = copies.some(({ argument }) => endOf(argument) === "request");
    if (!isCopy && !names.includes("uri") && !names.includes("method")) {
        return [];
    }
    return object.properties.flatMap((property): OriginChange[] => {
        if (property.type === "SpreadElement") {
            const isRequest = ["request", "origin"].includes(endOf(property.argument) ?? "");
            return isRequest || !isCopy ? [] : [unknown("it sets properties of the request by a value", property)];
        }
        if (keyOf(property) === undefined) {
            return [unknown("it sets a property of the request by a computed name", property)];
        }
        const isOrigin = keyOf(property) === "origin" && endOf(property.value) !== "origin";
        return isOrigin ? ofOrigin(property.value, literals) : [];
    });
}

/** `Object.assign(request, settings)`; what is written out is read as any other object. */
function ofAssign({ callee, arguments: given }: CallExpression): OriginChange[] {
    const isAssign = nameOf(callee) === "assign" && given.some((each) => endOf(each) === "request");
    const hidden = given.find(
        (each) =>
            endOf(each) !== "request" &&
            !(
                each.type === "ObjectExpression" &&
                each.properties.every((property) => isOtherThan(property, ["origin"]))
            ),
    );
    return isAssign && hidden !== undefined ? [unknown("it sets properties of the request by a value", hidden)] : [];
}

/** `request.origin = { custom: { protocol } }` and `request.origin.custom = { protocol }` */
function ofAssignment({ left, right }: AssignmentExpression, literals: Literals): OriginChange[] {
    if (left.type !== "MemberExpression") {
        return [];
    }
    const [name, base] = [nameOf(left), endOf(left.object)];
    if (name === undefined && left.computed && base === "request") {
        return [unknown("it sets a property of the request by a computed name", left)];
    }
    if (name === "origin") {
        return ofOrigin(right, literals);
    }
    return name === "custom" && base === "origin" ? ofCustom(right, literals) : [];
}

function ofOrigin(value: AnyNode, literals: Literals): OriginChange[] {
    const { objects, isKnown } = literals.of(value);
    if (!isKnown || objects.length === 0) {
        return [unknown("it sets request.origin to a computed value", value)];
    }
    return objects.flatMap(({ properties }) =>
        properties.flatMap((property) => {
            if (!isNamed(property)) {
                return [unknown("it sets request.origin to a computed value", property)];
            }
            return property.type === "Property" && keyOf(property) === "custom"
                ? ofCustom(property.value, literals)
                : [];
        }),
    );
}

function ofCustom(value: AnyNode, literals: Literals): OriginChange[] {
    return configOf(value, literals, "it sets origin.custom to a computed value");
}
