import { isObject, UNKNOWN, type Value } from "../graph";
import { annotationOf, annotationsOf, listOf, oncePerObject, type Cluster, type ClusterObject } from "./cluster";
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

export const everyAddress = ["0.0.0.0/0", "::/0"];

export interface Port {
    readonly protocol: Value;
    readonly port: Value;
}

/**
 * The listeners of an Ingress. Defaults to HTTP, and to HTTPS where a certificate is named; undefined where the
 * annotation is none that the controller reads. Source: "Ingress annotations", listen-ports.
 */
export const portsOf = oncePerObject((object, cluster): readonly Port[] | undefined => {
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

/** The other Ingresses of the group, which become one load balancer with this one. */
export function membersBeside(object: ClusterObject["object"], cluster: Cluster): Member[] {
    const group = groupOf(object, cluster);
    if (group === undefined) {
        return [];
    }
    return cluster.ingresses.flatMap((other) => {
        const isMember = other.object !== object && inGroup(other.object, group, cluster);
        return isMember === false ? [] : [{ ingress: other, object: other.object, isMember }];
    });
}

function inGroup(object: ClusterObject["object"], group: Value, cluster: Cluster): Whether {
    const others = groupOf(object, cluster);
    return others !== undefined && (others === UNKNOWN || group === UNKNOWN ? UNKNOWN : others === group);
}

/**
 * Whether other members of the group say something for the load balancer of this Ingress.
 *
 * @param says unknown where the annotations of a member are not known
 */
export function groupSays(members: readonly Member[], says: (object: ClusterObject["object"]) => Whether): Whether {
    const answers = members.map(({ object, isMember }): Whether => {
        const answer = annotationsOf(object) === UNKNOWN ? UNKNOWN : says(object);
        return answer === true ? isMember : answer;
    });
    return answers.includes(true) ? true : answers.includes(UNKNOWN) ? UNKNOWN : false;
}

/**
 * The ranges of an Ingress that names none: every address, the controller's default, on each port for which neither a
 * prefix list on the Ingress itself, nor another Ingress of its group with that port, nor the settings of its class name
 * some; not known where one of those may. Source: AWS Load Balancer Controller, "Ingress annotations" and
 * "IngressClassParams", and how it merges the ports of a group.
 */
export function defaultRanges(object: ClusterObject["object"], members: readonly Member[], cluster: Cluster): Value {
    const own = namesRanges(object, cluster);
    const ports = portsOf(object, cluster) ?? [{ protocol: UNKNOWN, port: UNKNOWN }];
    const byPort = ports.map(({ port }) =>
        groupSays(members, (other) => {
            const isNamed = namesRanges(other, cluster);
            return isNamed === false ? false : both(isNamed, hasPort(other, port, cluster));
        }),
    );
    const isNamed = own === true || byPort.every((each) => each === true);
    return isNamed ? [] : own === UNKNOWN || !byPort.includes(false) ? UNKNOWN : everyAddress;
}

function both(one: Whether, other: Whether): Whether {
    return one === false || other === false ? false : one === UNKNOWN || other === UNKNOWN ? UNKNOWN : true;
}

/** Whether an Ingress has ranges or prefix lists, by its annotations or its class. */
const namesRanges = oncePerObject((object, cluster): Whether => {
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
