import { isDeepStrictEqual } from "node:util";

import { groupBy, isObject, once, onceWithin, own, UNKNOWN, type Value } from "../graph";
import { annotationsOf, annotationOf, nameOf, within, type Cluster, type ClusterObject } from "./cluster";

export type Whether = boolean | typeof UNKNOWN;

/** The class of an Ingress. The older annotation goes before the property. Source: the controller's group loader. */
export function classNameOf(object: Value): Value {
    return olderClassOf(object) ?? own(own(object, "spec"), "ingressClassName");
}

/** What the stack declares under the name that an Ingress gives its class; nothing for the older annotation. */
export function declaredClasses(object: Value, cluster: Cluster): readonly ClusterObject[] {
    const name = olderClassOf(object) === undefined ? classNameOf(object) : undefined;
    return typeof name === "string" ? classesNamed(name, cluster) : [];
}

function olderClassOf(object: Value): Value {
    return own(annotationsOf(object), "kubernetes.io/ingress.class");
}

/**
 * The class of that name, where the stack declares it; the stack's default class for an Ingress that names none. Several
 * where the stack holds several clusters, of which any may be the Ingress's.
 */
export function possibleClasses(object: Value, cluster: Cluster): readonly ClusterObject[] {
    return classesNamed(classNameOf(object), cluster);
}

function classesNamed(name: Value, cluster: Cluster): readonly ClusterObject[] {
    return name === undefined ? defaultClasses(cluster) : (classesByName(cluster).get(name) ?? []);
}

const classesByName = once(({ classes }: Cluster) => groupBy(classes, nameOf));
const defaultClasses = once(({ classes }: Cluster) => classes.filter(isDefault));

/** What is the same of several; unknown where it is not. */
export function common<Answer>(answers: readonly Answer[]): Answer | typeof UNKNOWN | undefined {
    const [first] = answers;
    return answers.every((answer) => isDeepStrictEqual(answer, first)) ? first : UNKNOWN;
}

function isDefault({ object }: ClusterObject): boolean {
    return own(annotationsOf(object), "ingressclass.kubernetes.io/is-default-class") === "true";
}

/** Settings of a class, and whether they hold for an Ingress; `isDeclared` where the stack itself says so. */
interface ClassSettings {
    readonly spec: Value;
    readonly isFor: true | typeof UNKNOWN;
    readonly isDeclared: boolean;
}

/** The settings of classes that hold, or may hold, for an Ingress. An Ingress with the older annotation has none. */
export function classSettingsOf(object: Value, cluster: Cluster): readonly ClassSettings[] {
    return olderClassOf(object) === undefined ? settingsFor(classNameOf(object), cluster) : [];
}

const settingsFor = onceWithin((className: Value, cluster: Cluster): ClassSettings[] => {
    const declared = classesNamed(className, cluster);
    return parametersFor(declared, cluster).flatMap((parameters) => {
        const isFor = isForClass(parameters, className, declared, cluster);
        return isFor === false
            ? []
            : [{ spec: own(parameters.object, "spec"), isFor, isDeclared: declared.length > 0 }];
    });
});

const parametersByName = once(({ classParameters }: Cluster) => groupBy(classParameters, nameOf));

/** Settings that any of these classes may use; all of them where there is no class. */
function parametersFor(declared: readonly ClusterObject[], cluster: Cluster): readonly ClusterObject[] {
    const names = new Set<Value>(declared.map(usedParameters));
    return declared.length === 0 || names.has(UNKNOWN)
        ? cluster.classParameters
        : [...names.add(UNKNOWN)].flatMap((name) => parametersByName(cluster).get(name) ?? []);
}

/**
 * Whether settings of its class decide something about an Ingress: `declared` where the stack shows that they do,
 * `assumed` where the stack holds settings for classes that it does not hold, `possible` where it is not known.
 */
export type Decides = "declared" | "assumed" | "possible" | "no";

/** @param name of a setting; several where it may be spelt in several ways */
export function classDecides(settings: readonly ClassSettings[], ...names: readonly string[]): Decides {
    const setting = settings.filter(({ spec }) => names.some((name) => isSet(spec, name)));
    const certain = setting.filter(({ isFor }) => isFor === true);
    if (certain.length > 0) {
        return certain.some(({ isDeclared }) => isDeclared) ? "declared" : "assumed";
    }
    return setting.some(({ isFor }) => isFor === UNKNOWN) ? "possible" : "no";
}

/** The settings of classes give no ranges and no lists by an empty list, and no policy by an empty text. */
export function isSet(spec: Value, name: string): boolean {
    const value = spec === UNKNOWN ? UNKNOWN : own(spec, name);
    return value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
}

/** What a class says goes before what an Ingress says. Source: "IngressClassParams". */
export function settingOrAnnotation(
    { object, settings }: { readonly object: Value; readonly settings: readonly ClassSettings[] },
    names: readonly string[],
    annotation: string,
): Value {
    if (classDecides(settings, ...names) === "possible") {
        return UNKNOWN;
    }
    const byClass = settings
        .filter(({ isFor }) => isFor === true)
        .flatMap(({ spec }) => {
            const name = names.find((each) => isSet(spec, each));
            return name === undefined ? [] : [own(spec, name)];
        });
    return common(byClass) ?? annotationOf(object, annotation);
}

export const rangeSettings = ["inboundCIDRs", "inboundCidrs"] as const;
export const listSettings = ["prefixListsIDs", "PrefixListsIDs"] as const;
/** The first is the AWS Load Balancer Controller's, the second that of EKS Auto Mode. */
export const certificateSettings = ["certificateArn", "certificateARNs"] as const;

/** The group of an Ingress: what its class says goes before its annotation. */
export const groupOf = onceWithin((object: ClusterObject["object"], cluster: Cluster): Value => {
    const settings = classSettingsOf(object, cluster);
    const decides = classDecides(settings, "group");
    if (decides === "possible") {
        return UNKNOWN;
    }
    const certain = settings.filter(({ spec, isFor }) => isFor === true && isSet(spec, "group"));
    if (certain.length === 0) {
        return annotationsOf(object) === UNKNOWN ? UNKNOWN : annotationOf(object, "group.name");
    }
    const group = common(certain.map(({ spec }) => own(spec, "group")));
    return isObject(group) ? own(group, "name") : UNKNOWN;
});

/** Settings that no class of the stack uses are those of a class that the stack does not hold: taken for the Ingress's. */
function isForClass(
    parameters: ClusterObject,
    className: Value,
    declared: readonly ClusterObject[],
    { classes }: Cluster,
): Whether {
    if (declared.length > 0) {
        return common(declared.map((each) => uses(each, parameters))) ?? UNKNOWN;
    }
    const users = classes.filter((each) => uses(each, parameters) !== false);
    if (users.length === 0) {
        return true;
    }
    const isOfOthers = users.every((each) => uses(each, parameters) === true && nameOf(each) !== UNKNOWN);
    return isOfOthers && typeof className === "string" ? false : UNKNOWN;
}

function usedParameters({ object }: ClusterObject): Value {
    return within(object, "spec", "parameters", "name");
}

function uses(each: ClusterObject, parameters: ClusterObject): Whether {
    const used = usedParameters(each);
    const name = nameOf(parameters);
    return used !== undefined && (used === UNKNOWN || name === UNKNOWN ? UNKNOWN : used === name);
}
