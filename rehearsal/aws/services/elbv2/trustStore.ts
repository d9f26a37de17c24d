import type { ResourceModel } from "../resource";

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
};
