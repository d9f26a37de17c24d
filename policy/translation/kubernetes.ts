import { isObject, own, pathTo, UNKNOWN, type Graph, type Resource, type Value } from "../graph";
import {
    annotationOf,
    annotationPrefix,
    classNameOf,
    classRangesOf,
    declaredClass,
    defaultRanges,
} from "./ingressRanges";
import { madeBy, placed, type Translation, type Translator, type Unread } from "./translation";

/** Classes of controllers that make no load balancer of AWS for an Ingress. */
const otherClasses =
    /(?<![a-z])(nginx|traefik|haproxy|contour|istio|kong|gce|azure|openshift|ambassador|apisix|skipper|cilium|voyager|tailscale|cloudflare)(?![a-z])/i;

/** Controllers of an IngressClass whose Ingresses become application load balancers. */
const albControllers = ["ingress.k8s.aws/alb", "eks.amazonaws.com/alb"];

export const serviceTypes = /^kubernetes:core\/v1:Service(List|Patch)?$/;

/** Ingresses, alone or in a list. */
export const ingress: Translator = (resource, stack) =>
    each(resource, (object, path) => one(resource, object, path, stack));

/** Services of type LoadBalancer: network or classic load balancers, which no rule reads. */
export const service: Translator = (resource) => each(resource, serviceOf);

/** The AWS Load Balancer Controller's settings for every load balancer of a class. */
export const classParameters: Translator = (resource) => {
    const { cidrs, lists } = classRangesOf(resource);
    if (cidrs === undefined || cidrs === null) {
        return nothing;
    }
    return made(resource, "", {
        cidrs: [cidrs, "spec.inboundCIDRs"],
        lists: [lists, "spec.prefixListsIDs"],
        groups: [undefined, "spec"],
        listeners: [],
        listenersPath: "spec",
        policy: [undefined, "spec"],
        attributes: [undefined, "spec"],
    });
};

const nothing: Translation = { resources: [], unread: [] };

function each(
    resource: Resource,
    translate: (object: Record<string, Value>, path: string) => Translation,
): Translation {
    if (!resource.type.endsWith("List")) {
        return translate(resource.properties, "");
    }
    const { items } = resource.properties;
    const all = (Array.isArray(items) ? (items as Value[]) : []).map((item, index) =>
        isObject(item) ? translate(item, `items[${index}]`) : nothing,
    );
    return {
        resources: all.flatMap(({ resources }) => resources),
        unread: [
            ...all.flatMap(({ unread }) => unread),
            ...(items === UNKNOWN ? [unknown("load balancers", "items", "items is not known yet")] : []),
        ],
    };
}

function unknown(makes: string, path: string, because: string): Unread {
    return { makes, path, because, certain: false };
}

const fromIngress = "an application load balancer";

function one(resource: Resource, object: Record<string, Value>, path: string, stack: Graph | undefined): Translation {
    const at = (...keys: string[]) => keys.reduce(pathTo, path);
    const metadata = own(object, "metadata");
    const annotations = own(metadata, "annotations");
    const [hidden, hiddenAt] =
        metadata === UNKNOWN ? [true, at("metadata")] : [annotations === UNKNOWN, at("metadata", "annotations")];
    if (hidden) {
        return { resources: [], unread: [unknown(fromIngress, hiddenAt, `${hiddenAt} is not known yet`)] };
    }
    const kind = classOf(object, annotations, stack);
    if (kind === "other") {
        return nothing;
    }
    if (kind === "unknown") {
        const because = "the class of the Ingress does not say which controller handles it";
        return { resources: [], unread: [unknown(fromIngress, at("spec", "ingressClassName"), because)] };
    }
    const read = (name: string) => annotationOf(annotations, name);
    const placeOf = (name: string) => at("metadata", "annotations", annotationPrefix + name);
    const written = (name: string): Placed => [read(name), placeOf(name)];
    const isPatch = resource.type.endsWith("Patch");
    const cidrs = read("inbound-cidrs") ?? (isPatch ? [] : defaultRanges(object, stack));
    return made(resource, path, {
        cidrs: [cidrs, placeOf("inbound-cidrs")],
        lists: written("security-group-prefix-lists"),
        groups: written("security-groups"),
        listeners: isPatch ? [] : listenersOf(read),
        listenersPath: placeOf("listen-ports"),
        policy: written("ssl-policy"),
        attributes: written("load-balancer-attributes"),
    });
}

type IngressClass = "alb" | "other" | "unknown";

function classOf(object: Record<string, Value>, annotations: Value, stack: Graph | undefined): IngressClass {
    const named = classNameOf(object);
    const hasAnnotation = Object.keys(isObject(annotations) ? annotations : {}).some((key) =>
        key.startsWith(annotationPrefix),
    );
    if (hasAnnotation || named === "alb") {
        return "alb";
    }
    if (typeof named !== "string") {
        return "unknown";
    }
    const controller = own(own(declaredClass(named, stack)?.properties, "spec"), "controller");
    if (typeof controller === "string") {
        return albControllers.includes(controller) ? "alb" : "other";
    }
    return otherClasses.test(named) ? "other" : "unknown";
}

interface Listener {
    readonly protocol: Value;
    readonly port: Value;
    readonly redirects: boolean;
}

/** Defaults to HTTP, and to HTTPS where a certificate is named. Source: "Ingress annotations", listen-ports. */
function listenersOf(read: (name: string) => Value): Listener[] {
    const fallback = read("certificate-arn") === undefined ? '[{"HTTP": 80}]' : '[{"HTTPS": 443}]';
    const given = read("listen-ports") ?? fallback;
    if (given === UNKNOWN) {
        return [{ protocol: UNKNOWN, port: UNKNOWN, redirects: false }];
    }
    let ports: unknown;
    try {
        ports = typeof given === "string" ? JSON.parse(given) : undefined;
    } catch {
        return [];
    }
    return (Array.isArray(ports) ? (ports as unknown[]) : [])
        .flatMap((entry) => Object.entries(isObject(entry) ? entry : {}))
        .map(([protocol, port]) => ({
            protocol,
            port,
            redirects: protocol === "HTTP" && read("ssl-redirect") !== undefined,
        }));
}

type Placed = readonly [value: Value, path: string];

interface Written {
    readonly cidrs: Placed;
    readonly lists: Placed;
    readonly groups: Placed;
    readonly listeners: readonly Listener[];
    readonly listenersPath: string;
    readonly policy: Placed;
    readonly attributes: Placed;
}

/**
 * The load balancer, its listeners, and the group that the controller makes where none is named.
 *
 * @param path of the object in a list; empty where the resource is the object
 */
function made(resource: Resource, path: string, written: Written): Translation {
    const token = `\${${resource.name}/${path}}`;
    const part = path === "" ? undefined : path;
    const group = `${token}.securityGroup`;
    const { listenersPath, policy } = written;
    const [groups, groupsPath] = written.groups;
    const [attributes, attributesPath] = written.attributes;
    const balancer = madeBy(resource, {
        type: "aws-native:elasticloadbalancingv2:LoadBalancer",
        part,
        properties: placed(
            {
                type: ["application", attributesPath],
                securityGroups: [groups === undefined ? [group] : listOf(groups), groupsPath],
                loadBalancerAttributes: [attributesOf(attributes), attributesPath],
                id: [token, attributesPath],
                loadBalancerArn: [token, attributesPath],
            },
            attributesPath,
        ),
    });
    const listeners = written.listeners.map(({ protocol, port, redirects }) =>
        madeBy(resource, {
            type: "aws-native:elasticloadbalancingv2:Listener",
            part,
            properties: placed(
                {
                    loadBalancerArn: [token, listenersPath],
                    protocol: [protocol, listenersPath],
                    port: [port, listenersPath],
                    sslPolicy: policy,
                    defaultActions: [
                        redirects
                            ? [{ type: "redirect", redirectConfig: { protocol: "HTTPS" } }]
                            : [{ type: "fixed-response", fixedResponseConfig: { statusCode: "404" } }],
                        listenersPath,
                    ],
                },
                listenersPath,
            ),
        }),
    );
    if (groups !== undefined) {
        return { resources: [balancer, ...listeners], unread: [] };
    }
    const [cidrs, cidrsPath] = written.cidrs;
    const [lists, listsPath] = written.lists;
    const rule = placed(
        { cidrBlocks: [listOf(cidrs), cidrsPath], sourcePrefixListId: [listOf(lists), listsPath] },
        cidrsPath,
    );
    const securityGroup = madeBy(resource, {
        type: "aws-native:ec2:SecurityGroup",
        part,
        properties: placed({ securityGroupIngress: [[rule], cidrsPath], id: [group, cidrsPath] }, cidrsPath),
    });
    return { resources: [balancer, securityGroup, ...listeners], unread: [] };
}

/** `a, b` and `[a, b]` alike. */
function listOf(value: Value): Value {
    if (typeof value === "string") {
        return value
            .split(",")
            .map((item) => item.trim())
            .filter((item) => item !== "");
    }
    return value ?? [];
}

/** `access_logs.s3.enabled=true,...` as aws-native writes it. */
function attributesOf(value: Value): Value {
    if (typeof value !== "string") {
        return value;
    }
    return value.split(",").map((pair) => {
        const [key = "", ...rest] = pair.split("=");
        return { key: key.trim(), value: rest.join("=").trim() };
    });
}

const fromService = "a network or classic load balancer";

function serviceOf(object: Record<string, Value>, path: string): Translation {
    const at = (...keys: string[]) => keys.reduce(pathTo, path);
    const spec = own(object, "spec");
    const type = spec === UNKNOWN ? UNKNOWN : own(spec, "type");
    if (type === UNKNOWN) {
        const because = `${at("spec", "type")} is not known yet`;
        return { resources: [], unread: [unknown(fromService, at("spec", "type"), because)] };
    }
    if (type !== "LoadBalancer") {
        return nothing;
    }
    const annotations = own(own(object, "metadata"), "annotations");
    const keys = Object.keys(isObject(annotations) ? annotations : {});
    const loadBalancerClass = own(spec, "loadBalancerClass");
    if (
        keys.some((key) => /^(cloud\.google\.com|networking\.gke\.io)\/|kubernetes\.io\/(azure|oci|do)-/.test(key)) ||
        (typeof loadBalancerClass === "string" && !/aws|nlb/i.test(loadBalancerClass))
    ) {
        return nothing;
    }
    const certain =
        keys.some((key) => key.startsWith("service.beta.kubernetes.io/aws-load-balancer-")) ||
        (typeof loadBalancerClass === "string" && /aws|nlb/i.test(loadBalancerClass));
    const because = "a controller of the cluster creates it for the Service";
    return { resources: [], unread: [{ makes: fromService, because, path: at("spec", "type"), certain }] };
}
