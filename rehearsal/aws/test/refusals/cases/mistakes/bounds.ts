import type { Values } from "../../../../../provider";
import type { CasesByType } from "..";
import { letters, lifecycle, policy, queries } from "../parts";

const many = <Item>(count: number, make: (index: number) => Item): Item[] => [...Array(count).keys()].map(make);

const query = (more: Values): Values => ({ id: "m1", returnData: true, ...more });
const metric = { metricName: "a", namespace: "b", period: 60, stat: "Sum" };

const grant = (grantee: Values): Values => ({
    acl: undefined,
    accessControlPolicy: { owner: { id: letters(64) }, grants: [{ permission: "READ", grantee }] },
});

const body = (more: Values): Values => ({
    customResponseBodies: [{ key: "a", content: "x", contentType: "TEXT_PLAIN", ...more }],
});

const bodies = {
    refused: [
        [
            "a body's key with a space",
            body({ key: "a b" }),
            /customResponseBodies\[0\]\.key: is "a b"; AWS allows only/,
        ],
        ["a body's key of 129", body({ key: letters(129) }), /\.key: has 129 characters; AWS allows 1 to 128/],
    ],
} as const;

const fifo: Values = { name: "a.fifo", fifoTopic: true };

/** Programs with one mistake each, of lengths, counts, forms and twins; and the nearest that is allowed. */
export const bounds: CasesByType = {
    "aws:ec2/securityGroup:SecurityGroup": {
        refused: [
            ["AWS's own tag", { tags: { "aws:name": "a" } }, /tags\["aws:name"\]: begins with "aws:"/],
            [
                "51 tags",
                { tags: Object.fromEntries(many(51, (i) => [`k${i}`, ""])) },
                /tags: has 51 tags; AWS allows 50/,
            ],
            ["a tag of 257", { tags: { a: letters(257) } }, /tags\.a: has 257 characters; AWS allows 256/],
            ["a key of 129", { tags: { [letters(129)]: "a" } }, /has a key of more than 128 characters/],
        ],
        accepted: [["50 tags", { tags: Object.fromEntries(many(50, (i) => [letters(126) + i, letters(256)])) }]],
    },
    "aws:lb/loadBalancer:LoadBalancer": {
        refused: [["a prefix of 7", { namePrefix: "balance" }, /namePrefix: is "balance"; AWS allows 1 to 6/]],
        accepted: [["a prefix of 6", { namePrefix: "front-" }]],
    },
    "aws:lb/targetGroup:TargetGroup": {
        refused: [["a prefix of 7", { namePrefix: "targets" }, /namePrefix: is "targets"; AWS allows 1 to 6/]],
    },
    "aws:lb/targetGroupAttachment:TargetGroupAttachment": {
        refused: [
            [
                "a malformed address",
                { targetId: "172.31.0.300" },
                /ValidationError: The IP address '172\.31\.0\.300' is not/,
            ],
            ["beside the VPC", { targetId: "10.99.0.1" }, /'10\.99\.0\.1' is not within the VPC/],
        ],
        accepted: [["beside the VPC, in all zones", { targetId: "10.99.0.1", availabilityZone: "all" }]],
    },
    "aws:cloudfront/distribution:Distribution": {
        refused: [
            [
                "a negative time",
                { customErrorResponses: [{ errorCode: 404, errorCachingMinTtl: -1 }] },
                /errorCachingMinTtl: is -1; AWS allows 0 or more seconds/,
            ],
        ],
        accepted: [["no time", { customErrorResponses: [{ errorCode: 404, errorCachingMinTtl: 0 }] }]],
    },
    "aws:cloudfront/originAccessControl:OriginAccessControl": {
        refused: [
            [
                "a name that is taken",
                async (stack) => {
                    const given = { name: "a", originAccessControlOriginType: "s3", signingProtocol: "sigv4" };
                    const type = "aws:cloudfront/originAccessControl:OriginAccessControl";
                    await stack.create(type, { ...given, signingBehavior: "always" }, "first");
                    return { name: "a" };
                },
                /OriginAccessControlAlreadyExists/,
            ],
        ],
    },
    "aws:cloudfront/vpcOrigin:VpcOrigin": {
        refused: [
            [
                "no protocols",
                async (stack) => ({
                    vpcOriginEndpointConfig: {
                        name: "o",
                        arn: (
                            await stack.create(
                                "aws:lb/loadBalancer:LoadBalancer",
                                { name: "inner", internal: true, subnets: await stack.subnets() },
                                "inner",
                            )
                        ).id,
                        httpPort: 80,
                        httpsPort: 443,
                        originProtocolPolicy: "https-only",
                        originSslProtocols: { items: [], quantity: 0 },
                    },
                }),
                /originSslProtocols\.items: is empty/,
            ],
        ],
    },
    "aws:wafv2/ipSet:IpSet": {
        refused: [
            ...["10.0.0.300/32", "10.0.0/24", "10/8"].map(
                (address) =>
                    [
                        address,
                        { addresses: [address] },
                        /addresses\[0\]: is ".*"; a range with a prefix length is/,
                    ] as const,
            ),
            [
                "two gaps",
                { ipAddressVersion: "IPV6", addresses: ["2001::db8::1/128"] },
                /addresses\[0\]: is ".*"; a range with a prefix length is/,
            ],
        ],
    },
    "aws:wafv2/webAcl:WebAcl": bodies,
    "aws:wafv2/ruleGroup:RuleGroup": {
        refused: [...bodies.refused, ["capacity", { capacity: 5001 }, /capacity: is 5001; AWS allows 1 to 5000/]],
        accepted: [["capacity", { capacity: 5000 }]],
    },
    "aws:route53/healthCheck:HealthCheck": {
        refused: [
            ["a name of 256", { fqdn: letters(256) }, /fqdn: has 256 characters; AWS allows 255 at most/],
            [
                "257 children",
                {
                    type: "CALCULATED",
                    fqdn: undefined,
                    resourcePath: undefined,
                    childHealthThreshold: 257,
                    childHealthchecks: many(257, String),
                },
                /childHealthThreshold: is 257; AWS allows 0 to 256[^]*childHealthchecks: has 257 items; AWS allows 256 at most/,
            ],
        ],
    },
    "aws:route53/record:Record": {
        refused: [
            [
                "a country that does not exist",
                { setIdentifier: "a", geolocationRoutingPolicies: [{ country: "UK" }] },
                /country: is "UK"; AWS allows codes of ISO 3166-1/,
            ],
            [
                "a name of 256",
                { name: many(9, () => letters(30)).join(".") },
                /name: is a text of 278 characters; AWS allows names/,
            ],
            [
                "401 values",
                { records: many(401, (i) => `10.0.${i >> 8}.${i & 255}`) },
                /records: has 401 records; AWS allows 400/,
            ],
        ],
        accepted: [
            ["Great Britain", { setIdentifier: "a", geolocationRoutingPolicies: [{ country: "GB" }] }],
            ["400 values", { records: many(400, (i) => `10.0.${i >> 8}.${i & 255}`) }],
        ],
    },
    "aws:route53/zone:Zone": { refused: [["no name", { name: "" }, /name: is ""; AWS allows names whose labels/]] },
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
        refused: [
            [
                "a negative size",
                lifecycle({ filter: { objectSizeGreaterThan: -1 }, expiration: { days: 1 } }),
                /objectSizeGreaterThan: is -1; AWS allows 0 or more/,
            ],
            [
                "old versions too early",
                lifecycle({ noncurrentVersionTransitions: [{ noncurrentDays: 1, storageClass: "STANDARD_IA" }] }),
                /noncurrentDays: is 1; objects stay 30 days at least before they go to STANDARD_IA/,
            ],
        ],
        accepted: [
            [
                "old versions, to another class",
                lifecycle({ noncurrentVersionTransitions: [{ noncurrentDays: 1, storageClass: "GLACIER_IR" }] }),
            ],
        ],
    },
    "aws:s3/bucketAcl:BucketAcl": {
        refused: [
            [
                "a group without its name",
                grant({ type: "Group" }),
                /grantee\.uri: is missing, which the type "Group" needs/,
            ],
        ],
        accepted: [["a group", grant({ type: "Group", uri: "http://acs.amazonaws.com/groups/s3/LogDelivery" })]],
    },
    "aws:s3/bucketPolicy:BucketPolicy": {
        refused: [
            ["nobody", policy({ Principal: {} }), /MalformedPolicy: Invalid principal in policy/],
            ["an empty list", policy({ Principal: { AWS: [] } }), /MalformedPolicy: Invalid principal in policy/],
            ["an unknown kind", policy({ Principal: { User: "*" } }), /MalformedPolicy: Invalid principal in policy/],
            ["half a service", policy({ Principal: { Service: "cloudfront" } }), /MalformedPolicy: Invalid principal/],
            ["an unknown field", policy({ Actions: "s3:*" }), /MalformedPolicy: Unknown field Actions/],
            [
                "more than 20 KB",
                policy({ Condition: { StringEquals: { "aws:SourceArn": many(400, (i) => `${letters(50)}${i}`) } } }),
                /MalformedPolicy: Policy exceeds the maximum allowed document size/,
            ],
        ],
        accepted: [
            ["two kinds of principals", policy({ Principal: { AWS: "*", Service: ["cloudfront.amazonaws.com"] } })],
            ["a name in words", policy({ Sid: " Nobody may do anything" })],
        ],
    },
    "aws:cloudwatch/metricAlarm:MetricAlarm": {
        refused: [
            [
                "a query of both kinds",
                queries([query({ metric, expression: "1" })]),
                /metricQueries\[0\]\.metric: conflicts with "expression"\. .*ValidationError/,
            ],
            [
                "a query of nothing",
                queries([query({})]),
                /One of "expression", "metric" must be given.*ValidationError/,
            ],
            [
                "an id twice",
                queries([query({ metric }), query({ metric, returnData: false })]),
                /metricQueries: has the id m1 twice\. \(AWS: ValidationError\)/,
            ],
        ],
    },
    "aws:sns/topic:Topic": {
        refused: [
            [
                "rate",
                { sqsSuccessFeedbackSampleRate: 101 },
                /sqsSuccessFeedbackSampleRate: is 101; AWS allows 0 to 100/,
            ],
            ["role", { httpFailureFeedbackRoleArn: "role" }, /httpFailureFeedbackRoleArn: is "role"; AWS allows ARNs/],
            ["an archive", { archivePolicy: "{}" }, /archivePolicy: goes with "fifoTopic" "true" only/],
            ["throughput", { fifoThroughputScope: "Topic" }, /fifoThroughputScope: goes with "fifoTopic" "true" only/],
            ["a prefix of 231", { namePrefix: letters(231) }, /namePrefix: is .*; AWS allows 1 to 230/],
        ],
        accepted: [["an archive", { ...fifo, archivePolicy: '{"MessageRetentionPeriod":"30"}' }]],
    },
    "aws:sns/topicSubscription:TopicSubscription": {
        refused: [
            [
                "letters of a FIFO topic",
                async (stack) => ({ topic: (await stack.create("aws:sns/topic:Topic", fifo, "fifo")).id }),
                /protocol: is "email"; a FIFO topic delivers to queues of SQS only/,
            ],
            [
                "six keys",
                { filterPolicy: JSON.stringify(Object.fromEntries(many(6, (i) => [`k${i}`, ["a"]]))) },
                /filterPolicy: has 6 keys; AWS allows 5\. \(AWS: InvalidParameter\)/,
            ],
            ["a single value", { filterPolicy: '{"k":"a"}' }, /filterPolicy: gives "k" one value\. Write a list/],
        ],
        accepted: [
            ["a list and an object", { filterPolicy: '{"k":["a"],"o":{"k":[1]}}', filterPolicyScope: "MessageBody" }],
        ],
    },
};
