import { randomUUID } from "node:crypto";
import { text } from "../../account";
import { realtimeLogFields } from "../../facts";
import { behaviors } from "./distributionRules";
import { etag } from "./identity";
import { capitals, type ResourceModel, ruleForms } from "../resource";

const { filled, form, needed, ordered, rule } = ruleForms("InvalidArgument");

/** What else distributions refer to. */
export const additions: Readonly<Record<string, ResourceModel>> = {
    // Source: CloudFront API reference, CreateMonitoringSubscription.
    "aws:cloudfront/monitoringSubscription:MonitoringSubscription": {
        requires: [
            ["distributionId", "Distribution", "NoSuchDistribution", "The specified distribution does not exist."],
        ],
        unique: [
            [
                ["distributionId"],
                "MonitoringSubscriptionAlreadyExists",
                "A monitoring subscription already exists for the specified distribution.",
            ],
        ],
        create: ({ inputs }) => ({ id: text(inputs.distributionId) }),
    },
    "aws:cloudfront/publicKey:PublicKey": {
        // Source: CloudFront API reference, PublicKeyConfig: PEM.
        rules: [
            form("encodedKey", /^-----BEGIN PUBLIC KEY-----\s[^]+-----END PUBLIC KEY-----\s*$/, "public keys in PEM"),
        ],
        // Source: CloudFront API reference, DeletePublicKey.
        usedBy: [["KeyGroup", "items", "PublicKeyInUse", "The specified public key is in use."]],
        create: () => ({ id: `K${capitals(13)}`, ...etag(), callerReference: randomUUID() }),
    },
    // Source: CloudFront API reference, CreateKeyGroup.
    "aws:cloudfront/keyGroup:KeyGroup": {
        rules: [filled("items")],
        requires: [["items", "PublicKey", "InvalidArgument", "The parameter PublicKeyId is not valid: %s"]],
        // Source: CloudFront API reference, DeleteKeyGroup.
        usedBy: behaviors.map((behavior) => [
            "Distribution",
            `${behavior}.trustedKeyGroups`,
            "ResourceInUse",
            "Cannot delete this resource because it is in use.",
        ]),
        create: () => ({ id: randomUUID(), ...etag() }),
    },
    "aws:cloudfront/realtimeLogConfig:RealtimeLogConfig": {
        // Source: CloudFront API reference, CreateRealtimeLogConfig.
        rules: [
            form("endpoint.streamType", /^Kinesis$/, '"Kinesis"'),
            filled("fields"),
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
            needed("trafficConfig.singleHeaderConfig", "type", ["SingleHeader"]),
            needed("trafficConfig.singleWeightConfig", "type", ["SingleWeight"]),
            ordered("trafficConfig.singleWeightConfig.sessionStickinessConfig.idleTtl", "maximumTtl"),
        ],
        create: () => ({ id: randomUUID(), ...etag() }),
    },
};
