import assert from "node:assert/strict";

import { broken, verdictsWithUnknown } from "../test/compliantStack";
import { messagesOf, testRule, verdictsOf } from "../test/testRule";
import { albAccessLogging } from "./alb-access-logging";

const path = "loadBalancer.accessLogs.enabled";
const violation = "violation: loadBalancer accessLogs.enabled";

describe("alb-access-logging", () => {
    testRule(albAccessLogging, {
        breaks: {
            false: [path, false, violation],
            "a bucket alone, which AWS takes for off": [path, undefined, violation],
            "no logs at all": ["loadBalancer.accessLogs", undefined, violation],
            "a value that is no truth value": [path, "yes", violation],
        },
        accepts: { "true in words": [path, "true"] },
        unknowns: {
            [path]: ["cannot tell: loadBalancer accessLogs.enabled"],
            "loadBalancer.accessLogs": ["cannot tell: loadBalancer accessLogs"],
            "loadBalancer.accessLogs.bucket": [],
        },
        shapes: [path, "loadBalancer.accessLogs", "loadBalancer.loadBalancerType"],
    });

    it("cannot tell while the type is unknown", () => {
        const program = broken(path, false);
        assert.deepEqual(verdictsWithUnknown(albAccessLogging, "loadBalancer.loadBalancerType", program), [
            "cannot tell: loadBalancer loadBalancerType",
        ]);
    });

    it("says what is missing and whom the bucket has to let write", () => {
        const [message] = messagesOf(albAccessLogging, broken("loadBalancer.accessLogs", undefined));
        assert.match(message ?? "", /^accessLogs\.enabled is missing, for which AWS takes false: /);
        assert.match(message ?? "", /Write true, .* logdelivery\.elasticloadbalancing\.amazonaws\.com\.$/);
    });

    it("judges application load balancers of every spelling only", () => {
        const program = `
resources:
  network: { type: aws:lb:LoadBalancer, properties: { loadBalancerType: network } }
  gateway: { type: aws-native:elasticloadbalancingv2:LoadBalancer, properties: { type: gateway } }
  classic: { type: aws:elb:LoadBalancer, properties: { listeners: [] } }
  alb: { type: aws:alb:LoadBalancer, properties: { loadBalancerType: application, connectionLogs: { bucket: a, enabled: true } } }
  listed: { type: aws:alb:LoadBalancer, properties: { accessLogs: [{ bucket: a, enabled: true }] } }
  native: { type: aws-native:elasticloadbalancingv2:LoadBalancer }
  off:
    type: aws-native:elasticloadbalancingv2:LoadBalancer
    properties: { loadBalancerAttributes: [{ key: access_logs.s3.bucket, value: a }, { key: access_logs.s3.enabled, value: "false" }] }
  on:
    type: aws-native:elasticloadbalancingv2:LoadBalancer
    properties: { loadBalancerAttributes: [{ key: access_logs.s3.enabled, value: "true" }] }
`;
        assert.deepEqual(verdictsOf(albAccessLogging, program), [
            "violation: alb accessLogs.enabled",
            "violation: native loadBalancerAttributes.access_logs.s3.enabled",
            "violation: off loadBalancerAttributes[1].value",
        ]);
    });
});
