import assert from "node:assert/strict";

import { UNKNOWN } from "../graph";
import { broken, verdictsWithUnknown } from "../test/compliantStack";
import { testRule, verdictsOf, says } from "../test/testRule";
import { albDropInvalidHeaders, messages } from "./alb-drop-invalid-headers";

const path = "loadBalancer.dropInvalidHeaderFields";
const violation = "violation: loadBalancer dropInvalidHeaderFields";

describe("alb-drop-invalid-headers", () => {
    testRule(albDropInvalidHeaders, {
        breaks: {
            false: [path, false, violation],
            "a missing value": [path, undefined, violation],
            "a value that is no truth value": [path, "yes", violation],
        },
        accepts: { "true in words": [path, "true"] },
        unknowns: { [path]: ["cannot tell: loadBalancer dropInvalidHeaderFields"] },
        shapes: [path, "loadBalancer.loadBalancerType"],
    });

    it("cannot tell while the type is unknown", () => {
        const program = broken("loadBalancer.dropInvalidHeaderFields", false);
        assert.deepEqual(verdictsWithUnknown(albDropInvalidHeaders, "loadBalancer.loadBalancerType", program), [
            "cannot tell: loadBalancer loadBalancerType",
        ]);
    });

    it("judges application load balancers of every spelling only", () => {
        const program = `
resources:
  network: { type: aws:lb:LoadBalancer, properties: { loadBalancerType: network } }
  gateway: { type: aws-native:elasticloadbalancingv2:LoadBalancer, properties: { type: gateway } }
  alb: { type: aws:alb:LoadBalancer, properties: { loadBalancerType: application } }
  native: { type: aws-native:elasticloadbalancingv2:LoadBalancer }
  off:
    type: aws-native:elasticloadbalancingv2:LoadBalancer
    properties: { loadBalancerAttributes: [{ key: a, value: b }, { key: routing.http.drop_invalid_header_fields.enabled, value: "false" }] }
  on:
    type: aws-native:elasticloadbalancingv2:LoadBalancer
    properties: { loadBalancerAttributes: [{ key: routing.http.drop_invalid_header_fields.enabled, value: "true" }] }
`;
        assert.deepEqual(verdictsOf(albDropInvalidHeaders, program), [
            "violation: alb dropInvalidHeaderFields",
            "violation: native loadBalancerAttributes.routing.http.drop_invalid_header_fields.enabled",
            "violation: off loadBalancerAttributes[1].value",
        ]);
    });
});

describe("alb-drop-invalid-headers, value by value", () => {
    it("cannot tell of an aws-native attribute whose key is not known yet", () => {
        const type = "aws-native:elasticloadbalancingv2:LoadBalancer";
        const message = (what: string) => `Cannot tell whether ${messages.mayDrop}: ${what} is not known yet.`;
        for (const [attributes, path] of [
            [
                [
                    { key: "a", value: "b" },
                    { key: UNKNOWN, value: "true" },
                ],
                "loadBalancerAttributes[1].key",
            ],
            [[UNKNOWN], "loadBalancerAttributes[0]"],
            [UNKNOWN, "loadBalancerAttributes"],
        ] as const) {
            const properties = { loadBalancerAttributes: attributes };
            says(albDropInvalidHeaders, { loadBalancer: { type, properties } }, [message(path)]);
        }
    });
});

describe("alb-drop-invalid-headers says of", () => {
    it("false", () => {
        says(albDropInvalidHeaders, { "loadBalancer.dropInvalidHeaderFields": false }, [
            "dropInvalidHeaderFields is false: header fields with invalid names reach the targets, which opens the way to request smuggling. Write true.",
        ]);
    });

    it("a missing setting", () => {
        says(albDropInvalidHeaders, { "loadBalancer.dropInvalidHeaderFields": undefined }, [
            "dropInvalidHeaderFields is missing (AWS's default is false): header fields with invalid names reach the targets, which opens the way to request smuggling. Write true.",
        ]);
    });

    it("a setting that is not known yet", () => {
        says(albDropInvalidHeaders, { "loadBalancer.dropInvalidHeaderFields": UNKNOWN }, [
            "Cannot tell whether the load balancer drops invalid headers: dropInvalidHeaderFields is not known yet.",
        ]);
    });

    it("a type that is not known yet", () => {
        says(
            albDropInvalidHeaders,
            { "loadBalancer.dropInvalidHeaderFields": false, "loadBalancer.loadBalancerType": UNKNOWN },
            [
                "Cannot tell whether this is an application load balancer, which must drop invalid headers: loadBalancerType is not known yet.",
            ],
        );
    });
});
