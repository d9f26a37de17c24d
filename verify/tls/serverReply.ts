import { versions } from "./clientHello";
import { suiteName } from "./cipherSuites";

/** What a server made of a ClientHello. */
export type ServerReply =
    | { readonly kind: "hello"; readonly version: string; readonly suite: number; readonly suiteName: string }
    /** The server asks for another key share (RFC 8446 4.1.4): it would speak with that group. */
    | { readonly kind: "retry"; readonly group: number | undefined }
    | { readonly kind: "alert"; readonly alert: string }
    /** Something that is no TLS. */
    | { readonly kind: "other"; readonly bytes: string }
    | { readonly kind: "incomplete" };

/** Alerts by number (RFC 8446 6, and the reserved ones of its predecessors). */
const alerts: Readonly<Record<number, string>> = {
    0: "close_notify",
    10: "unexpected_message",
    20: "bad_record_mac",
    21: "decryption_failed",
    22: "record_overflow",
    30: "decompression_failure",
    40: "handshake_failure",
    41: "no_certificate",
    42: "bad_certificate",
    43: "unsupported_certificate",
    44: "certificate_revoked",
    45: "certificate_expired",
    46: "certificate_unknown",
    47: "illegal_parameter",
    48: "unknown_ca",
    49: "access_denied",
    50: "decode_error",
    51: "decrypt_error",
    60: "export_restriction",
    70: "protocol_version",
    71: "insufficient_security",
    80: "internal_error",
    86: "inappropriate_fallback",
    90: "user_canceled",
    100: "no_renegotiation",
    109: "missing_extension",
    110: "unsupported_extension",
    112: "unrecognized_name",
    113: "bad_certificate_status_response",
    115: "unknown_psk_identity",
    116: "certificate_required",
    120: "no_application_protocol",
};

/** The random of a ServerHello that is a HelloRetryRequest (RFC 8446 4.1.3). */
const retryRandom = Buffer.from("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c", "hex");

/** Reads the first bytes of a server's answer. */
export function readServerReply(bytes: Buffer): ServerReply {
    if (((bytes[0] ?? 0) & 0x80) !== 0) {
        return readSsl2Reply(bytes);
    }
    const message: Buffer[] = [];
    for (let rest = bytes; rest.length > 0;) {
        if (![21, 22].includes(rest[0] ?? 0) || (rest.length > 1 && rest[1] !== 3)) {
            return { kind: "other", bytes: bytes.subarray(0, 32).toString("latin1") };
        }
        const length = rest.length < 5 ? undefined : rest.readUInt16BE(3);
        if (length === undefined || rest.length < 5 + length) {
            return { kind: "incomplete" };
        }
        const isAlert = rest[0] === 21;
        const content = rest.subarray(5, 5 + length);
        rest = rest.subarray(5 + length);
        if (!isAlert) {
            message.push(content);
            const hello = content.length === 0 ? undefined : readServerHello(Buffer.concat(message));
            if (hello !== undefined) {
                return hello;
            }
            continue;
        }
        const [level, number = 0] = content;
        // A warning, such as unrecognized_name, goes before a handshake that still comes about.
        if (content.length >= 2 && (level !== 1 || number === 0)) {
            return { kind: "alert", alert: alerts[number] ?? `number ${number}` };
        }
    }
    return { kind: "incomplete" };
}

/** The SERVER-HELLO of SSL 2.0, or its error (draft-hickman-netscape-ssl-00, 2.6 and 2.7). */
function readSsl2Reply(bytes: Buffer): ServerReply {
    if (bytes.length < 13) {
        return bytes.length >= 5 && bytes[2] === 0
            ? { kind: "alert", alert: `SSL 2.0 error ${bytes.readUInt16BE(3)}` }
            : { kind: "incomplete" };
    }
    const at = 13 + bytes.readUInt16BE(7);
    if (bytes[2] !== 4 || bytes.readUInt16BE(5) !== versions["SSL 2.0"]) {
        return { kind: "other", bytes: bytes.subarray(0, 32).toString("latin1") };
    }
    if (bytes.readUInt16BE(9) < 3) {
        return { kind: "alert", alert: "no cipher of SSL 2.0" };
    }
    if (bytes.length < at + 3) {
        return { kind: "incomplete" };
    }
    const suite = bytes.readUIntBE(at, 3);
    return { kind: "hello", version: "SSL 2.0", suite, suiteName: suiteName(suite) };
}

function readServerHello(message: Buffer): ServerReply | undefined {
    if (message[0] !== 2) {
        return { kind: "other", bytes: message.subarray(0, 32).toString("latin1") };
    }
    const session = message[38];
    if (message.length < 4 || message.length < 4 + message.readUIntBE(1, 3) || session === undefined) {
        return undefined;
    }
    const at = 39 + session;
    if (message.length < at + 2) {
        return { kind: "other", bytes: message.subarray(0, 32).toString("latin1") };
    }
    const suite = message.readUInt16BE(at);
    const extensions = readExtensions(message.subarray(at + 3));
    const chosen = extensions.get(43);
    if (message.subarray(6, 38).equals(retryRandom)) {
        const group = extensions.get(51);
        return { kind: "retry", group: group?.length === 2 ? group.readUInt16BE(0) : undefined };
    }
    const number = chosen?.length === 2 ? chosen.readUInt16BE(0) : message.readUInt16BE(4);
    const version = Object.entries(versions).find(([, one]) => one === number)?.[0] ?? `0x${number.toString(16)}`;
    return { kind: "hello", version, suite, suiteName: suiteName(suite) };
}

function readExtensions(bytes: Buffer): Map<number, Buffer> {
    const found = new Map<number, Buffer>();
    for (let at = 2; at + 4 <= bytes.length;) {
        const length = bytes.readUInt16BE(at + 2);
        found.set(bytes.readUInt16BE(at), bytes.subarray(at + 4, at + 4 + length));
        at += 4 + length;
    }
    return found;
}
