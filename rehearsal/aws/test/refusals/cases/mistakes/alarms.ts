import type { CasesByType } from "..";
import { letters } from "../parts";

/** Programs with one mistake each. */
export const alarms: CasesByType = {
    "aws:cloudwatch/metricAlarm:MetricAlarm": {
        refused: [
            [
                "p101",
                { statistic: undefined, extendedStatistic: "p101" },
                /extendedStatistic: is "p101"; AWS allows statistics such as p99\.9 and tm90\./,
            ],
            [
                "empty dimension",
                { dimensions: { DistributionId: "" } },
                /dimensions: has nothing for "DistributionId"\./,
            ],
            [
                "31 dimensions",
                { dimensions: Object.fromEntries([...Array(31).keys()].map((i) => [`d${i}`, "a"])) },
                /dimensions: has 31 dimensions; AWS allows 30\./,
            ],
            [
                "two return",
                {
                    metricName: undefined,
                    namespace: undefined,
                    period: undefined,
                    statistic: undefined,
                    metricQueries: [1, 2].map((i) => ({
                        id: `m${i}`,
                        returnData: true,
                        metric: { metricName: "a", namespace: "b", period: 60, stat: "Sum" },
                    })),
                },
                /metricQueries: has 2 queries with "returnData"; exactly one is the alarm's\./,
            ],
            [
                "query id upper",
                {
                    metricName: undefined,
                    namespace: undefined,
                    period: undefined,
                    statistic: undefined,
                    metricQueries: [
                        {
                            id: "M1",
                            returnData: true,
                            metric: { metricName: "a", namespace: "b", period: 60, stat: "Sum" },
                        },
                    ],
                },
                /metricQueries\[0\]\.id: is "M1"; AWS allows up to 255 letters, digits and underscores that be/,
            ],
            [
                "topic missing",
                { alarmActions: ["arn:aws:sns:eu-central-1:111122223333"] },
                /alarmActions\[0\]: is "arn:aws:sns:eu-central-1:111122223333"; AWS allows ARNs of topics/,
            ],
        ],
    },
    "aws:sns/topic:Topic": {
        refused: [
            [
                "dedup on standard",
                { contentBasedDeduplication: true },
                /contentBasedDeduplication: goes with "fifoTopic" only\./,
            ],
            ["policy json", { policy: "{" }, /policy: is no JSON\. Write it with JSON\.stringify\./],
            [
                "display 101",
                { displayName: letters(101) },
                /displayName: is a text of 101 characters; AWS allows up to 100 characters\./,
            ],
            ["signature 3", { signatureVersion: 3 }, /signatureVersion: is 3; AWS allows 1 and 2\./],
            ["delivery json", { deliveryPolicy: "x" }, /deliveryPolicy: is no JSON\. Write it with JSON\.stringify\./],
        ],
    },
    "aws:sns/topicSubscription:TopicSubscription": {
        refused: [
            ["sub filter", { filterPolicy: "x" }, /filterPolicy: is no JSON\. Write it with JSON\.stringify\./],
            [
                "sub scope",
                { filterPolicy: "{}", filterPolicyScope: "Body" },
                /filterPolicyScope: is "Body"; AWS allows MessageAttributes and MessageBody\./,
            ],
            [
                "sub raw email",
                { rawMessageDelivery: true },
                /rawMessageDelivery: goes with "protocol" "http", "https", "sqs", "firehose" only, not with/,
            ],
            [
                "sub firehose role",
                { protocol: "firehose", endpoint: "arn:aws:firehose:eu-central-1:111122223333:deliverystream/a" },
                /subscriptionRoleArn: is missing, which the protocol "firehose" needs\./,
            ],
            [
                "sub redrive",
                { redrivePolicy: "{}" },
                /redrivePolicy: names no queue\. Write \{ "deadLetterTargetArn": "arn:aws:sqs:\.\.\." \}\./,
            ],
        ],
    },
};
