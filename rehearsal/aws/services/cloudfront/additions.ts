import { randomUUID } from "node:crypto";
import { text } from "../../account";
import { realtimeLogFields } from "../../facts";
import { etag } from "./identity";
import { capitals, type ResourceModel, ruleForms } from "../resource";

const { form, rule } = ruleForms("InvalidArgument");

/** What else distributions refer to. */
export const additions: Readonly<Record<string, ResourceModel>> = {
    "aws:cloudfront/monitoringSubscription:MonitoringSubscription": {
        create: ({ inputs }) => ({ id: text(inputs.distributionId) }),
    },
    "aws:cloudfront/publicKey:PublicKey": {
        // Source: CloudFront API reference, PublicKeyConfig: PEM.
        rules: [
            form("encodedKey", /^-----BEGIN PUBLIC KEY-----\s[^]+-----END PUBLIC KEY-----\s*$/, "public keys in PEM"),
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
        // Source: CloudFront API reference, ContinuousDeploymentSingleHeaderConfig and ContinuousDeploymentSingleWeightConfig.
        rules: [
            form("trafficConfig.singleHeaderConfig.header", /^aws-cf-cd-/i, 'headers that begin with "aws-cf-cd-"'),
            rule("trafficConfig.singleWeightConfig.weight", (weight) =>
                typeof weight === "number" && (weight < 0 || weight > 0.15)
                    ? `is ${weight}; AWS allows 0 to 0.15.`
                    : undefined,
            ),
        ],
        create: () => ({ id: randomUUID(), ...etag() }),
    },
};
