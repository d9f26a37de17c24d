import type { CasesByType } from "..";
import { lifecycle, policy } from "../parts";

/** Unusual programs without any mistake. */
export const others: CasesByType = {
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
        accepted: [
            ["a day", lifecycle({ transitions: [{ date: "2030-01-01T00:00:00Z", storageClass: "GLACIER" }] })],
            [
                "down, written in any order",
                lifecycle({
                    transitions: [
                        { days: 90, storageClass: "GLACIER" },
                        { days: 30, storageClass: "STANDARD_IA" },
                    ],
                }),
            ],
        ],
    },
    "aws:s3/bucketPolicy:BucketPolicy": {
        accepted: [
            [
                "operators",
                policy({
                    Condition: {
                        "ForAnyValue:StringLikeIfExists": { "aws:PrincipalOrgPaths": "o-a/*" },
                        Null: { "aws:SourceIp": "true" },
                        NotIpAddress: { "aws:SourceIp": "192.0.2.0/24" },
                        NumericLessThan: { "s3:TlsVersion": 1.2 },
                        ArnNotLike: { "aws:SourceArn": "arn:aws:s3:::a*" },
                    },
                }),
            ],
            [
                "an identity of CloudFront",
                async (stack) => {
                    const type = "aws:cloudfront/originAccessIdentity:OriginAccessIdentity";
                    return policy({ Principal: { AWS: (await stack.create(type, {}, "reader")).properties.iamArn } });
                },
            ],
            ["a document, not its text", { policy: JSON.parse(policy({}).policy as string) as unknown }],
            ["a service", policy({ Principal: { Service: ["cloudfront.amazonaws.com"] } })],
        ],
    },
    "aws:cloudfront/continuousDeploymentPolicy:ContinuousDeploymentPolicy": {
        accepted: [["weight", { trafficConfig: { type: "SingleWeight", singleWeightConfig: { weight: 0.15 } } }]],
    },
};
