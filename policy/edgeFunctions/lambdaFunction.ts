import type { AnyNode, AssignmentExpression, ObjectExpression } from "acorn";

import { elsewhereIn } from "./elsewhere";
import { type Followed, Following } from "./following";
import { Literals } from "./literals";
import { assignmentsIn, configOf, ofHanded, type OriginChange, protocolsIn, unknown, worst } from "./originChange";
import { endOf, keyOf, nameOf } from "./syntax";
import { SyntaxTree } from "./syntaxTree";

/**
 * Reads the Node.js code of a Lambda@Edge function at origin-request, which may put another origin into the request.
 * Source: CloudFront Developer Guide, "Lambda@Edge event structure".
 *
 * @param isJudged whether a file that the code loads, by the name that it writes, is judged by itself
 */
export function changeByLambda(code: string, isJudged: (name: string) => boolean = () => false): OriginChange {
    const tree = SyntaxTree.of(code);
    if (tree === undefined) {
        return { kind: "unknown", because: "its code cannot be read as JavaScript" };
    }
    const { nodes } = tree;
    const requests = new Following(tree, { properties: ["request"], seeds: ["request"], isAnswer: true });
    const literals = new Literals(nodes, (node) => isOwn(node, requests));
    const found = [...assignmentsIn(nodes, literals)];
    for (const node of nodes) {
        if (node.type === "ObjectExpression") {
            found.push(...protocolsIn(node, literals), ...ofRequest(node, literals, requests));
        } else if (node.type === "AssignmentExpression") {
            found.push(...ofAssignment(node, literals, requests));
        }
    }
    const followed = { properties: ["origin", "custom"], hasParts: true };
    found.push(...ofCustomByAnotherName(tree, literals, followed));
    const origins = new Following(tree, { ...followed, seeds: literals.used() });
    found.push(...[...requests.handed, ...origins.handed].map(ofHanded));
    const change = worst(found);
    return change.kind === "none" ? (elsewhereIn(tree, requests, isJudged)[0] ?? change) : change;
}

/** The origin that CloudFront put into the request, and what is in it. */
function isOwn(node: AnyNode, requests: Following): boolean {
    return (
        node.type === "MemberExpression" &&
        (nameOf(node) === "origin"
            ? requests.holds(node.object)
            : nameOf(node) === "custom" && isOwn(node.object, requests))
    );
}

/** `{ ...request, origin: { custom: { protocol } } }`: another request in the place of the one that came. */
function ofRequest({ properties }: ObjectExpression, literals: Literals, requests: Following): OriginChange[] {
    const copies = properties.filter((property) => property.type === "SpreadElement");
    const isCopy = copies.some(({ argument }) => requests.holds(argument));
    const isWhole = properties.some((property) => keyOf(property) === "uri");
    if (!isCopy && !isWhole) {
        return [];
    }
    return properties.flatMap((property): OriginChange[] => {
        if (property.type === "SpreadElement") {
            const isWritten = !isCopy || requests.holds(property.argument);
            return isWritten ? [] : [unknown("it sets properties of the request by a value", property)];
        }
        if (keyOf(property) === undefined) {
            return [unknown("it sets a property of the request by a computed name", property)];
        }
        return keyOf(property) === "origin" ? ofOrigin(property.value, literals) : [];
    });
}

/** `request.origin = { custom: { protocol } }` and `request.origin.custom = { protocol }` */
function ofAssignment({ left, right }: AssignmentExpression, literals: Literals, requests: Following): OriginChange[] {
    if (left.type !== "MemberExpression") {
        return [];
    }
    const [name, base] = [nameOf(left), endOf(left.object)];
    if (name === "request" && base === "cf" && !requests.holds(right)) {
        return [unknown("it sets the request to a computed value", right)];
    }
    if (name === "origin") {
        return ofOrigin(right, literals);
    }
    return name === "custom" && base === "origin" ? ofCustom(right, literals) : [];
}

/** `const { origin: it } = request; it.custom = { protocol };` */
function ofCustomByAnotherName(tree: SyntaxTree, literals: Literals, followed: Followed): OriginChange[] {
    const assigned = tree.nodes.flatMap((node) =>
        node.type === "AssignmentExpression" &&
        node.left.type === "MemberExpression" &&
        nameOf(node.left) === "custom" &&
        endOf(node.left.object) !== "origin"
            ? { origin: node.left.object, value: node.right }
            : [],
    );
    if (assigned.length === 0) {
        return [];
    }
    const origins = new Following(tree, followed);
    return assigned.flatMap(({ origin, value }) => (origins.holds(origin) ? ofCustom(value, literals) : []));
}

function ofOrigin(value: AnyNode, literals: Literals): OriginChange[] {
    const computed = "it sets request.origin to a computed value";
    const { literals: texts, objects, isKnown } = literals.of(value);
    // Without an origin, the request goes to the distribution's own.
    if (!isKnown || texts.some((text) => text !== undefined && text !== null)) {
        return [unknown(computed, value)];
    }
    return objects.flatMap(({ properties }) =>
        properties.flatMap((property) => {
            if (property.type === "SpreadElement") {
                return ofOrigin(property.argument, literals);
            }
            const key = keyOf(property);
            if (key === undefined) {
                return [unknown(computed, property)];
            }
            return key === "custom" ? ofCustom(property.value, literals) : [];
        }),
    );
}

function ofCustom(value: AnyNode, literals: Literals): OriginChange[] {
    return configOf(value, literals, "it sets origin.custom to a computed value");
}
