/** What a function at the edge does with each request of a viewer. */
export interface ViewerRequestArgs {
    /**
     * Whether a CloudFront Function tells the targets, on every path that is not cached, the name that the viewer used
     * (`X-Forwarded-Host`) and the address that it calls from (`True-Client-IP`), and removes whatever the viewer sent
     * under these names, as `Forwarded`, or under another name by which frameworks believe a host, a scheme, a path or
     * an address. `X-Forwarded-For` stays: its last two entries are true, those before them the viewer's own words.
     * Defaults to true. When false, `X-Forwarded-Host` is always the first of `domainNames`, or, with
     * `forwardHostHeader`, whatever the viewer sent; forged `Forwarded` headers reach the targets. CloudFront charges for
     * each call of a function.
     * Source: CloudFront developer guide, "Customize at the edge with CloudFront Functions".
     */
    forwardedHeadersEnabled?: boolean;

    /**
     * JavaScript of your own that runs on each request of a viewer, after the headers above are set. It declares
     * `function viewerRequest(event)`, async or not, which gets CloudFront's event and returns a request or a response,
     * as a `handler` would. A distribution has room for one such function, so it becomes part of the edge's own; with it
     * at most 10,240 bytes, in the runtime `cloudfront-js-2.0`. Defaults to none.
     * Source: CloudFront developer guide, "Write function code" and "Quotas on CloudFront Functions".
     */
    viewerRequestCode?: string;
}
