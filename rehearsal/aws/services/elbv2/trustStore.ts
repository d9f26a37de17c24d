import { accountId, object, text } from "../../account";
import { hex, refusals, type ResourceModel } from "../resource";

const refuse = refusals("Elastic Load Balancing v2");

export const trustStore: ResourceModel = {
    autoName: { maximum: 32 },
    replaceOn: ["name", "namePrefix"],
    create({ region, inputs }) {
        const suffix = `truststore/${text(inputs.name)}/${hex(16)}`;
        const id = `arn:aws:elasticloadbalancing:${region}:${accountId}:${suffix}`;
        return { id, arn: id, arnSuffix: suffix };
    },
    delete({ account, old }) {
        if (
            account
                .all("Listener")
                .some(({ properties }) => object(properties.mutualAuthentication).trustStoreArn === old.id)
        ) {
            refuse("DeleteTrustStore", "TrustStoreInUse", `Trust store '${old.id}' is in use by a listener`);
        }
    },
};
