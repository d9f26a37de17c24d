import assert from "node:assert/strict";

import { UNKNOWN } from "../graph";
import { verdicts } from "../test/compliantStack";
import { says, testRule, verdictsOf } from "../test/testRule";
import { programOf } from "../test/yamlProgram";
import { albTargetHttps } from "./alb-target-https";

describe("alb-target-https", () => {
    testRule(albTargetHttps, {
        breaks: {
            HTTP: ["targets.protocol", "HTTP", "violation: targets protocol"],
            "a missing protocol": ["targets.protocol", undefined, "violation: targets protocol"],
            "an HTTP health check": ["targets.healthCheck.protocol", "HTTP", "violation: targets healthCheck.protocol"],
            "a health check without protocol": [
                "targets.healthCheck.protocol",
                undefined,
                "violation: targets healthCheck.protocol",
            ],
            "a missing health check": ["targets.healthCheck", undefined, "violation: targets healthCheck.protocol"],
        },
        accepts: {
            "a function as target": ["targets.targetType", "lambda"],
            "a network load balancer's target group": ["targets.protocol", "TCP"],
            "a gateway load balancer's target group": ["targets.protocol", "GENEVE"],
        },
        unknowns: {
            "targets.protocol": ["cannot tell: targets protocol"],
            "targets.healthCheck": ["cannot tell: targets healthCheck"],
            "targets.healthCheck.protocol": ["cannot tell: targets healthCheck.protocol"],
        },
        shapes: ["targets.protocol", "targets.healthCheck", "targets.healthCheck.protocol", "targets.targetType"],
    });

    it("presumes nothing of the health check of a protocol that is not known yet", () => {
        const program = (healthCheck: string) => `
resources:
  other: { type: random:index/randomId:RandomId }
  targets: { type: aws:lb:TargetGroup, properties: { protocol: "\${other.hex}"${healthCheck} } }
`;
        const unknown = "cannot tell: targets protocol";
        assert.deepEqual(verdicts(albTargetHttps, programOf(program("")), { form: "preview" }), [unknown]);
        assert.deepEqual(
            verdicts(albTargetHttps, programOf(program(", healthCheck: { protocol: HTTP }")), { form: "preview" }),
            [unknown, "violation: targets healthCheck.protocol"],
        );
    });

    it("reads aws-native's health check", () => {
        const program = `
resources:
  bad: { type: aws-native:elasticloadbalancingv2:TargetGroup, properties: { protocol: HTTPS, healthCheckProtocol: HTTP } }
  good: { type: aws-native:elasticloadbalancingv2:TargetGroup, properties: { protocol: HTTPS, healthCheckProtocol: HTTPS } }
  lambda: { type: aws:alb:TargetGroup, properties: { targetType: lambda } }
`;
        assert.deepEqual(verdictsOf(albTargetHttps, program), ["violation: bad healthCheckProtocol"]);
    });
});

describe("alb-target-https, value by value", () => {
    it("leaves a load balancer as target and a protocol that is no text alone", () => {
        says(albTargetHttps, { "targets.targetType": "alb", "targets.protocol": undefined }, []);
        says(albTargetHttps, { "targets.protocol": 7 }, []);
    });
});

describe("alb-target-https says of", () => {
    it("HTTP", () => {
        says(albTargetHttps, { "targets.protocol": "HTTP" }, [
            'protocol is "HTTP": requests travel from the load balancer to the targets unencrypted. Write "HTTPS".',
        ]);
    });

    it("a missing protocol", () => {
        says(albTargetHttps, { "targets.protocol": undefined }, [
            `protocol is missing (AWS's default is HTTP): requests travel from the load balancer to the targets unencrypted. Write "HTTPS".`,
        ]);
    });

    it("a protocol that is not known yet", () => {
        says(albTargetHttps, { "targets.protocol": UNKNOWN }, [
            'Cannot tell whether the load balancer reaches "targets" over HTTPS: protocol is not known yet.',
        ]);
    });

    it("a health check over HTTP", () => {
        says(albTargetHttps, { "targets.healthCheck.protocol": "HTTP" }, [
            'healthCheck.protocol is "HTTP": health checks travel unencrypted. Write "HTTPS".',
        ]);
    });
});
