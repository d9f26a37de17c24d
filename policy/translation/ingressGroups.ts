import { isObject, onceWithin, own, UNKNOWN, type Value } from "../graph";
import { annotationOf, annotationsOf, listOf, type Cluster, type ClusterObject } from "./cluster";
import {
    certificateSettings,
    classDecides,
    classSettingsOf,
    groupOf,
    listSettings,
    rangeSettings,
    type Whether,
} from "./ingressClasses";
import { parsedJson } from "./translation";

export const everyAddress: Value = ["0.0.0.0/0", "::/0"];
/** The default of a Gateway, by the addresses of its load balancer: prefix lists do not take its place. */
export const gatewayDefaults: { readonly ipv4: Value; readonly dualstack: Value } = {
    ipv4: ["0.0.0.0/0"],
    dualstack: ["0.0.0.0/0", "::/0"],
};

/** Whether a rule of a security group holds the ranges that the controller allows where none are named. */
export function hasDefaultRanges(rule: Value): boolean {
    const ranges = own(rule, "cidrBlocks");
    return ranges === everyAddress || isGatewayDefault(rule);
}

/** Whether these are ranges that only an empty list takes away. */
export function isGatewayDefault(rule: Value): boolean {
    return Object.values(gatewayDefaults).includes(own(rule, "cidrBlocks"));
}

export interface Port {
    readonly protocol: Value;
    readonly port: Value;
}

/**
 * The listeners of an Ingress. Defaults to HTTP, and to HTTPS where a certificate is named; undefined where the
 * annotation is none that the controller reads. Source: "Ingress annotations", listen-ports.
 */
export const portsOf = onceWithin((object: ClusterObject["object"], cluster: Cluster): readonly Port[] | undefined => {
    const given = annotationOf(object, "listen-ports") ?? defaultPorts(object, cluster);
    if (given === UNKNOWN) {
        return [{ protocol: UNKNOWN, port: UNKNOWN }];
    }
    const ports = parsedJson(given);
    return Array.isArray(ports)
        ? (ports as unknown[])
              .flatMap((entry) => Object.entries(isObject(entry) ? entry : {}))
              .map(([protocol, port]) => ({ protocol, port }))
        : undefined;
});

function defaultPorts(object: ClusterObject["object"], cluster: Cluster): Value {
    const byClass = classDecides(classSettingsOf(object, cluster), ...certificateSettings);
    if (byClass === "declared" || byClass === "assumed" || annotationOf(object, "certificate-arn") !== undefined) {
        return '[{"HTTPS": 443}]';
    }
    return byClass === "possible" ? UNKNOWN : '[{"HTTP": 80}]';
}

interface Member {
    readonly ingress: ClusterObject;
    readonly object: ClusterObject["object"];
    /** Unknown where it is not known whether it is in the group. */
    readonly isMember: Whether;
}

/** Ingresses that become one load balancer: one and the same object for all of them, so that it is asked only once. */
export interface Group {
    readonly cluster: Cluster;
    readonly members: readonly Member[];
}

const groupNamed = onceWithin((name: Value, cluster: Cluster): Group => {
    const members = cluster.ingresses.flatMap((ingress): Member[] => {
        const isMember = name !== undefined && inGroup(ingress.object, name, cluster);
        return isMember === false ? [] : [{ ingress, object: ingress.object, isMember }];
    });
    return { cluster, members };
});

/** The group of an Ingress, with the Ingress itself; without members where it is in none. */
export function groupAround(object: ClusterObject["object"], cluster: Cluster): Group {
    return groupNamed(groupOf(object, cluster), cluster);
}

function inGroup(object: ClusterObject["object"], group: Value, cluster: Cluster): Whether {
    const others = groupOf(object, cluster);
    return others !== undefined && (others === UNKNOWN || group === UNKNOWN ? UNKNOWN : others === group);
}

/**
 * Whether members of a group say something for its load balancer.
 *
 * @param says unknown where the annotations of a member are not known
 */
export function groupSays({ members }: Group, says: (object: ClusterObject["object"]) => Whether): Whether {
    const answers = members.map(({ object, isMember }): Whether => {
        const answer = annotationsOf(object) === UNKNOWN ? UNKNOWN : says(object);
        return answer === true ? isMember : answer;
    });
    return answers.includes(true) ? true : answers.includes(UNKNOWN) ? UNKNOWN : false;
}

/** Whether members of a group have an annotation. */
export const groupHas = onceWithin((annotation: string, group: Group): Whether =>
    groupSays(group, (object) => annotationOf(object, annotation) !== undefined),
);

/**
 * The ranges of an Ingress that names none: every address, the controller's default, on each port for which neither a
 * prefix list on the Ingress itself, nor another Ingress of its group with that port, nor the settings of its class name
 * some; not known where one of those may. Source: AWS Load Balancer Controller, "Ingress annotations" and
 * "IngressClassParams", and how it merges the ports of a group.
 */
export function defaultRanges(object: ClusterObject["object"], group: Group): Value {
    const byItself = namesRanges(object, group.cluster);
    const ports = portsOf(object, group.cluster) ?? [{ protocol: UNKNOWN, port: UNKNOWN }];
    const byPort = ports.map(({ port }) => groupNamesRanges(port, group));
    const isNamed = byItself === true || byPort.every((each) => each === true);
    return isNamed ? [] : byItself === UNKNOWN || !byPort.includes(false) ? UNKNOWN : everyAddress;
}

/** Whether members of a group with this port have ranges or prefix lists. */
const groupNamesRanges = onceWithin((port: Value, group: Group): Whether =>
    groupSays(group, (object) => {
        const isNamed = namesRanges(object, group.cluster);
        return isNamed === false ? false : both(isNamed, hasPort(object, port, group.cluster));
    }),
);

function both(one: Whether, other: Whether): Whether {
    return one === false || other === false ? false : one === UNKNOWN || other === UNKNOWN ? UNKNOWN : true;
}

/** Whether an Ingress has ranges or prefix lists, by its annotations or its class. */
const namesRanges = onceWithin((object: ClusterObject["object"], cluster: Cluster): Whether => {
    if (["inbound-cidrs", "security-group-prefix-lists"].some((name) => annotationOf(object, name) !== undefined)) {
        return true;
    }
    const byClass = classDecides(classSettingsOf(object, cluster), ...rangeSettings, ...listSettings);
    return byClass === "possible" ? UNKNOWN : byClass !== "no";
});

export function hasPort(object: ClusterObject["object"], port: Value, cluster: Cluster): Whether {
    const ports = portsOf(object, cluster)?.map((each) => each.port) ?? [UNKNOWN];
    return ports.includes(UNKNOWN) || port === UNKNOWN ? UNKNOWN : ports.includes(port);
}

/** The keys of attributes in an annotation, `access_logs.s3.enabled=true,...`, as aws-native writes attributes. */
export function attributesIn(object: Value): { readonly key: string; readonly value: string }[] | typeof UNKNOWN {
    const pairs = listOf(annotationOf(object, "load-balancer-attributes"));
    if (annotationsOf(object) === UNKNOWN || !Array.isArray(pairs)) {
        return UNKNOWN;
    }
    return (pairs as unknown[]).map((pair) => {
        const [key = "", ...rest] = String(pair).split("=");
        return { key: key.trim(), value: rest.join("=").trim() };
    });
}
