import { groupBy, Read, referredTo, type Graph, type Resource } from "../graph";
import { isApplication, LISTENER_TYPES, LOAD_BALANCER_TYPES, TARGET_GROUP_TYPES, tokens } from "./loadBalancers";

export const ACCELERATOR_TYPES = [
    "aws:globalaccelerator/accelerator:Accelerator",
    "aws-native:globalaccelerator:Accelerator",
];
const ACCELERATOR_LISTENER_TYPES = ["aws:globalaccelerator/listener:Listener", "aws-native:globalaccelerator:Listener"];
const ENDPOINT_GROUP_TYPES = [
    "aws:globalaccelerator/endpointGroup:EndpointGroup",
    "aws-native:globalaccelerator:EndpointGroup",
];
const ATTACHMENT_TYPES = tokens("TargetGroupAttachment");

/** Every type that {@link Relays} reads, load balancers and their listeners aside. */
export const RELAY_TYPES: readonly string[] = [
    ...ACCELERATOR_TYPES,
    ...ACCELERATOR_LISTENER_TYPES,
    ...ENDPOINT_GROUP_TYPES,
    ...TARGET_GROUP_TYPES,
    ...ATTACHMENT_TYPES,
];

/**
 * What hands a connection on to an application load balancer without ending its TLS: an accelerator of AWS Global
 * Accelerator by its endpoint groups, and a network load balancer by a target group of type `alb`, which takes TCP
 * only. Sources: Global Accelerator Developer Guide, "Endpoints for standard accelerators"; User Guide for Network
 * Load Balancers, "Use Application Load Balancers as targets".
 */
export class Relays {
    readonly #next: ReadonlyMap<Resource, readonly Resource[]>;
    readonly #before: ReadonlyMap<Resource, readonly Resource[]>;

    constructor(graph: Graph) {
        const steps = [...acceleratedEndpoints(graph), ...balancedEndpoints(graph)];
        const next = groupBy(steps, ({ relay }) => relay);
        const before = groupBy(steps, ({ endpoint }) => endpoint);
        this.#next = new Map([...next].map(([relay, all]) => [relay, all.map(({ endpoint }) => endpoint)]));
        this.#before = new Map([...before].map(([endpoint, all]) => [endpoint, all.map(({ relay }) => relay)]));
    }

    get all(): Iterable<Resource> {
        return this.#next.keys();
    }

    /** The application load balancers that connections to this resource reach; itself where it is one. */
    behind(resource: Resource): readonly Resource[] {
        if (LOAD_BALANCER_TYPES.includes(resource.type) && isApplication(resource)) {
            return [resource];
        }
        // An accelerator may have a network load balancer as endpoint; neither leads back to an accelerator.
        return (this.#next.get(resource) ?? []).flatMap((endpoint) => this.behind(endpoint));
    }

    /** What hands connections on to this load balancer, one step before it. */
    before(loadBalancer: Resource): readonly Resource[] {
        return this.#before.get(loadBalancer) ?? [];
    }
}

/** The names that AWS gave an accelerator or a load balancer. */
export function namesOf(relay: Resource): string[] {
    return ["dnsName", "dualStackDnsName"].flatMap((property) => Read.of(relay).at(property).text ?? []);
}

interface Step {
    readonly relay: Resource;
    readonly endpoint: Resource;
}

function acceleratedEndpoints(graph: Graph): Step[] {
    return graph.ofType(...ENDPOINT_GROUP_TYPES).flatMap((group) => {
        const listeners = named(graph, group, Read.of(group).at("listenerArn"), ACCELERATOR_LISTENER_TYPES);
        const relays = listeners.flatMap((listener) =>
            named(graph, listener, Read.of(listener).at("acceleratorArn"), ACCELERATOR_TYPES),
        );
        const endpoints = Read.of(group)
            .at("endpointConfigurations")
            .items()
            .flatMap((endpoint) => named(graph, group, endpoint.at("endpointId"), LOAD_BALANCER_TYPES));
        return relays.flatMap((relay) => endpoints.map((endpoint) => ({ relay, endpoint })));
    });
}

function balancedEndpoints(graph: Graph): Step[] {
    const targetGroups = graph
        .ofType(...TARGET_GROUP_TYPES)
        .filter((group) => Read.of(group).at("targetType").text === "alb");
    if (targetGroups.length === 0) {
        return [];
    }
    const attachments = referredTo(graph, ATTACHMENT_TYPES, "targetGroupArn", TARGET_GROUP_TYPES).by;
    const endpointsOf = (group: Resource) => [
        ...Read.of(group)
            .at("targets")
            .items()
            .flatMap((target) => named(graph, group, target.at("id"), LOAD_BALANCER_TYPES)),
        ...(attachments.get(group) ?? []).flatMap((attachment) =>
            named(graph, attachment, Read.of(attachment).at("targetId"), LOAD_BALANCER_TYPES),
        ),
    ];
    return graph.ofType(...LISTENER_TYPES).flatMap((listener) => {
        const groups = targetGroupReads(Read.of(listener).at("defaultActions"))
            .flatMap((read) => named(graph, listener, read, TARGET_GROUP_TYPES))
            .filter((group) => targetGroups.includes(group));
        if (groups.length === 0) {
            return [];
        }
        const relays = named(graph, listener, Read.of(listener).at("loadBalancerArn"), LOAD_BALANCER_TYPES);
        const endpoints = groups.flatMap(endpointsOf).filter(isApplication);
        return relays
            .filter((relay) => !isApplication(relay))
            .flatMap((relay) => endpoints.map((endpoint) => ({ relay, endpoint })));
    });
}

function targetGroupReads(actions: Read): Read[] {
    return actions.items().flatMap((action) => [
        action.at("targetGroupArn"),
        ...action
            .either("forward", "forwardConfig")
            .at("targetGroups")
            .items()
            .map((group) => group.either("arn", "targetGroupArn")),
    ]);
}

function named(graph: Graph, owner: Resource, read: Read, types: readonly string[]): readonly Resource[] {
    return read.isAbsent ? [] : graph.resolve(owner, read.topLevel, read.value, types);
}
