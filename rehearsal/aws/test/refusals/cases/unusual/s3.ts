import type { CasesByType } from "..";
import { lifecycle, policy } from "../parts";

/** Unusual programs without any mistake. */
export const s3: CasesByType = {
    "aws:s3/bucket:Bucket": {
        accepted: [
            ["bucket dots", { bucket: "www.example.com" }],
            ["bucket digits", { bucket: "1-2.3" }],
            ["bucket prefix", { bucketPrefix: "abc-", objectLockEnabled: true }],
        ],
    },
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
        accepted: [
            [
                "lc everything",
                lifecycle({
                    filter: {
                        and: { prefix: "a/", tags: { x: "y" }, objectSizeGreaterThan: 0, objectSizeLessThan: 100 },
                    },
                    transitions: [
                        { days: 0, storageClass: "INTELLIGENT_TIERING" },
                        { days: 90, storageClass: "GLACIER" },
                        { days: 180, storageClass: "DEEP_ARCHIVE" },
                    ],
                    expiration: { days: 3650 },
                }),
            ],
            ["lc marker", lifecycle({ expiration: { expiredObjectDeleteMarker: true } })],
            ["lc date", lifecycle({ expiration: { date: "2030-01-01T00:00:00Z" } })],
            [
                "lc noncurrent",
                lifecycle({
                    noncurrentVersionExpiration: { noncurrentDays: 1, newerNoncurrentVersions: 5 },
                    noncurrentVersionTransitions: [{ noncurrentDays: 30, storageClass: "STANDARD_IA" }],
                }),
            ],
            ["lc disabled", lifecycle({ status: "Disabled", expiration: { days: 1 } })],
            [
                "lc abort prefix",
                lifecycle({ filter: { prefix: "" }, abortIncompleteMultipartUpload: { daysAfterInitiation: 7 } }),
            ],
            ["lc no filter", { rules: [{ id: "a", status: "Enabled", expiration: { days: 1 } }] }],
            ["lc transition day 0 glacier", lifecycle({ transitions: [{ days: 0, storageClass: "GLACIER_IR" }] })],
        ],
    },
    "aws:s3/bucketAcl:BucketAcl": {
        accepted: [
            ["acl log delivery", { acl: "log-delivery-write" }],
            [
                "acl grants",
                {
                    acl: undefined,
                    accessControlPolicy: {
                        owner: { id: "a".repeat(64) },
                        grants: [
                            {
                                permission: "WRITE",
                                grantee: { type: "Group", uri: "http://acs.amazonaws.com/groups/s3/LogDelivery" },
                            },
                        ],
                    },
                },
            ],
        ],
    },
    "aws:s3/bucketPolicy:BucketPolicy": {
        accepted: [
            [
                "policy by service",
                policy({
                    Effect: "Allow",
                    Principal: { Service: "cloudfront.amazonaws.com" },
                    Action: "s3:GetObject",
                    Condition: {
                        StringEquals: {
                            "AWS:SourceArn": "arn:aws:cloudfront::111122223333:distribution/EDFDVBD6EXAMPLE",
                        },
                    },
                }),
            ],
            [
                "policy by lists",
                policy({
                    Action: ["s3:GetObject", "s3:ListBucket"],
                    Resource: ["arn:aws:s3:::logs", "arn:aws:s3:::logs/*"],
                    Principal: { AWS: ["arn:aws:iam::111122223333:root", "444455556666"] },
                    Sid: "a1",
                }),
            ],
            [
                "policy not principal",
                policy({ Principal: undefined, NotPrincipal: { AWS: "arn:aws:iam::111122223333:root" } }),
            ],
            ["policy not action", policy({ Action: undefined, NotAction: "s3:GetObject" })],
            ["policy star resource", policy({ Resource: "arn:aws:s3:::logs*" })],
            [
                "policy lower version",
                {
                    policy: JSON.stringify({
                        Version: "2008-10-17",
                        Id: "x",
                        Statement: [
                            {
                                Effect: "Deny",
                                Principal: { AWS: "*" },
                                Action: "s3:*",
                                Resource: "arn:aws:s3:::logs/*",
                                Condition: { Bool: { "aws:SecureTransport": "false" } },
                            },
                        ],
                    }),
                },
            ],
            [
                "policy oai",
                policy({
                    Effect: "Allow",
                    Principal: { AWS: "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1ABCDEF" },
                    Action: "s3:GetObject",
                }),
            ],
        ],
    },
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
        accepted: [
            [
                "sse kms default",
                {
                    rules: [
                        { applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" }, bucketKeyEnabled: true },
                    ],
                },
            ],
        ],
    },
    "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration": {
        accepted: [
            [
                "website redirect",
                { indexDocument: undefined, redirectAllRequestsTo: { hostName: "www.example.com", protocol: "https" } },
            ],
            [
                "website errors",
                {
                    errorDocument: { key: "errors/404.html" },
                    routingRules: [
                        {
                            condition: { keyPrefixEquals: "docs/" },
                            redirect: { replaceKeyPrefixWith: "documents/", httpRedirectCode: "301" },
                        },
                    ],
                },
            ],
        ],
    },
};
