import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { EncryptedEdge } from "@encrypted-edge/encrypted-edge";
import { site } from "./site";

const { accountId } = aws.getCallerIdentityOutput();
const logs = new aws.s3.Bucket("waf-logs", { bucketPrefix: "aws-waf-logs-" });
const policy = new aws.s3.BucketPolicy("waf-logs", {
    bucket: logs.bucket,
    policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
            {
                Effect: "Allow",
                Principal: { Service: "delivery.logs.amazonaws.com" },
                Action: "s3:PutObject",
                Resource: pulumi.interpolate`${logs.arn}/AWSLogs/${accountId}/*`,
                Condition: {
                    StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control", "aws:SourceAccount": accountId },
                },
            },
            {
                Effect: "Allow",
                Principal: { Service: "delivery.logs.amazonaws.com" },
                Action: "s3:GetBucketAcl",
                Resource: logs.arn,
                Condition: { StringEquals: { "aws:SourceAccount": accountId } },
            },
            {
                Effect: "Deny",
                Principal: "*",
                Action: "s3:*",
                Resource: [logs.arn, pulumi.interpolate`${logs.arn}/*`],
                Condition: { Bool: { "aws:SecureTransport": "false" } },
            },
        ],
    }),
});

/** Writes the web ACL's log into a bucket, at half the cost of a log group. Its name must begin with aws-waf-logs-. */
export const edge = new EncryptedEdge("waflog-edge", {
    ...site("waflog-edge"),
    webAclLogDestinationArn: pulumi.all([logs.arn, policy.id]).apply(([arn]) => arn),
});
