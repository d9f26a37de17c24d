import { accountId } from "../../account";
import type { ServiceModel } from "../resource";

export const firehose: ServiceModel = {
    title: "Firehose",
    resources: {
        "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": {
            autoName: { maximum: 64 },
            calls: { create: "CreateDeliveryStream" },
            unique: [[["name"], "ResourceInUseException", `Firehose %s under accountId ${accountId} already exists`]],
        },
    },
};
