// Runs at CloudFront's edge locations, as forwardedHeaders.js does. viewerRequestCode.ts adds the page.

function maintenanceAnswer(page, maxAge) {
    return {
        statusCode: 503,
        statusDescription: "Service Unavailable",
        headers: {
            "content-type": { value: "text/html; charset=utf-8" },
            "cache-control": { value: "no-store" },
            // Seconds after which crawlers and clients ask again.
            "retry-after": { value: "300" },
            "strict-transport-security": { value: "max-age=" + maxAge },
        },
        body: { encoding: "text", data: page },
    };
}
