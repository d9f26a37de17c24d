import { Read, isLeftOut, type Graph, type Link, type Resource } from "../../graph";
import type { DefaultGroups } from "./defaultGroups";
import type { SecurityGroup, SecurityGroups } from "./securityGroups";
import { isApplication, isCertainlyApplication, loadBalancerType } from "../loadBalancers";
import { loadBalancerTypes } from "../types";

/** A security group that is, or may be, on a load balancer. */
export interface Attachment {
    readonly loadBalancer: ApplicationLoadBalancer;
    readonly group: SecurityGroup;
    /** The value that names the group; the whole property where the balancer names none and so has the default group. */
    readonly read: Read;
    /** False where an unknown value leaves open which group it is. */
    readonly certain: boolean;
    /** True where another object of a cluster gives the balancer the group, which is that object's own group as well. */
    readonly isOfOther?: boolean;
}

export interface Unresolved {
    readonly read: Read;
    /** The balancer names no group and has the default group of its VPC. */
    readonly isDefault: boolean;
}

export interface ApplicationLoadBalancer {
    readonly resource: Resource;
    /** False where the type is unknown, so that it may as well be a network or gateway load balancer. */
    readonly isCertain: boolean;
    readonly type: Read;
    readonly attachments: Attachment[];
    /** Values that name a group which is not known, and not in this stack. */
    readonly unresolved: Unresolved[];
}

/** The application load balancers of a stack with their groups; network, gateway and classic ones are left out. */
export function findApplicationLoadBalancers(
    graph: Graph,
    groups: SecurityGroups,
    defaults: DefaultGroups,
): ApplicationLoadBalancer[] {
    return graph
        .ofType(...loadBalancerTypes)
        .filter(isApplication)
        .map((resource) => {
            const balancer: ApplicationLoadBalancer = {
                resource,
                isCertain: isCertainlyApplication(resource),
                type: loadBalancerType(resource),
                attachments: [],
                unresolved: [],
            };
            attach(balancer, groups, defaults);
            return balancer;
        });
}

function attach(balancer: ApplicationLoadBalancer, groups: SecurityGroups, defaults: DefaultGroups): void {
    const { resource } = balancer;
    const property = Read.of(resource).at("securityGroups");
    const reads = isLeftOut(resource, "securityGroups") ? [] : property.items().filter((read) => !read.isAbsent);
    const attached = new Set<SecurityGroup>();
    const add = (group: SecurityGroup, read: Read, certain: boolean, isOfOther = false) => {
        if (attached.has(group)) {
            return;
        }
        attached.add(group);
        balancer.attachments.push({ loadBalancer: balancer, group, read, certain, isOfOther });
    };
    const targetsOf = (link: Link<SecurityGroup>) => (link.id === undefined ? link.targets : [groups.withId(link.id)]);
    for (const link of groups.links.linksFrom(resource, "securityGroups", reads, true)) {
        const targets = targetsOf(link);
        if (targets.length === 0) {
            balancer.unresolved.push({ read: link.read, isDefault: false });
        }
        for (const group of targets) {
            add(group, link.read, link.certain);
        }
    }
    const others = Read.of(resource).at("otherSecurityGroups").items();
    for (const link of groups.links.linksFrom(resource, "otherSecurityGroups", others, true)) {
        for (const group of targetsOf(link)) {
            add(group, link.read, link.certain, true);
        }
    }
    if (reads.length > 0) {
        return;
    }
    const found = defaults.of(resource);
    if (found.length === 0) {
        balancer.unresolved.push({ read: property, isDefault: true });
    }
    for (const group of found) {
        add(group, property, found.length === 1);
    }
}
