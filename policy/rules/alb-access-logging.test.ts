import assert from "node:assert/strict";

import { UNKNOWN } from "../graph";
import { broken, changed, verdictsWithUnknown } from "../test/compliantStack";
import { messagesOf, says, testRule, verdictsOf } from "../test/testRule";
import { findingsOf, resourcesOf } from "../test/yamlProgram";
import { albAccessLogging, messages } from "./alb-access-logging";

const path = "loadBalancer.accessLogs.enabled";
const violation = "violation: loadBalancer accessLogs.enabled";

describe("alb-access-logging", () => {
    testRule(albAccessLogging, {
        breaks: {
            false: [path, false, violation],
            "a bucket alone, which AWS takes for off": [path, undefined, violation],
            "no logs at all": ["loadBalancer.accessLogs", undefined, violation],
            "true without a bucket": [
                "loadBalancer.accessLogs",
                { enabled: true },
                "violation: loadBalancer accessLogs.bucket",
            ],
            "true with an empty bucket": [
                "loadBalancer.accessLogs",
                { enabled: true, bucket: "" },
                "violation: loadBalancer accessLogs.bucket",
            ],
            "true with a bucket's ARN": [
                "loadBalancer.accessLogs",
                { enabled: true, bucket: "arn:aws:s3:::logs" },
                "violation: loadBalancer accessLogs.bucket",
            ],
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
        assert.match(message ?? "", /^accessLogs\.enabled is missing \(AWS's default is false\): /);
        assert.match(message ?? "", /Write true, .* logdelivery\.elasticloadbalancing\.amazonaws\.com write to it\.$/);
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
    properties: { loadBalancerAttributes: [{ key: access_logs.s3.enabled, value: "true" }, { key: access_logs.s3.bucket, value: a }] }
  bucketless:
    type: aws-native:elasticloadbalancingv2:LoadBalancer
    properties: { loadBalancerAttributes: [{ key: access_logs.s3.enabled, value: "true" }] }
`;
        assert.deepEqual(verdictsOf(albAccessLogging, program), [
            "violation: alb accessLogs.enabled",
            "violation: native loadBalancerAttributes.access_logs.s3.enabled",
            "violation: off loadBalancerAttributes[1].value",
            "violation: bucketless loadBalancerAttributes.access_logs.s3.bucket",
        ]);
    });

    describe("of logs that CloudWatch delivers", () => {
        const source = (type: string, owner = "${loadBalancer.arn}") => ({
            type,
            properties: { logType: "ALB_ACCESS_LOGS", resourceArn: owner, name: "alb" },
        });
        const delivery = (type: string) => ({
            type,
            properties: { deliverySourceName: "${albSource.name}", deliveryDestinationArn: "${logDestination.arn}" },
        });
        const [awsSource, awsDelivery] = ["aws:cloudwatch:LogDeliverySource", "aws:cloudwatch:LogDelivery"];
        const without = { "loadBalancer.accessLogs": undefined };
        const said = (changes: Record<string, unknown>) =>
            verdictsOf(albAccessLogging, changed({ ...without, ...changes }));

        it("accepts them, of either provider", () => {
            assert.deepEqual(said({ albSource: source(awsSource), albDelivery: delivery(awsDelivery) }), []);
            const native = {
                albSource: source("aws-native:logs:DeliverySource"),
                albDelivery: delivery("aws-native:logs:Delivery"),
            };
            assert.deepEqual(said(native), []);
        });

        it("refuses what tells of no request, goes nowhere or is another's", () => {
            const refused = ["violation: loadBalancer accessLogs.enabled"];
            const health = source(awsSource);
            for (const logType of ["ALB_CONNECTION_LOGS", "ALB_HEALTH_CHECK_LOGS", "ACCESS_LOGS"]) {
                const albSource = { ...health, properties: { ...health.properties, logType } };
                assert.deepEqual(said({ albSource, albDelivery: delivery(awsDelivery) }), refused, logType);
            }
            assert.deepEqual(said({ albSource: source(awsSource) }), refused);
            const other = "arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/other/1";
            assert.deepEqual(
                said({ albSource: source(awsSource, other), albDelivery: delivery(awsDelivery) }),
                refused,
            );
        });

        it("names the delivery that is missing", () => {
            const [message] = messagesOf(albAccessLogging, changed({ ...without, albSource: source(awsSource) }));
            const expected = messages.notLogged("accessLogs.enabled", messages.missing, messages.withoutDelivery);
            assert.equal(message, expected);
        });

        it("cannot tell while the source's load balancer or the delivery's source is not known", () => {
            const cannotTell = ["cannot tell: loadBalancer accessLogs.enabled"];
            const program = changed({ ...without, albSource: source(awsSource), albDelivery: delivery(awsDelivery) });
            const unknown = (path: string, value: unknown) => {
                const [name = "", key = ""] = path.split(".");
                const all = resourcesOf(program, "state");
                const resource = all.find((one) => one.name === name) ?? assert.fail(name);
                Object.assign(resource.properties, { [key]: value });
                Object.assign(resource, { propertyDependencies: {}, dependencies: [] });
                return findingsOf(albAccessLogging, all).map(
                    ({ kind, resource: { name: of }, path: at }) => `${kind}: ${of} ${at}`,
                );
            };
            assert.deepEqual(unknown("albSource.resourceArn", UNKNOWN), cannotTell);
            assert.deepEqual(unknown("albSource.logType", UNKNOWN), cannotTell);
            assert.deepEqual(unknown("albDelivery.deliverySourceName", UNKNOWN), cannotTell);
        });
    });
});

describe("alb-access-logging says of", () => {
    const write =
        "Write true, and the name of a bucket in the load balancer's Region whose policy lets logdelivery.elasticloadbalancing.amazonaws.com write to it.";

    it("false", () => {
        says(albAccessLogging, { [path]: false }, [
            `accessLogs.enabled is false: nobody can tell afterwards what reached the load balancer. ${write}`,
        ]);
    });

    it("no logs at all", () => {
        says(albAccessLogging, { "loadBalancer.accessLogs": undefined }, [
            `accessLogs.enabled is missing (AWS's default is false): nobody can tell afterwards what reached the load balancer. ${write}`,
        ]);
    });

    it("a source of logs that nothing delivers", () => {
        const albSource = {
            type: "aws:cloudwatch:LogDeliverySource",
            properties: { logType: "ALB_ACCESS_LOGS", resourceArn: "${loadBalancer.arn}", name: "alb" },
        };
        says(albAccessLogging, { "loadBalancer.accessLogs": undefined, albSource }, [
            `accessLogs.enabled is missing (AWS's default is false), and no LogDelivery takes the logs of its LogDeliverySource anywhere: nobody can tell afterwards what reached the load balancer. ${write}`,
        ]);
    });

    it("logs without a bucket", () => {
        says(albAccessLogging, { "loadBalancer.accessLogs": { enabled: true } }, [
            "accessLogs.enabled is true, but accessLogs.bucket is missing: without a bucket, AWS writes no access logs. Write the name of a bucket in the load balancer's Region whose policy lets logdelivery.elasticloadbalancing.amazonaws.com write to it.",
        ]);
    });

    it("a setting that is not known yet", () => {
        says(albAccessLogging, { [path]: UNKNOWN }, [
            "Cannot tell whether the load balancer logs requests: accessLogs.enabled is not known yet.",
        ]);
    });

    it("a type that is not known yet", () => {
        says(albAccessLogging, { [path]: false, "loadBalancer.loadBalancerType": UNKNOWN }, [
            "Cannot tell whether this is an application load balancer, which must log requests: loadBalancerType is not known yet.",
        ]);
    });

    it("a bucket's ARN", () => {
        says(albAccessLogging, { "loadBalancer.accessLogs": { enabled: true, bucket: "arn:aws:s3:::logs" } }, [
            'accessLogs.bucket is "arn:aws:s3:::logs", an ARN, which AWS refuses. Write the name of a bucket in the load balancer\'s Region whose policy lets logdelivery.elasticloadbalancing.amazonaws.com write to it.',
        ]);
    });
});
