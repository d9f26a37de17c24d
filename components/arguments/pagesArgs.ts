import type * as pulumi from "@pulumi/pulumi";

/** What is cached, what comes from a bucket, and what viewers see when nobody answers. */
export interface PagesArgs {
    /**
     * Path patterns whose responses CloudFront caches, for example `/assets/*`; each begins with a slash. Defaults to
     * none: nothing is cached. On these paths the origin receives no cookies and no query string, and only GET, HEAD
     * and OPTIONS are allowed, so that one viewer's response is never shown to another.
     * Source: CloudFront developer guide, "Use managed cache policies" (CachingOptimized).
     */
    cachedPaths?: string[];

    /**
     * Paths with their own caching: by query string, as the targets say, or for pages of other origins. Defaults to
     * none. As on `cachedPaths`, the targets receive neither cookies nor `Authorization`, and CloudFront removes their
     * cookies, so that one viewer's response is never shown to another. These paths are matched before `cachedPaths`.
     * Source: CloudFront developer guide, "Understand cache policies".
     */
    cacheBehaviors?: CacheBehaviorArgs[];

    /** Files that come from an S3 bucket instead of the targets. Defaults to none. */
    staticFiles?: StaticFilesArgs;

    /**
     * A page that viewers see when nobody answers, from a private S3 bucket under `/error-pages/`. Defaults to none:
     * viewers see the error as CloudFront, the load balancer or the application wrote it. `{}` uses the
     * default page and the default status codes.
     */
    errorPages?: ErrorPagesArgs;

    /**
     * Whether a CloudFront Function answers every request of a viewer with 503, `Retry-After` and the page of
     * `errorPages` (or the default page). Defaults to false. When true, only the load balancer's health checks reach
     * the targets. Redirects still work, `/error-pages/` is still served, and `viewerRequestCode` does not run.
     * Source: RFC 9110, "503 Service Unavailable".
     */
    maintenance?: boolean;
}

/** The page that viewers see instead of an error. */
export interface ErrorPagesArgs {
    /**
     * The page in HTML, with nothing loaded from elsewhere, because that may be down too. Defaults to a plain page in
     * English that asks to try again later. `maintenance` shows the same page from a CloudFront Function, which has
     * room for about 8,000 bytes. A program can read the page from a file with `readFileSync`.
     */
    html?: string;

    /**
     * Status codes whose responses the page replaces: any of 400, 403, 404, 405, 414, 416, 500, 501, 502, 503 and 504.
     * Defaults to 502, 503, 504, with which CloudFront and the load balancer say that nobody answers. The page also
     * replaces the application's own responses with these codes, even those of an API. For 403 CloudFront cannot tell
     * whether the firewall, the load balancer or the application answered.
     * Source: CloudFront developer guide, "Create a custom error page for specific HTTP status codes".
     */
    statusCodes?: number[];

    /**
     * Seconds that an edge location shows the page before it asks the origin again, 0 to 3600. Defaults to 5 (AWS: 10),
     * so that viewers soon notice a recovered origin, and one that is still down gets few requests.
     * Source: CloudFront API reference, CustomErrorResponse (ErrorCachingMinTTL).
     */
    cachingMinTtl?: number;

    /**
     * Regional domain name of your own bucket that holds the page as `error-pages/error.html`, with its pictures and
     * styles next to it, for example `acme-pages.s3.eu-central-1.amazonaws.com`. Defaults to a new private bucket. The
     * policy of your own bucket must let this distribution read (output `distributionArn`).
     * Source: CloudFront developer guide, "Restrict access to an Amazon S3 origin".
     */
    bucketRegionalDomainName?: pulumi.Input<string>;
}

/** Files that CloudFront takes from a bucket instead of the targets. */
export interface StaticFilesArgs {
    /**
     * Path patterns of the files, for example `/assets/*`; each begins with a slash. An object's key is the path
     * without that slash. CloudFront caches the files as their `Cache-Control` says, or for a day, regardless of
     * cookies, query strings and authorization: give each version its own name, such as `app.3f2c1d.js`, and upload it
     * before the page that refers to it.
     * Source: CloudFront developer guide, "Use managed cache policies" (CachingOptimized).
     */
    paths: string[];

    /**
     * Regional domain name of your own bucket, for example `acme-files.s3.eu-central-1.amazonaws.com`. Defaults to a
     * new private bucket (output `staticFilesBucketName`). The policy of your own bucket must let this distribution
     * read (output `distributionArn`).
     * Source: CloudFront developer guide, "Restrict access to an Amazon S3 origin".
     */
    bucketRegionalDomainName?: pulumi.Input<string>;
}

/** A path of the targets with its own caching. */
export interface CacheBehaviorArgs {
    /** Path pattern, for example `/images/*`; it begins with a slash. */
    path: string;

    /**
     * Names of the query strings that lead to different responses, at most ten, or `*` for all. They reach the targets,
     * others do not. Defaults to none.
     * Source: CloudFront developer guide, "Cache content based on query string parameters" and "Quotas on policies".
     */
    queryStrings?: string[];

    /**
     * Whether to cache only what the targets allow, for as long as `Cache-Control` or `Expires` of the response says,
     * at most a year. Defaults to false: responses without these headers are cached for a day, and `no-store` for a
     * second.
     * Source: CloudFront developer guide, "Manage how long content stays in the cache".
     */
    originCacheControl?: boolean;

    /**
     * Whether pages of other origins may use the responses (CORS): the targets see `Origin` and the headers of a
     * preflight request, and each origin has its own cached response. Defaults to false.
     * Source: CloudFront developer guide, "Configure CloudFront to respect CORS settings".
     */
    cors?: boolean;
}
