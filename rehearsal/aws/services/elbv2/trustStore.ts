import { accountId, text } from "../../account";
import { hex, type ResourceModel } from "../resource";

export const trustStore: ResourceModel = {
    autoName: { maximum: 32 },
    unique: [[["name"], "DuplicateTrustStoreName", "A trust store with the same name '%s' already exists"]],
    usedBy: [
        [
            "Listener",
            "mutualAuthentication.trustStoreArn",
            "TrustStoreInUse",
            "Trust store '%s' is in use by a listener",
        ],
    ],
    create({ region, inputs }) {
        const suffix = `truststore/${text(inputs.name)}/${hex(16)}`;
        const id = `arn:aws:elasticloadbalancing:${region}:${accountId}:${suffix}`;
        return { id, arn: id, arnSuffix: suffix };
    },
};
