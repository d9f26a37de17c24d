import { createPublicKey, randomUUID } from "node:crypto";
import { object, text, texts } from "../../account";
import { realtimeLogFields } from "../../facts";
import { etag } from "./identity";
import { capitals, type ResourceModel, ruleForms } from "../resource";

const { form } = ruleForms("InvalidArgument");

/** What else distributions refer to. */
export const additions: Readonly<Record<string, ResourceModel>> = {
    "aws:cloudfront/monitoringSubscription:MonitoringSubscription": {
        create: ({ inputs }) => ({ id: text(inputs.distributionId) }),
    },
    "aws:cloudfront/publicKey:PublicKey": {
        rules: [
            // Source: CloudFront developer guide, "Create key pairs for your signers".
            form("encodedKey", (key) => !isOtherKey(key), "keys of RSA with 2048 bits, and of ECDSA with P-256"),
        ],
        create: () => ({ id: `K${capitals(13)}`, ...etag(), callerReference: randomUUID() }),
    },
    "aws:cloudfront/keyGroup:KeyGroup": { create: () => ({ id: randomUUID(), ...etag() }) },
    "aws:cloudfront/realtimeLogConfig:RealtimeLogConfig": {
        // Source: CloudFront API reference, CreateRealtimeLogConfig.
        rules: [
            form(
                "fields",
                (name) => name.startsWith("cmcd-") || realtimeLogFields.has(name),
                "fields of real-time logs",
            ),
        ],
    },
    "aws:cloudfront/continuousDeploymentPolicy:ContinuousDeploymentPolicy": {
        judge({ account, inputs, refuseIf }) {
            const distributions = account.all("Distribution");
            for (const name of texts(object(inputs.stagingDistributionDnsNames).items)) {
                refuseIf(
                    !distributions.some(
                        ({ properties: { domainName, staging } }) => domainName === name && staging === true,
                    ),
                    "InvalidArgument",
                    `The parameter StagingDistributionDnsNames names no staging distribution: ${name}`,
                );
            }
        },
        create: () => ({ id: randomUUID(), ...etag() }),
    },
};

/** Whether a text is a key, but of a kind that no signer has. Another rule speaks of texts that are no keys. */
function isOtherKey(pem: string): boolean {
    try {
        const { asymmetricKeyType: type, asymmetricKeyDetails: { modulusLength, namedCurve } = {} } =
            createPublicKey(pem);
        return !((type === "rsa" && modulusLength === 2048) || (type === "ec" && namedCurve === "prime256v1"));
    } catch {
        return false;
    }
}
