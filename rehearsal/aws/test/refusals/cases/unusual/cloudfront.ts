import type { CasesByType } from "..";
import { behavior, behaviors, legacy, origin, originGroup } from "../parts";

/** Unusual programs without any mistake. */
export const cloudfront: CasesByType = {
    "aws:cloudfront/distribution:Distribution": {
        accepted: [
            ["cf minimal legacy", legacy({ minTtl: 0, defaultTtl: 3600, maxTtl: 86400, compress: true })],
            [
                "cf legacy cookies all, headers star",
                legacy({}, { headers: ["*"], queryString: true, cookies: { forward: "all" } }),
            ],
            ["cf legacy zero max", legacy({ minTtl: 0, defaultTtl: 0, maxTtl: 0 })],
            [
                "cf legacy query keys",
                legacy(
                    {},
                    {
                        queryString: true,
                        queryStringCacheKeys: ["a"],
                        cookies: { forward: "whitelist", whitelistedNames: ["s*"] },
                    },
                ),
            ],
            ["cf legacy only min", legacy({ minTtl: 5 })],
            [
                "cf s3 with oac",
                async (stack) => {
                    const b = await stack.create("aws:s3/bucket:Bucket", { bucket: "site" }, "b");
                    return origin({
                        domainName: b.properties.bucketRegionalDomainName,
                        customOriginConfig: undefined,
                        originAccessControlId: (
                            await stack.create(
                                "aws:cloudfront/originAccessControl:OriginAccessControl",
                                {
                                    name: "o",
                                    originAccessControlOriginType: "s3",
                                    signingBehavior: "always",
                                    signingProtocol: "sigv4",
                                },
                                "o",
                            )
                        ).id,
                    });
                },
            ],
            [
                "cf s3 empty oai",
                async (stack) => {
                    const b = await stack.create("aws:s3/bucket:Bucket", { bucket: "site" }, "b");
                    return origin({
                        domainName: b.properties.bucketRegionalDomainName,
                        customOriginConfig: undefined,
                        s3OriginConfig: { originAccessIdentity: "" },
                    });
                },
            ],
            [
                "cf website origin",
                origin(
                    { domainName: "site.s3-website.eu-central-1.amazonaws.com" },
                    { originProtocolPolicy: "http-only" },
                ),
            ],
            [
                "cf all methods options cached",
                behavior({
                    allowedMethods: ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
                    cachedMethods: ["GET", "HEAD", "OPTIONS"],
                }),
            ],
            [
                "cf error with own page",
                {
                    customErrorResponses: [
                        { errorCode: 403, responseCode: 200, responsePagePath: "/index.html", errorCachingMinTtl: 0 },
                        { errorCode: 404, errorCachingMinTtl: 60 },
                        { errorCode: 416, errorCachingMinTtl: 1 },
                    ],
                },
            ],
            [
                "cf whitelist",
                { restrictions: { geoRestriction: { restrictionType: "whitelist", locations: ["DE", "GB", "XK"] } } },
            ],
            ["cf group", { ...originGroup(), ...behavior({ targetOriginId: "g" }) }],
            [
                "cf group with six codes",
                originGroup({ failoverCriteria: { statusCodes: [403, 404, 429, 500, 502, 503, 504, 416, 400] } }),
            ],
            [
                "cf behaviors",
                behaviors(
                    { pathPattern: "*.jpg" },
                    { pathPattern: "/api/*", viewerProtocolPolicy: "https-only" },
                    { pathPattern: "images/?.png" },
                    { pathPattern: "/a~b$c'd@e:f+g&h" },
                ),
            ],
            [
                "cf wildcard alias",
                async (stack) => ({
                    aliases: ["*.example.com", "a.example.com"],
                    viewerCertificate: {
                        acmCertificateArn: (await stack.certificate("us-east-1", "*.example.com")).id,
                        sslSupportMethod: "sni-only",
                        minimumProtocolVersion: "TLSv1.3_2025",
                    },
                }),
            ],
            [
                "cf vip",
                async (stack) => ({
                    viewerCertificate: {
                        acmCertificateArn: (await stack.certificate("us-east-1", "a.example.com")).id,
                        sslSupportMethod: "vip",
                        minimumProtocolVersion: "TLSv1",
                    },
                }),
            ],
            [
                "cf cert without aliases",
                async (stack) => ({
                    aliases: [],
                    viewerCertificate: {
                        acmCertificateArn: (await stack.certificate("us-east-1", "a.example.com")).id,
                        sslSupportMethod: "sni-only",
                    },
                }),
            ],
            ["cf shield off", origin({ originShield: { enabled: false } })],
            ["cf shield on", origin({ originShield: { enabled: true, originShieldRegion: "eu-central-1" } })],
            [
                "cf origin extremes",
                origin(
                    {
                        connectionAttempts: 1,
                        connectionTimeout: 1,
                        originPath: "/a/b",
                        responseCompletionTimeout: 60,
                        customHeaders: [
                            { name: "X-Forwarded-Host", value: "a" },
                            { name: "Authorization", value: "b" },
                        ],
                    },
                    {
                        originReadTimeout: 60,
                        originKeepaliveTimeout: 60,
                        httpPort: 8080,
                        httpsPort: 65535,
                        originSslProtocols: ["TLSv1", "TLSv1.1", "TLSv1.2"],
                        ipAddressType: "dualstack",
                    },
                ),
            ],
            [
                "cf grpc",
                {
                    ...behavior({
                        grpcConfig: { enabled: true },
                        allowedMethods: ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
                    }),
                    httpVersion: "http2and3",
                },
            ],
            [
                "cf disabled, http1.1, 100",
                {
                    enabled: false,
                    httpVersion: "http1.1",
                    priceClass: "PriceClass_100",
                    isIpv6Enabled: true,
                    defaultRootObject: "a/index.html",
                    waitForDeployment: false,
                    retainOnDelete: true,
                    comment: "x".repeat(128),
                },
            ],
            [
                "cf edge lambda",
                behavior({
                    lambdaFunctionAssociations: [
                        {
                            eventType: "viewer-request",
                            includeBody: true,
                            lambdaArn: "arn:aws:lambda:us-east-1:111122223333:function:a:1",
                        },
                        {
                            eventType: "origin-response",
                            lambdaArn: "arn:aws:lambda:us-east-1:111122223333:function:b:12",
                        },
                    ],
                }),
            ],
            [
                "cf two functions",
                async (stack) => {
                    const f = async (n: string) =>
                        (
                            await stack.create(
                                "aws:cloudfront/function:Function",
                                {
                                    runtime: "cloudfront-js-2.0",
                                    code: "async function handler(event) { return event.request; }",
                                    name: n,
                                },
                                n,
                            )
                        ).properties.arn;
                    return behavior({
                        functionAssociations: [
                            { eventType: "viewer-request", functionArn: await f("a") },
                            { eventType: "viewer-response", functionArn: await f("b") },
                        ],
                    });
                },
            ],
            [
                "cf managed origin request",
                behavior({
                    cachePolicyId: "83da9c7e-98b4-4e11-a168-04f0df8e2c65",
                    originRequestPolicyId: "216adef6-5c7f-47e4-b989-5492eafa07d3",
                    responseHeadersPolicyId: "67f7725c-6f97-4210-82d7-5512b31e9d03",
                }),
            ],
            ["cf lambda url origin", origin({ domainName: "abcdefghijklmnop.lambda-url.eu-central-1.on.aws" })],
            [
                "cf api gateway origin",
                origin({ domainName: "abcdefghij.execute-api.eu-central-1.amazonaws.com", originPath: "/prod" }),
            ],
            ["cf classic waf", { webAclId: "" }],
        ],
    },
};
