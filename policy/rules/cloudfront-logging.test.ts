import assert from "node:assert/strict";

import { UNKNOWN } from "../graph";
import { changed, verdicts, verdictsWithUnknown } from "../test/compliantStack";
import { testRule, verdictsOf, says } from "../test/testRule";
import { cloudfrontLogging } from "./cloudfront-logging";

const violation = "violation: distribution loggingConfig.bucket";

describe("cloudfront-logging", () => {
    testRule(cloudfrontLogging, {
        breaks: {
            "a source of another distribution": [
                "logSource.resourceArn",
                "arn:aws:cloudfront::1:distribution/E1",
                violation,
            ],
            "a source of connection logs": ["logSource.logType", "CONNECTION_LOGS", violation],
            "a source in another Region": ["logSource.region", "eu-west-1", violation],
            "a delivery in another Region": ["logDelivery.region", "eu-west-1", violation],
            "a destination in another Region": ["logDestination.region", "eu-west-1", violation],
            "a source that nothing delivers": ["logDelivery.deliverySourceName", "another", violation],
        },
        unknowns: {
            "logSource.resourceArn": [],
            "logDelivery.deliverySourceName": [],
            "logSource.logType": ["cannot tell: distribution loggingConfig.bucket"],
        },
        shapes: [
            "logSource.logType",
            "distribution.loggingConfig",
            "distribution.loggingConfig.bucket",
            "logSource.resourceArn",
            "logDelivery.deliverySourceName",
        ],
    });

    it("accepts legacy logging, and a bucket that is only being made", () => {
        const program = `
resources:
  bucket: { type: aws:s3:Bucket }
  legacy: { type: aws:cloudfront:Distribution, properties: { loggingConfig: { bucket: logs.s3.amazonaws.com } } }
  new: { type: aws:cloudfront:Distribution, properties: { loggingConfig: { bucket: "\${bucket.bucketDomainName}" } } }
  native: { type: aws-native:cloudfront:Distribution, properties: { distributionConfig: { logging: { bucket: logs.s3.amazonaws.com } } } }
  nativeV2: { type: aws-native:cloudfront:Distribution, properties: { distributionConfig: {} } }
  source: { type: aws-native:logs:DeliverySource, properties: { name: a, resourceArn: "\${nativeV2.arn}" } }
  delivery: { type: aws-native:logs:Delivery, properties: { deliverySourceName: "\${source.name}" } }
  regional: { type: aws:cloudfront:Distribution, properties: { loggingConfig: { bucket: logs.s3.eu-west-1.amazonaws.com } } }
  chinese: { type: aws:cloudfront:Distribution, properties: { loggingConfig: { bucket: logs.s3.cn-north-1.amazonaws.com.cn } } }
  nameOnly: { type: aws:cloudfront:Distribution, properties: { loggingConfig: { bucket: logs } } }
  arn: { type: aws-native:cloudfront:Distribution, properties: { distributionConfig: { logging: { bucket: "arn:aws:s3:::logs" } } } }
  website: { type: aws:cloudfront:Distribution, properties: { loggingConfig: { bucket: logs.s3-website-us-east-1.amazonaws.com } } }
  cookiesOnly: { type: aws:cloudfront:Distribution, properties: { loggingConfig: { includeCookies: true } } }
  silent: { type: aws:cloudfront:MultitenantDistribution }
`;
        assert.deepEqual(verdictsOf(cloudfrontLogging, program), [
            "violation: nameOnly loggingConfig.bucket",
            "violation: website loggingConfig.bucket",
            "violation: cookiesOnly loggingConfig.bucket",
            "violation: silent loggingConfig.bucket",
            "violation: arn distributionConfig.logging.bucket",
        ]);
    });

    it("accepts a source without a Region, and one in another partition", () => {
        for (const region of [undefined, "cn-north-1"]) {
            const program = changed({ "logSource.region": region, "logDelivery.region": region });
            assert.deepEqual(verdicts(cloudfrontLogging, program), [], region);
        }
    });

    it("names the bucket as aws-native does", () => {
        const program = `
resources:
  native: { type: aws-native:cloudfront:Distribution, properties: { distributionConfig: { enabled: true } } }
`;
        assert.deepEqual(verdictsOf(cloudfrontLogging, program), [
            "violation: native distributionConfig.logging.bucket",
        ]);
    });
});

describe("cloudfront-logging, value by value", () => {
    const silent = { logSource: undefined, logDelivery: undefined };

    it("cannot tell of a bucket that comes from no resource of the stack", () => {
        const program = changed({ ...silent, "distribution.loggingConfig": { bucket: "logs" } });
        delete program.distribution?.properties?.loggingConfig;
        assert.deepEqual(verdictsWithUnknown(cloudfrontLogging, "distribution.loggingConfig.bucket", program), [
            "cannot tell: distribution loggingConfig.bucket",
        ]);
    });

    it("refuses a distribution without a source, whatever an unknown delivery belongs to", () => {
        const delivery = { type: "aws:cloudwatch:LogDelivery", properties: { deliverySourceName: "${other.id}" } };
        const program = changed({ ...silent, other: { type: "aws:s3:Bucket" }, delivery });
        assert.deepEqual(verdicts(cloudfrontLogging, program, { form: "preview" }), [violation]);
    });
});

describe("cloudfront-logging says of", () => {
    it("a distribution that logs nowhere", () => {
        says(cloudfrontLogging, { logSource: undefined, logDelivery: undefined }, [
            "loggingConfig.bucket is empty and no LogDeliverySource of this stack has the distribution's ARN: requests are not logged. Add a LogDeliverySource (ACCESS_LOGS), LogDeliveryDestination and LogDelivery in us-east-1, or set loggingConfig.bucket. Security Hub's CloudFront.5 accepts only the latter.",
        ]);
    });

    it("a source or delivery in another Region, also where another source is not known yet", () => {
        const toWrite =
            'where AWS does not create the log delivery of CloudFront: requests are not logged. Create the LogDeliverySource, LogDeliveryDestination and LogDelivery with region: "us-east-1".';
        says(cloudfrontLogging, { "logSource.region": "eu-west-1" }, [
            `The region of "logSource" is "eu-west-1", ${toWrite}`,
        ]);
        const other = {
            type: "aws:cloudwatch:LogDeliverySource",
            properties: { resourceArn: "${bucket.arn}", logType: "ACCESS_LOGS" },
        };
        says(
            cloudfrontLogging,
            { "logDelivery.region": "eu-west-1", bucket: { type: "aws:s3:Bucket" }, other },
            [`The region of "logDelivery" is "eu-west-1", ${toWrite}`],
            "preview",
        );
    });

    it("a destination in another Region", () => {
        for (const form of ["preview", "state"] as const) {
            says(
                cloudfrontLogging,
                { "logDestination.region": "eu-west-1" },
                [
                    'The region of "logDestination" is "eu-west-1", where AWS does not create the log delivery of CloudFront: requests are not logged. Create the LogDeliverySource, LogDeliveryDestination and LogDelivery with region: "us-east-1".',
                ],
                form,
            );
        }
    });

    it("a source that nothing delivers", () => {
        says(cloudfrontLogging, { logDelivery: undefined }, [
            "The distribution has a LogDeliverySource, but no LogDelivery takes its logs anywhere. Add a LogDeliverySource (ACCESS_LOGS), LogDeliveryDestination and LogDelivery in us-east-1, or set loggingConfig.bucket. Security Hub's CloudFront.5 accepts only the latter.",
        ]);
    });

    it("a bucket by its name", () => {
        says(cloudfrontLogging, { logDelivery: undefined, "distribution.loggingConfig": { bucket: "logs" } }, [
            'loggingConfig.bucket is "logs", not the domain name of a bucket, which CloudFront refuses. Write the bucketDomainName of the bucket, such as "logs.s3.amazonaws.com".',
        ]);
    });

    it("a bucket that is not known yet", () => {
        says(
            cloudfrontLogging,
            { logSource: undefined, logDelivery: undefined, "distribution.loggingConfig": { bucket: UNKNOWN } },
            ["Cannot tell whether the distribution logs requests: loggingConfig.bucket is not known yet."],
        );
    });

    it("a source whose log type is not known yet", () => {
        says(cloudfrontLogging, { "logSource.logType": UNKNOWN }, [
            "Cannot tell whether the distribution logs requests: the log type of its log delivery source is not known yet.",
        ]);
    });

    it("a source that is not known yet", () => {
        says(
            cloudfrontLogging,
            { other: { type: "aws:s3:Bucket" }, "logSource.resourceArn": "${other.arn}" },
            [
                "Cannot tell whether the distribution logs requests: a log delivery of this stack belongs to a source that is not known yet.",
            ],
            "preview",
        );
    });

    it("a delivery that is not known yet", () => {
        says(
            cloudfrontLogging,
            { other: { type: "aws:s3:Bucket" }, "logDelivery.deliverySourceName": "${other.arn}" },
            [
                "Cannot tell whether the distribution logs requests: a log delivery of this stack belongs to a source that is not known yet.",
            ],
            "preview",
        );
    });
});
