import type { Handshake, shakeHands } from "./ask";
import { describe, Unreachable } from "./network";
import type { Conclusion } from "./probe";

/** The outcome of an exchange, or why there was none. */
export async function attempt<T>(exchange: () => Promise<T>): Promise<T | Error> {
    try {
        return await exchange();
    } catch (error) {
        return error as Error;
    }
}

/** What an auditor wants to know of a connection. */
export function tlsEvidence(handshake: Handshake): Record<string, string> {
    const { certificate } = handshake;
    return {
        tls: handshake.protocol,
        cipher: handshake.cipher,
        "key exchange": handshake.keyExchange,
        subject: String(certificate.subject?.CN ?? "none"),
        issuer: [certificate.issuer?.O, certificate.issuer?.CN].filter(Boolean).join(", ") || "none",
        names: (certificate.subjectaltname ?? "").replaceAll("DNS:", ""),
        "valid until": certificate.valid_to ?? "unknown",
        "sha-256": certificate.fingerprint256 ?? "unknown",
    };
}

/** Whether a certificate can be trusted for a name, for long enough. */
export function judgeCertificate(handshake: Handshake | Error, name: string, days: number): Conclusion {
    if (handshake instanceof Error) {
        return { verdict: handshake instanceof Unreachable ? "cannot tell" : "fail", seen: describe(handshake) };
    }
    const evidence = tlsEvidence(handshake);
    if (handshake.distrust !== undefined) {
        const reason =
            handshake.distrust === "ERR_TLS_CERT_ALTNAME_INVALID"
                ? `it covers ${evidence.names || "no name"}, not ${name}`
                : `it is not trusted: ${handshake.distrust}`;
        return { verdict: "fail", seen: reason, evidence };
    }
    const left = Math.floor((Date.parse(handshake.certificate.valid_to) - Date.now()) / 86_400_000);
    return {
        verdict: left >= days ? "pass" : "fail",
        seen: `trusted, covers ${evidence.names}, ${left} days left`,
        evidence,
    };
}

type TlsOffer = NonNullable<Parameters<typeof shakeHands>[0]["tls"]>;

/** Offers the versions that RFC 8996 forbids, one at a time. */
export async function judgeOldVersions(shake: (tls: TlsOffer) => Promise<Handshake>): Promise<Conclusion> {
    const outcomes: string[] = [];
    let verdict: Conclusion["verdict"] = "pass";
    for (const version of ["TLSv1", "TLSv1.1"] as const) {
        // Level 0, because otherwise this side's own OpenSSL would refuse and nothing would be learnt.
        const outcome = await attempt(() =>
            shake({ minVersion: version, maxVersion: version, ciphers: "ALL:@SECLEVEL=0" }),
        );
        if (!(outcome instanceof Error)) {
            verdict = "fail";
            outcomes.push(`${version} is spoken, ${outcome.cipher}`);
        } else if (refusedByServer(outcome)) {
            outcomes.push(`${version} refused`);
        } else {
            verdict = verdict === "fail" ? "fail" : "cannot tell";
            outcomes.push(`${version}: ${describe(outcome)}`);
        }
    }
    return { verdict, seen: outcomes.join("; ") };
}

/** Suites of TLS 1.2 without forward secrecy or without authenticated encryption. */
export const weakCiphers =
    "AES128-GCM-SHA256:AES128-SHA256:AES128-SHA:AES256-SHA:ECDHE-RSA-AES128-SHA256:ECDHE-ECDSA-AES128-SHA256:ECDHE-RSA-AES128-SHA:ECDHE-ECDSA-AES128-SHA";

/** Offers TLS 1.2 with weak suites only. */
export async function judgeWeakCiphers(shake: (tls: TlsOffer) => Promise<Handshake>): Promise<Conclusion> {
    const outcome = await attempt(() =>
        shake({ minVersion: "TLSv1.2", maxVersion: "TLSv1.2", ciphers: `${weakCiphers}:@SECLEVEL=0` }),
    );
    if (!(outcome instanceof Error)) {
        return { verdict: "fail", seen: `${outcome.cipher} is spoken` };
    }
    return refusedByServer(outcome)
        ? { verdict: "pass", seen: "CBC suites and suites without forward secrecy refused" }
        : { verdict: "cannot tell", seen: describe(outcome) };
}

/** Whether the other side ended a handshake: by an alert, or by just leaving. An error of this side's OpenSSL is neither. */
function refusedByServer(error: NodeJS.ErrnoException): boolean {
    return (
        /alert|wrong version number|unsupported protocol/i.test(error.message) ||
        (error instanceof Unreachable && /ended by the other side/.test(error.message))
    );
}
