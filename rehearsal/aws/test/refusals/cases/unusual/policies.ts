import type { CasesByType } from "..";

/** Unusual programs without any mistake. */
export const policies: CasesByType = {
    "aws:cloudfront/cachePolicy:CachePolicy": {
        accepted: [
            [
                "cp accept encodings",
                {
                    minTtl: 1,
                    parametersInCacheKeyAndForwardedToOrigin: {
                        enableAcceptEncodingBrotli: true,
                        enableAcceptEncodingGzip: true,
                        cookiesConfig: { cookieBehavior: "allExcept", cookies: { items: ["a"] } },
                        headersConfig: {
                            headerBehavior: "whitelist",
                            headers: { items: ["Authorization", "Host", "Origin", "CloudFront-Viewer-Country"] },
                        },
                        queryStringsConfig: { queryStringBehavior: "all" },
                    },
                },
            ],
            ["cp zero", { minTtl: 0, maxTtl: 0, defaultTtl: 0, name: "a_b-C" }],
        ],
    },
    "aws:cloudfront/originRequestPolicy:OriginRequestPolicy": {
        accepted: [
            [
                "op all viewer and cloudfront",
                {
                    headersConfig: {
                        headerBehavior: "allViewerAndWhitelistCloudFront",
                        headers: { items: ["CloudFront-Viewer-Address"] },
                    },
                    cookiesConfig: { cookieBehavior: "all" },
                    queryStringsConfig: { queryStringBehavior: "allExcept", queryStrings: { items: ["utm"] } },
                },
            ],
            ["op except host", { headersConfig: { headerBehavior: "allExcept", headers: { items: ["host"] } } }],
        ],
    },
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": {
        accepted: [
            [
                "rhp all",
                {
                    securityHeadersConfig: {
                        contentSecurityPolicy: { contentSecurityPolicy: "default-src 'none'", override: true },
                        contentTypeOptions: { override: false },
                        frameOptions: { frameOption: "DENY", override: true },
                        referrerPolicy: { referrerPolicy: "no-referrer", override: true },
                        strictTransportSecurity: {
                            accessControlMaxAgeSec: 0,
                            includeSubdomains: true,
                            preload: true,
                            override: true,
                        },
                        xssProtection: { protection: true, reportUri: "https://a.com", override: true },
                    },
                    serverTimingHeadersConfig: { enabled: true, samplingRate: 0 },
                    removeHeadersConfig: { items: [{ header: "Server" }, { header: "X-Powered-By" }] },
                    customHeadersConfig: {
                        items: [{ header: "Permissions-Policy", value: "camera=()", override: true }],
                    },
                },
            ],
            [
                "rhp cors",
                {
                    securityHeadersConfig: undefined,
                    corsConfig: {
                        accessControlAllowCredentials: true,
                        accessControlAllowHeaders: { items: ["X-A"] },
                        accessControlAllowMethods: { items: ["GET", "PUT"] },
                        accessControlAllowOrigins: { items: ["https://*.example.com", "http://localhost:3000"] },
                        accessControlExposeHeaders: { items: ["X-B"] },
                        accessControlMaxAgeSec: 600,
                        originOverride: false,
                    },
                },
            ],
        ],
    },
    "aws:cloudfront/originAccessControl:OriginAccessControl": {
        accepted: [
            ["oac lambda", { originAccessControlOriginType: "lambda", signingBehavior: "no-override", name: "a b.c" }],
        ],
    },
    "aws:cloudfront/function:Function": {
        accepted: [
            [
                "fn with store",
                {
                    code: "import cf from 'cloudfront';\nconst k = cf.kvs();\nasync function handler(event) { return event.request; }",
                },
            ],
            ["fn unpublished 1.0", { runtime: "cloudfront-js-1.0", publish: false, comment: "x" }],
            ["fn arrow", { code: "const handler = (event) => event.request;" }],
        ],
    },
};
