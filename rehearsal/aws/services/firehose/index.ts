import { accountId, text } from "../../account";
import type { ServiceModel } from "../resource";

export const firehose: ServiceModel = {
    title: "Firehose",
    resources: {
        "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": {
            autoName: { maximum: 64 },
            calls: { create: "CreateDeliveryStream" },
            unique: [[["name"], "ResourceInUseException", `Firehose %s under accountId ${accountId} already exists`]],
            create({ region, inputs }) {
                const arn = `arn:aws:firehose:${region}:${accountId}:deliverystream/${text(inputs.name)}`;
                return { id: arn, arn, destinationId: "destinationId-000000000001", versionId: "1" };
            },
        },
    },
};
