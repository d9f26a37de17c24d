import { cannotTell, Read, step } from "../read";
import { UNKNOWN, type Graph, type Resource } from "../resource";
import type { ChainStep, Report } from "../rule";
import { DISTRIBUTION_TYPES, nameOf, originsOf, originsProperty, VPC_ORIGIN_TYPES, type Origin } from "./distribution";
import { isApplication, LISTENER_RULE_TYPES, LISTENER_TYPES, LOAD_BALANCER_TYPES } from "./loadBalancer";

export const RECORD_TYPES = ["aws:route53/record:Record", "aws-native:route53:RecordSet"] as const;
const ZONE_TYPES = ["aws:route53/zone:Zone", "aws-native:route53:HostedZone"];

/** Every type that {@link linksOf} reads. */
export const LINK_TYPES: readonly string[] = [
    ...DISTRIBUTION_TYPES,
    ...VPC_ORIGIN_TYPES,
    ...LOAD_BALANCER_TYPES,
    ...LISTENER_TYPES,
    ...LISTENER_RULE_TYPES,
    ...RECORD_TYPES,
    ...ZONE_TYPES,
];

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
    entriesOf(loadBalancer: Resource): readonly Entry[];
    entriesFrom(distribution: Resource, origin: Origin): readonly Entry[];
    listenersOf(loadBalancer: Resource): readonly Resource[];
    rulesOf(listener: Resource): readonly Resource[];
}

const known = new WeakMap<Graph, Links>();

/** Computed once for a graph, whichever rule asks first. */
export function linksOf(graph: Graph): Links {
    const links = known.get(graph) ?? find(graph);
    known.set(graph, links);
    return links;
}

function find(graph: Graph): Links {
    const hosts = hostsOfLoadBalancers(graph);
    const entries = graph
        .ofType(...DISTRIBUTION_TYPES)
        .flatMap((distribution) => entriesOf(graph, distribution, hosts));
    const byLoadBalancer = groupBy(entries, (entry) => entry.loadBalancer);
    const byOrigin = groupBy(entries, (entry) => `${entry.distribution.urn} ${entry.origin.domainName.path}`);
    const listeners = children(graph, LISTENER_TYPES, "loadBalancerArn", LOAD_BALANCER_TYPES);
    const rules = children(graph, LISTENER_RULE_TYPES, "listenerArn", LISTENER_TYPES);
    return {
        entries,
        entriesOf: (loadBalancer) => byLoadBalancer.get(loadBalancer) ?? [],
        entriesFrom: (distribution, origin) => byOrigin.get(`${distribution.urn} ${origin.domainName.path}`) ?? [],
        listenersOf: (loadBalancer) => listeners.get(loadBalancer) ?? [],
        rulesOf: (listener) => rules.get(listener) ?? [],
    };
}

function entriesOf(graph: Graph, distribution: Resource, hosts: Map<string, Set<Resource>>): Entry[] {
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
        if (origin.custom.isAbsent) {
            return inside;
        }
        const loadBalancers = origin.domainName.isUnknown
            ? dependenciesOf(graph, distribution, property, hosts)
            : (hosts.get(hostName(origin.domainName.text ?? "")) ?? []);
        return [...inside, ...[...loadBalancers].map((loadBalancer) => ({ distribution, origin, loadBalancer }))];
    });
}

function loadBalancersOf(graph: Graph, vpcOrigin: Resource): readonly Resource[] {
    const arn = Read.of(vpcOrigin).at("vpcOriginEndpointConfig", "arn");
    return graph
        .resolve(vpcOrigin, "vpcOriginEndpointConfig", arn.value, LOAD_BALANCER_TYPES)
        .filter((loadBalancer) => isApplication(loadBalancer));
}

/** The load balancers, and those behind the records, that a distribution's still unknown origin may be. */
function dependenciesOf(
    graph: Graph,
    distribution: Resource,
    property: string,
    hosts: Map<string, Set<Resource>>,
): Set<Resource> {
    const found = graph.resolve(distribution, property, UNKNOWN, [...LOAD_BALANCER_TYPES, ...RECORD_TYPES]);
    return new Set(
        found.flatMap((resource) =>
            LOAD_BALANCER_TYPES.includes(resource.type)
                ? isApplication(resource)
                    ? [resource]
                    : []
                : namesOf(graph, resource).flatMap((name) => [...(hosts.get(name) ?? [])]),
        ),
    );
}

/** Every name that leads to an application load balancer of the stack: its own, and those of records for it. */
function hostsOfLoadBalancers(graph: Graph): Map<string, Set<Resource>> {
    const hosts = new Map<string, Set<Resource>>();
    const add = (name: string, loadBalancer: Resource): void => {
        hosts.set(name, (hosts.get(name) ?? new Set()).add(loadBalancer));
    };
    for (const loadBalancer of graph.ofType(...LOAD_BALANCER_TYPES)) {
        const name = Read.of(loadBalancer).at("dnsName").text;
        if (name !== undefined && isApplication(loadBalancer)) {
            add(hostName(name), loadBalancer);
        }
    }
    const own = new Map(hosts);
    for (const record of graph.ofType(...RECORD_TYPES)) {
        const targets = targetsOfRecord(record).flatMap(({ property, value }) =>
            value.isUnknown
                ? graph.resolve(record, property, UNKNOWN, LOAD_BALANCER_TYPES).filter((found) => isApplication(found))
                : [...(own.get(hostName(value.text ?? "")) ?? [])],
        );
        for (const name of targets.length === 0 ? [] : namesOf(graph, record)) {
            for (const loadBalancer of targets) {
                add(name, loadBalancer);
            }
        }
    }
    return hosts;
}

function targetsOfRecord(record: Resource): { property: string; value: Read }[] {
    const properties = Read.of(record);
    const aliases = properties.at("aliases").items();
    const native = properties.at("aliasTarget");
    const records = record.type.startsWith("aws-native:") ? "resourceRecords" : "records";
    return [
        ...aliases.map((alias) => ({ property: "aliases", value: alias.at("name") })),
        ...(native.isAbsent ? [] : [{ property: "aliasTarget", value: native.at("dnsName") }]),
        ...properties
            .at(records)
            .items()
            .map((value) => ({ property: records, value })),
    ];
}

/** A record's name may be given with its zone or without. */
function namesOf(graph: Graph, record: Resource): string[] {
    const properties = Read.of(record);
    const name = properties.at("name").text;
    const zones = graph
        .resolve(
            record,
            properties.either("zoneId", "hostedZoneId").path,
            properties.either("zoneId", "hostedZoneId").value,
            ZONE_TYPES,
        )
        .map((zone) => Read.of(zone).at("name").text);
    const names = [
        properties.at("fqdn").text,
        name,
        ...(name === undefined ? [] : zones.map((zone) => (zone === undefined ? undefined : `${name}.${zone}`))),
    ];
    return [...new Set(names.filter((text) => text !== undefined).map(hostName))];
}

/** From the distribution on, by the origin's name. */
export function originStep({ distribution, origin }: Pick<Entry, "distribution" | "origin">): ChainStep {
    return step("distribution", distribution, origin.domainName, origin.domainName.shown());
}

/** A name as DNS compares it; `dualstack.` before a load balancer's name leads to the same one. */
export function hostName(name: string): string {
    return name
        .toLowerCase()
        .replace(/\.$/, "")
        .replace(/^dualstack\.(?=.*\.elb\.)/, "");
}

/** A name that AWS gave a load balancer, of any type. */
export function isLoadBalancerName(name: string | undefined): boolean {
    return name !== undefined && /\.elb\.([a-z0-9-]+\.)?amazonaws\.com(\.cn)?$/.test(hostName(name));
}

function children(
    graph: Graph,
    types: readonly string[],
    property: string,
    ownerTypes: readonly string[],
): Map<Resource, Resource[]> {
    const pairs = graph.ofType(...types).flatMap((child) => {
        const value = Read.of(child).at(property).value;
        return graph.resolve(child, property, value, ownerTypes).map((owner) => ({ owner, child }));
    });
    const grouped = groupBy(pairs, ({ owner }) => owner);
    return new Map([...grouped].map(([owner, found]) => [owner, found.map(({ child }) => child)]));
}

function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
    const groups = new Map<Key, Item[]>();
    for (const item of items) {
        const key = keyOf(item);
        const group = groups.get(key);
        if (group === undefined) {
            groups.set(key, [item]);
        } else {
            group.push(item);
        }
    }
    return groups;
}

function comesFromAnotherStack(resource: Resource, property: string): boolean {
    return (resource.propertyDependencies[property] ?? []).some((urn) => urn.includes("pulumi:pulumi:StackReference"));
}

/** Says of each VPC origin that is made outside this stack that its settings, which stand there, cannot be read. */
export function reportForeignVpcOrigins(graph: Graph, report: Report, question: (name: string) => string): void {
    for (const distribution of graph.ofType(...DISTRIBUTION_TYPES)) {
        const property = originsProperty(distribution);
        for (const origin of originsOf(distribution)) {
            const id = origin.vpcOriginId;
            const mayBeForeign = id.isUnknown && comesFromAnotherStack(distribution, property);
            const found = graph.resolve(distribution, property, id.value, VPC_ORIGIN_TYPES);
            if (!origin.isVpc || (found.length > 0 && !mayBeForeign)) {
                continue;
            }
            const cause =
                id.isAbsent || found.length > 0
                    ? undefined
                    : `the VpcOrigin${id.text === undefined ? "" : ` ${id.text}`}, which sets it, is not in this stack. Run this pack on the stack that makes it`;
            cannotTell(report, distribution, id, question(nameOf(origin)), cause);
        }
    }
}

/**
 * Says that a distribution's origin may or may not be a load balancer: once for each origin whose name comes from
 * outside the stack or from nowhere that the engine told. A name that comes from another resource of the stack, a
 * bucket for example, is not a load balancer's.
 */
export function reportUnknownOrigins(graph: Graph, report: Report, question: string): void {
    for (const distribution of graph.ofType(...DISTRIBUTION_TYPES)) {
        const property = originsProperty(distribution);
        const sources = distribution.propertyDependencies[property] ?? [];
        if (sources.length > 0 && !comesFromAnotherStack(distribution, property)) {
            continue;
        }
        for (const origin of originsOf(distribution)) {
            const decisive = origin.vpcOriginId.isAbsent ? origin.domainName : origin.vpcOriginId;
            if (!decisive.isUnknown || linksOf(graph).entriesFrom(distribution, origin).length > 0) {
                continue;
            }
            if (origin.custom.isAbsent && origin.vpcOriginId.isAbsent) {
                continue;
            }
            cannotTell(report, distribution, decisive, question);
        }
    }
}
