import { groupBy, once, own, pathTo, Read, UNKNOWN, type Resource, type Value } from "../graph";
import { nameOf, within, type Cluster, type ClusterObject } from "./cluster";
import { refuse } from "./ingressBackends";
import { gatewayDefaults } from "./ingressGroups";
import { itemsOf } from "./intrinsics";
import { decidedElsewhere, listenerOf, madeLoadBalancer, tokenOf, type Placed } from "./madeLoadBalancer";
import type { Translation, Unread } from "./translation";

const albController = "gateway.k8s.aws/alb";

const unreadGateway: Unread = {
    makes: "a load balancer",
    because: "the controller of its GatewayClass creates it",
    certain: true,
};

const unreadSettings: Unread = {
    makes: "settings of the load balancers of Gateways",
    because: "the Gateway decides whether they are those of an application load balancer",
    certain: false,
};

/** Of a Gateway whose load balancer the rules read. */
const rest: Unread = {
    makes: "listeners, listener rules and target groups of an application load balancer",
    because:
        "the rules read who may reach it and which listeners take plain HTTP, but neither other listeners nor routes",
    certain: false,
};

/** No object of the stack says what the attributes are, so that there is none to correct them in. */
const restOfDefault: Unread = { ...rest, makes: `attributes, ${rest.makes}` };

/**
 * What the AWS Load Balancer Controller makes of a Gateway whose class the stack holds: an application load balancer
 * with the settings of one LoadBalancerConfiguration, which is judged where those are written, or with the defaults.
 * Sources: AWS Load Balancer Controller, "LoadBalancerConfiguration" and "Customization", and how it builds the security
 * group of a Gateway.
 */
export function gatewayOf(gateway: ClusterObject, cluster: Cluster): Translation {
    const settings = settingsOf(gateway, cluster);
    if (settings === undefined) {
        return { resources: [], unread: [unreadGateway], needsStack: true };
    }
    const { resource, path } = gateway;
    const settingsPath = ["spec", "infrastructure", "parametersRef"].reduce(pathTo, path);
    const nothing: Placed = [undefined, settingsPath];
    const byDefault =
        settings === "none"
            ? madeLoadBalancer(resource, {
                  path,
                  cidrs: [gatewayDefaults.ipv4, settingsPath],
                  lists: [
                      undefined,
                      `${settingsPath} with a LoadBalancerConfiguration, and in it spec.securityGroupPrefixes`,
                  ],
                  groups: nothing,
                  listeners: [],
                  attributes: [decidedElsewhere(), settingsPath],
              })
            : [];
    const balancer = settings === "none" ? tokenOf(resource, path) : tokenOf(settings.resource, settings.path);
    return {
        resources: [...byDefault, ...plainListeners(gateway, balancer)],
        unread: [settings === "none" ? restOfDefault : rest],
        needsStack: true,
    };
}

/**
 * The listeners that take plain HTTP, or may: no route of theirs changes that. What decides about the others, such as
 * their policy, is in several objects. Source: Gateway API, "Listener"; the controller's default action is a 404.
 */
function plainListeners({ resource, object, path }: ClusterObject, balancer: string): Resource[] {
    const listenersPath = pathTo(pathTo(path, "spec"), "listeners");
    return itemsOf(within(object, "spec", "listeners")).flatMap((listener, index) => {
        const at = `${listenersPath}[${index}]`;
        const written = (name: string): Placed => [within(listener, name), pathTo(at, name)];
        const protocol = written("protocol");
        return protocol[0] === "HTTP" || protocol[0] === UNKNOWN
            ? listenerOf(
                  resource,
                  path === "" ? undefined : path,
                  {
                      protocol,
                      port: written("port"),
                      policy: [undefined, at],
                      isPolicyElsewhere: true,
                      actions: [refuse, at],
                  },
                  { balancer, own: `${tokenOf(resource, path)}.listener[${index}]` },
              )
            : [];
    });
}

/** The settings of the load balancers of Gateways, where they are those of application load balancers of the stack. */
export function gatewaySettingsOf(settings: ClusterObject, cluster: Cluster): Translation {
    const { resource, object, path } = settings;
    const spec = own(object, "spec");
    if (!settingsUsedIn(cluster).has(object)) {
        return { resources: [], unread: [unreadSettings], needsStack: true };
    }
    const at = (name: string) => pathTo(pathTo(path, "spec"), name);
    if (spec === UNKNOWN) {
        const because = `${pathTo(path, "spec")} ${Read.inside(object, path).at("spec").unknown}`;
        return {
            resources: [],
            unread: [{ ...unreadSettings, because, path: pathTo(path, "spec") }],
            needsStack: true,
        };
    }
    const written = (name: string): Placed => [own(spec, name) ?? undefined, at(name)];
    const [groups, groupsPath] = written("securityGroups");
    const resources = madeLoadBalancer(resource, {
        path,
        cidrs: [rangesOf(spec), at("sourceRanges")],
        lists: written("securityGroupPrefixes"),
        groups: [Array.isArray(groups) && groups.length === 0 ? undefined : groups, groupsPath],
        listeners: [],
        attributes: [own(spec, "loadBalancerAttributes") ?? [], at("loadBalancerAttributes")],
    });
    return { resources, unread: [], needsStack: true };
}

/**
 * The ranges that the controller allows: every address where none are given, also beside prefix lists; those of IPv6 only
 * on a load balancer that has such addresses.
 */
function rangesOf(spec: Value): Value {
    const ranges = own(spec, "sourceRanges") ?? undefined;
    const addresses = own(spec, "ipAddressType") ?? "ipv4";
    if (addresses === UNKNOWN || (typeof addresses === "string" && addresses.startsWith("dualstack"))) {
        return ranges ?? gatewayDefaults.dualstack;
    }
    if (!Array.isArray(ranges)) {
        return ranges ?? gatewayDefaults.ipv4;
    }
    return (ranges as Value[]).map((range) => (typeof range === "string" && range.includes(":") ? undefined : range));
}

/**
 * The one object with the settings of a Gateway's application load balancer, or that it has none; undefined where the
 * stack does not show which controller makes it, or with which settings.
 */
function settingsOf(gateway: ClusterObject, cluster: Cluster): ClusterObject | "none" | undefined {
    const className = within(gateway.object, "spec", "gatewayClassName");
    const classes = classesByName(cluster).get(className) ?? [];
    const isAlb = classes.every(({ object }) => within(object, "spec", "controllerName") === albController);
    if (typeof className !== "string" || classes.length === 0 || !isAlb) {
        return undefined;
    }
    const ofGateway = within(gateway.object, "spec", "infrastructure", "parametersRef") ?? undefined;
    const references = [
        ...(ofGateway === undefined ? [] : [{ reference: ofGateway, namespace: namespaceOf(gateway) }]),
        ...classes.flatMap(({ object }) => {
            const reference = within(object, "spec", "parametersRef") ?? undefined;
            return reference === undefined ? [] : [{ reference, namespace: within(reference, "namespace") }];
        }),
    ];
    const [first, ...others] = references;
    if (first === undefined) {
        return "none";
    }
    const name = within(first.reference, "name");
    const ofName = settingsByName(cluster).get(name) ?? [];
    const named = ofName.filter((each) => mayBeSame(namespaceOf(each), first.namespace));
    // Which of two settings of a class and its Gateway holds is decided property by property.
    return typeof name === "string" && others.length === 0 && named.length === 1 ? named[0] : undefined;
}

const classesByName = once(({ gatewayClasses }: Cluster) => groupBy(gatewayClasses, nameOf));

const settingsByName = once(({ gatewaySettings }: Cluster) => groupBy(gatewaySettings, nameOf));

/** What one Gateway or several say that their load balancers have: every object with settings is looked for in it. */
const settingsUsedIn = once(
    (cluster: Cluster) =>
        new Set(
            cluster.gateways.map((gateway) => {
                const settings = settingsOf(gateway, cluster);
                return settings === "none" ? undefined : settings?.object;
            }),
        ),
);

function namespaceOf({ object }: ClusterObject): Value {
    return within(object, "metadata", "namespace");
}

function mayBeSame(one: Value, other: Value): boolean {
    return typeof one !== "string" || typeof other !== "string" || one === other;
}
