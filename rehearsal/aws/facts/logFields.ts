const words = (text: string) => text.trim().split(/\s+/);

const ofBoth = words(`
    timestamp c-ip time-to-first-byte sc-status sc-bytes cs-method cs-protocol cs-uri-stem cs-bytes x-edge-location
    x-edge-request-id x-host-header time-taken cs-protocol-version cs-uri-query x-edge-response-result-type
    x-forwarded-for ssl-protocol ssl-cipher x-edge-result-type fle-encrypted-fields fle-status sc-content-type
    sc-content-len sc-range-start sc-range-end c-port x-edge-detailed-result-type c-country
    cache-behavior-path-pattern origin-fbl origin-lbl asn`);

/** Fields of CloudFront's access logs. Source: CloudFront developer guide, "Standard logging reference". */
export const accessLogFields: ReadonlySet<string> = new Set([
    ...ofBoth,
    ...words("date time timestamp(ms) DistributionId cs(Host) cs(Referer) cs(User-Agent) cs(Cookie)"),
]);

/** Fields of real-time logs but those of CMCD. Source: CloudFront developer guide, "Use real-time access logs". */
export const realtimeLogFields: ReadonlySet<string> = new Set([
    ...ofBoth,
    ...words(`
        s-ip cs-host c-ip-version cs-user-agent cs-referer cs-cookie cs-accept-encoding cs-accept cs-headers
        cs-header-names cs-headers-count primary-distribution-id primary-distribution-dns-name r-host sr-reason
        x-edge-mqcs distribution-tenant-id connection-id`),
]);
