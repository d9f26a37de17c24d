import { isObject, onceWithin, own, pathTo, Read, UNKNOWN, type Resource, type Value } from "../graph";
import {
    annotationOf,
    annotationPath,
    annotationPrefix,
    annotationsOf,
    listOf,
    type Cluster,
    type ClusterObject,
} from "./cluster";
import {
    classDecides,
    classNameOf,
    classSettingsOf,
    common,
    declaredClasses,
    possibleClasses,
    listSettings,
    rangeSettings,
    settingOrAnnotation,
    type Whether,
} from "./ingressClasses";
import { attributesIn, defaultRanges, everyAddress, groupAround, groupHas, portsOf, type Group } from "./ingressGroups";
import { listenersOf, type Context } from "./ingressListeners";
import { targetGroupsOf } from "./ingressTargets";
import { itemsOf } from "./intrinsics";
import {
    decidedElsewhere,
    groupTokenOf,
    madeLoadBalancer,
    tokenOf,
    type OtherGroups,
    type Placed,
} from "./madeLoadBalancer";
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
        const because = `${hiddenAt} ${Read.inside(object, path).at("metadata", "annotations").unknown}`;
        return { resources: [], unread: [{ makes, because, path: hiddenAt, certain: false }] };
    }
    const isOurs = isOfAwsController(object, cluster);
    if (isOurs === false) {
        return { resources: [], unread: [], needsStack: true };
    }
    if (isOurs === UNKNOWN) {
        const because = "the class of the Ingress does not say which controller handles it";
        return {
            resources: [],
            unread: [{ makes, because, path: at("spec", "ingressClassName"), certain: false }],
            needsStack: true,
        };
    }
    const resources = [
        ...made(ingress, cluster),
        ...targetGroupsOf(ingress, cluster, ingress.resource.type.endsWith("Patch")),
    ];
    return {
        resources,
        unread: [...portsUnread(ingress, cluster), ...networkLoadBalancerOf(ingress)],
        needsStack: true,
    };
}

/** An annotation of ports that the controller cannot read gives no listener to judge. */
function portsUnread({ object, path }: ClusterObject, cluster: Cluster): Unread[] {
    if ((portsOf(object, cluster) ?? []).length > 0) {
        return [];
    }
    const at = annotationPath(path, "listen-ports");
    return [
        { makes, because: `${at} is no list of ports in JSON, such as '[{"HTTPS": 443}]'`, path: at, certain: false },
    ];
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

/** Whether a controller handles an Ingress that makes an application load balancer of it. */
function isOfAwsController(object: Value, cluster: Cluster): Whether {
    // A stack may hold two clusters, each with a class of that name.
    const classes = declaredClasses(object, cluster);
    if (classes.length > 0 && classes.every(isOfOther)) {
        return false;
    }
    const named = classNameOf(object);
    const annotations = annotationsOf(object);
    const hasAnnotation = Object.keys(isObject(annotations) ? annotations : {}).some((key) =>
        key.startsWith(annotationPrefix),
    );
    if (hasAnnotation || named === "alb") {
        return true;
    }
    const controllers = possibleClasses(object, cluster).map((each) => own(own(each.object, "spec"), "controller"));
    const isAlb = common(controllers.map((each) => typeof each === "string" && albControllers.includes(each)));
    if (controllers.some((each) => typeof each === "string") && isAlb !== undefined) {
        return isAlb;
    }
    return typeof named === "string" && otherClasses.test(named) ? false : UNKNOWN;
}

/** The annotations of the AWS Load Balancer Controller mean nothing to another one. */
function isOfOther({ object }: ClusterObject): boolean {
    const controller = own(own(object, "spec"), "controller");
    return typeof controller === "string" && !albControllers.includes(controller);
}

function made(ingress: ClusterObject, cluster: Cluster): readonly Resource[] {
    const { resource, object, path } = ingress;
    const written = (name: string): Placed => [annotationOf(object, name), annotationPath(path, name)];
    const isPatch = resource.type.endsWith("Patch");
    const context: Context = {
        ingress,
        object,
        settings: classSettingsOf(object, cluster),
        group: groupAround(object, cluster),
    };
    const replaced = (...names: string[]) => classDecides(context.settings, ...names) === "declared";
    const [lists, listsPath] = written("security-group-prefix-lists");
    const groups = written("security-groups");
    const groupsElsewhere = groupHas("security-groups", context.group);
    const first = firstOfGroup(context);
    const isFirst = first.object === object;
    return madeLoadBalancer(resource, {
        path,
        cidrs: [
            groupsElsewhere === true || replaced(...rangeSettings) ? [] : rangesOf(context, isPatch, groupsElsewhere),
            annotationPath(path, "inbound-cidrs"),
        ],
        lists: [groupsElsewhere === true || replaced(...listSettings) ? [] : lists, listsPath],
        groups,
        otherGroups: isFirst ? groupsOfOthers(context) : [],
        listeners: isPatch ? [] : listenersOf(context),
        attributes: [attributesOf(context, isPatch), annotationPath(path, "load-balancer-attributes")],
        more: {
            scheme: [settingOrAnnotation(context, ["scheme"], "scheme") ?? "internal", annotationPath(path, "scheme")],
            ingressHosts: [hostsOf(object), ["spec", "rules"].reduce(pathTo, path)],
            dnsName: [isFirst ? hostNameOf(context) : undefined, ["status", "loadBalancer"].reduce(pathTo, path)],
        },
        webAcl: isPatch ? undefined : webAclOf(context),
        whole: isFirst ? undefined : { token: tokenOf(first.resource, first.path), name: "group" },
    });
}

/** The first Ingress of the group, which stands for the load balancer that they make together. */
function firstOfGroup({ ingress, group }: Context): ClusterObject {
    return group.members.find(({ isMember }) => isMember === true)?.ingress ?? ingress;
}

function certainOthers({ object, group }: Context): ClusterObject[] {
    return group.members.flatMap((member) =>
        member.isMember === true && member.object !== object ? [member.ingress] : [],
    );
}

/** The security groups that the other Ingresses name, or that the controller makes of them. */
function groupsOfOthers(context: Context): OtherGroups[] {
    return certainOthers(context).map(({ resource, object, path }) => {
        const named = annotationOf(object, "security-groups");
        return { resource, groups: named === undefined ? [groupTokenOf(resource, path)] : listOf(named) };
    });
}

/** The name that the controller writes into the status of each Ingress of a group; the load balancer's is the first. */
function hostNameOf(context: Context): Value {
    return [context.ingress, ...certainOthers(context)]
        .map(({ object }) => {
            const entries = own(own(own(object, "status"), "loadBalancer"), "ingress");
            return own(itemsOf(entries)[0], "hostname");
        })
        .find((name) => typeof name === "string");
}

/**
 * The names that an Ingress answers for: a record for them usually leads to its load balancer, such as those that
 * ExternalDNS makes of its rules, its TLS hosts and its annotation. Source: ExternalDNS, "About Kubernetes sources", Ingress.
 */
function hostsOf(object: ClusterObject["object"]): Value {
    const entriesOf = (name: string) => itemsOf(own(own(object, "spec"), name));
    const annotated = listOf(own(annotationsOf(object), "external-dns.alpha.kubernetes.io/hostname"));
    const names = [
        ...entriesOf("rules").map((rule) => own(rule, "host")),
        ...entriesOf("tls").flatMap((entry) => own(entry, "hosts")),
        ...itemsOf(annotated),
    ].filter((name) => typeof name === "string" && name !== "");
    return names.length === 0 ? undefined : names;
}

/** By its name or its ARN; `none` takes one away. Source: "Ingress annotations", wafv2-acl-name and wafv2-acl-arn. */
function webAclOf(context: Context): Placed | undefined {
    const { path } = context.ingress;
    const byName = settingOrAnnotation(context, ["wafv2AclName"], "wafv2-acl-name");
    const name = byName === undefined ? "wafv2-acl-arn" : "wafv2-acl-name";
    const value = byName ?? settingOrAnnotation(context, ["wafv2AclArn"], "wafv2-acl-arn");
    return value === undefined || value === "none" ? undefined : [value, annotationPath(path, name)];
}

function rangesOf({ object, group }: Context, isPatch: boolean, groupsElsewhere: Whether): Value {
    const named = annotationOf(object, "inbound-cidrs");
    if (named !== undefined || isPatch) {
        return named;
    }
    const ranges = defaultRanges(object, group);
    return groupsElsewhere === UNKNOWN && ranges === everyAddress ? UNKNOWN : ranges;
}

/** The attributes of an Ingress, and those that the class, another Ingress of the group or the patched one decides. */
function attributesOf({ object, settings, group }: Context, isPatch: boolean): Value {
    const written = attributesIn(object);
    if (written === UNKNOWN) {
        return UNKNOWN;
    }
    const ofClass = settings.map(({ spec, isFor, isDeclared }) => ({
        keys: keysOf(spec === UNKNOWN ? UNKNOWN : own(spec, "loadBalancerAttributes")),
        holds: isFor,
        isDeclared,
    }));
    const keysThat = (wanted: Whether) =>
        ofClass.flatMap(({ keys, holds }) => (holds === wanted ? keys : [])).concat(keysOfMembers(wanted, group));
    const certain = keysThat(true);
    const possible = keysThat(UNKNOWN);
    const replaced = ofClass.flatMap(({ keys, holds, isDeclared }) => (holds === true && isDeclared ? keys : []));
    const kept = written.filter(({ key }) => !replaced.includes(key));
    const keptKeys: readonly Value[] = kept.map(({ key }) => key);
    const texts = certain.filter((key): key is string => typeof key === "string" && !keptKeys.includes(key));
    return [
        ...kept,
        ...decidedElsewhere(isPatch ? undefined : texts),
        ...[...certain.filter((key) => key === UNKNOWN), ...possible].map((key) => ({ key, value: UNKNOWN })),
    ];
}

/** The keys of the attributes that those name who are members, or those who may be. */
const keysOfMembers = onceWithin((isMember: Whether, { members }: Group): Value[] => {
    const those = members.filter((member) => member.isMember === isMember);
    return [...new Set(those.flatMap(({ object }) => keysOf(attributesIn(object))))];
});

function keysOf(attributes: Value): Value[] {
    return attributes === UNKNOWN
        ? [UNKNOWN]
        : Array.isArray(attributes)
          ? attributes.map((attribute: Value) => (attribute === UNKNOWN ? UNKNOWN : own(attribute, "key")))
          : [];
}
