import type { SecureContextOptions, SecureVersion } from "node:tls";
import table from "./tlsPolicyTable.json";

/** What a security policy means for a TLS server or client of Node. */
export type TlsPolicy = Required<Pick<SecureContextOptions, "minVersion" | "maxVersion" | "ciphers">>;

const versions: readonly SecureVersion[] = ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"];

const suites: Readonly<Record<string, string>> = table.suites;

/**
 * Viewer security policies of CloudFront.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html
 * Sources disagree on which of the two policies of 2025 keeps TLS_CHACHA20_POLY1305_SHA256, so neither offers it here:
 * the rehearsal must never be easier than AWS. SSLv3 itself cannot be spoken by today's OpenSSL.
 */
export const viewerPolicies = policies(table.viewer);

/** The policy of a distribution that has no certificate of its own: nothing above TLSv1 can be demanded there. */
export const defaultViewerPolicy = "TLSv1";

/** What the API sets where a listener names no policy; it still admits TLS 1.0. */
export const defaultListenerPolicy = "ELBSecurityPolicy-2016-08";

/**
 * The security policies of HTTPS listeners, by name.
 *
 * Post-quantum key exchange is left to Node's OpenSSL (from 3.5 on); FIPS modules, and the curves and key sizes that
 * RFC 9151 asks for, are not modelled. AWS names the suites of its INTEROP policies nowhere that was found: here they are
 * those of RFC 9151 with AES-128 beside it, and in INTEROP4 and Ext0 key exchange by RSA, as AWS describes them.
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
export const listenerPolicies = policies(table.listener);

/**
 * What CloudFront offers to a custom origin, from `originSslProtocols`.
 *
 * TLS 1.3 cannot be set and AWS's list of origin ciphers has none of its suites, so it is not offered here.
 * Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-ciphers-cloudfront-to-origin.html
 */
export function originPolicy(originSslProtocols: readonly string[]): TlsPolicy | undefined {
    const [lowest, ...higher] = versions.filter((one) => one !== "TLSv1.3" && originSslProtocols.includes(one));
    return lowest === undefined
        ? undefined
        : policy(`${lowest} ${higher.at(-1) ?? lowest} ephemeralGcm ephemeralCbc ephemeralSha1 staticSha1`);
}

/** What the load balancer offers to its targets: it follows the listener's family and is never strict. */
export function backendPolicy(listenerPolicyName: string): TlsPolicy {
    const highest = listenerPolicyName.includes("TLS13") ? "TLSv1.3" : "TLSv1.2";
    return policy(`TLSv1 ${highest} tls13 ephemeralGcm ephemeralCbc ephemeralSha1 staticGcm staticCbc staticSha1`);
}

function policies(rows: Readonly<Record<string, string>>): ReadonlyMap<string, TlsPolicy> {
    return new Map(Object.entries(rows).map(([name, row]) => [name, policy(row)]));
}

/** @throws Error for a version or a group of suites that does not exist */
function policy(row: string): TlsPolicy {
    const [lowest, highest, ...groups] = row.split(" ");
    const minVersion = versions.find((version) => version === lowest);
    const maxVersion = versions.find((version) => version === highest);
    const ciphers = groups.map((group) => suites[group]);
    if (minVersion === undefined || maxVersion === undefined || ciphers.includes(undefined)) {
        throw new Error(`"${row}" is no TLS policy.`);
    }
    // OpenSSL 3 speaks TLS 1.0 and 1.1 only at security level 0.
    const level = minVersion === "TLSv1" || minVersion === "TLSv1.1" ? ["@SECLEVEL=0"] : [];
    return { minVersion, maxVersion, ciphers: [...ciphers, ...level].join(":") };
}
