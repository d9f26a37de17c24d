import type { Graph, Resource } from "../graph";
import { originsOf, originsProperty, type Origin } from "./distributions";
import { hostName } from "./dnsRecords";
import { isApplication, LOAD_BALANCER_TYPES } from "./loadBalancers";
import { linksOf } from "./entries";

/** Classic load balancers, with the alias of old states. */
export const CLASSIC_TYPES = [
    "aws:elb/loadBalancer:LoadBalancer",
    "aws:elasticloadbalancing/loadBalancer:LoadBalancer",
    "aws-native:elasticloadbalancing:LoadBalancer",
];

/** A name that AWS gave a load balancer, of any type. */
export function isLoadBalancerName(name: string | undefined): boolean {
    return name !== undefined && /\.elb\.([a-z0-9-]+\.)?amazonaws\.com(\.cn)?$/.test(hostName(name));
}

/**
 * Whether an origin goes by AWS's own name of a load balancer that is no application load balancer of this stack: a
 * classic or network one, or one of another stack. In a preview the name is not known, and the dependencies tell.
 *
 * @returns how a message names it; undefined where the origin is something else
 */
export function otherLoadBalancer(graph: Graph, distribution: Resource, origin: Origin): string | undefined {
    const { domainName } = origin;
    if (!domainName.isUnknown) {
        return isLoadBalancerName(domainName.text) ? domainName.shown() : undefined;
    }
    const links = linksOf(graph);
    const isOpen = (one: Origin) => one.isCustom && one.domainName.isUnknown && links.entriesFrom(one).length === 0;
    const property = originsProperty(distribution);
    const others = graph
        .resolve(distribution, property, domainName.value, [...LOAD_BALANCER_TYPES, ...CLASSIC_TYPES])
        .filter((resource) => CLASSIC_TYPES.includes(resource.type) || !isApplication(resource));
    // Of more unknown origins than load balancers some may be anything.
    return isOpen(origin) && others.length > 0 && others.length >= originsOf(distribution).filter(isOpen).length
        ? `the name of load balancer "${others.map(({ name }) => name).join('" or "')}"`
        : undefined;
}
