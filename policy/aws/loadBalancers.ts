import { loadBalancerTypes } from "./types";
import { isLeftOut, Read, type Resource } from "../graph";

/** The aws provider's names for one resource of Elastic Load Balancing v2, the aliases of old states included. */
export function tokens(name: string): string[] {
    const file = name.charAt(0).toLowerCase() + name.slice(1);
    return ["lb", "alb", "elasticloadbalancingv2", "applicationloadbalancing"].map((m) => `aws:${m}/${file}:${name}`);
}

function withNative(name: string): readonly string[] {
    return [...tokens(name), `aws-native:elasticloadbalancingv2:${name}`];
}

export const LOAD_BALANCER_TYPES: readonly string[] = loadBalancerTypes;
export const LISTENER_TYPES = withNative("Listener");
export const LISTENER_RULE_TYPES = withNative("ListenerRule");
export const TARGET_GROUP_TYPES = withNative("TargetGroup");
export const LISTENER_CERTIFICATE_TYPES: readonly string[] = tokens("ListenerCertificate");

/** The load balancer's type; AWS makes an application load balancer where none is given. */
export function loadBalancerType(loadBalancer: Resource): Read {
    return Read.of(loadBalancer).either("loadBalancerType", "type");
}

/** False only where it is certain to be of another type: network, gateway. */
export function isApplication(loadBalancer: Resource): boolean {
    const type = loadBalancerType(loadBalancer);
    return type.text === undefined || isCertainlyApplication(loadBalancer);
}

/** False also where the type is unknown, or is no text. Case and spaces do not matter, as in no other check of a type. */
export function isCertainlyApplication(loadBalancer: Resource): boolean {
    const type = loadBalancerType(loadBalancer);
    return type.isAbsent || type.text?.trim().toLowerCase() === "application";
}

/** A setting of a load balancer: a property of the aws provider, an attribute under its key in aws-native. */
export function settingOf(loadBalancer: Resource, property: readonly string[], key: string): Read {
    const properties = Read.of(loadBalancer);
    if (!loadBalancer.type.startsWith("aws-native:")) {
        return properties.at(...property);
    }
    const attributes = properties.at("loadBalancerAttributes");
    const own = attributes.items().find((item) => item.at("key").text === key);
    const keys = attributes.items().map((item) => item.at("key"));
    return own?.at("value") ?? keys.find((each) => each.isUnknown) ?? attributes.missing(key);
}

/**
 * The protocol of a listener of an application load balancer; undefined for listeners of other balancers. AWS takes a
 * missing protocol for HTTP there; a listener of a gateway load balancer has neither protocol nor port.
 */
export function applicationProtocol(listener: Resource): Read | undefined {
    const properties = Read.of(listener);
    const protocol = properties.at("protocol");
    if (protocol.isUnknown) {
        return /:loadbalancer\/(net|gwy)\//.test(properties.at("loadBalancerArn").text ?? "") ? undefined : protocol;
    }
    if (protocol.isAbsent) {
        return properties.at("port").isAbsent ? undefined : protocol;
    }
    return /^https?$/i.test(protocol.text ?? "") ? protocol : undefined;
}

/** Whether these actions hand the request on to targets; undefined where a value that decides is unknown. */
export function forwards(actions: Read): boolean | undefined {
    const types = actions.items().map((action) => (action.isUnknown ? action : action.at("type")));
    if (types.some((type) => type.text === "forward")) {
        return true;
    }
    return types.some((type) => type.isUnknown) ? undefined : false;
}

/** How a listener verifies client certificates; absent where the program leaves the whole of it to the provider. */
export function verificationMode(listener: Resource): Read {
    const property = "mutualAuthentication";
    const verification = Read.of(listener).at(property);
    return isLeftOut(listener, property) ? verification.missing("mode") : verification.at("mode");
}
