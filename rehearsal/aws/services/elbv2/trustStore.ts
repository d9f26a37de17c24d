import type { ResourceModel } from "../resource";

export const trustStore: ResourceModel = {
    autoName: { maximum: 32 },
    usedBy: [
        [
            "Listener",
            "mutualAuthentication.trustStoreArn",
            "TrustStoreInUse",
            "Trust store '%s' is in use by a listener",
        ],
    ],
};
