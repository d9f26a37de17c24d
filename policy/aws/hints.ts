import { once, Read, type Graph, type Resource } from "../graph";
import { certificateReads, certificatesNamed } from "./certificates";
import { configOf, type Origin } from "./distributions";
import { hostName } from "./dnsRecords";
import { headerConditions } from "./headerConditions";
import type { Hosts } from "./hosts";
import { isApplication, LOAD_BALANCER_TYPES } from "./loadBalancers";
import { linksOf } from "./entries";

/** A sign that an origin is a load balancer of this stack, though no record of this stack leads there. */
export interface Hint {
    readonly loadBalancer: Resource;
    /** Completes "load balancer "x" ...". */
    readonly reason: string;
}

interface Signs {
    /** By the name of a header in lower case. */
    readonly headers: ReadonlyMap<string, readonly { readonly loadBalancer: Resource; readonly condition: Demand }[]>;
    readonly certificates: ReadonlyMap<unknown, Resource>;
    /** By a name that an Ingress answers for. */
    readonly ingressHosts: ReadonlyMap<string, Resource>;
    readonly hosts: Hosts;
    readonly found: Map<Origin, Hint | undefined>;
}

type Demand = ReturnType<typeof headerConditions>[number];

/** The first sign that there is; several rules ask for the same one. */
export function hintOf(graph: Graph, distribution: Resource, origin: Origin): Hint | undefined {
    const signs = signsOf(graph);
    if (!signs.found.has(origin)) {
        signs.found.set(origin, hintsOf(graph, signs, distribution, origin)[0]);
    }
    return signs.found.get(origin);
}

function hintsOf(graph: Graph, signs: Signs, distribution: Resource, origin: Origin): Hint[] {
    const domainName = hostName(origin.domainName.text ?? "");
    const perhaps = signs.hosts.perhapsBehind(domainName);
    const answering =
        [domainName, domainName.replace(/^[^.]*/, "*")].find((name) => signs.ingressHosts.has(name)) ?? "";
    const answerer = signs.ingressHosts.get(answering);
    const demanding = origin.headers.flatMap(({ name, value }) =>
        (signs.headers.get(name.text?.toLowerCase() ?? "") ?? [])
            .filter(({ condition }) =>
                condition.patterns.some((pattern) => value.text === undefined || pattern.accepts(value.text) !== false),
            )
            .map(({ loadBalancer }) => ({
                loadBalancer,
                reason: `demands the header ${name.shown()} that the distribution sends`,
            })),
    );
    const certificate = configOf(distribution).at("viewerCertificate", "acmCertificateArn");
    const sharing = identities(graph, distribution, certificate).flatMap(
        (identity) => signs.certificates.get(identity) ?? [],
    );
    return [
        ...perhaps.map(({ record, loadBalancer }) => ({
            loadBalancer,
            reason: `is behind record "${record.name}", whose zone is not known in this stack`,
        })),
        ...(answerer === undefined
            ? []
            : [{ loadBalancer: answerer, reason: `is created for an Ingress that answers for "${answering}"` }]),
        ...demanding,
        ...sharing.map((loadBalancer) => ({ loadBalancer, reason: "has the same certificate as the distribution" })),
    ];
}

const signsOf = once((graph: Graph): Signs => {
    const links = linksOf(graph);
    const headers = new Map<string, { loadBalancer: Resource; condition: Demand }[]>();
    const certificates = new Map<unknown, Resource>();
    const ingressHosts = new Map<string, Resource>();
    for (const loadBalancer of graph.ofType(...LOAD_BALANCER_TYPES).filter(isApplication)) {
        for (const name of Read.of(loadBalancer).at("ingressHosts").items()) {
            ingressHosts.set(hostName(name.text ?? ""), loadBalancer);
        }
        for (const listener of links.listenersOf(loadBalancer)) {
            for (const { read } of certificateReads(listener)) {
                identities(graph, listener, read).forEach((identity) => certificates.set(identity, loadBalancer));
            }
            for (const condition of links.rulesOf(listener).flatMap(headerConditions)) {
                const name = condition.name.text?.toLowerCase();
                if (name === undefined) {
                    continue;
                }
                const same = headers.get(name);
                if (same === undefined) {
                    headers.set(name, [{ loadBalancer, condition }]);
                } else {
                    same.push({ loadBalancer, condition });
                }
            }
        }
    }
    return { headers, certificates, ingressHosts, hosts: links.hosts, found: new Map() };
});

/** The certificates that a value stands for: of this stack as resources, others by their ARN. */
function identities(graph: Graph, user: Resource, read: Read): readonly unknown[] {
    const certificates = certificatesNamed(graph, user, read);
    return certificates.length > 0 || read.text === undefined ? certificates : [read.text];
}
