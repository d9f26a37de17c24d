import * as aws from "@pulumi/aws";
import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";
import { site } from "./site";

const versioned = new aws.cloudfront.CachePolicy("versioned", {
    comment: "A day, and the query string v tells versions apart",
    minTtl: 0,
    defaultTtl: 86_400,
    maxTtl: 31_536_000,
    parametersInCacheKeyAndForwardedToOrigin: {
        cookiesConfig: { cookieBehavior: "none" },
        headersConfig: { headerBehavior: "none" },
        queryStringsConfig: { queryStringBehavior: "whitelist", queryStrings: { items: ["v"] } },
        enableAcceptEncodingGzip: true,
        enableAcceptEncodingBrotli: true,
    },
});

/** Uses your own cache policy on the cached paths. */
export const edge = new EncryptedEdge("cache-edge", site("cache-edge"), {
    transform: {
        distribution: (args) => {
            for (const behavior of args.orderedCacheBehaviors ?? []) {
                behavior.cachePolicyId = versioned.id;
            }
        },
    },
});
