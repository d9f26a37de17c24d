import type { CasesByType } from "./index";

const rule = (more: object) => ({
    rules: [{ id: "a", status: "Enabled", filter: {}, expiration: { days: 90 }, ...more }],
});
const topic = "arn:aws:sns:eu-central-1:111122223333:alarms";

/** Services of which only what stands behind CloudFront and a load balancer is modelled. */
export const others: CasesByType = {
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
        refused: [
            ["no action", rule({ expiration: undefined }), /expiration: One of .* must be given/],
            [
                "days and a date",
                rule({ expiration: { days: 1, date: "2030-01-31T00:00:00Z" } }),
                /conflicts with "date"/,
            ],
            [
                "a date that is not midnight",
                rule({ expiration: { date: "2030-01-31T12:00:00Z" } }),
                /date: is "2030-01-31T12:00:00Z"/,
            ],
            [
                "a transition that is too early",
                rule({ transitions: [{ days: 7, storageClass: "STANDARD_IA" }] }),
                /days: is 7; objects stay 30 days/,
            ],
            [
                "a transition after the expiration",
                rule({ transitions: [{ days: 90, storageClass: "GLACIER" }] }),
                /it must come later/,
            ],
            [
                "a class that does not exist",
                rule({ transitions: [{ days: 30, storageClass: "COLD" }] }),
                /storageClass: is "COLD"/,
            ],
            [
                "noncurrent versions after no days",
                rule({ noncurrentVersionExpiration: { noncurrentDays: 0 } }),
                /noncurrentDays: is 0/,
            ],
            [
                "uploads after no days",
                rule({ abortIncompleteMultipartUpload: { daysAfterInitiation: 0 } }),
                /daysAfterInitiation: is 0/,
            ],
            ["two conditions", rule({ filter: { prefix: "a/", objectSizeGreaterThan: 1 } }), /Put several into "and"/],
            ["an id twice", { rules: [...rule({}).rules, ...rule({}).rules] }, /has the id a twice/],
            ["a status that does not exist", rule({ status: "on" }), /status: is "on"/],
        ],
        accepted: [
            [
                "transitions in their order",
                rule({
                    expiration: { days: 400 },
                    transitions: [
                        { days: 30, storageClass: "STANDARD_IA" },
                        { days: 90, storageClass: "GLACIER" },
                    ],
                }),
            ],
            [
                "uploads that were broken off",
                rule({ expiration: undefined, abortIncompleteMultipartUpload: { daysAfterInitiation: 7 } }),
            ],
        ],
    },
    "aws:s3/bucketAcl:BucketAcl": {
        refused: [
            ["nothing", { acl: undefined }, /acl: One of/],
            ["a canned ACL that does not exist", { acl: "public" }, /acl: is "public"/],
        ],
    },
    "aws:s3/bucketVersioning:BucketVersioning": {
        refused: [["a status that does not exist", { versioningConfiguration: { status: "On" } }, /status: is "On"/]],
    },
    "aws:cloudwatch/metricAlarm:MetricAlarm": {
        refused: [
            ["no metric", { metricName: undefined }, /metricName: One of/],
            ["no statistic", { statistic: undefined }, /statistic: One of/],
            ["two statistics", { extendedStatistic: "p99" }, /extendedStatistic: conflicts with "statistic"/],
            ["no namespace", { namespace: undefined }, /namespace: is missing/],
            ["no threshold", { threshold: undefined }, /threshold: is missing/],
            ["a period that does not exist", { period: 90 }, /period: is 90/],
            ["no evaluation period", { evaluationPeriods: 0 }, /evaluationPeriods: is 0/],
            ["more than a day", { evaluationPeriods: 1441 }, /evaluationPeriods: of 60 seconds each are 86460 seconds/],
            ["more points than periods", { datapointsToAlarm: 2 }, /datapointsToAlarm: is 2/],
            [
                "an operator that does not exist",
                { comparisonOperator: "GreaterThan" },
                /comparisonOperator: is "GreaterThan"/,
            ],
            ["a treatment that does not exist", { treatMissingData: "ok" }, /treatMissingData: is "ok"/],
            ["an action that is no ARN", { alarmActions: ["alarms"] }, /alarmActions\[0\]: is "alarms"/],
            [
                "a topic of another region",
                { alarmActions: ["arn:aws:sns:us-east-1:111122223333:alarms"] },
                /notifies topics of that region only/,
            ],
            [
                "six actions",
                { alarmActions: Array.from({ length: 6 }, (_, index) => `${topic}${index}`) },
                /alarmActions: has 6 items; AWS allows 5 at most/,
            ],
            [
                "a band without its metric",
                { comparisonOperator: "GreaterThanUpperThreshold", threshold: undefined },
                /thresholdMetricId: is missing/,
            ],
        ],
        accepted: [
            [
                "a percentile",
                { statistic: undefined, extendedStatistic: "p99.9", alarmActions: [topic], okActions: [topic] },
            ],
            ["a period of ten seconds", { period: 10 }],
            [
                "an expression",
                {
                    metricName: undefined,
                    namespace: undefined,
                    period: undefined,
                    statistic: undefined,
                    metricQueries: [{ id: "a", expression: "SELECT AVG(x) FROM y", period: 60, returnData: true }],
                },
            ],
        ],
    },
    "aws:sns/topic:Topic": {
        refused: [
            ["a name with a space", { name: "a b" }, /name: is "a b"/],
            ["a first-in topic without its ending", { name: "a", fifoTopic: true }, /"\.fifo" at the end/],
        ],
        accepted: [["a first-in topic", { name: "a.fifo", fifoTopic: true }]],
    },
    "aws:sns/topicSubscription:TopicSubscription": {
        refused: [
            ["a topic that does not exist", { topic }, /404, .*NotFound: Topic does not exist/],
            [
                "an address that is none",
                { endpoint: "example.com" },
                /endpoint: is "example\.com"; the protocol "email"/,
            ],
            ["HTTP for HTTPS", { protocol: "https", endpoint: "http://example.com" }, /endpoint: is "http:/],
            ["a protocol that does not exist", { protocol: "mail" }, /protocol: is "mail"/],
        ],
        accepted: [["HTTPS", { protocol: "https", endpoint: "https://example.com/a" }]],
    },
    "aws:cloudwatch/logGroup:LogGroup": {
        refused: [
            ["days that AWS does not have", { retentionInDays: 31 }, /retentionInDays: is 31/],
            ["a class that does not exist", { logGroupClass: "CHEAP" }, /logGroupClass: is "CHEAP"/],
            ["a name with a space", { name: "a b" }, /name: is "a b"/],
        ],
    },
    "aws:acm/certificate:Certificate": {
        refused: [
            ["a way of validation that does not exist", { validationMethod: "dns" }, /validationMethod: is "dns"/],
            [
                "a key that cannot be requested",
                { keyAlgorithm: "RSA_4096" },
                /keyAlgorithm: is "RSA_4096", which is not supported/,
            ],
        ],
    },
};
