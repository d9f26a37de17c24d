import { accountId, text } from "../../account";
import { refusals, type ServiceModel } from "../resource";

const refuse = refusals("Firehose");

export const firehose: ServiceModel = {
    resources: {
        "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": {
            autoName: { maximum: 64 },
            replaceOn: ["name", "destination", "kinesisSourceConfiguration", "mskSourceConfiguration"],
            create({ account, region, inputs }) {
                const name = text(inputs.name);
                const arn = `arn:aws:firehose:${region}:${accountId}:deliverystream/${name}`;
                if (account.find("FirehoseDeliveryStream", arn) !== undefined) {
                    refuse(
                        "CreateDeliveryStream",
                        "ResourceInUseException",
                        `Firehose ${name} under accountId ${accountId} already exists`,
                    );
                }
                return { id: arn, arn, destinationId: "destinationId-000000000001", versionId: "1" };
            },
        },
    },
};
