import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";

/**
 * A bucket that only the principals in its policy can use: no public access, no ACLs, encrypted with S3's own keys.
 *
 * @param keep Options of each setting too: a bucket that is kept must not lose its block of public access.
 */
export function privateBucket(
    logicalName: string,
    args: { readonly forceDestroy: boolean },
    keep: pulumi.CustomResourceOptions,
): { readonly bucket: s3.Bucket; readonly settled: s3.BucketOwnershipControls } {
    const bucket = new s3.Bucket(logicalName, args, keep);
    const publicAccessBlock = new s3.BucketPublicAccessBlock(
        `${logicalName}-public-access-block`,
        {
            bucket: bucket.bucket,
            blockPublicAcls: true,
            blockPublicPolicy: true,
            ignorePublicAcls: true,
            restrictPublicBuckets: true,
        },
        keep,
    );
    // S3 refuses changes of one bucket's access at the same time (OperationAborted), so they wait for one another.
    const settled = new s3.BucketOwnershipControls(
        `${logicalName}-ownership-controls`,
        { bucket: bucket.bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
        { ...keep, dependsOn: [publicAccessBlock] },
    );
    new s3.BucketServerSideEncryptionConfiguration(
        `${logicalName}-encryption`,
        {
            bucket: bucket.bucket,
            // A load balancer writes to no bucket that encrypts with a KMS key, and CloudFront reads none without its policy.
            rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
        },
        keep,
    );
    return { bucket, settled };
}

/** The policy of such a bucket: what it allows, and nothing in plaintext. */
export function bucketPolicy(bucketArn: pulumi.Output<string>, allowed: readonly object[]): pulumi.Output<string> {
    return pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
            ...allowed,
            {
                Sid: "NobodyInPlaintext",
                Effect: "Deny",
                Principal: "*",
                Action: "s3:*",
                Resource: [bucketArn, pulumi.interpolate`${bucketArn}/*`],
                Condition: { Bool: { "aws:SecureTransport": "false" } },
            },
        ],
    });
}
