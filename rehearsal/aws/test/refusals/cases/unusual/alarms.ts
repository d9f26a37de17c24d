import type { CasesByType } from "..";
import { queries } from "../parts";

/** Unusual programs without any mistake. */
export const alarms: CasesByType = {
    "aws:cloudwatch/metricAlarm:MetricAlarm": {
        accepted: [
            [
                "a percentile in a query",
                queries([
                    {
                        id: "m1",
                        returnData: true,
                        metric: { metricName: "a", namespace: "AWS/X", period: 60, stat: "p99.9" },
                    },
                ]),
            ],
            [
                "alarm p99.9",
                { statistic: undefined, extendedStatistic: "p99.9", evaluateLowSampleCountPercentiles: "ignore" },
            ],
            ["alarm tm", { statistic: undefined, extendedStatistic: "tm(10%:90%)" }],
            ["alarm iqm", { statistic: undefined, extendedStatistic: "IQM" }],
            [
                "alarm m of n",
                {
                    evaluationPeriods: 5,
                    datapointsToAlarm: 3,
                    treatMissingData: "notBreaching",
                    unit: "Percent",
                    actionsEnabled: false,
                    insufficientDataActions: [],
                },
            ],
            ["alarm custom 10", { namespace: "App", period: 10 }],
            [
                "alarm math",
                queries([
                    { id: "e1", expression: "m1/m2*100", label: "x", returnData: true },
                    ...[1, 2].map((i) => ({
                        id: `m${i}`,
                        metric: {
                            metricName: "a",
                            namespace: "AWS/X",
                            period: 60,
                            stat: "Sum",
                            dimensions: { A: "b" },
                        },
                    })),
                ]),
            ],
            [
                "alarm anomaly",
                queries(
                    [
                        { id: "ad1", expression: "ANOMALY_DETECTION_BAND(m1, 2)", label: "x", returnData: true },
                        {
                            id: "m1",
                            returnData: true,
                            metric: { metricName: "a", namespace: "AWS/X", period: 60, stat: "Average" },
                        },
                    ],
                    { threshold: undefined, thresholdMetricId: "ad1", comparisonOperator: "GreaterThanUpperThreshold" },
                ),
            ],
            ["alarm week", { period: 3600, evaluationPeriods: 168 }],
            [
                "alarm ec2 action",
                {
                    alarmActions: [
                        "arn:aws:automate:eu-central-1:ec2:reboot",
                        "arn:aws:swf:eu-central-1:111122223333:action/actions/AWS_EC2.InstanceId.Stop/1.0",
                    ],
                },
            ],
            [
                "alarm lambda action",
                {
                    alarmActions: ["arn:aws:lambda:eu-central-1:111122223333:function:a"],
                    okActions: ["arn:aws:ssm:eu-central-1:111122223333:opsitem:1"],
                },
            ],
        ],
    },
    "aws:sns/topic:Topic": {
        accepted: [
            ["topic fifo", { name: "a.fifo", fifoTopic: true, contentBasedDeduplication: true }],
            [
                "topic policy",
                {
                    policy: JSON.stringify({
                        Version: "2012-10-17",
                        Statement: [
                            {
                                Effect: "Allow",
                                Principal: { Service: "cloudwatch.amazonaws.com" },
                                Action: "sns:Publish",
                                Resource: "*",
                            },
                        ],
                    }),
                    signatureVersion: 2,
                    tracingConfig: "Active",
                    displayName: "Alarms",
                },
            ],
            ["topic kms", { kmsMasterKeyId: "alias/aws/sns", namePrefix: "a_" }],
        ],
    },
    "aws:sns/topicSubscription:TopicSubscription": {
        accepted: [
            [
                "a policy with blanks",
                {
                    protocol: "https",
                    endpoint: "https://www.example.com/",
                    deliveryPolicy:
                        '{"healthyRetryPolicy": {"minDelayTarget": 5, "maxDelayTarget": 20, "numRetries": 5 }}',
                },
            ],
            [
                "sub https",
                {
                    protocol: "https",
                    endpoint: "https://user:p@a.example.com/x?y=z",
                    endpointAutoConfirms: true,
                    rawMessageDelivery: true,
                },
            ],
            [
                "sub sqs",
                {
                    protocol: "sqs",
                    endpoint: "arn:aws:sqs:eu-central-1:111122223333:a",
                    rawMessageDelivery: true,
                    filterPolicy: JSON.stringify({ a: ["b"] }),
                    filterPolicyScope: "MessageBody",
                },
            ],
            ["sub sms", { protocol: "sms", endpoint: "+4915112345678" }],
            [
                "sub lambda",
                {
                    protocol: "lambda",
                    endpoint: "arn:aws:lambda:eu-central-1:111122223333:function:a",
                    redrivePolicy: JSON.stringify({ deadLetterTargetArn: "arn:aws:sqs:eu-central-1:111122223333:dlq" }),
                },
            ],
            [
                "sub firehose",
                {
                    protocol: "firehose",
                    endpoint: "arn:aws:firehose:eu-central-1:111122223333:deliverystream/a",
                    subscriptionRoleArn: "arn:aws:iam::111122223333:role/a",
                },
            ],
        ],
    },
};
