const visible = (metricName: string) => ({
    visibilityConfig: { metricName, cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true },
});

/** What each recipe changes beside a plain edge: paths of properties, by the key of the resource's name. */
export const recipeChanges: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    "access-log-in-parquet": {
        "access-log": undefined,
        "access-log-destination.deliveryDestinationConfiguration.destinationResourceArn": "arn:aws:s3:::access-logs-#",
        "access-log-destination.outputFormat": "parquet",
        "access-log-delivery.s3DeliveryConfigurations": [
            { enableHiveCompatiblePath: true, suffixPath: "{yyyy}/{MM}/{dd}/{HH}" },
        ],
    },
    "basic-authentication": { "viewer-request.code": /cHJldmlldzpjaGFuZ2UgbWU=/ },
    "bot-control": {
        "web-acl.rules[5]": {
            name: "bot-control",
            priority: 5,
            overrideAction: { count: {} },
            statement: {
                managedRuleGroupStatement: {
                    vendorName: "AWS",
                    name: "AWSManagedRulesBotControlRuleSet",
                    managedRuleGroupConfigs: [{ awsManagedRulesBotControlRuleSet: { inspectionLevel: "COMMON" } }],
                },
            },
            ...visible("bot-control"),
        },
    },
    "cache-policy": { "distribution.orderedCacheBehaviors[0].cachePolicyId": "#-#-#-#-#" },
    "content-security-policy": {
        "security-headers.securityHeadersConfig.contentSecurityPolicy": {
            contentSecurityPolicy: "default-src 'self'; frame-ancestors 'none'",
            override: true,
        },
    },
    "geo-restriction": {
        "distribution.restrictions.geoRestriction.restrictionType": "whitelist",
        "distribution.restrictions.geoRestriction.locations": ["AT", "CH", "DE"],
    },
    grpc: {
        "distribution.defaultCacheBehavior.grpcConfig": { enabled: true },
        "tg.healthCheck.matcher": "0-99",
        "tg.healthCheck.path": "/AWS.ALB/healthcheck",
        "tg.protocolVersion": "GRPC",
    },
    "hidden-headers": {
        "security-headers.removeHeadersConfig": { items: [{ header: "Server" }, { header: "X-Powered-By" }] },
    },
    "hsts-preload": {
        "security-headers.securityHeadersConfig.strictTransportSecurity.accessControlMaxAgeSec": 63_072_000,
        "security-headers.securityHeadersConfig.strictTransportSecurity.includeSubdomains": true,
        "security-headers.securityHeadersConfig.strictTransportSecurity.preload": true,
    },
    "http3-off": { "distribution.httpVersion": "http2" },
    "kms-on-logs": {
        "access-log.kmsKeyId": "arn:aws:kms:us-east-1:#:key/#-#-#-#-#",
        "web-acl-log.kmsKeyId": "arn:aws:kms:us-east-1:#:key/#-#-#-#-#",
    },
    "lambda-at-edge": {
        "distribution.defaultCacheBehavior.lambdaFunctionAssociations": [
            { eventType: "origin-request", lambdaArn: "arn:aws:lambda:us-east-1:#:function:edge-function-#:1" },
        ],
    },
    "login-rate": {
        "web-acl.rules[5]": {
            name: "login-rate",
            priority: 5,
            action: { block: {} },
            statement: {
                rateBasedStatement: {
                    limit: 100,
                    evaluationWindowSec: 300,
                    aggregateKeyType: "IP",
                    scopeDownStatement: {
                        byteMatchStatement: {
                            fieldToMatch: { uriPath: {} },
                            positionalConstraint: "STARTS_WITH",
                            searchString: "/sign-in",
                            textTransformations: [
                                { priority: 0, type: "URL_DECODE" },
                                { priority: 1, type: "NORMALIZE_PATH" },
                                { priority: 2, type: "LOWERCASE" },
                            ],
                        },
                    },
                },
            },
            ...visible("login-rate"),
        },
    },
    "origin-path": { "distribution.origins[0].originPath": "/shop" },
    "origin-shield": {
        "distribution.origins[0].originShield": { enabled: true, originShieldRegion: "eu-central-1" },
    },
    "price-class": { "distribution.priceClass": "PriceClass_100" },
    "real-time-metrics": {},
    "request-headers": { "distribution.origins[0].customHeaders[1]": { name: "X-Environment", value: "dev" } },
    "signed-cookies": { "distribution.orderedCacheBehaviors[0].trustedKeyGroups": ["#-#-#-#-#"] },
    tags: {
        "alb.tags": { CostCenter: "web" },
        "load-balancer-log.tags": { CostCenter: "logs", DataClass: "internal" },
    },
    "viewer-country": {
        "distribution.defaultCacheBehavior.originRequestPolicyId": "#-#-#-#-#",
        "viewer-names": {
            certificateArn: "arn:aws:acm:eu-central-1:#:certificate/#-#-#-#-#",
            listenerArn: "arn:aws:elasticloadbalancing:eu-central-1:#:listener/app/NAME-alb-#/#/#",
            region: "eu-central-1",
        },
        "viewer-names-certificate": {
            domainName: "NAME.example.com",
            region: "eu-central-1",
            subjectAlternativeNames: [],
            validationMethod: "DNS",
        },
        "viewer-names-validation": {
            certificateArn: "arn:aws:acm:eu-central-1:#:certificate/#-#-#-#-#",
            region: "eu-central-1",
            validationRecordFqdns: ["#.NAME.example.com"],
        },
    },
    "web-acl-log-in-a-bucket": {
        "web-acl-log": undefined,
        "web-acl-logging.logDestinationConfigs[0]": "arn:aws:s3:::aws-waf-logs-#",
    },
};
