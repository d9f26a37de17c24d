import { OutOfTime } from "./bounded";
import { NoConnection } from "./connect";
import { printable } from "./printable";

/** What OpenSSL and Node call by a code, in words for people. */
const words: Readonly<Record<string, string>> = {
    ECONNRESET: "the other side ended the connection before an answer",
    EPIPE: "the other side ended the connection before an answer",
    HPE_INVALID_CONSTANT: "the answer is not HTTP",
    HPE_HEADER_OVERFLOW: "the headers of the answer are longer than 64 KB",
    ERR_SSL_WRONG_VERSION_NUMBER: "the answer is not TLS, or of a version below TLS 1.2",
    ERR_SSL_UNSUPPORTED_PROTOCOL: "the other side speaks only versions below TLS 1.2",
    ERR_SSL_UNEXPECTED_MESSAGE: "the answer is not what TLS expects here",
    ERR_SSL_PACKET_LENGTH_TOO_LONG: "the answer is not TLS",
    ERR_SSL_UNEXPECTED_EOF_WHILE_READING: "the other side ended the connection within the handshake",
    ERR_HTTP2_STREAM_ERROR: "the other side ended the request within HTTP/2",
    ERR_HTTP2_SESSION_ERROR: "the other side ended the HTTP/2 connection",
    ERR_HTTP2_ERROR: "the answer is not HTTP/2",
};

/** Why OpenSSL does not trust a certificate, in words for people. */
const distrust: Readonly<Record<string, string>> = {
    DEPTH_ZERO_SELF_SIGNED_CERT: "it is self-signed",
    SELF_SIGNED_CERT_IN_CHAIN: "its chain ends in an authority that is not trusted",
    UNABLE_TO_GET_ISSUER_CERT: "a certificate of its chain is missing",
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "it was issued by an authority that is not trusted, or its chain is incomplete",
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: "it was issued by an authority that is not trusted, or its chain is incomplete",
    CERT_HAS_EXPIRED: "it has expired, or one of its chain has",
    CERT_NOT_YET_VALID: "it is not valid yet, or one of its chain is not",
    CERT_REVOKED: "it is revoked",
    CERT_UNTRUSTED: "its authority is not trusted for this",
    CERT_REJECTED: "its authority rejects this use",
    CERT_SIGNATURE_FAILURE: "a signature of its chain is wrong",
    CERT_CHAIN_TOO_LONG: "its chain is too long",
    PATH_LENGTH_EXCEEDED: "its chain is longer than its authority allows",
    INVALID_CA: "an authority of its chain may not issue certificates",
    INVALID_PURPOSE: "it is not meant for servers",
    HOSTNAME_MISMATCH: "it is for another name",
    ERR_TLS_CERT_ALTNAME_INVALID: "it is for another name",
};

/** An error of an exchange in words that a reader without Node's vocabulary understands. */
export function inWords(error: Error): string {
    if (error instanceof NoConnection || error instanceof OutOfTime) {
        return error.message;
    }
    const { code = "" } = error as NodeJS.ErrnoException;
    const alert = /^ERR_SSL_(?:SSLV3|TLSV1|TLSV13)_ALERT_(\w+)$/.exec(code)?.[1];
    if (alert !== undefined) {
        return `the other side refuses the handshake (alert ${alert.toLowerCase()})`;
    }
    const known = words[code];
    if (known !== undefined) {
        return known;
    }
    if (code.startsWith("HPE_")) {
        return `the answer is not HTTP as it should be (${code})`;
    }
    if (code.startsWith("ERR_SSL_")) {
        return `the TLS handshake fails (${code.slice(8).toLowerCase().replaceAll("_", " ")})`;
    }
    return printable((error.message || code || "unknown error").split("\n")[0] ?? "");
}

/** Why a certificate is not trusted, in words. */
export function distrustInWords(code: string): string {
    return distrust[code] ?? `it is not trusted (${printable(code).toLowerCase().replaceAll("_", " ")})`;
}
