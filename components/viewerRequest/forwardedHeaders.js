// Runs at CloudFront's edge locations on every request of a viewer, in the JavaScript runtime 2.0, which knows neither
// for-of nor modules of its own. viewerRequestCode.ts adds the handler.

// Headers of a viewer by which frameworks and proxies would believe another host, scheme, path or address.
const believedHeaders =
    /^(forwarded|x-forwarded(?!-for$)(-.*)?|x-(original|rewrite|real|http|client|cluster-client)?-?(host|host-override|url|uri|ip)|x-url-scheme|front-end-https|(true-client|client|cf-connecting|fastly-client)-ip)$/;

function setForwardedHeaders(request, viewerAddress) {
    const headers = request.headers;
    Object.keys(headers).forEach(function (name) {
        // Gateway interfaces read an underscore as they read a hyphen.
        if (believedHeaders.test(name.toLowerCase().replace(/_/g, "-"))) {
            delete headers[name];
        }
    });
    if (headers.host) {
        headers["x-forwarded-host"] = { value: headers.host.value };
    }
    headers["true-client-ip"] = { value: viewerAddress };
}
