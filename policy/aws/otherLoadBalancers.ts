import { once, type Graph, type Resource, type Value } from "../graph";
import { originsOf, originsProperty, type Origin } from "./distributions";
import { foreignRecordTypes, hostName, RECORD_TYPES } from "./dnsRecords";
import { LOAD_BALANCER_TYPES } from "./loadBalancers";

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

/** The load balancers of the stack by their names: in a template, a text stands for the name that AWS will give. */
const namedBalancers = once((graph: Graph): ReadonlyMap<Value, Resource> => {
    const all = graph.ofType(...LOAD_BALANCER_TYPES, ...CLASSIC_TYPES);
    return new Map(all.map((balancer) => [balancer.properties.dnsName, balancer]));
});

/**
 * Whether an origin goes by AWS's own name of a load balancer, of this stack or another. In a preview the name is not
 * known, and the dependencies tell.
 *
 * @returns how a message names it; undefined where the origin is something else
 */
export function otherLoadBalancer(graph: Graph, distribution: Resource, origin: Origin): string | undefined {
    const { domainName } = origin;
    if (domainName.text !== undefined) {
        const named = namedBalancers(graph).get(domainName.text);
        return isLoadBalancerName(domainName.text)
            ? domainName.shown()
            : named && `the name of load balancer "${named.name}"`;
    }
    const isOpen = (one: Origin) => one.isCustom && one.domainName.isUnknown;
    const of = (types: readonly string[]) =>
        graph.resolve(distribution, originsProperty(distribution), domainName.value, types);
    const named = of([...LOAD_BALANCER_TYPES, ...CLASSIC_TYPES]);
    // Of more unknown origins than load balancers some may be anything, and a record has a name of its own.
    const isCertain = named.length >= originsOf(distribution).filter(isOpen).length;
    return isOpen(origin) &&
        named.length > 0 &&
        isCertain &&
        of([...RECORD_TYPES, ...foreignRecordTypes(graph)]).length === 0
        ? `the name of load balancer "${named.map(({ name }) => name).join('" or "')}"`
        : undefined;
}
