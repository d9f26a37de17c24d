import { randomUUID } from "node:crypto";
import { text, texts } from "../../account";
import { capitals, refusals, type ResourceModel, ruleForms } from "../resource";

const refuse = refusals("CloudFront");
const { filled, form, numbers } = ruleForms("InvalidArgument");

/** Source: CloudFront API reference, CreateMonitoringSubscription. */
const monitoringSubscription: ResourceModel = {
    replaceOn: ["distributionId"],
    create({ account, inputs }) {
        const id = text(inputs.distributionId);
        const action = "CreateMonitoringSubscription";
        if (account.find("Distribution", id) === undefined) {
            refuse(action, "NoSuchDistribution", "The specified distribution does not exist.", 404);
        }
        if (account.find("MonitoringSubscription", id) !== undefined) {
            refuse(
                action,
                "MonitoringSubscriptionAlreadyExists",
                "A monitoring subscription already exists for the specified distribution.",
                409,
            );
        }
        return { id };
    },
};

/** What else distributions refer to. */
export const additions: Readonly<Record<string, ResourceModel>> = {
    "aws:cloudfront/monitoringSubscription:MonitoringSubscription": monitoringSubscription,
    "aws:cloudfront/publicKey:PublicKey": {
        // Source: CloudFront API reference, PublicKeyConfig: PEM.
        rules: [
            form("encodedKey", /^-----BEGIN PUBLIC KEY-----\s[^]+-----END PUBLIC KEY-----\s*$/, "public keys in PEM"),
        ],
        replaceOn: ["encodedKey", "name", "namePrefix"],
        create: () => ({ id: `K${capitals(13)}`, etag: `E${capitals(13)}`, callerReference: randomUUID() }),
    },
    // Source: CloudFront API reference, CreateKeyGroup.
    "aws:cloudfront/keyGroup:KeyGroup": {
        rules: [filled("items")],
        create({ account, inputs }) {
            const missing = texts(inputs.items).find((key) => account.find("PublicKey", key) === undefined);
            if (missing !== undefined) {
                refuse("CreateKeyGroup", "InvalidArgument", `The parameter PublicKeyId is not valid: ${missing}`);
            }
            return { id: randomUUID(), etag: `E${capitals(13)}` };
        },
    },
    "aws:cloudfront/realtimeLogConfig:RealtimeLogConfig": {
        // Source: CloudFront API reference, CreateRealtimeLogConfig.
        rules: [
            numbers("samplingRate", [[1, 100]]),
            form("endpoint.streamType", /^Kinesis$/, '"Kinesis"'),
            filled("fields"),
        ],
        replaceOn: ["name"],
    },
    "aws:cloudfront/continuousDeploymentPolicy:ContinuousDeploymentPolicy": {
        // Source: CloudFront API reference, ContinuousDeploymentSingleHeaderConfig and ContinuousDeploymentSingleWeightConfig.
        rules: [
            form("trafficConfig.singleHeaderConfig.header", /^aws-cf-cd-/i, 'headers that begin with "aws-cf-cd-"'),
            {
                at: "trafficConfig.singleWeightConfig",
                code: "InvalidArgument",
                wrong: ({ weight }) =>
                    typeof weight === "number" && (weight < 0 || weight > 0.15)
                        ? ["weight", `is ${weight}; AWS allows 0 to 0.15.`]
                        : undefined,
            },
        ],
        create: () => ({ id: randomUUID(), etag: `E${capitals(13)}` }),
    },
};
