type Properties = Readonly<Record<string, unknown>>;

/** A policy that AWS manages, the same in every account. */
export interface ManagedPolicy {
    readonly name: string;
    /** In the words of the Pulumi AWS provider's own policy resources. */
    readonly properties: Properties;
}

const none = { cookieBehavior: "none" };
const allCookies = { cookieBehavior: "all" };
const noQuery = { queryStringBehavior: "none" };
const allQuery = { queryStringBehavior: "all" };

function headers(...items: string[]) {
    return items.length === 0 ? { headerBehavior: "none" } : { headerBehavior: "whitelist", headers: { items } };
}

/** Seconds: the least, the usual and the most that a response is kept. */
type Ttl = readonly [number, number, number];

function cachePolicy(
    ttl: Ttl,
    headersConfig = headers(),
    cookiesConfig = none,
    queryStringsConfig: Properties = noQuery,
    cachesCompressed = true,
) {
    const [minTtl, defaultTtl, maxTtl] = ttl;
    return {
        minTtl,
        defaultTtl,
        maxTtl,
        parametersInCacheKeyAndForwardedToOrigin: {
            enableAcceptEncodingBrotli: cachesCompressed,
            enableAcceptEncodingGzip: cachesCompressed,
            headersConfig,
            cookiesConfig,
            queryStringsConfig,
        },
    };
}

/** A policy whose key holds nothing but the path, and no Accept-Encoding either. */
function uncompressed(ttl: Ttl) {
    return cachePolicy(ttl, headers(), none, noQuery, false);
}

const [never, day, year] = [0, 86_400, 31_536_000];
const originCacheControlHeaders = headers(
    "Host",
    "Origin",
    "X-HTTP-Method-Override",
    "X-HTTP-Method",
    "X-Method-Override",
);

/** Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html */
const cachePolicies: Readonly<Record<string, ManagedPolicy>> = {
    "4135ea2d-6df8-44a3-9df3-4b5a84be39ad": {
        name: "Managed-CachingDisabled",
        properties: uncompressed([never, never, never]),
    },
    "658327ea-f89d-4fab-a63d-7e88639e58f6": {
        name: "Managed-CachingOptimized",
        properties: cachePolicy([1, day, year]),
    },
    "b2884449-e4de-46a7-ac36-70bc7f1ddd6d": {
        name: "Managed-CachingOptimizedForUncompressedObjects",
        properties: uncompressed([1, day, year]),
    },
    "08627262-05a9-4f76-9ded-b50ca2e3a84f": {
        name: "Managed-Elemental-MediaPackage",
        properties: cachePolicy([never, day, year], headers("Origin"), none, {
            queryStringBehavior: "whitelist",
            queryStrings: { items: ["aws.manifestfilter", "start", "end", "m"] },
        }),
    },
    "2e54312d-136d-493c-8eb9-b001f22f67d2": {
        name: "Managed-Amplify",
        properties: cachePolicy(
            [2, 2, 600],
            headers("Authorization", "CloudFront-Viewer-Country", "Host"),
            allCookies,
            allQuery,
        ),
    },
    "83da9c7e-98b4-4e11-a168-04f0df8e2c65": {
        name: "UseOriginCacheControlHeaders",
        properties: cachePolicy([never, never, year], originCacheControlHeaders, allCookies),
    },
    "4cc15a8a-d715-48a4-82b8-cc0b614638fe": {
        name: "UseOriginCacheControlHeaders-QueryStrings",
        properties: cachePolicy([never, never, year], originCacheControlHeaders, allCookies, allQuery),
    },
};

const everything = { cookiesConfig: allCookies, queryStringsConfig: allQuery };
const nothing = { cookiesConfig: none, queryStringsConfig: noQuery };
const corsRequest = ["Origin", "Access-Control-Request-Headers", "Access-Control-Request-Method"];

/** Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html */
const originRequestPolicies: Readonly<Record<string, ManagedPolicy>> = {
    "216adef6-5c7f-47e4-b989-5492eafa07d3": {
        name: "Managed-AllViewer",
        properties: { ...everything, headersConfig: { headerBehavior: "allViewer" } },
    },
    "b689b0a8-53d0-40ab-baf2-68738e2966ac": {
        name: "Managed-AllViewerExceptHostHeader",
        properties: { ...everything, headersConfig: { headerBehavior: "allExcept", headers: { items: ["Host"] } } },
    },
    "33f36d7e-f396-46d9-90e0-52428a34d9dc": {
        name: "Managed-AllViewerAndCloudFrontHeaders-2022-06",
        // It names every CloudFront header of June 2022; these are the ones among them that are modelled.
        properties: {
            ...everything,
            headersConfig: {
                headerBehavior: "allViewerAndWhitelistCloudFront",
                headers: {
                    items: [
                        "CloudFront-Forwarded-Proto",
                        "CloudFront-Viewer-Address",
                        "CloudFront-Viewer-Http-Version",
                    ],
                },
            },
        },
    },
    "bf0718e1-ba1e-49d1-88b1-f726733018ae": {
        name: "Managed-HostHeaderOnly",
        properties: { ...nothing, headersConfig: headers("Host") },
    },
    "59781a5b-3903-41f3-afcb-af62929ccde1": {
        name: "Managed-CORS-CustomOrigin",
        properties: { ...nothing, headersConfig: headers("Origin") },
    },
    "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf": {
        name: "Managed-CORS-S3Origin",
        properties: { ...nothing, headersConfig: headers(...corsRequest) },
    },
    "acba4595-bd28-49b8-b9fe-13317c0390fa": {
        name: "Managed-UserAgentRefererHeaders",
        properties: { ...nothing, headersConfig: headers("User-Agent", "Referer") },
    },
    "775133bc-15f2-49f9-abea-afb2e0bf67d2": {
        name: "Managed-Elemental-MediaTailor-PersonalizedManifests",
        properties: {
            cookiesConfig: none,
            queryStringsConfig: allQuery,
            headersConfig: headers(...corsRequest, "User-Agent", "X-Forwarded-For"),
        },
    },
};

const security = {
    securityHeadersConfig: {
        strictTransportSecurity: { accessControlMaxAgeSec: year, override: false },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: "SAMEORIGIN", override: false },
        referrerPolicy: { referrerPolicy: "strict-origin-when-cross-origin", override: false },
        xssProtection: { protection: true, modeBlock: true, override: false },
    },
};
const simpleCors = { accessControlAllowOrigins: { items: ["*"] }, originOverride: false };
const corsWithPreflight = {
    ...simpleCors,
    accessControlAllowMethods: { items: ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"] },
    accessControlExposeHeaders: { items: ["*"] },
};

/** Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html */
const responseHeadersPolicies: Readonly<Record<string, ManagedPolicy>> = {
    "67f7725c-6f97-4210-82d7-5512b31e9d03": { name: "Managed-SecurityHeadersPolicy", properties: security },
    "60669652-455b-4ae9-85a4-c4c02393f86c": { name: "Managed-SimpleCORS", properties: { corsConfig: simpleCors } },
    "5cc3b908-e619-4b99-88e5-2cf7f45965bd": {
        name: "Managed-CORS-With-Preflight",
        properties: { corsConfig: corsWithPreflight },
    },
    "e61eb60c-9c35-4d20-a928-2b84e02af89c": {
        name: "Managed-CORS-and-SecurityHeadersPolicy",
        properties: { ...security, corsConfig: simpleCors },
    },
    "eaab4381-ed33-4a86-88ca-d9558dc6cd63": {
        name: "Managed-CORS-with-preflight-and-SecurityHeadersPolicy",
        properties: { ...security, corsConfig: corsWithPreflight },
    },
};

/** CloudFront's managed policies by kind and id. */
export const managedPolicies = {
    CachePolicy: new Map(Object.entries(cachePolicies)),
    OriginRequestPolicy: new Map(Object.entries(originRequestPolicies)),
    ResponseHeadersPolicy: new Map(Object.entries(responseHeadersPolicies)),
} as const satisfies Readonly<Record<string, ReadonlyMap<string, ManagedPolicy>>>;

export type PolicyKind = keyof typeof managedPolicies;
