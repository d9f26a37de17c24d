import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";
import { site } from "./site";

/** Strict-Transport-Security as the preload list of browsers asks for it: every name below must speak HTTPS. */
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
