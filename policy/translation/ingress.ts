import { isObject, own, pathTo, UNKNOWN, type Resource, type Value } from "../graph";
import {
    annotationOf,
    annotationPath,
    annotationPrefix,
    annotationsOf,
    type Cluster,
    type ClusterObject,
} from "./cluster";
import {
    classDecides,
    classNameOf,
    classSettingsOf,
    declaredClass,
    listSettings,
    rangeSettings,
    type Whether,
} from "./ingressClasses";
import { attributesIn, defaultRanges, everyAddress, groupSays, hasPort, membersBeside, portsOf } from "./ingressGroups";
import { targetGroupsOf } from "./ingressTargets";
import { decidedElsewhere, madeLoadBalancer, type MadeListener, type Placed } from "./madeLoadBalancer";
import type { Translation, Unread } from "./translation";

/** Classes of controllers that make no load balancer of AWS for an Ingress. */
const otherClasses =
    /(?<![a-z])(nginx|traefik|haproxy|contour|istio|kong|gce|azure|openshift|ambassador|apisix|skipper|cilium|voyager|tailscale|cloudflare)(?![a-z])/i;

/** Controllers of an IngressClass whose Ingresses become application load balancers. */
const albControllers = ["ingress.k8s.aws/alb", "eks.amazonaws.com/alb"];

const makes = "an application load balancer";

/** What the AWS Load Balancer Controller makes of an Ingress, its class and its group. */
export function ingressOf(ingress: ClusterObject, cluster: Cluster): Translation {
    const { object, path } = ingress;
    const at = (...keys: string[]) => keys.reduce(pathTo, path);
    if (annotationsOf(object) === UNKNOWN) {
        const isWhole = own(object, "metadata") === UNKNOWN;
        const hiddenAt = isWhole ? at("metadata") : at("metadata", "annotations");
        const because = `${hiddenAt} is not known yet`;
        return { resources: [], unread: [{ makes, because, path: hiddenAt, certain: false }] };
    }
    const kind = classOf(object, cluster);
    if (kind === "other") {
        return { resources: [], unread: [] };
    }
    if (kind === "unknown") {
        const because = "the class of the Ingress does not say which controller handles it";
        return {
            resources: [],
            unread: [{ makes, because, path: at("spec", "ingressClassName"), certain: false }],
        };
    }
    const resources = [
        ...made(ingress, cluster),
        ...targetGroupsOf(ingress, cluster, ingress.resource.type.endsWith("Patch")),
    ];
    return { resources, unread: networkLoadBalancerOf(ingress), needsStack: true };
}

/** Source: "Ingress annotations", enable-frontend-nlb. */
function networkLoadBalancerOf({ object, path }: ClusterObject): Unread[] {
    const name = "enable-frontend-nlb";
    const enabled = annotationOf(object, name);
    return enabled === "true" || enabled === UNKNOWN
        ? [
              {
                  makes: "a network load balancer in front of the application load balancer",
                  because: "the rules read application load balancers only",
                  path: annotationPath(path, name),
                  certain: enabled === "true",
              },
          ]
        : [];
}

type IngressClass = "alb" | "other" | "unknown";

function classOf(object: Value, cluster: Cluster): IngressClass {
    const named = classNameOf(object);
    const annotations = annotationsOf(object);
    const hasAnnotation = Object.keys(isObject(annotations) ? annotations : {}).some((key) =>
        key.startsWith(annotationPrefix),
    );
    if (hasAnnotation || named === "alb") {
        return "alb";
    }
    const controller = own(own(declaredClass(object, cluster)?.object, "spec"), "controller");
    if (typeof controller === "string") {
        return albControllers.includes(controller) ? "alb" : "other";
    }
    return typeof named === "string" && otherClasses.test(named) ? "other" : "unknown";
}

function made({ resource, object, path }: ClusterObject, cluster: Cluster): readonly Resource[] {
    const written = (name: string): Placed => [annotationOf(object, name), annotationPath(path, name)];
    const isPatch = resource.type.endsWith("Patch");
    const context: Context = {
        object,
        cluster,
        settings: classSettingsOf(object, cluster),
        members: membersBeside(object, cluster),
    };
    const replaced = (...names: string[]) => classDecides(context.settings, ...names) === "declared";
    const [lists, listsPath] = written("security-group-prefix-lists");
    const groups = written("security-groups");
    const groupsElsewhere =
        groups[0] === undefined &&
        groupSays(context.members, (other) => annotationOf(other, "security-groups") !== undefined);
    return madeLoadBalancer(resource, {
        path,
        cidrs: [
            groupsElsewhere === true || replaced(...rangeSettings) ? [] : rangesOf(context, isPatch, groupsElsewhere),
            annotationPath(path, "inbound-cidrs"),
        ],
        lists: [groupsElsewhere === true || replaced(...listSettings) ? [] : lists, listsPath],
        groups,
        listeners: isPatch ? [] : listenersOf(context, path),
        attributes: [attributesOf(context, isPatch), annotationPath(path, "load-balancer-attributes")],
    });
}

/** An Ingress with what else decides about its load balancer. */
interface Context {
    readonly object: ClusterObject["object"];
    readonly cluster: Cluster;
    readonly settings: ReturnType<typeof classSettingsOf>;
    readonly members: ReturnType<typeof membersBeside>;
}

function rangesOf({ object, cluster, members }: Context, isPatch: boolean, groupsElsewhere: Whether): Value {
    const named = annotationOf(object, "inbound-cidrs");
    if (named !== undefined || isPatch) {
        return named;
    }
    const ranges = defaultRanges(object, members, cluster);
    return groupsElsewhere === UNKNOWN && ranges === everyAddress ? UNKNOWN : ranges;
}

/** Without the HTTPS listeners whose policy the class or another Ingress of the group names: they are judged there. */
function listenersOf({ object, cluster, settings, members }: Context, path: string): MadeListener[] {
    const portsPath = annotationPath(path, "listen-ports");
    const named = annotationOf(object, "ssl-policy");
    const byClass = classDecides(settings, "sslPolicy");
    const redirects =
        ["declared", "assumed"].includes(classDecides(settings, "sslRedirectPort")) ||
        annotationOf(object, "ssl-redirect") !== undefined ||
        groupSays(members, (other) => annotationOf(other, "ssl-redirect") !== undefined) === true;
    return (portsOf(object, cluster) ?? []).flatMap(({ protocol, port }) => {
        const isHttps = protocol === "HTTPS";
        const byGroup = groupSays(members, (other) =>
            annotationOf(other, "ssl-policy") === undefined ? false : hasPort(other, port, cluster),
        );
        const isElsewhere =
            byClass === "declared" || (named === undefined && (byClass === "assumed" || byGroup === true));
        if (isHttps && isElsewhere) {
            return [];
        }
        const mayBeElsewhere = named === undefined && (byClass === "possible" || byGroup === UNKNOWN);
        return {
            protocol: [protocol, portsPath],
            port: [port, portsPath],
            policy: [mayBeElsewhere ? UNKNOWN : named, annotationPath(path, "ssl-policy")],
            redirects: protocol === "HTTP" && redirects,
        } satisfies MadeListener;
    });
}

/** The attributes of an Ingress, and those that the class, another Ingress of the group or the patched one decides. */
function attributesOf({ object, settings, members }: Context, isPatch: boolean): Value {
    const written = attributesIn(object);
    if (written === UNKNOWN) {
        return UNKNOWN;
    }
    const ofClass = settings.map(({ spec, isFor, isDeclared }) => ({
        keys: keysOf(spec === UNKNOWN ? UNKNOWN : own(spec, "loadBalancerAttributes")),
        holds: isFor,
        isDeclared,
    }));
    const others = [
        ...ofClass,
        ...members.map(({ object: other, isMember }) => ({ keys: keysOf(attributesIn(other)), holds: isMember })),
    ];
    const certain = others.flatMap(({ keys, holds }) => (holds === true ? keys : []));
    const possible = others.flatMap(({ keys, holds }) => (holds === UNKNOWN ? keys : []));
    const replaced = ofClass.flatMap(({ keys, holds, isDeclared }) => (holds === true && isDeclared ? keys : []));
    const texts = certain.filter((key): key is string => typeof key === "string");
    return [
        ...written.filter(({ key }) => !replaced.includes(key)),
        ...decidedElsewhere(isPatch ? undefined : texts),
        ...[...certain.filter((key) => key === UNKNOWN), ...possible].map((key) => ({ key, value: UNKNOWN })),
    ];
}

function keysOf(attributes: Value): Value[] {
    return attributes === UNKNOWN
        ? [UNKNOWN]
        : Array.isArray(attributes)
          ? attributes.map((attribute: Value) => (attribute === UNKNOWN ? UNKNOWN : own(attribute, "key")))
          : [];
}
