import { distributionInputs } from "../../rehearsedStack";
import type { CasesByType } from "./index";

const [origin] = distributionInputs().origins as object[];
const behavior = distributionInputs().defaultCacheBehavior as object;
const withOrigin = (more: object) => ({ origins: [{ ...origin, ...more }] });
const withBehavior = (more: object) => ({ defaultCacheBehavior: { ...behavior, ...more } });
const bucket = { domainName: "logs.s3.eu-central-1.amazonaws.com", customOriginConfig: undefined };
const legacy = (forwardedValues: object, more: object = {}) =>
    withBehavior({ cachePolicyId: undefined, forwardedValues: { queryString: false, ...forwardedValues }, ...more });
const group = (members: string[], statusCodes: number[] = [500, 502]) => ({
    origins: [origin, { ...origin, originId: "other" }],
    originGroups: [
        { originId: "group", failoverCriteria: { statusCodes }, members: members.map((originId) => ({ originId })) },
    ],
});
const geo = (restrictionType: string, ...locations: string[]) => ({
    restrictions: { geoRestriction: { restrictionType, locations } },
});
const errors = (...customErrorResponses: object[]) => ({ customErrorResponses });
const part = {
    cookiesConfig: { cookieBehavior: "none" },
    headersConfig: { headerBehavior: "none" },
    queryStringsConfig: { queryStringBehavior: "none" },
};
const cached = (more: object) => ({ parametersInCacheKeyAndForwardedToOrigin: { ...part, ...more } });
const custom = (...names: string[]) => ({
    customHeadersConfig: { items: names.map((header) => ({ header, value: "a", override: true })) },
});

export const cloudfront: CasesByType = {
    "aws:cloudfront/distribution:Distribution": {
        refused: [
            [
                "an origin without a block",
                withOrigin({ customOriginConfig: undefined }),
                /origins\[0\]\.domainName: .*no bucket of S3/,
            ],
            [
                "a website of a bucket without a block",
                withOrigin({ ...bucket, domainName: "logs.s3-website-us-east-1.amazonaws.com" }),
                /no bucket of S3/,
            ],
            ["a path with a slash at its end", withOrigin({ originPath: "/a/" }), /originPath: is "\/a\/"/],
            ["a path without a slash", withOrigin({ originPath: "a" }), /originPath: is "a"/],
            [
                "an access control that does not exist",
                withOrigin({ ...bucket, originAccessControlId: "E0" }),
                /NoSuchOriginAccessControl/,
            ],
            [
                "an access identity that does not exist",
                withOrigin({
                    ...bucket,
                    s3OriginConfig: { originAccessIdentity: "origin-access-identity/cloudfront/E0" },
                }),
                /InvalidOriginAccessIdentity/,
            ],
            [
                "a port below 1024",
                withOrigin({
                    customOriginConfig: {
                        httpPort: 80,
                        httpsPort: 444,
                        originProtocolPolicy: "https-only",
                        originSslProtocols: ["TLSv1.2"],
                    },
                }),
                /httpsPort: is 444/,
            ],
            ["four attempts", withOrigin({ connectionAttempts: 4 }), /connectionAttempts: is 4; AWS allows 1 to 3/],
            [
                "a header that CloudFront sets itself",
                withOrigin({ customHeaders: [{ name: "Host", value: "a" }] }),
                /customHeaders\[0\]\.name: is "Host"/,
            ],
            ["one member", group(["origin"]), /members: has 1 items; AWS allows 2\./],
            ["the same member twice", group(["origin", "origin"]), /members: has the originId origin twice/],
            ["a member that does not exist", group(["origin", "third"]), /names "third"/],
            ["a code of failover that AWS does not take", group(["origin", "other"], [401]), /statusCodes: has 401/],
            ["no code of failover", group(["origin", "other"], []), /statusCodes: is empty/],
            [
                "POST to an origin group",
                {
                    ...group(["origin", "other"]),
                    ...withBehavior({
                        targetOriginId: "group",
                        allowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
                    }),
                },
                /target is an origin group/,
            ],
            ["an error code that AWS does not take", errors({ errorCode: 401 }), /errorCode: is 401/],
            [
                "a response code without a page",
                errors({ errorCode: 404, responseCode: 200 }),
                /responsePagePath: is missing/,
            ],
            [
                "a page without a response code",
                errors({ errorCode: 404, responsePagePath: "/404.html" }),
                /responseCode: is missing/,
            ],
            [
                "a page without a slash",
                errors({ errorCode: 404, responseCode: 200, responsePagePath: "404.html" }),
                /responsePagePath: is "404\.html"/,
            ],
            ["an error code twice", errors({ errorCode: 404 }, { errorCode: 404 }), /has the errorCode 404 twice/],
            ["a country that does not exist", geo("whitelist", "XX"), /locations\[0\]: is "XX"/],
            ["a country in lower case", geo("blacklist", "de"), /locations\[0\]: is "de"/],
            ["countries without a restriction", geo("none", "DE"), /locations: must be empty/],
            ["a restriction without countries", geo("whitelist"), /locations: is empty/],
            [
                "times to live in the wrong order",
                legacy({ cookies: { forward: "none" } }, { minTtl: 10, defaultTtl: 5 }),
                /minTtl: is 10, more than "defaultTtl"/,
            ],
            [
                "a default beyond the maximum",
                legacy({ cookies: { forward: "none" } }, { defaultTtl: 90, maxTtl: 60 }),
                /defaultTtl: is 90, more than "maxTtl"/,
            ],
            [
                "an empty whitelist of cookies",
                legacy({ cookies: { forward: "whitelist" } }),
                /whitelistedNames: is empty/,
            ],
            [
                "cookies and a behavior that forwards none",
                legacy({ cookies: { forward: "none", whitelistedNames: ["a"] } }),
                /whitelistedNames: goes with no "none"/,
            ],
            [
                "no policy at all",
                withBehavior({ cachePolicyId: undefined }),
                /One of "cachePolicyId", "forwardedValues" must be given/,
            ],
            [
                "methods that are no set",
                withBehavior({ allowedMethods: ["GET", "POST"] }),
                /allowedMethods: is GET, POST/,
            ],
            [
                "a protocol policy that does not exist",
                withBehavior({ viewerProtocolPolicy: "https" }),
                /viewerProtocolPolicy: is "https"/,
            ],
            [
                "a key group that does not exist",
                withBehavior({ trustedKeyGroups: ["none"] }),
                /TrustedKeyGroupDoesNotExist/,
            ],
            [
                "a Lambda function without a version",
                withBehavior({
                    lambdaFunctionAssociations: [
                        { eventType: "origin-request", lambdaArn: "arn:aws:lambda:us-east-1:111122223333:function:f" },
                    ],
                }),
                /numbered versions/,
            ],
            [
                "a Lambda function of another region",
                withBehavior({
                    lambdaFunctionAssociations: [
                        {
                            eventType: "origin-request",
                            lambdaArn: "arn:aws:lambda:eu-west-1:111122223333:function:f:1",
                        },
                    ],
                }),
                /us-east-1/,
            ],
            [
                "a certificate block without a certificate",
                { viewerCertificate: { sslSupportMethod: "sni-only" } },
                /acmCertificateArn: One of/,
            ],
            [
                "two certificates",
                {
                    viewerCertificate: {
                        acmCertificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/a",
                        iamCertificateId: "a",
                        sslSupportMethod: "sni-only",
                    },
                },
                /iamCertificateId: conflicts/,
            ],
            ["an alias with a scheme", { aliases: ["https://www.example.com"] }, /aliases\[0\]: is "https:/],
            ["a bucket's name for logs", { loggingConfig: { bucket: "logs" } }, /loggingConfig\.bucket: is "logs"/],
            ["a version of HTTP that does not exist", { httpVersion: "http3and4" }, /httpVersion: is "http3and4"/],
            ["a price class that does not exist", { priceClass: "PriceClass_300" }, /priceClass: is "PriceClass_300"/],
        ],
        accepted: [
            ["a bucket without a block", withOrigin(bucket)],
            ["a bucket by its global name", withOrigin({ ...bucket, domainName: "logs.s3.amazonaws.com" })],
            [
                "an origin group",
                {
                    ...group(["origin", "other"], [400, 403, 404, 416, 429, 500, 502, 503, 504]),
                    ...withBehavior({ targetOriginId: "group", allowedMethods: ["GET", "HEAD", "OPTIONS"] }),
                },
            ],
            [
                "an error page",
                errors({ errorCode: 404, responseCode: 200, responsePagePath: "/index.html", errorCachingMinTtl: 0 }),
            ],
            ["countries", geo("whitelist", "DE", "AT")],
            [
                "forwarded values",
                legacy(
                    {
                        queryString: true,
                        headers: ["Host"],
                        cookies: { forward: "whitelist", whitelistedNames: ["a"] },
                    },
                    { minTtl: 0, defaultTtl: 0, maxTtl: 0 },
                ),
            ],
            [
                "a Lambda function",
                withBehavior({
                    lambdaFunctionAssociations: [
                        {
                            eventType: "origin-request",
                            lambdaArn: "arn:aws:lambda:us-east-1:111122223333:function:f:1",
                        },
                    ],
                }),
            ],
        ],
    },
    "aws:cloudfront/cachePolicy:CachePolicy": {
        refused: [
            [
                "an empty whitelist of headers",
                cached({ headersConfig: { headerBehavior: "whitelist" } }),
                /headers: is empty/,
            ],
            [
                "cookies and none of them",
                cached({ cookiesConfig: { cookieBehavior: "none", cookies: { items: ["a"] } } }),
                /cookies: goes with no "none"/,
            ],
            [
                "eleven headers",
                cached({ headersConfig: { headerBehavior: "whitelist", headers: { items: [..."abcdefghijk"] } } }),
                /has 11 items; AWS allows 10/,
            ],
            ["times to live in the wrong order", { minTtl: 100, defaultTtl: 10 }, /minTtl: is 100/],
            [
                "a behavior that does not exist",
                cached({ cookiesConfig: { cookieBehavior: "some" } }),
                /cookieBehavior: is "some"/,
            ],
        ],
        accepted: [["no caching", { minTtl: 0, defaultTtl: 0, maxTtl: 0 }]],
    },
    "aws:cloudfront/originRequestPolicy:OriginRequestPolicy": {
        refused: [
            [
                "Authorization",
                { headersConfig: { headerBehavior: "whitelist", headers: { items: ["Authorization"] } } },
                /items\[0\]: is "Authorization"/,
            ],
            [
                "all viewer headers of a list",
                { headersConfig: { headerBehavior: "allViewer", headers: { items: ["a"] } } },
                /goes with no "allViewer"/,
            ],
        ],
        accepted: [["all viewer headers", { headersConfig: { headerBehavior: "allViewer" } }]],
    },
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": {
        refused: [
            ["nothing", { securityHeadersConfig: undefined }, /One of "securityHeadersConfig", .* must be given/],
            [
                "a security header among the custom ones",
                custom("Strict-Transport-Security"),
                /header: is "Strict-Transport-Security"/,
            ],
            ["eleven headers", custom(..."abcdefghijk"), /has 11 items; AWS allows 10/],
            [
                "a frame option that does not exist",
                { securityHeadersConfig: { frameOptions: { frameOption: "ALLOW", override: true } } },
                /frameOption: is "ALLOW"/,
            ],
        ],
        accepted: [["a custom header", custom("X-Robots-Tag")]],
    },
    "aws:cloudfront/originAccessControl:OriginAccessControl": {
        refused: [
            [
                "a kind of origin that does not exist",
                { originAccessControlOriginType: "alb" },
                /originAccessControlOriginType: is "alb"/,
            ],
        ],
    },
};
