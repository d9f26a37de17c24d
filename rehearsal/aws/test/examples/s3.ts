import type { Values } from "../../../provider";
import type { RehearsedStack } from "../rehearsedStack";
import type { Example } from "./example";

const bucketSetting =
    (inputs: Values): Example =>
    async (stack) => {
        await stack.create("aws:s3/bucket:Bucket", { bucket: "logs" }, "logs");
        return { bucket: "logs", ...inputs };
    };

const versioned = async (stack: RehearsedStack, bucket = "logs") => {
    await stack.create("aws:s3/bucket:Bucket", { bucket }, bucket);
    await stack.create(
        "aws:s3/bucketVersioning:BucketVersioning",
        { bucket, versioningConfiguration: { status: "Enabled" } },
        `${bucket}-versions`,
    );
};

export const s3: Readonly<Record<string, Example>> = {
    "aws:s3/bucket:Bucket": () => ({ forceDestroy: true }),
    "aws:s3/bucketObject:BucketObject": bucketSetting({ key: "a.txt", content: "a" }),
    "aws:s3/bucketObjectv2:BucketObjectv2": bucketSetting({ key: "/b.txt", contentBase64: "Yg==" }),
    "aws:s3/bucketPolicy:BucketPolicy": bucketSetting({
        policy: JSON.stringify({
            Statement: [{ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "arn:aws:s3:::logs/*" }],
        }),
    }),
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": bucketSetting({ blockPublicAcls: true }),
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": bucketSetting({
        rule: { objectOwnership: "BucketOwnerEnforced" },
    }),
    "aws:s3/bucketVersioning:BucketVersioning": bucketSetting({ versioningConfiguration: { status: "Enabled" } }),
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": bucketSetting({
        rules: [{ id: "a", status: "Enabled", filter: {}, expiration: { days: 1 } }],
    }),
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": bucketSetting({
        rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    }),
    "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": bucketSetting({
        corsRules: [{ allowedMethods: ["GET"], allowedOrigins: ["*"] }],
    }),
    "aws:s3/bucketNotification:BucketNotification": bucketSetting({ eventbridge: true }),
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": async (stack) => ({
        bucket: (await stack.create("aws:s3/bucket:Bucket", { bucket: "locked", objectLockEnabled: true }, "locked"))
            .id,
        rule: { defaultRetention: { mode: "GOVERNANCE", days: 1 } },
    }),
    "aws:s3/bucketAcl:BucketAcl": async (stack) => {
        const inputs = await bucketSetting({ acl: "private" })(stack);
        const rule = { objectOwnership: "BucketOwnerPreferred" };
        await stack.create("aws:s3/bucketOwnershipControls:BucketOwnershipControls", { bucket: "logs", rule });
        return inputs;
    },
    "aws:s3/bucketLogging:BucketLogging": bucketSetting({ targetBucket: "logs", targetPrefix: "a/" }),
    "aws:s3/bucketReplicationConfig:BucketReplicationConfig": async (stack) => {
        await versioned(stack);
        return {
            bucket: "logs",
            role: "arn:aws:iam::111122223333:role/copy",
            rules: [
                {
                    id: "a",
                    status: "Enabled",
                    filter: {},
                    deleteMarkerReplication: { status: "Disabled" },
                    destination: { bucket: "arn:aws:s3:::copies" },
                },
            ],
        };
    },
    "aws:s3/bucketIntelligentTieringConfiguration:BucketIntelligentTieringConfiguration": bucketSetting({
        name: "a",
        tierings: [{ accessTier: "ARCHIVE_ACCESS", days: 90 }],
    }),
    "aws:s3/bucketAccelerateConfiguration:BucketAccelerateConfiguration": bucketSetting({ status: "Enabled" }),
    "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration": bucketSetting({
        indexDocument: { suffix: "index.html" },
    }),
};
