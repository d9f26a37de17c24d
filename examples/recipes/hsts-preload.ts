import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";
import { site } from "./site";

/** Sends the Strict-Transport-Security that the preload list requires. Every subdomain must then speak HTTPS. */
export const edge = new EncryptedEdge("hsts-edge", site("hsts-edge"), {
    transform: {
        responseHeadersPolicy: (args) => {
            args.securityHeadersConfig = {
                ...args.securityHeadersConfig,
                strictTransportSecurity: {
                    accessControlMaxAgeSec: 63_072_000,
                    includeSubdomains: true,
                    preload: true,
                    override: true,
                },
            };
        },
    },
});
