import { isObject, own, pathTo, UNKNOWN, type Graph, type Resource, type Value } from "../graph";
import { madeBy, placed, type Translation, type Translator, type Unread } from "./translation";

const prefix = "alb.ingress.kubernetes.io/";
const everyAddress = ["0.0.0.0/0", "::/0"];

/** Classes of controllers that make no load balancer of AWS for an Ingress. */
const otherClasses =
    /nginx|traefik|haproxy|contour|istio|kong|gce|azure|openshift|ambassador|apisix|skipper|cilium|voyager|tailscale|cloudflare/i;

/** Controllers of an IngressClass whose Ingresses become application load balancers. */
const albControllers = ["ingress.k8s.aws/alb", "eks.amazonaws.com/alb"];

export const ingressTypes = /^kubernetes:(networking\.k8s\.io|extensions)\/v1\w*:Ingress(List|Patch)?$/;
const ingressClassTypes = /^kubernetes:networking\.k8s\.io\/v1\w*:IngressClass$/;
export const classParametersTypes = /^kubernetes:(elbv2\.k8s\.aws|eks\.amazonaws\.com)\/v1\w*:IngressClassParams$/;
export const serviceTypes = /^kubernetes:core\/v1:Service(List|Patch)?$/;

/** Ingresses, alone or in a list. */
export const ingress: Translator = (resource, stack) =>
    each(resource, (object, path) => one(resource, object, path, stack));

/** Services of type LoadBalancer: network or classic load balancers, which no rule reads. */
export const service: Translator = (resource) => each(resource, serviceOf);

/** The AWS Load Balancer Controller's settings for every load balancer of a class. */
export const classParameters: Translator = (resource) => {
    const spec = own(resource.properties, "spec");
    const cidrs = own(spec, "inboundCIDRs") ?? own(spec, "inboundCidrs");
    if (cidrs === undefined || cidrs === null) {
        return nothing;
    }
    const sources = { cidrs: cidrs, cidrsPath: "spec.inboundCIDRs", lists: own(spec, "prefixListsIDs") };
    return made(resource, "", { ...sources, listsPath: "spec.prefixListsIDs", groupsPath: "spec" });
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
    const read = (name: string) => own(annotations, prefix + name);
    const pathOf = (name: string) => at("metadata", "annotations", prefix + name);
    const isPatch = resource.type.endsWith("Patch");
    const cidrs = read("inbound-cidrs") ?? (isPatch || hasOtherSource(annotations, stack) ? [] : everyAddress);
    const name = own(metadata, "name");
    return made(resource, typeof name === "string" ? name : "", {
        cidrs,
        cidrsPath: pathOf("inbound-cidrs"),
        lists: read("security-group-prefix-lists"),
        listsPath: pathOf("security-group-prefix-lists"),
        groups: read("security-groups"),
        groupsPath: pathOf("security-groups"),
        listeners: isPatch ? [] : listenersOf(read),
        listenersPath: pathOf("listen-ports"),
        policy: read("ssl-policy"),
        policyPath: pathOf("ssl-policy"),
        attributes: read("load-balancer-attributes"),
        attributesPath: pathOf("load-balancer-attributes"),
    });
}

type IngressClass = "alb" | "other" | "unknown";

function classOf(object: Record<string, Value>, annotations: Value, stack: Graph | undefined): IngressClass {
    const named = own(own(object, "spec"), "ingressClassName") ?? own(annotations, "kubernetes.io/ingress.class");
    const hasAnnotation = Object.keys(isObject(annotations) ? annotations : {}).some((key) => key.startsWith(prefix));
    if (hasAnnotation || named === "alb") {
        return "alb";
    }
    if (typeof named !== "string") {
        return "unknown";
    }
    const declared = stack?.resources.find(
        ({ type, properties }) => ingressClassTypes.test(type) && own(own(properties, "metadata"), "name") === named,
    );
    const controller = own(own(declared?.properties, "spec"), "controller");
    if (typeof controller === "string") {
        return albControllers.includes(controller) ? "alb" : "other";
    }
    return otherClasses.test(named) ? "other" : "unknown";
}

/**
 * Whether ranges are given elsewhere, so that the controller's default does not hold: a prefix list on the Ingress
 * itself, another Ingress of its group, or the settings of its class. Source: AWS Load Balancer Controller, "Ingress
 * annotations" and "IngressClassParams".
 */
function hasOtherSource(annotations: Value, stack: Graph | undefined): boolean {
    if (own(annotations, `${prefix}security-group-prefix-lists`) !== undefined) {
        return true;
    }
    const group = own(annotations, `${prefix}group.name`);
    return (stack?.resources ?? []).some(({ type, properties }) => {
        if (classParametersTypes.test(type)) {
            const spec = own(properties, "spec");
            return [own(spec, "inboundCIDRs"), own(spec, "prefixListsIDs")].some((value) => value !== undefined);
        }
        if (group === undefined || !ingressTypes.test(type)) {
            return false;
        }
        const others = own(own(properties, "metadata"), "annotations");
        return (
            own(others, `${prefix}group.name`) === group &&
            ["inbound-cidrs", "security-group-prefix-lists", "security-groups"].some(
                (name) => own(others, prefix + name) !== undefined,
            )
        );
    });
}

/** Defaults to HTTP, and to HTTPS where a certificate is named. Source: "Ingress annotations", listen-ports. */
function listenersOf(read: (name: string) => Value): { protocol: Value; port: Value; redirects: boolean }[] {
    const given = read("listen-ports");
    if (given !== undefined && typeof given !== "string") {
        return [];
    }
    const fallback = read("certificate-arn") === undefined ? '[{"HTTP": 80}]' : '[{"HTTPS": 443}]';
    let ports: unknown;
    try {
        ports = JSON.parse(given ?? fallback);
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

interface Written {
    readonly cidrs: Value;
    readonly cidrsPath: string;
    readonly lists?: Value;
    readonly listsPath: string;
    readonly groups?: Value;
    readonly groupsPath: string;
    readonly listeners?: readonly { readonly protocol: Value; readonly port: Value; readonly redirects: boolean }[];
    readonly listenersPath?: string;
    readonly policy?: Value;
    readonly policyPath?: string;
    readonly attributes?: Value;
    readonly attributesPath?: string;
}

/** The load balancer, its listeners, and the group that the controller makes where none is named. */
function made(resource: Resource, name: string, written: Written): Translation {
    const token = `\${${resource.name}${name === "" || name === resource.name ? "" : `/${name}`}}`;
    const part = name === "" || name === resource.name || !resource.type.endsWith("List") ? undefined : name;
    const group = `${token}.securityGroup`;
    const { groups, groupsPath, attributes, attributesPath = "metadata.annotations" } = written;
    const balancer = madeBy(resource, {
        type: "aws-native:elasticloadbalancingv2:LoadBalancer",
        part,
        properties: placed(
            {
                type: ["application", "spec"],
                securityGroups: [groups === undefined ? [group] : listOf(groups), groupsPath],
                loadBalancerAttributes: [attributesOf(attributes), attributesPath],
                id: [token, "metadata.name"],
                loadBalancerArn: [token, "metadata.name"],
            },
            attributesPath,
        ),
    });
    const listeners = (written.listeners ?? []).map(({ protocol, port, redirects }) =>
        madeBy(resource, {
            type: "aws-native:elasticloadbalancingv2:Listener",
            part,
            properties: placed(
                {
                    loadBalancerArn: [token, "metadata.name"],
                    protocol: [protocol, written.listenersPath ?? ""],
                    port: [port, written.listenersPath ?? ""],
                    sslPolicy: [written.policy, written.policyPath ?? ""],
                    defaultActions: [
                        redirects
                            ? [{ type: "redirect", redirectConfig: { protocol: "HTTPS" } }]
                            : [{ type: "fixed-response", fixedResponseConfig: { statusCode: "404" } }],
                        written.listenersPath ?? "",
                    ],
                },
                written.listenersPath ?? "",
            ),
        }),
    );
    if (groups !== undefined) {
        return { resources: [balancer, ...listeners], unread: [] };
    }
    const rule = placed(
        {
            cidrBlocks: [listOf(written.cidrs), written.cidrsPath],
            sourcePrefixListId: [listOf(written.lists), written.listsPath],
        },
        written.cidrsPath,
    );
    const securityGroup = madeBy(resource, {
        type: "aws-native:ec2:SecurityGroup",
        part,
        properties: placed(
            { securityGroupIngress: [[rule], written.cidrsPath], id: [group, "metadata.name"] },
            written.cidrsPath,
        ),
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
