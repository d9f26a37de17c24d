import type { CasesByType } from "..";

const queue = "arn:aws:sqs:eu-central-1:111122223333:orders";
const filter = (policy: object, more: object = {}) => ({
    protocol: "sqs",
    endpoint: queue,
    filterPolicy: JSON.stringify(policy),
    ...more,
});

const retried = (policy: object) => ({
    deliveryPolicy: JSON.stringify({ http: { defaultHealthyRetryPolicy: { numRetries: 3, ...policy } } }),
});

/** Topics and subscriptions with one mistake each, most of them in a policy that is a text. */
export const sns: CasesByType = {
    "aws:sns/topic:Topic": {
        refused: [
            [
                "an archive of more than a year",
                { name: "a.fifo", fifoTopic: true, archivePolicy: '{"MessageRetentionPeriod":"366"}' },
                /archivePolicy: is .*; AWS allows .* from 1 to 365/,
            ],
            [
                "delays the wrong way round",
                retried({ minDelayTarget: 60, maxDelayTarget: 20 }),
                /a "minDelayTarget" of 60/,
            ],
            [
                "a function nobody knows",
                retried({ backoffFunction: "quick" }),
                /AWS allows the backoff functions linear/,
            ],
            [
                "too many retries",
                { deliveryPolicy: JSON.stringify({ http: { defaultHealthyRetryPolicy: { numRetries: 101 } } }) },
                /deliveryPolicy: is .*; AWS allows .* from 0 to 100/,
            ],
        ],
        accepted: [
            [
                "an archive of a year",
                { name: "a.fifo", fifoTopic: true, archivePolicy: '{ "MessageRetentionPeriod": "365" }' },
            ],
            ["equal delays", retried({ minDelayTarget: 20, maxDelayTarget: 20, backoffFunction: "linear" })],
            ["100 retries", { deliveryPolicy: '{"http":{"defaultHealthyRetryPolicy":{"numRetries":100}}}' }],
        ],
    },
    "aws:sns/topicPolicy:TopicPolicy": {
        refused: [
            [
                "a condition that does not exist",
                {
                    policy: JSON.stringify({
                        Statement: {
                            Effect: "Allow",
                            Principal: "*",
                            Action: "sns:Publish",
                            Resource: "*",
                            Condition: { StringEqualz: { "aws:SourceAccount": "111122223333" } },
                        },
                    }),
                },
                /policy: has the condition "StringEqualz"/,
            ],
        ],
    },
    "aws:sns/topicSubscription:TopicSubscription": {
        refused: [
            [
                "a function nobody knows",
                filter({}, { deliveryPolicy: '{"healthyRetryPolicy":{"backoffFunction":"quick"}}' }),
                /AWS allows the backoff functions linear/,
            ],
            [
                "the name of a device",
                filter({}, { protocol: "application", endpoint: "phone", filterPolicy: undefined }),
                /endpoint: is "phone"; the protocol "application" needs the ARN of a device's endpoint/,
            ],
            [
                "an ordered queue of a standard topic",
                { protocol: "sqs", endpoint: `${queue}.fifo` },
                /endpoint: is a FIFO queue, which cannot be subscribed to a standard topic/,
            ],
            [
                "replay of a standard topic",
                filter({}, { replayPolicy: '{"PointType":"Timestamp"}' }),
                /replayPolicy: goes with FIFO topics only/,
            ],
            [
                "a scope without a policy",
                filter({}, { filterPolicy: undefined, filterPolicyScope: "MessageBody" }),
                /filterPolicy: is missing, which "filterPolicyScope" needs\./,
            ],
            [
                "nested keys of attributes",
                filter({ order: { state: ["paid"] } }),
                /filterPolicy: nests keys in "order"; only the "filterPolicyScope" "MessageBody" allows that\./,
            ],
            ["a comparison that does not exist", filter({ a: [{ numeric: ["=>", 5] }] }), /has {"numeric":\["=>",5\]}/],
            ["whether it exists in words", filter({ a: [{ exists: "true" }] }), /has {"exists":"true"}/],
            ["the beginning of a number", filter({ a: [{ prefix: 5 }] }), /has {"prefix":5}/],
            ["an operator that does not exist", filter({ a: [{ contains: "x" }] }), /has {"contains":"x"}; AWS allows/],
            [
                "too many combinations",
                filter(Object.fromEntries(["a", "b", "c"].map((key) => [key, [1, 2, 3, 4, 5, 6]]))),
                /filterPolicy: has 216 combinations of values; AWS allows 150/,
            ],
        ],
        accepted: [
            [
                "nested keys of the body",
                filter(
                    { order: { state: ["paid", { prefix: "re" }], total: [{ numeric: [">=", 0, "<", 100] }] } },
                    { filterPolicyScope: "MessageBody" },
                ),
            ],
            [
                "every operator",
                filter({
                    $or: [{ a: ["1"] }, { b: [{ "equals-ignore-case": "x" }, null, 5, true] }],
                    c: [{ exists: false }, { suffix: "x" }, { cidr: "10.0.0.0/8" }],
                    d: [{ "anything-but": { prefix: "a" } }, { "anything-but": ["a", 1] }],
                    e: [{ numeric: ["=", 3.5] }],
                }),
            ],
        ],
    },
};
