import { createHash } from "node:crypto";
import * as cloudfront from "@pulumi/aws/cloudfront";
import type { input } from "@pulumi/aws/types";
import type * as pulumi from "@pulumi/pulumi";
import { type CacheBehavior, errorPagesPath } from "./arguments/index";

/** Ids of AWS's managed policies, the same in every account. Source: CloudFront developer guide, "Use managed ... policies". */
export const managedPolicies = {
    cachingDisabled: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
    cachingOptimized: "658327ea-f89d-4fab-a63d-7e88639e58f6",
    allViewer: "216adef6-5c7f-47e4-b989-5492eafa07d3",
    allViewerExceptHostHeader: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
};

/** Ids of the origins within the distribution. */
export const originIds = { loadBalancer: "load-balancer", staticFiles: "static-files", errorPages: "error-pages" };

type OrderedBehavior = input.cloudfront.DistributionOrderedCacheBehavior;

/** What every behavior of the distribution has. */
export type EveryBehavior = Pick<
    OrderedBehavior,
    "viewerProtocolPolicy" | "functionAssociations" | "responseHeadersPolicyId" | "compress"
>;

/** The paths of which something is cached. */
export interface CachedPaths {
    readonly cachedPaths: readonly string[];
    readonly cacheBehaviors: readonly CacheBehavior[];
    readonly staticPaths: readonly string[];
    readonly hasErrorPages: boolean;
}

/**
 * The behaviors before the default one, in the order in which CloudFront asks them. None of them has an origin request
 * policy: what is not in the cache key does not reach the origin, so nothing of one viewer is in another's response.
 */
export function orderedCacheBehaviors(
    name: string,
    paths: CachedPaths,
    everyBehavior: EveryBehavior,
    options: pulumi.CustomResourceOptions,
): OrderedBehavior[] {
    const behavior = (pathPattern: string, targetOriginId: string): OrderedBehavior => ({
        ...everyBehavior,
        targetOriginId,
        pathPattern,
        allowedMethods: ["GET", "HEAD", "OPTIONS"],
        cachedMethods: ["GET", "HEAD"],
        cachePolicyId: managedPolicies.cachingOptimized,
    });
    const policies = new Map<string, pulumi.Output<string>>();
    return [
        ...(paths.hasErrorPages ? [behavior(errorPagesPath, originIds.errorPages)] : []),
        ...paths.staticPaths.map((path) => behavior(path, originIds.staticFiles)),
        ...paths.cacheBehaviors.map((one) => ({
            ...behavior(one.path, originIds.loadBalancer),
            ...(one.cors ? { cachedMethods: ["GET", "HEAD", "OPTIONS"] } : {}),
            ...(isPlain(one) ? {} : { cachePolicyId: cachePolicy(name, one, policies, options) }),
        })),
        ...paths.cachedPaths.map((path) => behavior(path, originIds.loadBalancer)),
    ];
}

function isPlain({ queryStrings, originCacheControl, cors }: CacheBehavior): boolean {
    return queryStrings.length === 0 && !originCacheControl && !cors;
}

/** What a preflight request asks, and who asks. Source: CloudFront developer guide, "CORS settings". */
const corsHeaders = ["Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers"];

/**
 * One policy for all paths that are cached alike: an account has room for twenty. Its name follows from what it says, so
 * that a path which is to be cached otherwise moves to another policy, and the former one goes when nothing uses it.
 * Source: CloudFront developer guide, "Quotas on policies".
 */
function cachePolicy(
    name: string,
    { queryStrings, originCacheControl, cors }: CacheBehavior,
    policies: Map<string, pulumi.Output<string>>,
    options: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
    const names = [...queryStrings].sort();
    const key = createHash("sha256")
        .update(JSON.stringify({ names, originCacheControl, cors }))
        .digest("hex")
        .slice(0, 8);
    const known = policies.get(key);
    if (known !== undefined) {
        return known;
    }
    const [minTtl, defaultTtl] = originCacheControl ? [0, 0] : [1, 86_400];
    const { id } = new cloudfront.CachePolicy(
        `${name}-cache-policy-${key}`,
        {
            comment: "No cookie and no authorization of a viewer",
            minTtl,
            defaultTtl,
            maxTtl: 31_536_000,
            parametersInCacheKeyAndForwardedToOrigin: {
                cookiesConfig: { cookieBehavior: "none" },
                headersConfig: cors
                    ? { headerBehavior: "whitelist", headers: { items: corsHeaders } }
                    : { headerBehavior: "none" },
                queryStringsConfig: names.includes("*")
                    ? { queryStringBehavior: "all" }
                    : names.length === 0
                      ? { queryStringBehavior: "none" }
                      : { queryStringBehavior: "whitelist", queryStrings: { items: names } },
                enableAcceptEncodingBrotli: true,
                enableAcceptEncodingGzip: true,
            },
        },
        options,
    );
    policies.set(key, id);
    return id;
}
