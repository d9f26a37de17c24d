import { Family, once, type Graph } from "../../graph";
import { DefaultGroups } from "./defaultGroups";
import { findApplicationLoadBalancers, type ApplicationLoadBalancer } from "./attachments";
import { PrefixLists } from "./prefixLists";
import { SecurityGroups, type IngressRule } from "./securityGroups";

export { chainOf, chainTo, ruleLabel } from "./chain";
export { Exposures, type Exposure, type Part, type Parts, type Share, type Undecided } from "./exposure";
export type { ApplicationLoadBalancer, Attachment, Unresolved } from "./attachments";
export type { Block, PrefixList } from "./prefixLists";
export type { IngressRule, ListSource, SecurityGroup } from "./securityGroups";

/** Which security group is on which application load balancer, and what each group lets in. */
export interface Attachments {
    readonly loadBalancers: readonly ApplicationLoadBalancer[];
    /** Ingress rules of a group that is unknown and not in this stack. */
    readonly orphans: readonly IngressRule[];
}

/** Walks a stack once; a second rule that asks for the same stack gets the same answer. */
export const attachmentsOf = once((graph: Graph): Attachments => {
    const family = new Family(graph);
    const lists = new PrefixLists(graph, family);
    const groups = new SecurityGroups(graph, family, lists);
    const defaults = new DefaultGroups(graph, family, groups);
    groups.readRules();
    const loadBalancers = findApplicationLoadBalancers(graph, groups, defaults);
    return { loadBalancers, orphans: groups.orphans };
});

export { groupName, prefixListName, rangeOf, secret, whyUncertain } from "./names";
