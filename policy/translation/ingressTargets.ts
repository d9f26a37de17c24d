import { dependenciesOf, own, UNKNOWN, type Resource, type Value } from "../graph";
import { annotationOf, annotationPath, annotationsOf, type Cluster, type ClusterObject } from "./cluster";
import { defaultBackendOf, pathBackendsOf } from "./ingressBackends";
import type { Whether } from "./ingressClasses";
import { madeTypes } from "./madeLoadBalancer";
import { madeBy, placed } from "./translation";

const protocolName = "backend-protocol";
const healthCheckName = "healthcheck-protocol";

/**
 * The target groups of an Ingress, as far as it decides about them itself: an annotation of the Service goes before its
 * own, and a health check speaks the protocol of requests unless one names another. Source: AWS Load Balancer
 * Controller, "Ingress annotations" and how it builds target groups.
 *
 * @param isPatch whether what is not written is somewhere else
 */
export function targetGroupsOf(ingress: ClusterObject, cluster: Cluster, isPatch: boolean): Resource[] {
    const backends = [defaultBackendOf(ingress), ...pathBackendsOf(ingress)].filter((each) => each !== undefined);
    const certain = new Set(backends.flatMap(({ actions, services }) => (actions === UNKNOWN ? [] : services)));
    const possible = new Set(backends.flatMap(({ services }) => services).filter((each) => !certain.has(each)));
    const missing = isPatch ? encrypted : undefined;
    return [...certain, ...possible].map((service) => {
        const named = servicesNamed(service, ingress, cluster);
        const valueOf = (name: string, otherwise: Value): Value => {
            const byService = decides(named, name);
            const value = byService === UNKNOWN ? UNKNOWN : (annotationOf(ingress.object, name) ?? otherwise);
            const judged = byService === true ? encrypted : value;
            return judged === encrypted || certain.has(service) ? judged : UNKNOWN;
        };
        return targetGroup(ingress, valueOf(protocolName, missing), valueOf(healthCheckName, encrypted));
    });
}

/** The target group of a Service, as far as its own annotations decide about it. */
export function serviceTargetGroups(service: ClusterObject): Resource[] {
    const protocol = annotationOf(service.object, protocolName);
    const healthCheck = annotationOf(service.object, healthCheckName);
    return protocol === undefined && healthCheck === undefined
        ? []
        : [targetGroup(service, protocol ?? encrypted, healthCheck ?? encrypted)];
}

/** What another object decides, where the rules judge it: here, nothing is wrong with it. */
const encrypted = "HTTPS";

function targetGroup({ resource, path }: ClusterObject, protocol: Value, healthCheckProtocol: Value): Resource {
    const protocolPath = annotationPath(path, protocolName);
    return madeBy(resource, {
        type: madeTypes.targetGroup,
        part: path === "" ? undefined : path,
        properties: placed(
            {
                protocol: [protocol, protocolPath],
                healthCheckProtocol: [healthCheckProtocol, annotationPath(path, healthCheckName)],
            },
            protocolPath,
        ),
    });
}

/** The Services of the stack that a name of an Ingress means, or may mean where it is not known. */
function servicesNamed(name: Value, { resource, object }: ClusterObject, { services }: Cluster): ClusterObject[] {
    const namespace = namespaceOf(object);
    const inNamespace = (service: ClusterObject) =>
        [namespaceOf(service.object), namespace].some((one) => typeof one !== "string") ||
        namespaceOf(service.object) === namespace;
    if (name !== UNKNOWN) {
        return (services.get(name) ?? []).filter(inNamespace);
    }
    const all = [...services.values()].flat().filter(inNamespace);
    const sources = dependenciesOf(resource, "spec");
    const referred = all.filter((service) => sources.includes(service.resource.urn));
    return referred.length > 0 ? referred : all;
}

function namespaceOf(object: Value): Value {
    return own(own(object, "metadata"), "namespace");
}

/** Whether an annotation of the Service that an Ingress names decides; unknown where one of those that it may name may. */
function decides(services: readonly ClusterObject[], name: string): Whether {
    const answers = new Set(
        services.map(({ object }): Whether => {
            return annotationsOf(object) === UNKNOWN ? UNKNOWN : annotationOf(object, name) !== undefined;
        }),
    );
    const [answer = false] = answers;
    return answers.size > 1 ? UNKNOWN : answer;
}
