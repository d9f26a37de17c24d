import { visibility } from "../../../rehearsedStack";
import type { CasesByType } from "..";
import { bytes, none, ruleGroup, rules, statement } from "../parts";

/** Unusual programs without any mistake. */
export const wafv2: CasesByType = {
    "aws:wafv2/webAcl:WebAcl": {
        accepted: [
            [
                "waf count rule custom insert",
                rules({
                    statement: bytes(),
                    action: { count: { customRequestHandling: { insertHeaders: [{ name: "x-a", value: "b" }] } } },
                }),
            ],
            [
                "waf captcha and challenge",
                rules(
                    {
                        statement: bytes(),
                        action: { captcha: {} },
                        captchaConfig: { immunityTimeProperty: { immunityTime: 60 } },
                    },
                    { statement: bytes(), action: { challenge: {} } },
                ),
            ],
            [
                "waf response body",
                {
                    ...rules({
                        statement: bytes(),
                        action: {
                            block: {
                                customResponse: {
                                    responseCode: 418,
                                    customResponseBodyKey: "x",
                                    responseHeaders: [{ name: "Retry-After", value: "5" }],
                                },
                            },
                        },
                    }),
                    customResponseBodies: [{ key: "x", content: "<b>", contentType: "TEXT_HTML" }],
                },
            ],
            [
                "waf rate everything",
                statement({
                    rateBasedStatement: {
                        limit: 10,
                        evaluationWindowSec: 60,
                        aggregateKeyType: "CUSTOM_KEYS",
                        customKeys: [
                            { ip: {} },
                            { httpMethod: {} },
                            { uriPath: { textTransformations: none } },
                            { header: { name: "authorization", textTransformations: none } },
                            { queryArgument: { name: "q", textTransformations: none } },
                        ],
                        scopeDownStatement: {
                            notStatement: { statement: { geoMatchStatement: { countryCodes: ["DE"] } } },
                        },
                    },
                }),
            ],
            [
                "waf rate constant",
                statement({
                    rateBasedStatement: {
                        limit: 2000000000,
                        aggregateKeyType: "CONSTANT",
                        scopeDownStatement: bytes(),
                    },
                }),
            ],
            [
                "waf rate forwarded",
                statement({
                    rateBasedStatement: {
                        limit: 100,
                        aggregateKeyType: "FORWARDED_IP",
                        forwardedIpConfig: { headerName: "X-Forwarded-For", fallbackBehavior: "NO_MATCH" },
                    },
                }),
            ],
            [
                "waf forwarded key",
                statement({
                    rateBasedStatement: {
                        limit: 100,
                        aggregateKeyType: "CUSTOM_KEYS",
                        forwardedIpConfig: { headerName: "True-Client-IP", fallbackBehavior: "MATCH" },
                        customKeys: [{ forwardedIp: {} }, { asn: {} }],
                    },
                }),
            ],
            [
                "waf nested",
                statement({
                    andStatement: {
                        statements: [
                            {
                                orStatement: {
                                    statements: [
                                        bytes(),
                                        { labelMatchStatement: { scope: "NAMESPACE", key: "awswaf:managed:aws:" } },
                                    ],
                                },
                            },
                            {
                                notStatement: {
                                    statement: {
                                        sizeConstraintStatement: {
                                            comparisonOperator: "LE",
                                            size: 0,
                                            fieldToMatch: { queryString: {} },
                                            textTransformations: none,
                                        },
                                    },
                                },
                            },
                        ],
                    },
                }),
            ],
            [
                "waf fields",
                rules(
                    { statement: bytes({ fieldToMatch: { singleHeader: { name: "host" } } }) },
                    {
                        statement: bytes({
                            fieldToMatch: {
                                cookies: {
                                    matchScope: "KEY",
                                    oversizeHandling: "MATCH",
                                    matchPatterns: [{ excludedCookies: ["a"] }],
                                },
                            },
                        }),
                    },
                    {
                        statement: bytes({
                            fieldToMatch: {
                                headers: [
                                    {
                                        matchScope: "VALUE",
                                        oversizeHandling: "NO_MATCH",
                                        matchPattern: { includedHeaders: ["x-a"] },
                                    },
                                ],
                            },
                        }),
                    },
                    { statement: bytes({ fieldToMatch: { ja4Fingerprint: { fallbackBehavior: "NO_MATCH" } } }) },
                    { statement: bytes({ fieldToMatch: { headerOrders: [{ oversizeHandling: "MATCH" }] } }) },
                    {
                        statement: bytes({
                            fieldToMatch: {
                                jsonBody: {
                                    matchScope: "VALUE",
                                    invalidFallbackBehavior: "EVALUATE_AS_STRING",
                                    oversizeHandling: "CONTINUE",
                                    matchPattern: { includedPaths: ["/a/0/b"] },
                                },
                            },
                        }),
                    },
                    { statement: bytes({ fieldToMatch: { singleQueryArgument: { name: "id" } } }) },
                    { statement: bytes({ fieldToMatch: { uriFragment: {} } }) },
                ),
            ],
            [
                "waf own group",
                async (stack) => ({
                    rules: [
                        {
                            name: "g",
                            priority: 0,
                            overrideAction: { none: {} },
                            visibilityConfig: visibility,
                            statement: { ruleGroupReferenceStatement: { arn: await ruleGroup(stack) } },
                        },
                    ],
                }),
            ],
            [
                "waf ip set forwarded",
                async (stack) =>
                    statement({
                        ipSetReferenceStatement: {
                            arn: (
                                await stack.create(
                                    "aws:wafv2/ipSet:IpSet",
                                    { scope: "REGIONAL", ipAddressVersion: "IPV6", addresses: ["2001:db8::/32"] },
                                    "g",
                                )
                            ).properties.arn,
                            ipSetForwardedIpConfig: {
                                headerName: "X-Forwarded-For",
                                fallbackBehavior: "NO_MATCH",
                                position: "ANY",
                            },
                        },
                    }),
            ],
            [
                "waf pattern set",
                async (stack) =>
                    statement({
                        regexPatternSetReferenceStatement: {
                            arn: (
                                await stack.create(
                                    "aws:wafv2/regexPatternSet:RegexPatternSet",
                                    { scope: "REGIONAL", regularExpressions: [] },
                                    "g",
                                )
                            ).properties.arn,
                            fieldToMatch: { allQueryArguments: {} },
                            textTransformations: [
                                { priority: 5, type: "URL_DECODE" },
                                { priority: 1, type: "LOWERCASE" },
                            ],
                        },
                    }),
            ],
            [
                "waf regex with classes",
                statement({
                    regexMatchStatement: {
                        regexString: "^/(?:a|b)[[:alpha:]]\\d{1,3}(?i)x$",
                        fieldToMatch: { uriPath: {} },
                        textTransformations: none,
                    },
                }),
            ],
            [
                "waf labels",
                rules(
                    { statement: bytes(), action: { count: {} }, ruleLabels: [{ name: "team:app_1-x" }] },
                    { statement: { labelMatchStatement: { scope: "LABEL", key: "team:app_1-x" } } },
                ),
            ],
            [
                "waf tokens",
                {
                    tokenDomains: ["example.com", "a.example.org"],
                    captchaConfig: { immunityTimeProperty: { immunityTime: 259200 } },
                    challengeConfig: { immunityTimeProperty: { immunityTime: 300 } },
                },
            ],
            [
                "waf body limit",
                {
                    scope: "CLOUDFRONT",
                    region: "us-east-1",
                    associationConfig: { requestBodies: [{ cloudfront: { defaultSizeInspectionLimit: "KB_64" } }] },
                },
            ],
            [
                "waf block all but",
                {
                    defaultAction: { block: { customResponse: { responseCode: 404 } } },
                    description: "Only what is listed, see www.example.com/waf",
                },
            ],
            ["waf asn", statement({ asnMatchStatement: { asnLists: [64496] } })],
            [
                "waf priorities with gaps",
                rules({ priority: 100, statement: bytes() }, { priority: 5, statement: bytes() }),
            ],
            [
                "waf ruleJson",
                {
                    ruleJson: JSON.stringify([
                        {
                            Name: "a",
                            Priority: 0,
                            Action: { Block: {} },
                            VisibilityConfig: {
                                SampledRequestsEnabled: true,
                                CloudWatchMetricsEnabled: true,
                                MetricName: "a",
                            },
                            Statement: { GeoMatchStatement: { CountryCodes: ["CU"] } },
                        },
                    ]),
                },
            ],
        ],
    },
};
