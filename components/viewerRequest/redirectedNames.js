// Runs at CloudFront's edge locations, as forwardedHeaders.js does. viewerRequestCode.ts adds the names.

function redirectionTo(target, maxAge, request) {
    const query = Object.keys(request.querystring)
        .map(function (name) {
            const parameter = request.querystring[name];
            const values = parameter.multiValue || [parameter];
            return values
                .map(function (one) {
                    return one.value === "" ? name : name + "=" + one.value;
                })
                .join("&");
        })
        .join("&");
    // Without a body there is nothing to repeat; other methods keep theirs by 308.
    const isSimple = request.method === "GET" || request.method === "HEAD";
    return {
        statusCode: isSimple ? 301 : 308,
        statusDescription: isSimple ? "Moved Permanently" : "Permanent Redirect",
        headers: {
            location: { value: "https://" + target + request.uri + (query === "" ? "" : "?" + query) },
            "strict-transport-security": { value: "max-age=" + maxAge },
        },
    };
}
