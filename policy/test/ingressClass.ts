import { annotations } from "./annotations";
import { linesOf } from "./programVerdicts";
import { type Objects, resourcesNamed } from "./stack";

/** Annotations of an Ingress with which no rule finds anything. */
export const good = {
    "load-balancer-attributes":
        "access_logs.s3.enabled=true,access_logs.s3.bucket=logs,routing.http.drop_invalid_header_fields.enabled=true",
    "inbound-cidrs": "10.0.0.0/8",
    "ssl-policy": "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
    "certificate-arn": "arn:aws:acm:eu-west-1:123456789012:certificate/a",
};
export const without = (...names: (keyof typeof good)[]) =>
    Object.fromEntries(Object.entries(good).filter(([name]) => !(names as string[]).includes(name)));

/** An Ingress of the class "web" with these annotations. */
export const object = (given: object, more: object = {}) => ({
    metadata: {
        annotations: annotations(given),
    },
    spec: { ingressClassName: "web" },
    ...more,
});
export const ingressType = "kubernetes:networking.k8s.io/v1:Ingress";
export const ingress = (annotations: object, more: object = {}) => [ingressType, object(annotations, more)] as const;
export const parametersType = "kubernetes:elbv2.k8s.aws/v1beta1:IngressClassParams";
/** Settings of a class, by the name that the declared class uses. */
export const parameters = (spec: unknown) => [parametersType, { metadata: { name: "settings" }, spec }] as const;
export const webClass = {
    metadata: { name: "web" },
    spec: { controller: "ingress.k8s.aws/alb", parameters: { kind: "IngressClassParams", name: "settings" } },
};
export const declared = ["kubernetes:networking.k8s.io/v1:IngressClass", webClass] as const;

const names = [
    "alb-no-public-ingress",
    "alb-access-logging",
    "alb-drop-invalid-headers",
    "alb-listener-https-only",
    "alb-listener-security-policy",
    "edge-resources-readable",
];

/** What the rules on load balancers say: rule, kind, resource and path of each finding. */
export function saidOfIngresses(objects: Objects): string[] {
    return linesOf(names, resourcesNamed(objects));
}

export const openPolicy = { sslPolicy: "ELBSecurityPolicy-2016-08" };
export const noLogs = [{ key: "access_logs.s3.enabled", value: "false" }];
export const logs = [
    { key: "access_logs.s3.enabled", value: "true" },
    { key: "access_logs.s3.bucket", value: "logs" },
];
