/** What the first bytes of a connection say. */
export type FirstBytes =
    { kind: "incomplete" } | { kind: "plaintext" } | { kind: "clientHello"; serverName: string | undefined };

const handshakeRecord = 22;
const clientHelloMessage = 1;
const serverNameExtension = 0;

/**
 * Reads the server name of a TLS ClientHello (RFC 8446 4.1.2, RFC 6066 3), because the edge must know the
 * distribution before it can choose which TLS versions to speak: Node fixes them when a server is made.
 */
export function readFirstBytes(bytes: Buffer): FirstBytes {
    if (bytes.length === 0) {
        return { kind: "incomplete" };
    }
    if (bytes[0] !== handshakeRecord || (bytes.length > 1 && bytes[1] !== 3)) {
        return { kind: "plaintext" };
    }
    // A ClientHello may span records; their payloads are joined before it is read.
    const message: Buffer[] = [];
    let position = 0;
    while (bytes.length >= position + 5) {
        const length = bytes.readUInt16BE(position + 3);
        if (bytes[position] !== handshakeRecord || length === 0 || length > 16_384) {
            return { kind: "plaintext" };
        }
        message.push(bytes.subarray(position + 5, position + 5 + length));
        position += 5 + length;
    }
    const hello = Buffer.concat(message);
    if (hello.length < 4) {
        return { kind: "incomplete" };
    }
    if (hello[0] !== clientHelloMessage) {
        return { kind: "plaintext" };
    }
    const end = 4 + hello.readUIntBE(1, 3);
    if (hello.length < end) {
        return { kind: "incomplete" };
    }
    try {
        return { kind: "clientHello", serverName: serverName(hello.subarray(4, end)) };
    } catch {
        // A length that points outside the message: not a ClientHello that anyone could answer.
        return { kind: "plaintext" };
    }
}

function serverName(hello: Buffer): string | undefined {
    let position = 2 + 32;
    position += 1 + hello.readUInt8(position); // session id
    position += 2 + hello.readUInt16BE(position); // cipher suites
    position += 1 + hello.readUInt8(position); // compression methods
    if (position >= hello.length) {
        return undefined;
    }
    const end = position + 2 + hello.readUInt16BE(position);
    position += 2;
    while (position + 4 <= end) {
        const type = hello.readUInt16BE(position);
        const length = hello.readUInt16BE(position + 2);
        position += 4;
        if (type === serverNameExtension && length > 5) {
            const nameLength = hello.readUInt16BE(position + 3);
            return hello
                .subarray(position + 5, position + 5 + nameLength)
                .toString("latin1")
                .toLowerCase();
        }
        position += length;
    }
    return undefined;
}
