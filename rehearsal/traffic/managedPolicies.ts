/**
 * The policies that AWS manages, by id, in the words of the Pulumi AWS provider's own policy resources.
 *
 * Sources:
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html
 */
const none = { cookieBehavior: "none" };
const noQuery = { queryStringBehavior: "none" };

function cachePolicy(headers: readonly string[], cookies = none, query = noQuery) {
    return {
        parametersInCacheKeyAndForwardedToOrigin: {
            headersConfig:
                headers.length === 0
                    ? { headerBehavior: "none" }
                    : { headerBehavior: "whitelist", headers: { items: headers } },
            cookiesConfig: cookies,
            queryStringsConfig: query,
        },
    };
}

const originCacheControlHeaders = ["host", "origin", "x-http-method-override", "x-http-method", "x-method-override"];

export const managedCachePolicies: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    "4135ea2d-6df8-44a3-9df3-4b5a84be39ad": cachePolicy([]), // CachingDisabled
    "658327ea-f89d-4fab-a63d-7e88639e58f6": cachePolicy([]), // CachingOptimized
    "b2884449-e4de-46a7-ac36-70bc7f1ddd6d": cachePolicy([]), // CachingOptimizedForUncompressedObjects
    "83da9c7e-98b4-4e11-a168-04f0df8e2c65": cachePolicy(originCacheControlHeaders, { cookieBehavior: "all" }), // UseOriginCacheControlHeaders
    "4cc15a8a-d715-48a4-82b8-cc0b614638fe": cachePolicy(
        originCacheControlHeaders,
        { cookieBehavior: "all" },
        { queryStringBehavior: "all" },
    ), // UseOriginCacheControlHeaders-QueryStrings
};

const everything = { cookiesConfig: { cookieBehavior: "all" }, queryStringsConfig: { queryStringBehavior: "all" } };
const nothing = { cookiesConfig: none, queryStringsConfig: noQuery };

export const managedOriginRequestPolicies: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    // AllViewer
    "216adef6-5c7f-47e4-b989-5492eafa07d3": { ...everything, headersConfig: { headerBehavior: "allViewer" } },
    // AllViewerExceptHostHeader
    "b689b0a8-53d0-40ab-baf2-68738e2966ac": {
        ...everything,
        headersConfig: { headerBehavior: "allExcept", headers: { items: ["host"] } },
    },
    // AllViewerAndCloudFrontHeaders-2022-06; the CloudFront-* headers themselves are not modelled
    "33f36d7e-f396-46d9-90e0-52428a34d9dc": {
        ...everything,
        headersConfig: { headerBehavior: "allViewerAndWhitelistCloudFront" },
    },
    // HostHeaderOnly
    "bf0718e1-ba1e-49d1-88b1-f726733018ae": {
        ...nothing,
        headersConfig: { headerBehavior: "whitelist", headers: { items: ["host"] } },
    },
    // CORS-CustomOrigin
    "59781a5b-3903-41f3-afcb-af62929ccde1": {
        ...nothing,
        headersConfig: { headerBehavior: "whitelist", headers: { items: ["origin"] } },
    },
};

/** What the three managed security headers policies share. */
const security = {
    securityHeadersConfig: {
        strictTransportSecurity: { accessControlMaxAgeSec: 31_536_000, override: false },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: "SAMEORIGIN", override: false },
        referrerPolicy: { referrerPolicy: "strict-origin-when-cross-origin", override: false },
        xssProtection: { protection: true, modeBlock: true, override: false },
    },
};

export const managedResponseHeadersPolicies: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    "67f7725c-6f97-4210-82d7-5512b31e9d03": security, // SecurityHeadersPolicy
    "e61eb60c-9c35-4d20-a928-2b84e02af89c": security, // CORS-and-SecurityHeadersPolicy, without its CORS part
    "eaab4381-ed33-4a86-88ca-d9558dc6cd63": security, // CORS-with-preflight-and-SecurityHeadersPolicy, likewise
};
