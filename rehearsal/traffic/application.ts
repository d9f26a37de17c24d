import { createServer as createPlainServer, type IncomingMessage, type RequestListener } from "node:http";
import { createServer } from "node:https";
import { isIP } from "node:net";
import { TLSSocket } from "node:tls";
import type { IssuedCertificate } from "./certificateAuthority";
import { guardServer, listen, type Listening, serverOptions } from "./listening";

/**
 * Headers whose values the application may show, and addresses in any. Any other may hold a secret, the one that
 * CloudFront shows to the load balancer above all, so only its length is told.
 */
const shownHeaders = new Set(
    `accept accept-encoding connection content-length content-type forwarded host origin user-agent via
    x-amz-cf-id x-amzn-trace-id x-forwarded-for x-forwarded-host x-forwarded-port x-forwarded-proto`.split(/\s+/),
);

/**
 * The stand-in for the team's application: a target that says what reached it.
 *
 * @param certificate self-signed certificate for HTTPS; undefined for a target group whose protocol is HTTP
 */
export async function startApplication(name: string, certificate: IssuedCertificate | undefined): Promise<Listening> {
    const answer: RequestListener = (request, response) => {
        let bytes = 0;
        request.on("data", (chunk: Buffer) => (bytes += chunk.length));
        request.on("end", () => {
            response.writeHead(200, { "content-type": "application/json" });
            response.end(`${JSON.stringify(described(name, request, bytes), undefined, 2)}\n`);
        });
    };
    const server =
        certificate === undefined
            ? createPlainServer(serverOptions, answer)
            : createServer({ ...serverOptions, key: certificate.key, cert: certificate.certificate }, answer);
    return listen(guardServer(server));
}

function described(name: string, request: IncomingMessage, bytes: number) {
    const { socket } = request;
    return {
        application: name,
        rehearsed: true,
        method: request.method,
        path: request.url,
        bodyBytes: bytes,
        transport: socket instanceof TLSSocket ? `${socket.getProtocol()}, ${socket.getCipher().name}` : "plaintext",
        headers: Object.fromEntries(
            Object.entries(request.headersDistinct).map(([header, values = []]) => [
                header,
                shownHeaders.has(header) || values.every((value) => isIP(value) > 0)
                    ? values.join(", ")
                    : `(${values.join(", ").length} characters, not shown)`,
            ]),
        ),
    };
}
