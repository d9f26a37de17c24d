import { groupBy, once, Read, referredTo, type Graph, type Resource } from "../graph";
import { DISTRIBUTION_TYPES, originsOf, originsProperty, VPC_ORIGIN_TYPES, type Origin } from "./distributions";
import { Hosts } from "./hosts";
import { Relays } from "./relays";
import { behindTenants, isFilledIn } from "./tenantOrigins";
import {
    isApplication,
    isCertainlyApplication,
    LISTENER_RULE_TYPES,
    LISTENER_TYPES,
    LOAD_BALANCER_TYPES,
} from "./loadBalancers";

/** One way from a distribution to an application load balancer of the same stack. */
export interface Entry {
    readonly distribution: Resource;
    readonly origin: Origin;
    readonly loadBalancer: Resource;
    /** Set where CloudFront reaches the load balancer inside the VPC. */
    readonly vpcOrigin?: Resource;
}

/** Who leads to whom, in one stack. */
export interface Links {
    readonly entries: readonly Entry[];
    /** As `entries`, to what may as well be a load balancer of another type. */
    readonly uncertain: readonly Entry[];
    entriesOf(loadBalancer: Resource): readonly Entry[];
    entriesFrom(origin: Origin): readonly Entry[];
    listenersOf(loadBalancer: Resource): readonly Resource[];
    rulesOf(listener: Resource): readonly Resource[];
    readonly hosts: Hosts;
    readonly relays: Relays;
}

/** Computed once for a graph, whichever rule asks first. */
export const linksOf = once((graph: Graph): Links => {
    const relays = new Relays(graph);
    const hosts = new Hosts(graph, relays);
    const all = graph.ofType(...DISTRIBUTION_TYPES).flatMap((distribution) => entriesOf(graph, distribution, hosts));
    const entries = all.filter(({ loadBalancer }) => isCertainlyApplication(loadBalancer));
    const uncertain = all.filter(({ loadBalancer }) => !isCertainlyApplication(loadBalancer));
    const byLoadBalancer = groupBy(entries, (entry) => entry.loadBalancer);
    const byOrigin = groupBy(entries, (entry) => entry.origin);
    const listeners = referredTo(graph, LISTENER_TYPES, "loadBalancerArn", LOAD_BALANCER_TYPES).by;
    const rules = referredTo(graph, LISTENER_RULE_TYPES, "listenerArn", LISTENER_TYPES).by;
    return {
        hosts,
        relays,
        entries,
        uncertain,
        entriesOf: (loadBalancer) => byLoadBalancer.get(loadBalancer) ?? [],
        entriesFrom: (origin) => byOrigin.get(origin) ?? [],
        listenersOf: (loadBalancer) => listeners.get(loadBalancer) ?? [],
        rulesOf: (listener) => rules.get(listener) ?? [],
    };
});

function entriesOf(graph: Graph, distribution: Resource, hosts: Hosts): Entry[] {
    const property = originsProperty(distribution);
    return originsOf(distribution).flatMap((origin): Entry[] => {
        const inside = origin.vpcOriginId.isAbsent
            ? []
            : graph.resolve(distribution, property, origin.vpcOriginId.value, VPC_ORIGIN_TYPES).flatMap((vpcOrigin) =>
                  loadBalancersOf(graph, vpcOrigin).map((loadBalancer) => ({
                      distribution,
                      origin,
                      loadBalancer,
                      vpcOrigin,
                  })),
              );
        if (!origin.isCustom) {
            return inside;
        }
        const loadBalancers = origin.domainName.isUnknown
            ? hosts.behindDependencies(distribution, property)
            : isFilledIn(origin)
              ? behindTenants(graph, distribution, origin, hosts)
              : hosts.behind(origin.domainName.text ?? "");
        return [...inside, ...[...loadBalancers].map((loadBalancer) => ({ distribution, origin, loadBalancer }))];
    });
}

function loadBalancersOf(graph: Graph, vpcOrigin: Resource): readonly Resource[] {
    const arn = Read.of(vpcOrigin).at("vpcOriginEndpointConfig", "arn");
    return graph
        .resolve(vpcOrigin, "vpcOriginEndpointConfig", arn.value, LOAD_BALANCER_TYPES)
        .filter((loadBalancer) => isApplication(loadBalancer));
}
