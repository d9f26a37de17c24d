import { isObject, own, pathTo, Read, UNKNOWN, type Resource } from "../graph";
import {
    classParametersTypes,
    clusterOf,
    gatewaySettingsTypes,
    gatewayTypes,
    ingressTypes,
    objectsOf,
    serviceTypes,
    type ClusterObject,
} from "./cluster";
import { clusterTypes } from "./clusterTypes";
import { gatewayOf, gatewaySettingsOf } from "./gateway";
import { ingressOf } from "./ingress";
import { classParametersOf } from "./ingressClassParameters";
import { serviceTargetGroups } from "./ingressTargets";
import { manifestOf, manifestTypes } from "./manifest";
import type { Translation, Translator, Unread } from "./translation";

/** What reads resources of a type of a cluster; undefined for those from which nothing is made in AWS. */
export function clusterTranslatorOf(type: string): Translator | undefined {
    if (manifestTypes.test(type)) {
        return manifest;
    }
    if (ingressTypes.test(type)) {
        return ingress;
    }
    if (serviceTypes.test(type)) {
        return service;
    }
    if (classParametersTypes.test(type)) {
        return classParameters;
    }
    if (gatewayTypes.test(type)) {
        return gateway;
    }
    if (gatewaySettingsTypes.test(type)) {
        return gatewaySettings;
    }
    if (annotationsTypes.test(type)) {
        return annotations;
    }
    const inCluster = clusterTypes.find(([pattern]) => pattern.test(type))?.[1];
    return inCluster && (() => ({ resources: [], unread: [inCluster] }));
}

/** Terraform's resources that annotate an object which something else creates. Source: its kubernetes provider, kubernetes_annotations. */
const annotationsTypes = /^([^:]+:tf:kubernetes_annotations|kubernetes:index\/annotations:Annotations)$/;

/** Annotations that say who may reach a load balancer, or that there is one. */
const opening = /^(alb\.ingress\.kubernetes\.io|service\.beta\.kubernetes\.io|kubernetes\.io\/ingress\.class$)/;

const annotations: Translator = (resource) => {
    const written = Read.of(resource).at("annotations");
    const keys = Object.keys(isObject(written.value) ? written.value : {});
    const because = written.isUnknown
        ? `${written.path} ${written.unknown}`
        : "the object with them is not written in the program as the rules read it";
    return {
        resources: [],
        unread:
            written.isUnknown || keys.some((key) => opening.test(key))
                ? [unknown("annotations from which a controller makes or opens a load balancer", written.path, because)]
                : [],
    };
};

const manifest: Translator = (resource, stack) => {
    const { type, path, because } = manifestOf(resource);
    const nothing = { resources: [], unread: [] };
    return type === undefined
        ? { ...nothing, unread: [unknown("what its manifest holds", path, because)] }
        : (clusterTranslatorOf(type)?.(resource, stack) ?? nothing);
};

/** Ingresses, alone or in a list. */
const ingress: Translator = (resource, stack) => {
    const cluster = clusterOf(stack);
    return each(resource, (object) => ingressOf(object, cluster));
};

const gateway: Translator = (resource, stack) => {
    const cluster = clusterOf(stack);
    return each(resource, (object) => gatewayOf(object, cluster));
};

/** The AWS Load Balancer Controller's settings for the load balancers of Gateways. */
const gatewaySettings: Translator = (resource, stack) => {
    const cluster = clusterOf(stack);
    return each(resource, (object) => gatewaySettingsOf(object, cluster));
};

/**
 * Services of type LoadBalancer, which are network or classic load balancers that no rule reads, and the target groups of
 * Services that say themselves what an Ingress speaks to them.
 */
const service: Translator = (resource) =>
    each(resource, (object) => ({ ...serviceOf(object), resources: serviceTargetGroups(object) }));

/** The AWS Load Balancer Controller's settings for every load balancer of a class. */
const classParameters: Translator = (resource) => each(resource, classParametersOf);

function each(resource: Resource, translate: (object: ClusterObject) => Translation): Translation {
    const all = objectsOf(resource).map(translate);
    const items = resource.type.endsWith("List") ? Read.of(resource).at("items").items() : [];
    return {
        resources: all.flatMap(({ resources }) => resources),
        unread: [
            ...all.flatMap(({ unread }) => unread),
            ...items
                .filter((item) => item.isUnknown)
                .map((item) => unknown("load balancers", item.path, `${item.path} ${item.unknown}`)),
        ],
        needsStack: all.some(({ needsStack }) => needsStack === true),
    };
}

function unknown(makes: string, path: string, because: string): Unread {
    return { makes, path, because, certain: false };
}

const fromService = "a network or classic load balancer";

function serviceOf({ object, path }: ClusterObject): Translation {
    const at = (...keys: string[]) => keys.reduce(pathTo, path);
    const spec = own(object, "spec");
    const type = spec === UNKNOWN ? UNKNOWN : own(spec, "type");
    if (type === UNKNOWN) {
        const because = `${at("spec", "type")} ${Read.inside(object, path).at("spec", "type").unknown}`;
        return { resources: [], unread: [unknown(fromService, at("spec", "type"), because)] };
    }
    if (type !== "LoadBalancer") {
        return { resources: [], unread: [] };
    }
    const annotations = own(own(object, "metadata"), "annotations");
    const keys = Object.keys(isObject(annotations) ? annotations : {});
    const loadBalancerClass = own(spec, "loadBalancerClass");
    if (
        keys.some((key) => /^(cloud\.google\.com|networking\.gke\.io)\/|kubernetes\.io\/(azure|oci|do)-/.test(key)) ||
        (typeof loadBalancerClass === "string" && !/aws|nlb/i.test(loadBalancerClass))
    ) {
        return { resources: [], unread: [] };
    }
    const certain =
        keys.some((key) => key.startsWith("service.beta.kubernetes.io/aws-load-balancer-")) ||
        (typeof loadBalancerClass === "string" && /aws|nlb/i.test(loadBalancerClass));
    const because = "a controller of the cluster creates it for the Service";
    return { resources: [], unread: [{ makes: fromService, because, path: at("spec", "type"), certain }] };
}
