import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import { webcrypto } from "node:crypto";
import { acmValidityDays } from "../aws/services";

/** A certificate with its key, as a TLS server takes it. */
export interface IssuedCertificate {
    /** PEM; secret, lives in memory only. */
    readonly key: string;
    /** PEM chain without the root. */
    readonly certificate: string;
    readonly names: readonly string[];
}

/** Key algorithms that can be requested from ACM, in ACM's words. */
const keyAlgorithms = {
    RSA_2048: {
        name: "RSASSA-PKCS1-v1_5",
        hash: "SHA-256",
        modulusLength: 2048,
        publicExponent: new Uint8Array([1, 0, 1]),
    },
    EC_prime256v1: { name: "ECDSA", namedCurve: "P-256" },
    EC_secp384r1: { name: "ECDSA", namedCurve: "P-384" },
} as const;
type KeyAlgorithm = keyof typeof keyAlgorithms;

const day = 24 * 60 * 60 * 1000;

x509.cryptoProvider.set(webcrypto);

export type CertificateAuthority = Awaited<ReturnType<typeof newAuthority>>;

/**
 * The certificate authority of one rehearsal. It stands for Amazon's public one: the rehearsed CloudFront and the
 * prober trust it and nothing else. Its key never leaves memory and dies with the process.
 */
export async function newAuthority() {
    const authority = await newKeys("EC_prime256v1");
    const root = await x509.X509CertificateGenerator.createSelfSigned({
        name: "CN=Rehearsal certificate authority, O=Not trusted by anyone else",
        ...madeNow(),
        keys: authority,
        extensions: [
            new x509.BasicConstraintsExtension(true, 0, true),
            new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
            await x509.SubjectKeyIdentifierExtension.create(authority.publicKey, false, webcrypto),
        ],
    });
    return {
        /** PEM of the root, for `--cacert` and the like. */
        certificate: root.toString("pem"),

        /**
         * Issues a server certificate, valid for as long as ACM's.
         *
         * @param names the exact subject alternative names; the first is the common name when it fits in one (64
         * characters)
         */
        issue: async (names: readonly string[], keyAlgorithm: KeyAlgorithm): Promise<IssuedCertificate> => {
            const keys = await newKeys(keyAlgorithm);
            const commonName = names[0] ?? "";
            const certificate = await x509.X509CertificateGenerator.create({
                issuer: root.subject,
                subject: commonName.length <= 64 ? [{ CN: [commonName] }] : [],
                ...madeNow(),
                notAfter: new Date(Date.now() + acmValidityDays() * day),
                publicKey: keys.publicKey,
                signingKey: authority.privateKey,
                extensions: [
                    new x509.BasicConstraintsExtension(false, undefined, true),
                    new x509.KeyUsagesExtension(
                        keyAlgorithm === "RSA_2048"
                            ? x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyEncipherment
                            : x509.KeyUsageFlags.digitalSignature,
                        true,
                    ),
                    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
                    new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: "dns", value }))),
                    await x509.AuthorityKeyIdentifierExtension.create(authority.publicKey, false, webcrypto),
                    await x509.SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
                ],
            });
            return { key: await privateKey(keys), certificate: certificate.toString("pem"), names };
        },
    };
}

/** A self-signed certificate, as an application behind a load balancer usually has. */
export async function selfSignedCertificate(name: string): Promise<IssuedCertificate> {
    const keys = await newKeys("EC_prime256v1");
    const certificate = await x509.X509CertificateGenerator.createSelfSigned({
        name: [{ CN: [name] }],
        ...madeNow(),
        keys,
        extensions: [new x509.SubjectAlternativeNameExtension([{ type: "dns", value: name }])],
    });
    return { key: await privateKey(keys), certificate: certificate.toString("pem"), names: [name] };
}

/** True if the text is a key algorithm that can be requested from ACM. */
export function isKeyAlgorithm(value: string): value is KeyAlgorithm {
    return Object.hasOwn(keyAlgorithms, value);
}

async function newKeys(algorithm: KeyAlgorithm): Promise<webcrypto.CryptoKeyPair> {
    const parameters: webcrypto.RsaHashedKeyGenParams | webcrypto.EcKeyGenParams = keyAlgorithms[algorithm];
    return webcrypto.subtle.generateKey(parameters, true, ["sign", "verify"]);
}

async function privateKey(keys: webcrypto.CryptoKeyPair): Promise<string> {
    return x509.PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey), "PRIVATE KEY");
}

/** Valid since yesterday: clocks differ. The library adds a random serial number, and a year where no end is given. */
function madeNow() {
    return { notBefore: new Date(Date.now() - day), signingAlgorithm: { name: "ECDSA", hash: "SHA-256" } };
}
