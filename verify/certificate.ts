import type { X509Certificate as ParsedCertificate } from "@peculiar/x509";
import { X509Certificate } from "node:crypto";
import type { PeerCertificate } from "node:tls";
import { longestValidity } from "@encrypted-edge/common";
import type { Handshake } from "./ask";
import { once } from "./bounded";
import { distrustInWords } from "./errorWords";
import { listed } from "./printable";
import type { Conclusion } from "./probe";

const day = 86_400_000;
/** Signed certificate timestamps (RFC 6962 3.3): the certificate was published in logs of certificate transparency. */
const timestampList = "1.3.6.1.4.1.11129.2.4.2";
/** Least key sizes (NIST SP 800-57 part 1, 112 bits of security), which the CA/Browser Forum demands as well. */
const leastBits: Readonly<Record<string, number>> = { rsa: 2048, "rsa-pss": 2048 };
/** How a certificate may be signed (CA/Browser Forum, Baseline Requirements 7.1.3.2). */
const strongSignature = /^(RSA|RSA-PSS|ECDSA) with SHA-(256|384|512)$/;
const curves: Readonly<Record<string, string>> = { prime256v1: "P-256", secp384r1: "P-384", secp521r1: "P-521" };

/** What two parties agreed on. */
export function connectionEvidence({ protocol, cipher, keyExchange }: Handshake): Record<string, string> {
    return { tls: protocol, cipher, "key exchange": keyExchange };
}

/** What an auditor wants to know of a connection and its certificate. */
async function tlsEvidence(handshake: Handshake): Promise<Record<string, string>> {
    const { certificate } = handshake;
    const connection = connectionEvidence(handshake);
    if (certificate === undefined) {
        return connection;
    }
    const { x509, names } = await readable(certificate);
    const chain = await Promise.all(chainOf(certificate).map(readable));
    return {
        ...connection,
        subject: commonName(x509.subject),
        issuer: x509.issuer.split("\n").reverse().join(", "),
        names: listed(names),
        "valid from": x509.validFrom,
        "valid until": x509.validTo,
        key: keyOf(x509),
        signature: chain[0]?.signature ?? "unknown",
        "serial number": x509.serialNumber,
        "sha-256": x509.fingerprint256,
        chain: listed(
            chain.map((one) => `${commonName(one.x509.subject)} (${keyOf(one.x509)}, ${one.signature})`),
            8,
            " < ",
        ),
        "certificate transparency": chain[0]?.timestamps ? "timestamps of logs are in it" : "no timestamps in it",
    };
}

/** Whether a certificate can be trusted for a name, for long enough, and is signed by what nobody can forge. */
export async function judgeCertificate(handshake: Handshake, name: string, days: number): Promise<Conclusion> {
    const evidence = await tlsEvidence(handshake);
    const { certificate } = handshake;
    if (certificate === undefined) {
        return { verdict: "fail", seen: "the server shows no certificate", evidence };
    }
    const { x509, names } = await readable(certificate);
    const chain = await Promise.all(chainOf(certificate).map(readable));
    const [from, until] = [Date.parse(x509.validFrom), Date.parse(x509.validTo)];
    const left = Math.floor((until - Date.now()) / day);
    // Its last second belongs to it (RFC 5280 4.1.2.5), and a part of a day counts as one (Baseline Requirements 6.3.2).
    const lasting = Math.ceil((until - from + 1000) / day);
    const longest = longestValidity(from);
    const problems = [
        ...(handshake.distrust === undefined ? [] : [distrustInWords(handshake.distrust)]),
        ...nameProblems(x509, names, name),
        ...(Number.isNaN(left) || Number.isNaN(lasting)
            ? [`its dates cannot be read: ${x509.validFrom} to ${x509.validTo}`]
            : []),
        ...(from > Date.now() ? [`it is valid from ${x509.validFrom} only`] : []),
        ...(left < 0
            ? [`it expired on ${x509.validTo}`]
            : left < days
              ? [`it is valid for ${left} more days only: its renewal is overdue`]
              : []),
        ...chain.flatMap(strengthProblems),
    ];
    if (problems.length === 0 && lasting > longest) {
        const seen = `trusted, but valid for ${lasting} days from ${x509.validFrom} on; a public one of that date may be valid for ${longest} at most`;
        return { verdict: "warn", seen, evidence };
    }
    return problems.length === 0
        ? { verdict: "pass", seen: `trusted, covers ${listed(names, 3)}, ${keyOf(x509)}, ${left} days left`, evidence }
        : { verdict: "fail", seen: [...new Set(problems)].join("; "), evidence };
}

// Names count only as subject alternative names: browsers and CloudFront ignore the common name (RFC 9525 6.3).
function nameProblems(x509: X509Certificate, names: readonly string[], name: string): string[] {
    if (names.length === 0) {
        return ["it has no subject alternative name, so it covers no name"];
    }
    const covered = x509.checkHost(name, { subject: "never", partialWildcards: false }) !== undefined;
    return covered ? [] : [`it covers ${listed(names, 3)}, not ${name}`];
}

function strengthProblems({ x509, signature }: Readable): string[] {
    const { asymmetricKeyType = "unknown", asymmetricKeyDetails } = x509.publicKey;
    const { modulusLength, namedCurve } = asymmetricKeyDetails ?? {};
    const whose = `${commonName(x509.subject)}: `;
    const least = leastBits[asymmetricKeyType];
    const taken = asymmetricKeyType === "ec" || least !== undefined;
    const weakKey =
        asymmetricKeyType === "ec"
            ? !(namedCurve !== undefined && namedCurve in curves)
            : (modulusLength ?? 0) < (least ?? 0);
    return [
        ...(weakKey ? [`${whose}its key is weak (${keyOf(x509)})`] : []),
        ...(taken ? [] : [`${whose}its key is ${keyOf(x509)}, which browsers do not take`]),
        ...(strongSignature.test(signature)
            ? []
            : [`${whose}it is signed with ${signature}, which can be forged or is not taken by browsers`]),
    ];
}

interface Readable {
    readonly x509: X509Certificate;
    readonly names: readonly string[];
    readonly signature: string;
    readonly timestamps: boolean;
}

async function readable(certificate: PeerCertificate): Promise<Readable> {
    const x509 = new X509Certificate(certificate.raw);
    const parsed = await parse(certificate.raw);
    const names = (x509.subjectAltName ?? "")
        .split(", ")
        .filter((one) => one.startsWith("DNS:"))
        .map((one) => one.slice(4));
    const { name = "unknown", hash } = (parsed?.signatureAlgorithm ?? {}) as {
        readonly name?: string;
        readonly hash?: string | { readonly name?: string };
    };
    const digest = typeof hash === "string" ? hash : hash?.name;
    return {
        x509,
        names,
        signature: digest === undefined ? name : `${name.replace("RSASSA-PKCS1-v1_5", "RSA")} with ${digest}`,
        timestamps: parsed?.extensions.some((one) => one.type === timestampList) ?? false,
    };
}

/** The library is loaded when a certificate is there to be read: it takes a tenth of a second. */
const library = once(async () => {
    await import("reflect-metadata");
    return import("@peculiar/x509");
});

async function parse(raw: Buffer): Promise<ParsedCertificate | undefined> {
    const { X509Certificate: Parser } = await library();
    try {
        return new Parser(raw);
    } catch {
        return undefined;
    }
}

/** The certificate and those that vouch for it, without the root: nobody relies on a root's own signature. */
function chainOf(certificate: PeerCertificate): PeerCertificate[] {
    const chain = [certificate];
    const seen = new Set([certificate.fingerprint256]);
    for (
        let next = issuerOf(certificate);
        next !== undefined && !seen.has(next.fingerprint256);
        next = issuerOf(next)
    ) {
        seen.add(next.fingerprint256);
        if (issuerOf(next)?.fingerprint256 !== next.fingerprint256) {
            chain.push(next);
        }
    }
    return chain;
}

function issuerOf(certificate: PeerCertificate): PeerCertificate | undefined {
    return (certificate as { readonly issuerCertificate?: PeerCertificate }).issuerCertificate;
}

function keyOf({ publicKey }: X509Certificate): string {
    const { modulusLength, namedCurve = "" } = publicKey.asymmetricKeyDetails ?? {};
    const kind = (publicKey.asymmetricKeyType ?? "unknown").toUpperCase();
    return kind === "EC"
        ? `ECDSA ${curves[namedCurve] ?? namedCurve}`
        : modulusLength === undefined
          ? kind
          : `${kind} ${modulusLength}`;
}

function commonName(subject: string | undefined): string {
    return /(?:^|\n)CN=(.*)/.exec(subject ?? "")?.[1] ?? "no common name";
}
