import { refusals, type ResourceModel, type ServiceModel, text } from "./model";

const refuse = refusals("S3");

/** Settings of a bucket that the provider keeps as resources of their own. */
const settings = [
    "bucketPolicy:BucketPolicy",
    "bucketPublicAccessBlock:BucketPublicAccessBlock",
    "bucketOwnershipControls:BucketOwnershipControls",
    "bucketVersioning:BucketVersioning",
    "bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    "bucketAcl:BucketAcl",
    "bucketLogging:BucketLogging",
];

const setting: ResourceModel = {
    replaceOn: ["bucket"],
    create({ account, inputs }) {
        const bucket = text(inputs["bucket"]);
        if (account.all("Bucket").every(({ id }) => id !== bucket)) {
            refuse("PutBucketSetting", "NoSuchBucket", "The specified bucket does not exist", 404);
        }
        return { id: bucket };
    },
};

const bucket: ResourceModel = {
    autoName: { property: "bucket", maximum: 63, lowerCase: true },
    replaceOn: ["bucket", "bucketPrefix", "objectLockEnabled"],
    check(inputs, report) {
        const name = inputs["bucket"];
        // Source: S3 user guide, "General purpose bucket naming rules".
        if (
            typeof name === "string" &&
            !/^(?!xn--|sthree-)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
            !name.startsWith("04da6b54")
        ) {
            report(
                "bucket",
                `is "${name}"; AWS allows 3 to 63 lower-case letters, digits, dots and hyphens, with a letter or digit at either end.`,
            );
        }
    },
    create({ account, region, inputs }) {
        const id = text(inputs["bucket"]);
        if (account.all("Bucket").some((other) => other.id === id)) {
            refuse(
                "CreateBucket",
                "BucketAlreadyOwnedByYou",
                "Your previous request to create the named bucket succeeded and you already own it.",
                409,
            );
        }
        return {
            id,
            bucket: id,
            arn: `arn:aws:s3:::${id}`,
            bucketDomainName: `${id}.s3.amazonaws.com`,
            bucketRegionalDomainName: `${id}.s3.${region}.amazonaws.com`,
            bucketRegion: region,
            requestPayer: "BucketOwner",
            hostedZoneId: "",
        };
    },
    delete({ account, old }) {
        const held = [...account.all("BucketObject"), ...account.all("BucketObjectv2")].some(
            ({ properties }) => properties.bucket === old.id,
        );
        if (held && old.properties.forceDestroy !== true) {
            refuse("DeleteBucket", "BucketNotEmpty", "The bucket you tried to delete is not empty", 409);
        }
    },
};

export const storage: ServiceModel = {
    resources: {
        "aws:s3/bucket:Bucket": bucket,
        ...Object.fromEntries(settings.map((name) => [`aws:s3/${name}`, setting])),
    },
};
