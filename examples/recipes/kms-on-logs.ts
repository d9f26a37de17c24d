import * as aws from "@pulumi/aws";
import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";
import { site } from "./site";

const region = "us-east-1";
const accountId = aws.getCallerIdentityOutput().accountId;
const key = new aws.kms.Key("logs", {
    region,
    description: "Logs of the edge",
    enableKeyRotation: true,
    policy: aws.iam.getPolicyDocumentOutput({
        statements: [
            {
                principals: [{ type: "AWS", identifiers: [accountId.apply((id) => `arn:aws:iam::${id}:root`)] }],
                actions: ["kms:*"],
                resources: ["*"],
            },
            {
                principals: [{ type: "Service", identifiers: [`logs.${region}.amazonaws.com`] }],
                actions: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
                resources: ["*"],
            },
        ],
    }).json,
});

/** Encrypts both log groups of the edge, which are in us-east-1, with your own key. */
export const edge = new EncryptedEdge("kms-edge", site("kms-edge"), {
    transform: { accessLogGroup: { kmsKeyId: key.arn }, webAclLogGroup: { kmsKeyId: key.arn } },
});
