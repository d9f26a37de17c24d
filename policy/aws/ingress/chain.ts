import { step } from "../../finding";
import type { ChainStep } from "../../rule";
import type { Part } from "./exposure";
import type { Attachment } from "./attachments";
import type { IngressRule, SecurityGroup } from "./securityGroups";
import { groupName, prefixListName, rangeOf } from "./names";

/** How many parts a chain follows before it only counts them. */
const mostFollowed = 5;

/**
 * The way of a packet through parts that are open together: load balancer, security group, rule, property and range. A
 * group that is on several balancers is followed from the first.
 */
export function chainOf(parts: readonly Part[], attachments: readonly Attachment[]): ChainStep[] {
    const followed = parts.slice(0, mostFollowed);
    const groups = [...new Set(followed.map((part) => part.group))];
    const steps = groups.flatMap((group) => {
        const ofBalancers = attachments.filter((one) => one.group === group);
        const [attachment] = ofBalancers;
        const ofGroup = followed.filter((part) => part.group === group);
        return [...(attachment ? chainTo(attachment, ofBalancers.length) : []), ...ofGroup.flatMap(partSteps)];
    });
    const hidden = parts.length - followed.length;
    return hidden === 0 ? steps : [...steps, { label: `and ${hidden} more ranges` }];
}

/** From a load balancer to one of its security groups. @param balancers how many the group is on */
export function chainTo(attachment: Attachment, balancers = 1): ChainStep[] {
    const { loadBalancer, group, read } = attachment;
    const label = balancers > 1 ? `load balancer, one of ${balancers}` : "load balancer";
    return [step(label, loadBalancer.resource, read), groupStep(group)];
}

/** The rule that lets somebody in; an entry of the group's own list is a property of the group. */
export function ruleLabel(rule: IngressRule): string {
    return rule.read.path === "" ? "rule" : "its own rules";
}

function groupStep(group: SecurityGroup): ChainStep {
    const [resource] = group.resources;
    return resource === undefined ? { label: groupName(group) } : step("security group", resource);
}

function partSteps(part: Part): ChainStep[] {
    const rule = step(ruleLabel(part.rule), part.rule.resource, part.read, part.list ? undefined : rangeOf(part));
    if (part.list === undefined) {
        return [rule];
    }
    const { resource } = part.list;
    const name = prefixListName(part.list);
    return [rule, resource ? step("prefix list", resource, undefined, rangeOf(part)) : { label: name }];
}
