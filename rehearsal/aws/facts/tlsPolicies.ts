import type { SecureContextOptions, SecureVersion } from "node:tls";

/** What a security policy means for a TLS server or client of Node. */
export type TlsPolicy = Required<Pick<SecureContextOptions, "minVersion" | "maxVersion" | "ciphers">>;

const tls13 = ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384"];
const chaCha13 = ["TLS_CHACHA20_POLY1305_SHA256"];
const ephemeralGcm = both("AES128-GCM-SHA256", "AES256-GCM-SHA384");
const ephemeralChaCha = both("CHACHA20-POLY1305");
const ephemeralCbc = both("AES128-SHA256", "AES256-SHA384");
const ephemeralSha1 = both("AES128-SHA", "AES256-SHA");
const staticGcm = ["AES128-GCM-SHA256", "AES256-GCM-SHA384"];
const staticCbc = ["AES128-SHA256", "AES256-SHA256"];
const staticSha1 = ["AES128-SHA", "AES256-SHA"];

/**
 * Viewer security policies of CloudFront.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html
 * Sources disagree on which of the two policies of 2025 keeps TLS_CHACHA20_POLY1305_SHA256, so neither offers it here:
 * the rehearsal must never be easier than AWS. SSLv3 itself cannot be spoken by today's OpenSSL.
 */
export const viewerPolicies: ReadonlyMap<string, TlsPolicy> = (() => {
    const upTo2021 = [...ephemeralGcm, ...ephemeralChaCha];
    const upTo2019 = [...upTo2021, ...ephemeralCbc];
    const upTo2018 = [...upTo2019, ...staticGcm, "AES128-SHA256"];
    const upTo2016 = [...upTo2018, ...ephemeralSha1, ...staticSha1];
    const full13 = [...tls13, ...chaCha13];
    return new Map(
        Object.entries({
            SSLv3: policy("TLSv1", [...full13, ...upTo2016]),
            TLSv1: policy("TLSv1", [...full13, ...upTo2016]),
            TLSv1_2016: policy("TLSv1", [...full13, ...upTo2016]),
            "TLSv1.1_2016": policy("TLSv1.1", [...full13, ...upTo2016]),
            "TLSv1.2_2018": policy("TLSv1.2", [...full13, ...upTo2018]),
            "TLSv1.2_2019": policy("TLSv1.2", [...full13, ...upTo2019]),
            "TLSv1.2_2021": policy("TLSv1.2", [...full13, ...upTo2021]),
            "TLSv1.2_2025": policy("TLSv1.2", [...tls13, ...ephemeralGcm]),
            "TLSv1.3_2025": policy("TLSv1.3", tls13),
        }),
    );
})();

/** The policy of a distribution that has no certificate of its own: nothing above TLSv1 can be demanded there. */
export const defaultViewerPolicy = "TLSv1";

/** What the API sets where a listener names no policy; it still admits TLS 1.0. */
export const defaultListenerPolicy = "ELBSecurityPolicy-2016-08";

const everything = [...ephemeralGcm, ...ephemeralCbc, ...ephemeralSha1, ...staticGcm, ...staticCbc, ...staticSha1];
const forwardSecret = [...ephemeralGcm, ...ephemeralCbc, ...ephemeralSha1];
const strict = [...tls13.slice(1), ...both("AES256-GCM-SHA384")];

/** The policies of TLS 1.3 by family: lowest version and suites below it. */
const families = {
    "1-3": ["TLSv1.3", []],
    "1-2-Res": ["TLSv1.2", ephemeralGcm],
    "1-2": ["TLSv1.2", [...ephemeralGcm, ...ephemeralCbc]],
    "1-2-Ext0": ["TLSv1.2", forwardSecret],
    "1-2-Ext1": ["TLSv1.2", [...ephemeralGcm, ...ephemeralCbc, ...staticGcm, ...staticCbc]],
    "1-2-Ext2": ["TLSv1.2", everything],
    "1-1": ["TLSv1.1", everything],
    "1-0": ["TLSv1", everything],
} as const satisfies Readonly<Record<string, readonly [SecureVersion, readonly string[]]>>;

type Family = keyof typeof families;

/** One generation of those families; FIPS modules and post-quantum policies offer no ChaCha20. */
function generation(suffix: string, names: readonly Family[]): [string, TlsPolicy][] {
    const suites13 = suffix === "2021-06" ? [...tls13, ...chaCha13] : tls13;
    return names.map((name) => {
        const [lowest, suites] = families[name];
        return [`TLS13-${name}-${suffix}`, policy(lowest, [...suites13, ...suites])];
    });
}

/**
 * The security policies of HTTPS listeners, by name.
 *
 * Post-quantum key exchange is left to Node's OpenSSL (from 3.5 on); FIPS modules, and the curves and key sizes that
 * RFC 9151 asks for, are not modelled. AWS names the suites of its INTEROP policies nowhere that was found: here they are
 * those of RFC 9151 with AES-128 beside it, and in INTEROP4 and Ext0 key exchange by RSA, as AWS describes them.
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
export const listenerPolicies: ReadonlyMap<string, TlsPolicy> = new Map(
    [
        ["2016-08", policy("TLSv1", everything, "TLSv1.2")] as const,
        ["2015-05", policy("TLSv1", everything, "TLSv1.2")] as const,
        ["TLS-1-0-2015-04", policy("TLSv1", everything, "TLSv1.2")] as const,
        ["TLS-1-1-2017-01", policy("TLSv1.1", everything, "TLSv1.2")] as const,
        [
            "TLS-1-2-2017-01",
            policy("TLSv1.2", [...ephemeralGcm, ...ephemeralCbc, ...staticGcm, ...staticCbc], "TLSv1.2"),
        ] as const,
        ["TLS-1-2-Ext-2018-06", policy("TLSv1.2", everything, "TLSv1.2")] as const,
        ["FS-2018-06", policy("TLSv1", forwardSecret, "TLSv1.2")] as const,
        ["FS-1-1-2019-08", policy("TLSv1.1", forwardSecret, "TLSv1.2")] as const,
        ["FS-1-2-2019-08", policy("TLSv1.2", forwardSecret, "TLSv1.2")] as const,
        ["FS-1-2-Res-2019-08", policy("TLSv1.2", [...ephemeralGcm, ...ephemeralCbc], "TLSv1.2")] as const,
        ["FS-1-2-Res-2020-10", policy("TLSv1.2", ephemeralGcm, "TLSv1.2")] as const,
        ...generation("2021-06", ["1-3", "1-2-Res", "1-2", "1-2-Ext1", "1-2-Ext2", "1-1", "1-0"]),
        ...generation("FIPS-2023-04", ["1-3", "1-2-Res", "1-2", "1-2-Ext0", "1-2-Ext1", "1-2-Ext2", "1-1", "1-0"]),
        ...generation("PQ-2025-09", ["1-3", "1-2-Res", "1-2", "1-2-Ext1", "1-2-Ext2", "1-0"]),
        ...generation("FIPS-PQ-2025-09", ["1-3", "1-2-Res", "1-2", "1-2-Ext0", "1-2-Ext1", "1-2-Ext2", "1-0"]),
        ["TLS13-1-3-RFC9151-FIPS-2023-07", policy("TLSv1.3", tls13.slice(1))] as const,
        ["TLS13-1-2-RFC9151-FIPS-2023-07", policy("TLSv1.2", strict)] as const,
        ["TLS13-1-2-Ext0-RFC9151-FIPS-2023-07", policy("TLSv1.2", [...strict, ...staticGcm.slice(1)])] as const,
        ...[1, 2, 3].map(
            (number) =>
                [
                    `TLS13-1-2-RFC9151-INTEROP${number}-FIPS-2023-07`,
                    policy("TLSv1.2", [...tls13, ...ephemeralGcm]),
                ] as const,
        ),
        [
            "TLS13-1-2-RFC9151-INTEROP4-FIPS-2023-07",
            policy("TLSv1.2", [...tls13, ...ephemeralGcm, ...staticGcm]),
        ] as const,
    ].map(([name, tls]) => [`ELBSecurityPolicy-${name}`, tls]),
);

const originVersions: readonly SecureVersion[] = ["TLSv1", "TLSv1.1", "TLSv1.2"];

/**
 * What CloudFront offers to a custom origin, from `originSslProtocols`.
 *
 * TLS 1.3 cannot be set and AWS's list of origin ciphers has none of its suites, so it is not offered here.
 * Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-ciphers-cloudfront-to-origin.html
 */
export function originPolicy(originSslProtocols: readonly string[]): TlsPolicy | undefined {
    const named = originVersions.filter((version) => originSslProtocols.includes(version));
    const [lowest, highest] = [named[0], named[named.length - 1]];
    return lowest === undefined || highest === undefined
        ? undefined
        : policy(lowest, [...ephemeralGcm, ...ephemeralCbc, ...ephemeralSha1, ...staticSha1], highest);
}

/** What the load balancer offers to its targets: it follows the listener's family and is never strict. */
export function backendPolicy(listenerPolicyName: string): TlsPolicy {
    return policy("TLSv1", everything, listenerPolicyName.includes("TLS13") ? "TLSv1.3" : "TLSv1.2", tls13);
}

function policy(
    minVersion: SecureVersion,
    ciphers: readonly string[],
    maxVersion: SecureVersion = "TLSv1.3",
    suites13: readonly string[] = [],
): TlsPolicy {
    // OpenSSL 3 speaks TLS 1.0 and 1.1 only at security level 0.
    const level = minVersion === "TLSv1" || minVersion === "TLSv1.1" ? ["@SECLEVEL=0"] : [];
    return { minVersion, maxVersion, ciphers: [...suites13, ...ciphers, ...level].join(":") };
}

/** A suite for either kind of certificate key. */
function both(...suites: string[]): string[] {
    return suites.flatMap((suite) => [`ECDHE-ECDSA-${suite}`, `ECDHE-RSA-${suite}`]);
}
