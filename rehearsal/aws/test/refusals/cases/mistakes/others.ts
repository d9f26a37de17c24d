import type { CasesByType } from "..";
import { conditions, letters, lifecycle, policy } from "../parts";

const cors = (methods: string[]) => ({
    corsConfig: {
        accessControlAllowCredentials: false,
        accessControlAllowHeaders: { items: ["*"] },
        accessControlAllowMethods: { items: methods },
        accessControlAllowOrigins: { items: ["*"] },
        originOverride: true,
    },
});

const twin = { Sid: "A", Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "arn:aws:s3:::logs/*" };

const traffic = (more: object) => ({ trafficConfig: { type: "SingleWeight", ...more } });

/** Programs with one mistake each. */
export const others: CasesByType = {
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": {
        refused: [["method", cors(["TRACE"]), /accessControlAllowMethods\.items\[0\]: is "TRACE"; AWS allows "GET"/]],
    },
    "aws:cloudfront/cachePolicy:CachePolicy": {
        refused: [
            [
                "compression without caching",
                {
                    minTtl: 0,
                    defaultTtl: 0,
                    maxTtl: 0,
                    parametersInCacheKeyAndForwardedToOrigin: {
                        enableAcceptEncodingGzip: true,
                        cookiesConfig: { cookieBehavior: "none" },
                        headersConfig: { headerBehavior: "none" },
                        queryStringsConfig: { queryStringBehavior: "none" },
                    },
                },
                /has enableAcceptEncodingGzip, which a policy without caching/,
            ],
        ],
    },
    "aws:cloudfront/monitoringSubscription:MonitoringSubscription": {
        refused: [
            ["no such distribution", { distributionId: "E1ABCDEFGHIJKL" }, /NoSuchDistribution/],
            [
                "two of one distribution",
                async (stack) => {
                    const distributionId = (await stack.distribution({ comment: "watched" })).id;
                    const type = "aws:cloudfront/monitoringSubscription:MonitoringSubscription";
                    const status = { realtimeMetricsSubscriptionStatus: "Enabled" };
                    const monitoringSubscription = { realtimeMetricsSubscriptionConfig: status };
                    await stack.create(type, { distributionId, monitoringSubscription }, "first");
                    return { distributionId };
                },
                /MonitoringSubscriptionAlreadyExists/,
            ],
        ],
    },
    "aws:cloudfront/publicKey:PublicKey": {
        refused: [["no key", { encodedKey: "abc" }, /encodedKey: is "abc"; AWS allows public keys in PEM/]],
    },
    "aws:cloudfront/keyGroup:KeyGroup": {
        refused: [
            ["no such key", { items: ["K1ABCDEFGHIJKL"] }, /The parameter PublicKeyId is not valid: K1ABCDEFGHIJKL/],
            ["no keys", { items: [] }, /items: is empty/],
        ],
    },
    "aws:cloudfront/realtimeLogConfig:RealtimeLogConfig": {
        refused: [
            ["rate", { samplingRate: 101 }, /samplingRate: is 101; AWS allows 1 to 100/],
            ["fields", { fields: [] }, /fields: is empty/],
        ],
    },
    "aws:cloudfront/continuousDeploymentPolicy:ContinuousDeploymentPolicy": {
        refused: [
            ["weight", traffic({ singleWeightConfig: { weight: 0.2 } }), /weight: is 0\.2; AWS allows 0 to 0\.15/],
            [
                "header",
                traffic({ type: "SingleHeader", singleHeaderConfig: { header: "x-a", value: "b" } }),
                /header: is "x-a"; AWS allows headers that begin with "aws-cf-cd-"/,
            ],
            [
                "a session that lasts too long",
                traffic({
                    singleWeightConfig: { weight: 0.1, sessionStickinessConfig: { idleTtl: 300, maximumTtl: 7200 } },
                }),
                /maximumTtl: is 7200; AWS allows 300 to 3600\./,
            ],
        ],
    },
    "aws:kms/key:Key": {
        refused: [["rotation", { rotationPeriodInDays: 30 }, /rotationPeriodInDays: is 30; AWS allows 90 to 2560\./]],
    },
    "aws:cloudwatch/logGroup:LogGroup": {
        refused: [["key", { kmsKeyId: "key" }, /kmsKeyId: is "key"; AWS allows ARNs/]],
    },
    "aws:cloudwatch/logDeliverySource:LogDeliverySource": {
        refused: [["resource", { resourceArn: "site" }, /resourceArn: is "site"; AWS allows ARNs/]],
    },
    "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": {
        refused: [
            [
                "destination",
                { deliveryDestinationConfiguration: { destinationResourceArn: "logs" } },
                /destinationResourceArn: is "logs"; AWS allows ARNs/,
            ],
        ],
    },
    "aws:lb/listenerRule:ListenerRule": {
        refused: [
            [
                "query of 129",
                conditions({ queryStrings: [{ key: "a", value: letters(129) }] }),
                /queryStrings\[0\]\.value: is a text of 129 characters; AWS allows up to 128 characters/,
            ],
        ],
    },
    "aws:lb/trustStore:TrustStore": {
        refused: [["name", { name: "a_b" }, /name: is "a_b"; AWS allows only what matches/]],
    },
    "aws:route53/record:Record": {
        refused: [
            [
                "CloudFront in another zone",
                {
                    ttl: undefined,
                    records: undefined,
                    aliases: [{ name: "d1.cloudfront.net", zoneId: "Z1", evaluateTargetHealth: false }],
                },
                /the alias target name does not lie within the target zone/,
            ],
        ],
    },
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": {
        refused: [["no destination", { logDestinationConfigs: [] }, /logDestinationConfigs: is empty/]],
    },
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
        refused: [
            [
                "newer versions",
                lifecycle({ noncurrentVersionExpiration: { noncurrentDays: 1, newerNoncurrentVersions: 101 } }),
                /newerNoncurrentVersions: is 101; AWS allows 1 to 100/,
            ],
            [
                "back up",
                lifecycle({
                    transitions: [
                        { days: 90, storageClass: "STANDARD_IA" },
                        { days: 30, storageClass: "GLACIER" },
                    ],
                }),
                /goes back from GLACIER to STANDARD_IA/,
            ],
        ],
    },
    "aws:s3/bucketPolicy:BucketPolicy": {
        refused: [
            ["principal", policy({ Principal: "me" }), /MalformedPolicy: Invalid principal in policy/],
            ["account", policy({ Principal: { AWS: "arn:aws:iam::abc:root" } }), /MalformedPolicy: Invalid principal/],
            [
                "operator",
                policy({ Condition: { Equals: { a: "b" } } }),
                /MalformedPolicy: Invalid Condition type : Equals/,
            ],
            [
                "both",
                policy({ NotResource: "arn:aws:s3:::logs" }),
                /MalformedPolicy: Statement has both Resource and Not/,
            ],
            [
                "one name twice",
                { policy: JSON.stringify({ Version: "2012-10-17", Statement: [twin, twin] }) },
                /MalformedPolicy: Statement IDs \(SID\) in a single policy must be unique/,
            ],
        ],
    },
};
