import assert from "node:assert/strict";

import type { Resource } from "../graph";
import { annotations } from "./annotations";
import { linesOf } from "./programVerdicts";
import { type Objects, resourcesNamed, resource } from "./stack";

/** The name that AWS gives the load balancer of an Ingress. */
export const hostname = "k8s-web-web-0123456789-1234567890.eu-west-1.elb.amazonaws.com";
const ingressType = "kubernetes:networking.k8s.io/v1:Ingress";

const names = [
    "alb-default-action-fail-closed",
    "alb-ingress-cloudfront-only",
    "cloudfront-origin-authenticated",
    "cloudfront-origin-host-header",
];

/**
 * What the rules that join origins and load balancers say: rule, kind, resource and path.
 *
 * @param metadata by the name of an object: those that its metadata depends on
 */
export function saidOfOrigins(
    objects: Objects,
    source?: string,
    metadata: Readonly<Record<string, string[]>> = {},
): string[] {
    const all = resourcesNamed(objects).map((one): Resource => {
        const { name } = one;
        const sources: Record<string, string[]> =
            name === "edge" && source !== undefined ? { origins: [urnOf(objects, source)] } : {};
        const named = metadata[name]?.map((each) => urnOf(objects, each));
        return {
            ...one,
            propertyDependencies: named === undefined ? sources : { ...sources, metadata: named },
        };
    });
    return linesOf(names, all);
}

function urnOf(objects: Objects, name: string): string {
    return resource(objects[name]?.[0] ?? assert.fail(name), name, {}).urn;
}

/** A distribution whose one origin has this name and these headers. */
export const edge = (domainName: unknown, headers: object[] = [], more: object = {}) =>
    [
        "aws:cloudfront/distribution:Distribution",
        {
            origins: [
                {
                    originId: "web",
                    domainName,
                    customHeaders: headers,
                    customOriginConfig: { originProtocolPolicy: "https-only", ...more },
                },
            ],
            defaultCacheBehavior: {
                targetOriginId: "web",
                originRequestPolicyId: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
            },
        },
    ] as const;
export const secret = [{ name: "x-origin-verify", value: "correct-horse" }];
export const service = { service: { name: "web", port: { number: 443 } } };
export const paths = { rules: [{ http: { paths: [{ path: "/", pathType: "Prefix", backend: service }] } }] };
/** The annotation that demands a header on the path of the Ingress. */
export const demands = (
    value = "correct-horse",
    keys: readonly [string, string] = ["httpHeaderConfig", "httpHeaderName"],
) => ({
    "conditions.web": JSON.stringify([
        { field: "http-header", [keys[0]]: { [keys[1]]: "X-Origin-Verify", values: [value] } },
    ]),
});
const closed = { "security-group-prefix-lists": "pl-4fa04526", "certificate-arn": "arn:x" };
/** An Ingress that has the name, and that nobody but CloudFront may reach. */
export const ingress = (
    given: object,
    spec: object = paths,
    status: unknown = { loadBalancer: { ingress: [{ hostname }] } },
) =>
    [
        ingressType,
        {
            metadata: {
                annotations: annotations({ ...closed, ...given }),
            },
            spec: { ingressClassName: "alb", ...spec },
            status,
        },
    ] as const;
