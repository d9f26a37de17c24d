import { own, UNKNOWN, type Graph, type Resource, type Value } from "../graph";

export const annotationPrefix = "alb.ingress.kubernetes.io/";
export const ingressTypes = /^kubernetes:(networking\.k8s\.io|extensions)\/v1\w*:Ingress(List|Patch)?$/;
export const classParametersTypes = /^kubernetes:(elbv2\.k8s\.aws|eks\.amazonaws\.com)\/v1\w*:IngressClassParams$/;
const ingressClassTypes = /^kubernetes:networking\.k8s\.io\/v1\w*:IngressClass$/;

const everyAddress = ["0.0.0.0/0", "::/0"];

/** An annotation of the controller; one that names nothing (`""`, `","`) is none to it. */
export function annotationOf(annotations: Value, name: string): Value {
    const value = own(annotations, annotationPrefix + name);
    return typeof value === "string" && /^[\s,]*$/.test(value) ? undefined : value;
}

/** The class of an Ingress, by its property or by the older annotation. */
export function classNameOf(object: Value): Value {
    const annotations = own(own(object, "metadata"), "annotations");
    return own(own(object, "spec"), "ingressClassName") ?? own(annotations, "kubernetes.io/ingress.class");
}

/** The class of that name, where the stack declares it. */
export function declaredClass(name: Value, stack: Graph | undefined): Resource | undefined {
    return classesOf(stack).find((each) => nameOf(each) === name);
}

function classesOf(stack: Graph | undefined): Resource[] {
    return (stack?.resources ?? []).filter(({ type }) => ingressClassTypes.test(type));
}

function nameOf({ properties }: Resource): Value {
    return own(own(properties, "metadata"), "name");
}

/** The ranges that settings of a class give, whichever way the property is spelt. */
export function classRangesOf({ properties }: Resource): { readonly cidrs: Value; readonly lists: Value } {
    const spec = own(properties, "spec");
    return { cidrs: own(spec, "inboundCIDRs") ?? own(spec, "inboundCidrs"), lists: own(spec, "prefixListsIDs") };
}

/**
 * The ranges of an Ingress that names none: every address, the controller's default, unless a prefix list on the Ingress
 * itself, another Ingress of its group or the settings of its class name some; not known where one of those may.
 * Source: AWS Load Balancer Controller, "Ingress annotations" and "IngressClassParams".
 */
export function defaultRanges(ingress: Value, stack: Graph | undefined): Value {
    const annotations = own(own(ingress, "metadata"), "annotations");
    const isNamed = [
        annotationOf(annotations, "security-group-prefix-lists") !== undefined,
        ...(stack?.resources ?? []).map((other) =>
            classParametersTypes.test(other.type)
                ? givesRanges(other) && isForClass(other, classNameOf(ingress), stack)
                : ingressTypes.test(other.type) && namesRanges(other, annotationOf(annotations, "group.name")),
        ),
    ];
    return isNamed.includes(true) ? [] : isNamed.includes(UNKNOWN) ? UNKNOWN : everyAddress;
}

type Whether = boolean | typeof UNKNOWN;

function namesRanges({ properties }: Resource, group: Value): Whether {
    const metadata = own(properties, "metadata");
    const annotations = own(metadata, "annotations");
    if (group === undefined) {
        return false;
    }
    if (metadata === UNKNOWN || annotations === UNKNOWN) {
        return UNKNOWN;
    }
    const others = annotationOf(annotations, "group.name");
    const sources = ["inbound-cidrs", "security-group-prefix-lists", "security-groups"];
    if (others === undefined || sources.every((name) => annotationOf(annotations, name) === undefined)) {
        return false;
    }
    return group === UNKNOWN || others === UNKNOWN ? UNKNOWN : group === others;
}

function givesRanges(parameters: Resource): boolean {
    return Object.values(classRangesOf(parameters)).some(
        (value) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    );
}

/** Settings that no class of the stack uses are those of a class that the stack does not hold: taken for the Ingress's. */
function isForClass(parameters: Resource, className: Value, stack: Graph | undefined): Whether {
    const declared = declaredClass(className, stack);
    if (declared !== undefined) {
        return uses(declared, parameters);
    }
    const users = classesOf(stack).filter((each) => uses(each, parameters) !== false);
    if (users.length === 0) {
        return true;
    }
    const isOfOthers = users.every((each) => uses(each, parameters) === true && nameOf(each) !== UNKNOWN);
    return isOfOthers && typeof className === "string" ? false : UNKNOWN;
}

function uses(ingressClass: Resource, parameters: Resource): Whether {
    const used = own(own(own(ingressClass.properties, "spec"), "parameters"), "name");
    const name = nameOf(parameters);
    return used !== undefined && (used === UNKNOWN || name === UNKNOWN ? UNKNOWN : used === name);
}
