import type * as pulumi from "@pulumi/pulumi";

/** What is cached, what comes from a bucket, and what viewers see where nobody answers. */
export interface PagesArgs {
    /**
     * Path patterns whose responses CloudFront caches, for example `/assets/*`; each begins with a slash. Defaults to
     * none: nothing is cached. On these paths the origin receives no cookies and no query string, and only GET, HEAD
     * and OPTIONS are allowed, so that one viewer's response is never shown to another.
     * Source: CloudFront developer guide, "Use managed cache policies" (CachingOptimized).
     */
    cachedPaths?: string[];

    /**
     * Paths that are cached in a way of their own: by query string, as the targets say, or for pages of other origins.
     * Defaults to none. As on `cachedPaths`, the targets receive neither cookies nor `Authorization`, and their cookies are
     * removed, so that one viewer's response is never shown to another. They are asked before `cachedPaths`.
     * Source: CloudFront developer guide, "Understand cache policies".
     */
    cacheBehaviors?: CacheBehaviorArgs[];

    /** Files from an S3 bucket in the place of the targets. Defaults to none. */
    staticFiles?: StaticFilesArgs;

    /**
     * A page for viewers where nobody answers, from a private S3 bucket under `/error-pages/`. Defaults to none: viewers see
     * the error as CloudFront, the load balancer or the application wrote it. `{}` takes the page and the values below.
     */
    errorPages?: ErrorPagesArgs;

    /**
     * Whether every request of a viewer is answered with 503, `Retry-After` and the page of `errorPages` (or the one that is
     * its default), by the function at the edge. Defaults to false. Nothing reaches the targets then but health checks,
     * which come from the load balancer. Names that redirect do so, and `/error-pages/` is served. `viewerRequestCode` does
     * not run.
     * Source: RFC 9110, "503 Service Unavailable".
     */
    maintenance?: boolean;
}

/** The page that viewers see in the place of an error. */
export interface ErrorPagesArgs {
    /**
     * The page in HTML, complete in itself: what it links to may be down too. Defaults to a plain page in English that
     * asks to try again. `maintenance` shows the same page from the function at the edge, which has room for some 8,000
     * bytes. A program reads it from a file with `readFileSync`.
     */
    html?: string;

    /**
     * Status codes that the page replaces, of 400, 403, 404, 405, 414, 416, 500, 501, 502, 503 and 504. Defaults to 502,
     * 503, 504, with which CloudFront and the load balancer say that nobody answers. An application's own answers with
     * these codes are replaced as well, those of an API too. Of 403 CloudFront does not tell whether the firewall, the
     * load balancer or the application answered.
     * Source: CloudFront developer guide, "Create a custom error page for specific HTTP status codes".
     */
    statusCodes?: number[];

    /**
     * Seconds that an edge location answers with the page before it asks the origin again, 0 to 3600. Defaults to 5, where
     * AWS takes 10: an origin that is well again is soon seen, and one that is not is spared.
     * Source: CloudFront API reference, CustomErrorResponse (ErrorCachingMinTTL).
     */
    cachingMinTtl?: number;

    /**
     * Regional domain name of a bucket of yours that holds the page as `error-pages/error.html`, and beside it pictures and
     * styles, for example `acme-pages.s3.eu-central-1.amazonaws.com`. Defaults to a private bucket that is made here. Its
     * policy has to let this distribution read (output `distributionArn`).
     * Source: CloudFront developer guide, "Restrict access to an Amazon S3 origin".
     */
    bucketRegionalDomainName?: pulumi.Input<string>;
}

/** Files that CloudFront takes from a bucket instead of from the targets. */
export interface StaticFilesArgs {
    /**
     * Path patterns of the files, for example `/assets/*`; each begins with a slash. An object's key is the path without
     * that slash. CloudFront caches them as their `Cache-Control` says, or for a day, without cookies, query strings and
     * authorization: give each version a name of its own, such as `app.3f2c1d.js`, and upload it before the page that
     * names it.
     * Source: CloudFront developer guide, "Use managed cache policies" (CachingOptimized).
     */
    paths: string[];

    /**
     * Regional domain name of a bucket of yours, for example `acme-files.s3.eu-central-1.amazonaws.com`. Defaults to a
     * private bucket that is made here (output `staticFilesBucketName`). Its policy has to let this distribution read
     * (output `distributionArn`).
     * Source: CloudFront developer guide, "Restrict access to an Amazon S3 origin".
     */
    bucketRegionalDomainName?: pulumi.Input<string>;
}

/** A path of the targets whose responses are cached in a way of its own. */
export interface CacheBehaviorArgs {
    /** Path pattern, for example `/images/*`; it begins with a slash. */
    path: string;

    /**
     * Names of the query strings that make another response, at most ten, or `*` for all of them. They reach the targets;
     * others do not. Defaults to none.
     * Source: CloudFront developer guide, "Cache content based on query string parameters" and "Quotas on policies".
     */
    queryStrings?: string[];

    /**
     * Whether only what the targets allow is cached, and as long as they say: `Cache-Control` or `Expires` of the response,
     * at most a year. Defaults to false: what says nothing is cached for a day, and `no-store` for a second.
     * Source: CloudFront developer guide, "Manage how long content stays in the cache".
     */
    originCacheControl?: boolean;

    /**
     * Whether pages of other origins may use the responses (CORS): the targets see `Origin` and the headers of a preflight
     * request, and each origin has a response of its own. Defaults to false.
     * Source: CloudFront developer guide, "Configure CloudFront to respect CORS settings".
     */
    cors?: boolean;
}
