import { generateKeyPairSync, randomBytes } from "node:crypto";
import type { CipherSuite } from "./cipherSuites";

/** Versions that can be offered, by their number on the wire. */
export const versions = {
    "SSL 2.0": 0x0002,
    "SSL 3.0": 0x0300,
    "TLS 1.0": 0x0301,
    "TLS 1.1": 0x0302,
    "TLS 1.2": 0x0303,
    "TLS 1.3": 0x0304,
} as const;
export type TlsVersion = keyof typeof versions;

/** The hybrid key exchanges with ML-KEM (draft-ietf-tls-ecdhe-mlkem), by their number in IANA's registry of groups. */
export const postQuantumGroups = { X25519MLKEM768: 0x11ec, SecP256r1MLKEM768: 0x11eb, SecP384r1MLKEM1024: 0x11ed };

/** What one ClientHello offers. */
export interface Offer {
    readonly version: TlsVersion;
    readonly suites: readonly CipherSuite[];
    /** Key exchange groups. Default: every elliptic curve and finite field that servers are known to choose. */
    readonly groups?: readonly number[];
    /** Without any extension, as SSL 3.0 was before there were any: some servers end what has them. */
    readonly bare?: boolean;
}

// X25519, P-256, P-384, P-521, X448, the older curves, Brainpool, and the finite fields of RFC 7919.
const allGroups = [29, 23, 24, 25, 30, 19, 21, 22, 16, 17, 18, 20, 9, 10, 11, 12, 13, 14, 26, 27, 28].concat([
    0x100, 0x101, 0x102, 0x103, 0x104,
]);
const x25519 = 29;

// ECDSA, EdDSA, RSA-PSS and PKCS #1 with SHA-2, then what only old servers sign with: SHA-1, SHA-224, DSA, MD5.
const signatureSchemes = [
    0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0804, 0x0805, 0x0806, 0x0809, 0x080a, 0x080b, 0x0401, 0x0501, 0x0601,
    0x0303, 0x0301, 0x0203, 0x0201, 0x0402, 0x0302, 0x0202, 0x0101,
];

/** A ClientHello in its record, as RFC 8446 4.1.2 and its predecessors have it. */
export function clientHello(serverName: string, { version, suites, groups = allGroups, bare }: Offer): Buffer {
    if (version === "SSL 2.0") {
        return ssl2Hello(suites);
    }
    const modern = version === "TLS 1.3";
    const legacy = modern ? versions["TLS 1.2"] : versions[version];
    const extensions = [
        extension(0, list16(Buffer.concat([Buffer.from([0]), list16(Buffer.from(serverName, "latin1"))]))),
        // SSL 3.0 has no extensions; a server that hosts many names still reads this one.
        ...(version === "SSL 3.0"
            ? []
            : [
                  extension(10, list16(numbers(groups))),
                  extension(11, Buffer.from([3, 0, 1, 2])),
                  extension(0xff01, Buffer.from([0])),
              ]),
        ...(version === "TLS 1.2" || modern ? [extension(13, list16(numbers(signatureSchemes)))] : []),
        ...(modern ? [extension(43, list8(numbers([versions["TLS 1.3"]]))), extension(51, keyShares(groups))] : []),
    ];
    const body = Buffer.concat([
        numbers([legacy]),
        randomBytes(32),
        list8(modern ? randomBytes(32) : Buffer.alloc(0)),
        list16(numbers(suites.map(({ code }) => code))),
        list8(Buffer.from([0])),
        ...(bare === true ? [] : [list16(Buffer.concat(extensions))]),
    ]);
    const message = Buffer.concat([Buffer.from([1, 0]), list16(body)]);
    const recordVersion = version === "SSL 3.0" ? versions["SSL 3.0"] : versions["TLS 1.0"];
    return Buffer.concat([Buffer.from([22]), numbers([recordVersion]), list16(message)]);
}

/** The CLIENT-HELLO of SSL 2.0 (draft-hickman-netscape-ssl-00, 2.5). */
function ssl2Hello(ciphers: readonly CipherSuite[]): Buffer {
    const specs = Buffer.concat(ciphers.map(({ code }) => Buffer.from([code >> 16, (code >> 8) & 255, code & 255])));
    const challenge = randomBytes(16);
    const message = Buffer.concat([
        Buffer.from([1]),
        numbers([versions["SSL 2.0"], specs.length, 0, challenge.length]),
        specs,
        challenge,
    ]);
    return Buffer.concat([numbers([0x8000 | message.length]), message]);
}

/** A share where X25519 is offered; for every other group the server has to ask first (RFC 8446 4.1.4). */
function keyShares(groups: readonly number[]): Buffer {
    if (!groups.includes(x25519)) {
        return list16(Buffer.alloc(0));
    }
    const { publicKey } = generateKeyPairSync("x25519");
    const key = publicKey.export({ type: "spki", format: "der" }).subarray(-32);
    return list16(Buffer.concat([numbers([x25519]), list16(key)]));
}

function extension(type: number, data: Buffer): Buffer {
    return Buffer.concat([numbers([type]), list16(data)]);
}

function numbers(values: readonly number[]): Buffer {
    const bytes = Buffer.alloc(2 * values.length);
    values.forEach((value, index) => bytes.writeUInt16BE(value, 2 * index));
    return bytes;
}

function list8(content: Buffer): Buffer {
    return Buffer.concat([Buffer.from([content.length]), content]);
}

function list16(content: Buffer): Buffer {
    return Buffer.concat([numbers([content.length]), content]);
}
