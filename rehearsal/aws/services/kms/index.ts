import { accountId } from "../../account";
import { hex, type ServiceModel } from "../resource";

export const kms: ServiceModel = {
    title: "KMS",
    resources: {
        "aws:kms/key:Key": {
            create({ region }) {
                const id = [8, 4, 4, 4, 12].map(hex).join("-");
                return { id, keyId: id, arn: `arn:aws:kms:${region}:${accountId}:key/${id}` };
            },
        },
    },
};
