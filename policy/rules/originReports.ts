import { cannotTell, step } from "../finding";
import { once, type Graph, type Read, type Resource } from "../graph";
import type { ChainStep, Report } from "../rule";
import {
    DISTRIBUTION_TYPES,
    nameOf,
    originsOf,
    originsProperty,
    VPC_ORIGIN_TYPES,
    hintOf,
    linksOf,
    LOAD_BALANCER_TYPES,
    loadBalancerType,
    otherLoadBalancer,
    type Origin,
    type Entry,
} from "../aws";
import { translationOf } from "../translation";

/** What rules say of an origin that they cannot follow: why it cannot be told, after each rule's own question. */
export const messages = {
    vpcOriginElsewhere: (id: string | undefined) =>
        `the VpcOrigin${id === undefined ? "" : ` ${id}`}, which sets it, is not in this stack. Run this pack on the stack that makes it`,
    mayBeLoadBalancer: (domainName: string, loadBalancer: string, reason: string) =>
        `no record of this stack leads from ${domainName} to a load balancer, but load balancer "${loadBalancer}" ${reason}`,
};

/** From the distribution on, by the origin's name. */
export function originStep({ distribution, origin }: Pick<Entry, "distribution" | "origin">): ChainStep {
    return step("distribution", distribution, origin.domainName, origin.domainName.shown());
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
            const cause = id.isAbsent || found.length > 0 ? undefined : messages.vpcOriginElsewhere(id.text);
            cannotTell(report, distribution, id, question(nameOf(origin)), cause);
        }
    }
}

/** Whether a resource makes load balancers itself, or what no rule reads: a template, a chart, an object of a cluster. */
function mayMakeLoadBalancer(resource: Resource | undefined): boolean {
    const translation = resource && translationOf(resource);
    return (
        translation !== undefined &&
        (translation.unread.length > 0 || translation.resources.some(({ type }) => LOAD_BALANCER_TYPES.includes(type)))
    );
}

interface Uncertain {
    readonly distribution: Resource;
    readonly origin: Origin;
    readonly decisive: Read;
    readonly cause?: string;
}

/**
 * Says that a distribution's origin may or may not be a load balancer: once for each origin whose name comes from
 * outside the stack, from nowhere that the engine told, or from a resource that makes load balancers without being one.
 * A name that comes from another resource of the stack, a bucket for example, is not a load balancer's.
 */
export function reportUnknownOrigins(graph: Graph, report: Report, question: string): void {
    for (const { distribution, decisive } of unknownOriginsOf(graph)) {
        cannotTell(report, distribution, decisive, question);
    }
    reportUncertainEntries(graph, report, () => question);
    reportHints(graph, report, () => question);
}

const unknownOriginsOf = once((graph: Graph): readonly Uncertain[] => {
    const found: Uncertain[] = [];
    for (const distribution of graph.ofType(...DISTRIBUTION_TYPES)) {
        const property = originsProperty(distribution);
        const sources = distribution.propertyDependencies[property] ?? [];
        if (
            sources.length > 0 &&
            !comesFromAnotherStack(distribution, property) &&
            !sources.some((urn) => mayMakeLoadBalancer(graph.byUrn(urn)))
        ) {
            continue;
        }
        for (const origin of originsOf(distribution)) {
            const decisive = origin.vpcOriginId.isAbsent ? origin.domainName : origin.vpcOriginId;
            if (
                !decisive.isUnknown ||
                linksOf(graph).entriesFrom(origin).length > 0 ||
                otherLoadBalancer(graph, distribution, origin) !== undefined
            ) {
                continue;
            }
            if (!origin.isCustom && origin.vpcOriginId.isAbsent) {
                continue;
            }
            found.push({ distribution, origin, decisive });
        }
    }
    return found;
});

/** Says of a load balancer behind an origin that its type is not known, so that it may be none for HTTP at all. */
export function reportUncertainEntries(graph: Graph, report: Report, question: (origin: Origin) => string): void {
    for (const { loadBalancer, origin } of linksOf(graph).uncertain) {
        cannotTell(report, loadBalancer, loadBalancerType(loadBalancer), question(origin));
    }
}

/**
 * Says that an origin, whose name leads to no load balancer of this stack by any of its records, may be one all the
 * same: they share a header or a certificate, or a record of another DNS provider leads there.
 */
export function reportHints(graph: Graph, report: Report, question: (origin: Origin) => string): void {
    for (const { distribution, origin, decisive, cause } of hintedOriginsOf(graph)) {
        cannotTell(report, distribution, decisive, question(origin), cause);
    }
}

const hintedOriginsOf = once((graph: Graph): readonly Uncertain[] => {
    const found: Uncertain[] = [];
    const links = linksOf(graph);
    const uncertain = new Set(links.uncertain.map(({ origin }) => origin));
    for (const distribution of graph.ofType(...DISTRIBUTION_TYPES)) {
        for (const origin of originsOf(distribution)) {
            const { domainName } = origin;
            const isLinked = links.entriesFrom(origin).length > 0 || uncertain.has(origin);
            if (!origin.isCustom || domainName.text === undefined || isLinked) {
                continue;
            }
            const hint = hintOf(graph, distribution, origin);
            if (hint === undefined || otherLoadBalancer(graph, distribution, origin) !== undefined) {
                continue;
            }
            const cause = messages.mayBeLoadBalancer(domainName.shown(), hint.loadBalancer.name, hint.reason);
            found.push({ distribution, origin, decisive: domainName, cause });
        }
    }
    return found;
});
