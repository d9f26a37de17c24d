import type { CasesByType } from "..";
import { letters, lifecycle, policy } from "../parts";

/** Programs with one mistake each. */
export const s3: CasesByType = {
    "aws:s3/bucket:Bucket": {
        refused: [
            [
                "prefix too long",
                { bucketPrefix: letters(38) },
                /bucketPrefix: is "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"; AWS allows up to 37 characters\./,
            ],
        ],
    },
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
        refused: [
            [
                "same class twice",
                lifecycle({
                    transitions: [
                        { days: 60, storageClass: "GLACIER" },
                        { days: 90, storageClass: "GLACIER" },
                    ],
                }),
                /rules\[0\]\.transitions: has the storageClass GLACIER twice\./,
            ],
            [
                "abort with tag",
                lifecycle({
                    filter: { tag: { key: "a", value: "b" } },
                    abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
                }),
                /rules\[0\]\.filter: has "tag", which incomplete uploads and delete markers do not have\. Choos/,
            ],
            [
                "sizes reversed",
                lifecycle({
                    filter: { and: { objectSizeGreaterThan: 500, objectSizeLessThan: 100 } },
                    expiration: { days: 1 },
                }),
                /rules\[0\]\.filter\.and\.objectSizeLessThan: is 100, which must be more than "objectSizeGreater/,
            ],
            ["no rules", { rules: [] }, /rules: is empty\. Give it one at least\./],
        ],
    },
    "aws:s3/bucketAcl:BucketAcl": {
        refused: [
            [
                "acl public under block",
                async (stack) => {
                    await stack.create(
                        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
                        { bucket: "logs", blockPublicAcls: true },
                        "b",
                    );
                    return { acl: "public-read" };
                },
                /AccessDenied: User: arn:aws:iam::111122223333:user\/rehearsal is not a/,
            ],
        ],
    },
    "aws:s3/bucketPolicy:BucketPolicy": {
        refused: [
            ["policy effect", policy({ Effect: "deny" }), /MalformedPolicy: Invalid effect: deny/],
            [
                "policy principal missing",
                policy({ Principal: undefined }),
                /MalformedPolicy: Missing required field Principal/,
            ],
            [
                "policy action service",
                policy({ Action: "ec2:RunInstances" }),
                /MalformedPolicy: Policy has invalid action/,
            ],
            [
                "policy version",
                {
                    policy: JSON.stringify({
                        Version: "2020-10-17",
                        Statement: [
                            { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "arn:aws:s3:::logs/*" },
                        ],
                    }),
                },
                /MalformedPolicy: The policy must contain a valid version string/,
            ],
            [
                "policy object action on bucket",
                policy({
                    Effect: "Allow",
                    Principal: { Service: "cloudfront.amazonaws.com" },
                    Action: "s3:GetObject",
                    Resource: "arn:aws:s3:::logs",
                }),
                /MalformedPolicy: Action does not apply to any resource\(s\) in state/,
            ],
            [
                "policy principal account",
                policy({ Principal: { AWS: "12345" } }),
                /MalformedPolicy: Invalid principal in policy/,
            ],
        ],
    },
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
        refused: [
            [
                "sse key with AES",
                {
                    rules: [
                        { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256", kmsMasterKeyId: "alias/a" } },
                    ],
                },
                /rules\[0\]\.applyServerSideEncryptionByDefault\.kmsMasterKeyId: goes with "sseAlgorithm" "aws:/,
            ],
        ],
    },
    "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration": {
        refused: [
            [
                "website both",
                { redirectAllRequestsTo: { hostName: "a.com" } },
                /redirectAllRequestsTo: conflicts with "indexDocument"\. Give one of "indexDocument", "redir/,
            ],
            [
                "website suffix slash",
                { indexDocument: { suffix: "a/index.html" } },
                /indexDocument\.suffix: is "a\/index\.html"; AWS allows names of files without a slash\./,
            ],
            [
                "website none",
                { indexDocument: undefined },
                /indexDocument: One of "indexDocument", "redirectAllRequestsTo" must be given; there is non/,
            ],
        ],
    },
};
