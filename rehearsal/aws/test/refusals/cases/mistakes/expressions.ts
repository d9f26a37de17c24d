import type { Cases, CasesByType } from "../index";

const math = (expression: string) => ({
    ...Object.fromEntries(
        ["namespace", "metricName", "period", "statistic", "dimensions"].map((name) => [name, undefined]),
    ),
    metricQueries: [
        { id: "m1", metric: { namespace: "a", metricName: "b", period: 60, stat: "Sum" } },
        { id: "m2", metric: { namespace: "a", metricName: "c", period: 60, stat: "Sum" } },
        { id: "e1", expression, returnData: true },
    ],
});

const wrongMath: Readonly<Record<string, RegExp>> = {
    "(m1+m2": /is no expression of metric math/,
    "m1 */ m2": /is no expression of metric math/,
    "SUM([m1,m2,])": /is no expression of metric math/,
    'SUM("m)': /names "m", which no other query is/,
    "FOO(m1)": /calls "FOO", which metric math does not have/,
    "m1/m9": /names "m9", which no other query is/,
    "e1+m1": /names "e1", which no other query is/,
    "IF(m1)": /gives IF 1 arguments; it takes 2 to 3/,
    "FILL(m1)": /gives FILL 1 arguments; it takes 2\./,
    "METRICS()": /gives several time series/,
    "SEARCH('{a} b', 'Sum', 300)": /gives several time series/,
};

const rightMath = [
    "IF(m1 > 100 AND m2 < 5, 100*(m2/m1), 0)",
    "FILL(m1, REPEAT) - -m2",
    "SUM(METRICS())",
    'MAX(METRICS("m"))',
    "(m1 + m2) ^ 2 / PERIOD(m1) >= 1.5e3",
    "IF(HOUR(m1) >= 8 && (m2 == 0 || m1 != 1), AVG([m1, m2]))",
    'SELECT AVG(CPUUtilization) FROM "AWS/EC2" GROUP BY InstanceId',
];

const ruleOf = (...topics: object[]) => ({
    topics: topics.map((topic) => ({ topicArn: "arn:aws:sns:eu-central-1:111122223333:a", ...topic })),
});
const put = ["s3:ObjectCreated:Put"];
const overlapping = /topics: has s3:ObjectCreated:\S+ of objects that another one is told of/;

const notifications: Cases = {
    refused: [
        [
            "ends that overlap",
            ruleOf({ events: ["s3:ObjectCreated:*"], filterSuffix: ".jpg" }, { events: put, filterSuffix: "a.jpg" }),
            overlapping,
        ],
        [
            "beginnings that overlap",
            ruleOf({ events: put, filterPrefix: "a/" }, { events: put, filterPrefix: "a/b/" }),
            overlapping,
        ],
        ["an ordered queue", { queues: [{ queueArn: "arn:aws:sqs:eu-central-1:1:a.fifo", events: put }] }, /\.fifo/],
        ["no event", ruleOf({ events: [] }), /topics\[0\]\.events: is empty/],
    ],
    accepted: [
        ["other ends", ruleOf({ events: put, filterSuffix: ".jpg" }, { events: put, filterSuffix: ".png" })],
        [
            "beginnings that overlap, other ends",
            ruleOf(
                { events: put, filterPrefix: "a/", filterSuffix: ".jpg" },
                { events: put, filterPrefix: "a/b/", filterSuffix: ".png" },
            ),
        ],
        ["other events", ruleOf({ events: put }, { events: ["s3:ObjectRemoved:*"] })],
    ],
};

const filter = (condition: unknown) => ({ filterPolicy: JSON.stringify({ k: condition }) });

/** Expressions and filters that a text holds, and what two filters have in common. */
export const expressions: CasesByType = {
    "aws:cloudwatch/metricAlarm:MetricAlarm": {
        refused: Object.entries(wrongMath).map(([given, message]) => [given, math(given), message] as const),
        accepted: rightMath.map((given) => [given, math(given)] as const),
    },
    "aws:cloudwatch/logMetricFilter:LogMetricFilter": {
        refused: [["an open bracket", { pattern: "{ $.a = 1" }, /pattern: .*AWS allows patterns whose brackets/]],
        accepted: [
            ["fields by place", { pattern: "[ip, user, status = 4*, size > 10]" }],
            ["words", { pattern: '?a -b "two words"' }],
        ],
    },
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": {
        refused: [
            [
                "a suppressor that is none",
                { actionsSuppressor: { alarm: "nobody", waitPeriod: 60, extensionPeriod: 60 } },
                /alarms \[nobody\] in the alarm rule do not exist/,
            ],
        ],
    },
    "aws:s3/bucketNotification:BucketNotification": notifications,
    "aws:sns/topicSubscription:TopicSubscription": {
        refused: [
            ["a range that ends before it begins", filter([{ numeric: [">", 10, "<", 5] }]), /has \{"numeric"/],
            ["no address", filter([{ cidr: "10.0.0.0/33" }]), /has \{"cidr"/],
            ["an empty list", filter([]), /gives "k" no value/],
            [
                "dead letters of another kind",
                { redrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:eu-central-1:111122223333:d.fifo"}' },
                /redrivePolicy: names a FIFO queue; that of a standard topic is standard/,
            ],
        ],
        accepted: [["bounds", filter([{ numeric: [">=", 0, "<", 5.5] }, { cidr: "10.0.0.0/8" }])]],
    },
    "aws:acm/certificate:Certificate": {
        refused: [
            [
                "mail for another name",
                {
                    validationMethod: "EMAIL",
                    validationOptions: [{ domainName: "b.example.com", validationDomain: "example.com" }],
                },
                /validationOptions\[0\]\.domainName: is "b\.example\.com", which is no name/,
            ],
            ["by HTTP", { validationMethod: "HTTP" }, /AWS allows "DNS" and "EMAIL"/],
        ],
    },
    "aws:lb/targetGroup:TargetGroup": {
        refused: [
            [
                "DNS that fails over after routing",
                {
                    targetGroupHealth: {
                        dnsFailover: { minimumHealthyTargetsCount: "2" },
                        unhealthyStateRouting: { minimumHealthyTargetsCount: 3 },
                    },
                },
                /minimumHealthyTargetsCount: is 3, more than that of "dnsFailover", 2\./,
            ],
        ],
    },
    "aws:cloudfront/distributionTenant:DistributionTenant": {
        refused: [
            ["no such parameter", { parameters: [{ name: "colour", value: "red" }] }, /defines no parameter colour/],
            ["no ACL", { customizations: { webAcl: { action: "override" } } }, /webAcl\.arn: is missing/],
        ],
    },
    "aws:route53/cidrLocation:CidrLocation": {
        refused: [
            ["a narrow range", { cidrBlocks: ["203.0.113.0/25"] }, /cidrBlocks\[0\]: is "203\.0\.113\.0\/25"/],
            ["a long name", { name: "l".repeat(17) }, /1 to 16 letters/],
        ],
    },
    "aws:route53/record:Record": {
        refused: [
            [
                "a place that is none",
                async (stack) => ({
                    setIdentifier: "a",
                    cidrRoutingPolicy: {
                        collectionId: (await stack.create("aws:route53/cidrCollection:CidrCollection", {}, "nets")).id,
                        locationName: "berlin",
                    },
                }),
                /NoSuchCidrLocationException: .*berlin/,
            ],
        ],
    },
};
