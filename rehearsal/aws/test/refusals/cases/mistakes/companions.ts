import type { CasesByType, Patch } from "..";

/** Notifications of a bucket to a topic that S3 may publish to. */
const notified =
    (...topics: readonly object[]): Patch =>
    async (stack) => {
        const arn = (await stack.create("aws:sns/topic:Topic", { name: "ops" }, "topic")).id;
        const Statement = [
            { Effect: "Allow", Principal: { Service: "s3.amazonaws.com" }, Action: "sns:Publish", Resource: "*" },
        ];
        await stack.create("aws:sns/topicPolicy:TopicPolicy", { arn, policy: JSON.stringify({ Statement }) }, "policy");
        return { topics: topics.map((more) => ({ topicArn: arn, ...more })) };
    };

const routed = (routingRule: object) => ({ routingRules: [routingRule] });
const topicPolicy = (statement: object) => ({ policy: JSON.stringify({ Statement: [statement] }) });

/** Programs with one mistake each in what stands beside: settings of buckets, policies of topics, logs and alarms. */
export const companions: CasesByType = {
    "aws:s3/bucketNotification:BucketNotification": {
        refused: [
            ["event", notified({ events: ["s3:ObjectMade:*"] }), /events\[0\]: is "s3:ObjectMade:\*"; AWS allows S3's/],
        ],
        accepted: [
            [
                "apart by prefix and by suffix",
                notified(
                    { events: ["s3:ObjectCreated:*"], filterPrefix: "a/", filterSuffix: ".jpg" },
                    { events: ["s3:ObjectCreated:Put"], filterPrefix: "b/" },
                    { events: ["s3:ObjectCreated:*"], filterPrefix: "a/", filterSuffix: ".png" },
                    { events: ["s3:ObjectRemoved:*"] },
                ),
            ],
        ],
    },
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": {
        refused: [
            [
                "no period",
                { rule: { defaultRetention: { mode: "GOVERNANCE" } } },
                /One of "days", "years" must be given/,
            ],
            ["no days", { rule: { defaultRetention: { mode: "GOVERNANCE", days: 0 } } }, /days: is 0; AWS allows 1 or/],
            [
                "unversioned",
                async (stack) => ({ bucket: (await stack.create("aws:s3/bucket:Bucket", {}, "plain")).id }),
                /InvalidBucketState: Versioning must be 'Enabled'/,
            ],
        ],
    },
    "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": {
        refused: [
            [
                "method in lower case",
                { corsRules: [{ allowedMethods: ["get"], allowedOrigins: ["*"] }] },
                /allowedMethods\[0\]: is "get"; AWS allows GET, PUT, HEAD, POST and DELETE\./,
            ],
            [
                "two wildcards",
                { corsRules: [{ allowedMethods: ["GET"], allowedOrigins: ["https://*.*.example.com"] }] },
                /allowedOrigins\[0\]: is .*; AWS allows one "\*" in each\. \(AWS: InvalidRequest\)/,
            ],
            [
                "exposed wildcard",
                { corsRules: [{ allowedMethods: ["GET"], allowedOrigins: ["*"], exposeHeaders: ["*"] }] },
                /exposeHeaders\[0\]: is "\*"; AWS allows no "\*" here/,
            ],
        ],
    },
    "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration": {
        refused: [
            ["code", routed({ redirect: { httpRedirectCode: "200" } }), /httpRedirectCode: is "200"; AWS allows 301/],
            [
                "error code",
                routed({ condition: { httpErrorCodeReturnedEquals: "200" }, redirect: { hostName: "a.example.com" } }),
                /httpErrorCodeReturnedEquals: is "200"; AWS allows 400 to 599/,
            ],
            ["no condition", routed({ condition: {}, redirect: { hostName: "a.example.com" } }), /InvalidRequest/],
            [
                "both replacements",
                routed({ redirect: { replaceKeyPrefixWith: "a", replaceKeyWith: "b" } }),
                /replaceKeyWith: conflicts with "replaceKeyPrefixWith"/,
            ],
        ],
    },
    "aws:s3/bucketObjectv2:BucketObjectv2": {
        refused: [["ACL of a bucket without", { acl: "public-read" }, /AccessControlListNotSupported/]],
        accepted: [["ACL that every bucket takes", { acl: "bucket-owner-full-control" }]],
    },
    "aws:s3/bucketLogging:BucketLogging": {
        refused: [
            [
                "bucket of another region",
                async (stack) => ({
                    targetBucket: (await stack.create("aws:s3/bucket:Bucket", { region: "us-east-1" }, "abroad")).id,
                }),
                /CrossLocationLoggingProhibited/,
            ],
        ],
    },
    "aws:s3/bucketVersioning:BucketVersioning": {
        refused: [
            [
                "suspended under a lock",
                async (stack) => ({
                    bucket: (await stack.create("aws:s3/bucket:Bucket", { objectLockEnabled: true }, "locked")).id,
                    versioningConfiguration: { status: "Suspended" },
                }),
                /InvalidBucketState: An Object Lock configuration is present/,
            ],
        ],
    },
    "aws:sns/topicPolicy:TopicPolicy": {
        refused: [
            ["effect", topicPolicy({ Effect: "Grant", Principal: "*", Action: "sns:Publish" }), /the effect "Grant"/],
            ["nobody", topicPolicy({ Effect: "Allow", Action: "sns:Publish" }), /has a statement without a principal/],
            [
                "all actions",
                topicPolicy({ Effect: "Allow", Principal: "*", Action: "sns:*" }),
                /has the action "sns:\*", which is out of service scope.*\(AWS: InvalidParameter\)/,
            ],
            ["no topic", { arn: "arn:aws:sns:eu-central-1:111122223333:none" }, /NotFound: Topic does not exist/],
        ],
    },
    "aws:sns/topicSubscription:TopicSubscription": {
        refused: [
            [
                "letters to a topic",
                { redrivePolicy: '{"deadLetterTargetArn":"arn:aws:sns:eu-central-1:111122223333:dead"}' },
                /redrivePolicy: names no queue/,
            ],
            ["deliveries without JSON", { deliveryPolicy: "{" }, /deliveryPolicy: is no JSON/],
        ],
    },
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": {
        refused: [["no JSON", { policyDocument: "{" }, /policyDocument: is no JSON/]],
    },
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": {
        refused: [
            ["unfinished", { alarmRule: "TRUE AND" }, /alarmRule: is "TRUE AND"; AWS allows rules such as/],
            ["bracket", { alarmRule: "(TRUE" }, /alarmRule: is "\(TRUE"/],
            ["operator", { alarmRule: "TRUE XOR FALSE" }, /alarmRule: is "TRUE XOR FALSE"/],
            ["no term", { alarmRule: "(#) AND #" }, /alarmRule: is "\(#\) AND #"/],
            ["state", { alarmRule: "PENDING(a)" }, /alarmRule: is "PENDING\(a\)"/],
            ["action", { alarmActions: ["ops"] }, /alarmActions\[0\]: is "ops"; AWS allows ARNs/],
        ],
        accepted: [
            ["nested", { alarmRule: "NOT (TRUE OR\n(FALSE AND NOT TRUE)) OR FALSE" }],
            ["a comment", { alarmRule: "/* always */ TRUE" }],
            ["two brackets", { alarmRule: "((TRUE) AND (FALSE))" }],
        ],
    },
    "aws:cloudwatch/logGroup:LogGroup": {
        refused: [["AWS's own name", { name: "aws/a" }, /name: is "aws\/a"; AWS allows names that do not begin with/]],
        accepted: [["a name as AWS's services choose them", { name: "/aws/lambda/a" }]],
    },
};
