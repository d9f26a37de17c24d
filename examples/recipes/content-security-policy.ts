import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";
import { site } from "./site";

/** Sets a Content-Security-Policy on every answer, whatever the application sends. */
export const edge = new EncryptedEdge("csp-edge", site("csp-edge"), {
    transform: {
        responseHeadersPolicy: (args) => {
            args.securityHeadersConfig = {
                ...args.securityHeadersConfig,
                contentSecurityPolicy: {
                    contentSecurityPolicy: "default-src 'self'; frame-ancestors 'none'",
                    override: true,
                },
            };
        },
    },
});
