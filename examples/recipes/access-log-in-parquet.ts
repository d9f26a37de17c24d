import * as aws from "@pulumi/aws";
import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";
import { site } from "./site";

const logs = new aws.s3.Bucket("access-logs");

/** Writes the access log into a bucket, as Parquet files by the hour, for Amazon Athena. */
export const edge = new EncryptedEdge(
    "parquet-edge",
    { ...site("parquet-edge"), accessLogDestinationArn: logs.arn },
    {
        transform: {
            accessLogDestination: { outputFormat: "parquet" },
            accessLogDelivery: {
                s3DeliveryConfigurations: [{ enableHiveCompatiblePath: true, suffixPath: "{yyyy}/{MM}/{dd}/{HH}" }],
            },
        },
    },
);
