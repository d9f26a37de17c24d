import { Read, referredTo, type Graph, type Resource } from "../graph";
import type { Entry } from "./entries";
import { LOAD_BALANCER_TYPES } from "./loadBalancers";
import { WEB_ACL_RULE_TYPES, WEB_ACL_TYPES } from "./webAcls";

export const WEB_ACL_ASSOCIATION_TYPES = [
    "aws:wafv2/webAclAssociation:WebAclAssociation",
    "aws-native:wafv2:WebAclAssociation",
];

/**
 * The regional web ACL of a load balancer that may look at a header which these distributions send: what its rules make
 * of it is not read.
 *
 * @returns how a message names it
 */
export function firewallThatMayCheck(
    graph: Graph,
    loadBalancer: Resource,
    entries: readonly Entry[],
): string | undefined {
    const headers = entries.flatMap(({ origin }) => origin.headers.map(({ name }) => name));
    if (headers.length === 0) {
        return undefined;
    }
    const associations = referredTo(graph, WEB_ACL_ASSOCIATION_TYPES, "resourceArn", LOAD_BALANCER_TYPES).by;
    for (const association of associations.get(loadBalancer) ?? []) {
        const read = Read.of(association).at("webAclArn");
        const found = graph.resolve(association, "webAclArn", read.value, WEB_ACL_TYPES);
        if (found.length === 0) {
            return read.text === undefined ? "a web ACL that is not in this stack" : `web ACL ${read.text}`;
        }
        const named = found.find((acl) => headers.some((header) => header.isUnknown || mentions(graph, acl, header)));
        if (named !== undefined) {
            return `web ACL "${named.name}"`;
        }
    }
    return undefined;
}

/** A statement names a header by `singleHeader`, in whichever form the rules are written. */
function mentions(graph: Graph, acl: Resource, header: Read): boolean {
    const separate = referredTo(graph, WEB_ACL_RULE_TYPES, "webAclArn", WEB_ACL_TYPES).by.get(acl) ?? [];
    const written = [acl, ...separate].map(({ properties }) => JSON.stringify(properties)).join(" ");
    const name = header.text?.toLowerCase();
    return name !== undefined && written.replaceAll("\\", "").toLowerCase().includes(`"${name}"`);
}
