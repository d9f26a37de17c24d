import type { CasesByType } from "..";
import { bytes, http, lifecycle, statement, target } from "../parts";

const math = (returned: string, more: object = {}) => ({
    comparisonOperator: "GreaterThanUpperThreshold",
    threshold: undefined,
    thresholdMetricId: "band",
    ...Object.fromEntries(["metricName", "namespace", "period", "statistic"].map((name) => [name, undefined])),
    metricQueries: [
        { id: "m", returnData: true, metric: { metricName: "a", namespace: "b", period: 60, stat: "Sum" } },
        { id: returned, returnData: true, expression: "ANOMALY_DETECTION_BAND(m, 2)" },
    ],
    ...more,
});
const group = (name: string, configuration: object, more: object = {}) => ({
    scope: "REGIONAL",
    region: "eu-central-1",
    ...statement(
        { managedRuleGroupStatement: { vendorName: "AWS", name, managedRuleGroupConfigs: [configuration], ...more } },
        { action: undefined, overrideAction: { none: {} } },
    ),
});
const codes = { statusCode: { successCodes: [200], failureCodes: [401] } };
const takeover = (responseInspection: object) =>
    group("AWSManagedRulesATPRuleSet", { awsManagedRulesAtpRuleSet: { loginPath: "/in", responseInspection } });
const stays = (days: number) => [
    { days: 30, storageClass: "STANDARD_IA" },
    { days, storageClass: "GLACIER" },
];
/** Programs with one mistake each, in a part of what they describe or between two of its parts. */
export const parts: CasesByType = {
    "aws:lb/listener:Listener": {
        refused: [
            [
                "two ways to name target groups",
                async (stack) => ({
                    defaultActions: [
                        {
                            type: "forward",
                            targetGroupArn: await target(stack),
                            forward: { targetGroups: [{ arn: await target(stack, {}, "other") }] },
                        },
                    ],
                }),
                /defaultActions\[0\]\.forward: has target groups beside "targetGroupArn"/,
            ],
            [
                "a header of mutual TLS on HTTP",
                { ...http, routingHttpRequestXAmznMtlsClientcertHeaderName: "X-Client" },
                /ClientcertHeaderName: goes with "protocol" "HTTPS" only, not with "HTTP"/,
            ],
        ],
    },
    "aws:lb/targetGroupAttachment:TargetGroupAttachment": {
        refused: [
            [
                "an address among instances",
                async (stack) => ({
                    targetGroupArn: await target(stack, { targetType: "instance" }),
                    targetId: "172.31.0.10",
                }),
                /ValidationError: .*'172\.31\.0\.10'.*instance/,
            ],
        ],
    },
    "aws:cloudfront/distribution:Distribution": {
        refused: [
            [
                "a lifetime below 0",
                {
                    defaultCacheBehavior: {
                        targetOriginId: "origin",
                        viewerProtocolPolicy: "https-only",
                        allowedMethods: ["GET", "HEAD"],
                        cachedMethods: ["GET", "HEAD"],
                        forwardedValues: { queryString: false, cookies: { forward: "none" } },
                        minTtl: -1,
                    },
                },
                /minTtl: is -1; AWS allows 0 or more seconds\./,
            ],
        ],
    },
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": {
        refused: [
            [
                "a star inside a label",
                {
                    corsConfig: {
                        accessControlAllowCredentials: false,
                        accessControlAllowHeaders: { items: ["*"] },
                        accessControlAllowMethods: { items: ["GET"] },
                        accessControlAllowOrigins: { items: ["https://exam*ple.org"] },
                        originOverride: true,
                    },
                },
                /accessControlAllowOrigins\.items\[0\]: is "https:\/\/exam\*ple\.org"; AWS allows/,
            ],
        ],
    },
    "aws:wafv2/webAcl:WebAcl": {
        refused: [
            [
                "a body over 4 KB",
                { customResponseBodies: [{ key: "a", contentType: "TEXT_PLAIN", content: "a".repeat(4097) }] },
                /customResponseBodies\[0\]\.content: is a text of 4097 characters; AWS allows .*WAFLimitsExceeded/,
            ],
            [
                "the configuration of another group",
                group("AWSManagedRulesCommonRuleSet", {
                    awsManagedRulesBotControlRuleSet: { inspectionLevel: "COMMON" },
                }),
                /managedRuleGroupConfigs: has "awsManagedRulesBotControlRuleSet", which is no configuration of AWSManagedRulesCommonRuleSet/,
            ],
            [
                "answers inspected at a load balancer",
                takeover(codes),
                /responseInspection: goes with the scope "CLOUDFRONT" only/,
            ],
            [
                "answers inspected in two ways",
                {
                    ...takeover({ ...codes, bodyContains: { successStrings: ["hi"], failureStrings: ["no"] } }),
                    scope: "CLOUDFRONT",
                    region: "us-east-1",
                },
                /responseInspection\.statusCode: conflicts with "bodyContains"/,
            ],
            [
                "two actions instead of a rule's own",
                group(
                    "AWSManagedRulesCommonRuleSet",
                    {},
                    {
                        managedRuleGroupConfigs: undefined,
                        ruleActionOverrides: [{ name: "SizeRestrictions_BODY", actionToUse: { count: {}, allow: {} } }],
                    },
                ),
                /actionToUse\.count: conflicts with "allow"/,
            ],
        ],
        accepted: [
            ["answers inspected at the edge", { ...takeover(codes), scope: "CLOUDFRONT", region: "us-east-1" }],
            ["a text with bytes of every kind", statement(bytes({ searchString: "\u0000\u00ff" }))],
        ],
    },
    "aws:wafv2/ipSet:IpSet": {
        refused: [
            [
                "too many addresses",
                { addresses: [...Array(10001).keys()].map((i) => `10.${i >> 8}.${i & 255}.1/32`) },
                /addresses: has 10001 addresses; AWS allows 10000\. \(AWS: WAFLimitsExceededException\)/,
            ],
            ["a length of no address", { addresses: ["192.0.2.0/240"] }, /AWS allows prefix lengths from 1 to 32/],
        ],
    },
    "aws:route53/healthCheck:HealthCheck": {
        refused: [
            [
                "recovery without its control",
                { type: "RECOVERY_CONTROL", fqdn: undefined, resourcePath: undefined },
                /routingControlArn: is missing, which the type "RECOVERY_CONTROL" needs/,
            ],
        ],
    },
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
        refused: [
            [
                "a date beside days",
                lifecycle({
                    transitions: [{ date: "2031-01-01T00:00:00Z", storageClass: "GLACIER" }],
                    expiration: { days: 400 },
                }),
                /rules\[0\]\.transitions: and "expiration" mix dates and days: write one of the two in both/,
            ],
            [
                "a class that is left too soon",
                lifecycle({ transitions: stays(59) }),
                /rules\[0\]\.transitions: leaves STANDARD_IA for GLACIER within 30 days/,
            ],
        ],
        accepted: [
            ["a class that is left after 30 days", lifecycle({ transitions: stays(60) })],
            [
                "dates in both",
                lifecycle({
                    transitions: [{ date: "2031-01-01T00:00:00Z", storageClass: "GLACIER" }],
                    expiration: { date: "2032-01-01T00:00:00Z" },
                }),
            ],
        ],
    },
    "aws:s3/bucketAcl:BucketAcl": {
        refused: [
            [
                "a group that does not exist",
                {
                    acl: undefined,
                    accessControlPolicy: {
                        owner: { id: "a" },
                        grants: [
                            {
                                permission: "WRITE",
                                grantee: { type: "Group", uri: "http://acs.amazonaws.com/groups/s3/LogWriters" },
                            },
                        ],
                    },
                },
                /grantee\.uri: is "http:.*LogWriters"; AWS allows/,
            ],
        ],
    },
    "aws:cloudwatch/metricAlarm:MetricAlarm": {
        refused: [
            ["a band that no query has", math("belt"), /thresholdMetricId: is "band", which is no "metricQueries" id/],
            [
                "an action of a bucket",
                { alarmActions: ["arn:aws:s3:::logs"] },
                /alarmActions\[0\]: is "arn:aws:s3:::logs"/,
            ],
            ["p100.5", { statistic: undefined, extendedStatistic: "p100.5" }, /extendedStatistic: is "p100\.5"/],
        ],
        accepted: [
            ["a band", math("band")],
            [
                "an instance's action",
                {
                    alarmActions: ["arn:aws:automate:eu-central-1:ec2:stop"],
                    dimensions: { InstanceId: "i-0123456789abcdef0" },
                },
            ],
            ["p100", { statistic: undefined, extendedStatistic: "p100.0" }],
        ],
    },
};
