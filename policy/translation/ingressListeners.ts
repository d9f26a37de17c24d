import { onceWithin, own, UNKNOWN, type Value } from "../graph";
import { annotationOf, annotationPath, listOf, type ClusterObject } from "./cluster";
import { defaultBackendOf, jsonAnnotation, pathBackendsOf, refuse, type Backend } from "./ingressBackends";
import { certificateSettings, classDecides, settingOrAnnotation, type classSettingsOf } from "./ingressClasses";
import { groupHas, groupSays, hasPort, portsOf, type Group } from "./ingressGroups";
import type { MadeListener, MadeRule, Placed } from "./madeLoadBalancer";
import { secretTexts } from "./translation";

/** An Ingress with what else decides about its load balancer. */
export interface Context {
    readonly ingress: ClusterObject;
    readonly object: ClusterObject["object"];
    readonly settings: ReturnType<typeof classSettingsOf>;
    readonly group: Group;
}

const redirect: Value = [{ type: "redirect", redirectConfig: { protocol: "HTTPS" } }];

/** The listeners of an Ingress, one for each of its ports, with the rules of its paths. */
export function listenersOf(context: Context): MadeListener[] {
    const { ingress, object, settings, group } = context;
    const { path } = ingress;
    const portsPath = annotationPath(path, "listen-ports");
    const named = annotationOf(object, "ssl-policy");
    const byClass = classDecides(settings, "sslPolicy");
    const redirects =
        ["declared", "assumed"].includes(classDecides(settings, "sslRedirectPort")) ||
        annotationOf(object, "ssl-redirect") !== undefined ||
        groupHas("ssl-redirect", group) === true;
    const actions = defaultActionsOf(ingress, portsPath);
    const rules = pathBackendsOf(ingress).map((backend) => ruleOf(ingress, backend));
    const certificates = certificatesOf(context);
    return (portsOf(object, group.cluster) ?? []).map(({ protocol, port }): MadeListener => {
        const byGroup = groupNamesPolicy(port, group);
        const isElsewhere =
            byClass === "declared" || (named === undefined && (byClass === "assumed" || byGroup === true));
        const mayBeElsewhere = named === undefined && (byClass === "possible" || byGroup === UNKNOWN);
        const isRedirect = protocol === "HTTP" && redirects;
        return {
            protocol: [protocol, portsPath],
            port: [port, portsPath],
            policy: [mayBeElsewhere ? UNKNOWN : named, annotationPath(path, "ssl-policy")],
            isPolicyElsewhere: isElsewhere,
            isDefault: annotationOf(object, "listen-ports") === undefined,
            certificates,
            mutualAuthentication: mutualAuthenticationOf(context, port),
            actions: isRedirect ? [redirect, portsPath] : actions,
            rules: isRedirect ? [] : rules,
        };
    });
}

/** Whether members of a group with this port name a security policy. */
const groupNamesPolicy = onceWithin((port: Value, group: Group) =>
    groupSays(group, (object) =>
        annotationOf(object, "ssl-policy") === undefined ? false : hasPort(object, port, group.cluster),
    ),
);

function defaultActionsOf(ingress: ClusterObject, otherwise: string): Placed {
    const backend = defaultBackendOf(ingress);
    return backend === undefined ? [refuse, otherwise] : [backend.actions, backend.path];
}

/** Of the conditions only those that an annotation holds: no rule reads hosts and paths. */
function ruleOf(ingress: ClusterObject, { name, actions, path }: Backend): MadeRule {
    const annotation = `conditions.${typeof name === "string" ? name : ""}`;
    const conditions = name === UNKNOWN ? UNKNOWN : jsonAnnotation(ingress, annotation);
    const conditionsPath =
        conditions === undefined || name === UNKNOWN ? path : annotationPath(ingress.path, annotation);
    return {
        actions: [actions, path],
        conditions: [conditions, conditionsPath],
        secrets: secretTexts(ingress.resource, annotationOf(ingress.object, annotation), conditions),
    };
}

/** The certificates that the class or the Ingress names; the controller finds others by their names. */
function certificatesOf(context: Context): Placed {
    const name = "certificate-arn";
    const all = listOf(settingOrAnnotation(context, certificateSettings, name));
    return [
        Array.isArray(all) ? (all as Value[]).map((certificateArn) => ({ certificateArn })) : [{ certificateArn: all }],
        annotationPath(context.ingress.path, name),
    ];
}

/** One Ingress of a group says how its listeners verify clients. Source: "Ingress annotations", mutual-authentication. */
function mutualAuthenticationOf({ ingress, object, group }: Context, port: Value): Placed {
    const name = "mutual-authentication";
    const path = annotationPath(ingress.path, name);
    const others = membersWith(name, group).filter((member) => member.object !== object);
    if (annotationOf(object, name) === undefined && others.some(({ isMember }) => isMember === UNKNOWN)) {
        return [UNKNOWN, path];
    }
    const all = [ingress, ...others.map((member) => member.ingress)].map((one) => jsonAnnotation(one, name));
    const entries = all.flatMap((entry) => (Array.isArray(entry) ? (entry as Value[]) : [entry]));
    const found = entries.find((entry) => entry === UNKNOWN || own(entry, "port") === port);
    const isSaid = all.some((entry) => entry !== undefined);
    return [found === UNKNOWN || (port === UNKNOWN && isSaid) ? UNKNOWN : found, path];
}

const membersWith = onceWithin((annotation: string, { members }: Group) =>
    members.filter(({ object }) => annotationOf(object, annotation) !== undefined),
);
