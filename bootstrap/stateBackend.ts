import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** The bucket that holds the states: private, versioned, encrypted, reached over TLS only, kept when destroyed by mistake. */
export function stateBucket(bucketName: string): aws.s3.Bucket {
    const protect = { protect: true };
    const bucket = new aws.s3.Bucket("states", { bucket: bucketName }, protect);
    const settings = { bucket: bucket.id };
    // A state that was overwritten by mistake is an older version away.
    const versioning = new aws.s3.BucketVersioning("states", {
        ...settings,
        versioningConfiguration: { status: "Enabled" },
    });
    new aws.s3.BucketLifecycleConfiguration(
        "states",
        {
            ...settings,
            rules: [
                {
                    id: "old-versions",
                    status: "Enabled",
                    filter: {},
                    noncurrentVersionExpiration: { noncurrentDays: 365 },
                },
            ],
        },
        { dependsOn: [versioning] },
    );
    new aws.s3.BucketOwnershipControls("states", { ...settings, rule: { objectOwnership: "BucketOwnerEnforced" } });
    const access = new aws.s3.BucketPublicAccessBlock("states", {
        ...settings,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
    });
    new aws.s3.BucketPolicy(
        "states",
        {
            ...settings,
            // Source: S3 user guide, "Security best practices for Amazon S3", "Enforce encryption of data in transit".
            policy: pulumi.jsonStringify({
                Version: "2012-10-17",
                Statement: [
                    {
                        Effect: "Deny",
                        Principal: "*",
                        Action: "s3:*",
                        Resource: [bucket.arn, pulumi.interpolate`${bucket.arn}/*`],
                        Condition: { Bool: { "aws:SecureTransport": "false" } },
                    },
                ],
            }),
        },
        { dependsOn: [access] },
    );
    return bucket;
}

/** The key that encrypts the secrets of one stack, so that another environment's role cannot read them. */
export function secretsKey(environment: string): aws.kms.Key {
    const key = new aws.kms.Key(
        `${environment}-secrets`,
        {
            description: `Secrets in the Pulumi state of ${environment}`,
            enableKeyRotation: true,
            deletionWindowInDays: 30,
        },
        { protect: true },
    );
    new aws.kms.Alias(`${environment}-secrets`, { name: `alias/pulumi-${environment}`, targetKeyId: key.keyId });
    return key;
}
