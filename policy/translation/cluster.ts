import { groupBy, isObject, once, own, pathTo, UNKNOWN, type Graph, type Resource, type Value } from "../graph";
import { itemsOf } from "./intrinsics";
import { manifestOf, manifestTypes } from "./manifest";

/** An object of a cluster: a resource, or an item of one that holds a list. */
export interface ClusterObject {
    readonly resource: Resource;
    readonly object: Record<string, Value>;
    /** Where it is written in the resource; empty where the resource is the object. */
    readonly path: string;
}

export const annotationPrefix = "alb.ingress.kubernetes.io/";
export const ingressTypes = /^kubernetes:(networking\.k8s\.io|extensions)\/v1\w*:Ingress(List|Patch)?$/;
export const classParametersTypes =
    /^kubernetes:(elbv2\.k8s\.aws|eks\.amazonaws\.com)\/v1\w*:IngressClassParams(List|Patch)?$/;
export const serviceTypes = /^kubernetes:core\/v1:Service(List|Patch)?$/;
export const gatewayTypes = /^kubernetes:gateway\.networking\.k8s\.io\/v1\w*:Gateway(List|Patch)?$/;
export const gatewayClassTypes = /^kubernetes:gateway\.networking\.k8s\.io\/v1\w*:GatewayClass(List|Patch)?$/;
export const gatewaySettingsTypes = /^kubernetes:gateway\.k8s\.aws\/v1\w*:LoadBalancerConfiguration(List|Patch)?$/;
export const ingressClassTypes = /^kubernetes:networking\.k8s\.io\/v1\w*:IngressClass(List|Patch)?$/;

/** The objects that a resource holds. */
export function objectsOf(resource: Resource): ClusterObject[] {
    if (manifestTypes.test(resource.type)) {
        const { object, path } = manifestOf(resource);
        return object === undefined ? [] : [{ resource, object, path }];
    }
    if (!resource.type.endsWith("List")) {
        return [{ resource, object: resource.properties, path: "" }];
    }
    const { items } = resource.properties;
    return itemsOf(items).flatMap((object, index) =>
        isObject(object) ? [{ resource, object, path: `items[${index}]` }] : [],
    );
}

/** The objects of a stack that decide together what the AWS Load Balancer Controller makes of an Ingress or a Gateway. */
export interface Cluster {
    readonly ingresses: readonly ClusterObject[];
    readonly classes: readonly ClusterObject[];
    readonly classParameters: readonly ClusterObject[];
    readonly gateways: readonly ClusterObject[];
    readonly gatewayClasses: readonly ClusterObject[];
    /** LoadBalancerConfigurations. */
    readonly gatewaySettings: readonly ClusterObject[];
    /** By their names; those whose names are not known are under {@link UNKNOWN}. */
    readonly services: ReadonlyMap<Value, readonly ClusterObject[]>;
}

/** @param stack undefined where a resource is judged by itself */
export function clusterOf(stack: Graph | undefined): Cluster {
    return stack === undefined ? clusterHolding([]) : clusterIn(stack);
}

const clusterIn = once(({ resources }: Graph) => clusterHolding(resources));

function clusterHolding(resources: readonly Resource[]): Cluster {
    const typeOf = (resource: Resource) =>
        manifestTypes.test(resource.type) ? manifestOf(resource).type : resource.type;
    const of = (types: RegExp) => resources.filter((each) => types.test(typeOf(each) ?? "")).flatMap(objectsOf);
    return {
        ingresses: of(ingressTypes),
        classes: of(ingressClassTypes),
        classParameters: of(classParametersTypes),
        gateways: of(gatewayTypes),
        gatewayClasses: of(gatewayClassTypes),
        gatewaySettings: of(gatewaySettingsTypes),
        services: groupBy(of(serviceTypes), nameOf),
    };
}

/** A property of properties; unknown below what is unknown. */
export function within(value: Value, ...keys: readonly string[]): Value {
    return keys.reduce<Value>((holder, key) => (holder === UNKNOWN ? UNKNOWN : own(holder, key)), value);
}

export function nameOf({ object }: ClusterObject): Value {
    return own(own(object, "metadata"), "name");
}

export function annotationsOf(object: Value): Value {
    const metadata = own(object, "metadata");
    return isObject(metadata) ? own(metadata, "annotations") : metadata;
}

/** An annotation of the controller; one that names nothing (`""`, `","`) is none to it. */
export function annotationOf(object: Value, name: string): Value {
    const value = own(annotationsOf(object), annotationPrefix + name);
    return typeof value === "string" && /^[\s,]*$/.test(value) ? undefined : value;
}

/** Where an annotation of the controller is written. */
export function annotationPath(path: string, name: string): string {
    return ["metadata", "annotations", annotationPrefix + name].reduce(pathTo, path);
}

/** `a, b` and `[a, b]` alike. */
export function listOf(value: Value): Value {
    if (typeof value === "string") {
        return value
            .split(",")
            .map((item) => item.trim())
            .filter((item) => item !== "");
    }
    return value ?? [];
}
