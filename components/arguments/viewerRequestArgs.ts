/** What a CloudFront Function does with each request of a viewer. */
export interface ViewerRequestArgs {
    /**
     * Whether a CloudFront Function tells the targets, on every path that is not cached, the name that the viewer used
     * (`X-Forwarded-Host`) and the viewer's address (`True-Client-IP`). It removes these headers if the viewer sent
     * them, as well as `Forwarded` and other headers from which frameworks take a host, a scheme, a path or an address.
     * `X-Forwarded-For` stays: trust only its last two entries, the viewer can write the others. Defaults to true. When
     * false, `X-Forwarded-Host` is always the first of `domainNames`, or, with `forwardHostHeader`, whatever the viewer
     * sent, and forged `Forwarded` headers reach the targets. CloudFront charges for each call of a function.
     * Source: CloudFront developer guide, "Customize at the edge with CloudFront Functions".
     */
    forwardedHeadersEnabled?: boolean;

    /**
     * Your own JavaScript that runs on each request of a viewer, after the headers above are set. It declares
     * `function viewerRequest(event)`, async or not, which gets CloudFront's event and returns a request or a response, as a
     * `handler` would. A distribution has room for one such function, so this code becomes part of the edge's own;
     * together they have at most 10,240 bytes. The runtime is `cloudfront-js-2.0`. Defaults to none.
     * Source: CloudFront developer guide, "Write function code" and "Quotas on CloudFront Functions".
     */
    viewerRequestCode?: string;
}
