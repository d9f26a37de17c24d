import * as aws from "@pulumi/aws";
import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";
import { publicKey, site } from "./site";

const key = new aws.cloudfront.PublicKey("signer", { encodedKey: publicKey });
const signers = new aws.cloudfront.KeyGroup("signers", { items: [key.id] });

/** Requires signed cookies or URLs of the application on cached paths; CloudFront answers 403 without them. */
export const edge = new EncryptedEdge("signed-edge", site("signed-edge"), {
    transform: {
        distribution: (args) => {
            for (const behavior of args.orderedCacheBehaviors ?? []) {
                behavior.trustedKeyGroups = [signers.id];
            }
        },
    },
});
