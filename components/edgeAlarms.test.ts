import assert from "node:assert/strict";
import { tokens } from "./test/deployedEdge";
import { deploy, type Deployment } from "./test/deployment";

const summary = (deployment: Deployment) =>
    Object.fromEntries(
        deployment
            .all(tokens.alarm)
            .map(({ name, inputs }) => [
                name,
                [
                    inputs.region ?? "its own",
                    inputs.metricName,
                    inputs.comparisonOperator,
                    inputs.threshold,
                    inputs.dimensions,
                ],
            ]),
    );

describe("The alarms of an EncryptedEdge", () => {
    it("are not there unless they are asked for", async () => {
        const deployment = await deploy();
        assert.deepEqual([deployment.all(tokens.alarm), deployment.all(tokens.topic)], [[], []]);
        assert.deepEqual([deployment.outputs.alarmTopicArn, deployment.outputs.edgeAlarmTopicArn], ["", ""]);
    });

    it("watch each hop in the region and by the dimensions in which AWS reports it", async () => {
        const deployment = await deploy({ alarms: {} });
        const certificate = (which: string) => ({
            CertificateArn: `arn:aws:mock:${tokens.certificate}:edge-${which}-certificate`,
        });
        const loadBalancer = { LoadBalancer: "app/edge-alb/1" };
        const above = "GreaterThanThreshold";
        assert.deepEqual(summary(deployment), {
            "edge-edge-errors": [
                "us-east-1",
                "5xxErrorRate",
                above,
                5,
                { DistributionId: "edge-distribution-id", Region: "Global" },
            ],
            "edge-blocked-requests": [
                "us-east-1",
                "BlockedRequests",
                above,
                1000,
                { WebACL: "encrypted-edge-test-edge", Rule: "ALL" },
            ],
            "edge-viewer-certificate": ["us-east-1", "DaysToExpiry", "LessThanThreshold", 21, certificate("viewer")],
            "edge-load-balancer-errors": ["its own", "HTTPCode_ELB_5XX_Count", above, 10, loadBalancer],
            "edge-target-errors": ["its own", "HTTPCode_Target_5XX_Count", above, 10, loadBalancer],
            "edge-response-time": ["its own", "TargetResponseTime", above, 2, loadBalancer],
            "edge-unhealthy-targets": [
                "its own",
                "UnHealthyHostCount",
                above,
                0,
                { ...loadBalancer, TargetGroup: "targetgroup/edge-tg/1" },
            ],
            "edge-origin-certificate": ["its own", "DaysToExpiry", "LessThanThreshold", 21, certificate("origin")],
        });
        const { visibilityConfig } = deployment.find(tokens.webAcl).inputs as {
            visibilityConfig: { metricName: string };
        };
        assert.equal(visibilityConfig.metricName, "encrypted-edge-test-edge");
    });

    it("tell a topic of their own region", async () => {
        const deployment = await deploy({ alarms: {} });
        assert.deepEqual(
            deployment.all(tokens.topic).map(({ name, inputs }) => [name, inputs.region]),
            [
                ["edge-edge-alarms", "us-east-1"],
                ["edge-alarms", undefined],
            ],
        );
        for (const { name, inputs } of deployment.all(tokens.alarm)) {
            const topic = inputs.region === "us-east-1" ? "edge-edge-alarms" : "edge-alarms";
            const arns = [`arn:aws:mock:${tokens.topic}:${topic}`];
            assert.deepEqual([inputs.alarmActions, inputs.okActions], [arns, arns], name);
        }
        assert.equal(deployment.outputs.edgeAlarmTopicArn, `arn:aws:mock:${tokens.topic}:edge-edge-alarms`);
    });

    it("tell topics that are there, and begin where they are told to", async () => {
        const topicArn = "arn:aws:sns:eu-central-1:111122223333:alarms";
        const edgeTopicArn = "arn:aws:sns:us-east-1:111122223333:alarms";
        const deployment = await deploy({ alarms: { topicArn, edgeTopicArn, responseTime: 10, daysToExpiry: 7 } });
        assert.deepEqual(deployment.all(tokens.topic), []);
        assert.deepEqual(deployment.find(tokens.alarm, "response-time").inputs.threshold, 10);
        assert.deepEqual(deployment.find(tokens.alarm, "origin-certificate").inputs.alarmActions, [topicArn]);
        assert.deepEqual(deployment.find(tokens.alarm, "viewer-certificate").inputs.alarmActions, [edgeTopicArn]);
    });
});
