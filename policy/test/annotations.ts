import type { Value } from "../graph";

const prefix = "alb.ingress.kubernetes.io/";

/** Annotations of the AWS Load Balancer Controller, given without what all of their names begin with. */
export function annotations(given: object): Record<string, Value> {
    return Object.fromEntries(Object.entries(given).map(([name, value]) => [prefix + name, value as Value]));
}

/** Where an annotation of the controller is written. @param path of the object, with what parts it from the rest */
export function annotation(name: string, path = ""): string {
    return `${path}metadata.annotations["${prefix}${name}"]`;
}
