import { type Account, accountId, object, objects, text } from "../../account";
import { unknownValue, type Values } from "../../../provider";
import { bucketObject } from "./bucketObject";
import { isPublic, policyResources, readPolicy } from "./bucketPolicies";
import { lifecycleRules } from "./lifecycleRules";
import { websiteDomain, websiteZoneIds } from "./websites";
import { type Operation, refusals, type ResourceModel, type ServiceModel } from "../resource";

const refuse = refusals("S3");

/** What a bucket may be named. Source: S3 user guide, "General purpose bucket naming rules". */
function isBucketName(name: string): boolean {
    return (
        /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
        !/\.\.|^\d+\.\d+\.\d+\.\d+$|^(xn--|sthree-|amzn-s3-demo-)/.test(name) &&
        !/(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name)
    );
}

const bucket: ResourceModel = {
    autoName: { property: "bucket", maximum: 63, lowerCase: true },
    replaceOn: ["bucket", "bucketPrefix", "objectLockEnabled"],
    check(inputs, report) {
        const name = inputs.bucket;
        if (typeof name === "string" && name !== unknownValue && !isBucketName(name)) {
            report(
                "bucket",
                `is "${name}"; AWS allows 3 to 63 lower-case letters, digits, dots and hyphens, with a letter or digit at either end, no two dots in a row, no IP address, and neither "xn--", "sthree-" or "amzn-s3-demo-" at the start nor "-s3alias", "--ol-s3", ".mrap", "--x-s3" or "--table-s3" at the end.`,
            );
        }
    },
    create({ account, region, inputs }) {
        const id = text(inputs.bucket);
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
            hostedZoneId: websiteZoneIds[region] ?? "",
        };
    },
    delete({ account, old }) {
        const held = [...account.all("BucketObject"), ...account.all("BucketObjectv2")].filter(
            ({ properties }) => properties.bucket === old.id,
        );
        // Source: S3 API reference, "Error responses".
        if (held.length > 0 && old.properties.forceDestroy !== true) {
            refuse("DeleteBucket", "BucketNotEmpty", "The bucket you tried to delete is not empty", 409);
        }
        held.forEach(({ type, id }) => account.delete(type, id));
    },
};

/** A setting of a bucket that the provider keeps as a resource of its own. */
function setting(operation: string, judge: (inputs: Values, account: Account) => void = () => undefined) {
    const put = ({ account, inputs }: Operation) => {
        if (account.all("Bucket").every(({ id }) => id !== inputs.bucket)) {
            refuse(operation, "NoSuchBucket", "The specified bucket does not exist", 404);
        }
        judge(inputs, account);
    };
    return {
        // Each of these calls is a Put: what the bucket had is replaced.
        overwrites: true,
        replaceOn: ["bucket", "expectedBucketOwner"],
        create: (change: Operation) => {
            put(change);
            return { id: text(change.inputs.bucket) };
        },
        update: (change: Operation) => {
            put(change);
            return {};
        },
    } satisfies ResourceModel;
}

/** A setting of the same bucket; empty where there is none. */
function settingOf(account: Account, kind: string, inputs: Values): Values {
    return account.all(kind).find(({ properties }) => properties.bucket === inputs.bucket)?.properties ?? {};
}

/** Sources: S3 user guide, "Bucket policies for Amazon S3" and "Blocking public access to your Amazon S3 storage". */
function judgePolicy(inputs: Values, account: Account): void {
    const malformed = (message: string) => refuse("PutBucketPolicy", "MalformedPolicy", message);
    const statements = readPolicy(inputs.policy) ?? malformed("This policy contains invalid Json");
    if (statements.length === 0) {
        malformed("Missing required field Statement");
    }
    const arn = `arn:aws:s3:::${text(inputs.bucket)}`;
    if (policyResources(statements).some((resource) => resource !== arn && !resource.startsWith(`${arn}/`))) {
        malformed("Policy has invalid resource");
    }
    // Since April 2023 a new bucket blocks public policies until a public access block says otherwise.
    const { blockPublicPolicy = account.all("BucketPublicAccessBlock").every(({ id }) => id !== inputs.bucket) } =
        settingOf(account, "BucketPublicAccessBlock", inputs);
    if (blockPublicPolicy === true && isPublic(statements)) {
        refuse(
            "PutBucketPolicy",
            "AccessDenied",
            `User: arn:aws:iam::${accountId}:user/rehearsal is not authorized to perform: s3:PutBucketPolicy on resource: "${arn}" because public policies are blocked by the BlockPublicPolicy block public access setting.`,
            403,
        );
    }
}

/** Source: S3 user guide, "Troubleshooting" of object ownership. Since April 2023 a new bucket has no ACLs. */
function judgeAcl(inputs: Values, account: Account): void {
    const { objectOwnership = "BucketOwnerEnforced" } = object(
        settingOf(account, "BucketOwnershipControls", inputs).rule,
    );
    if (objectOwnership === "BucketOwnerEnforced") {
        refuse("PutBucketAcl", "AccessControlListNotSupported", "The bucket does not allow ACLs");
    }
}

/** Source: S3 API reference, LifecycleExpiration. */
function judgeLifecycle(inputs: Values): void {
    for (const rule of objects(inputs.rules)) {
        const { days } = object(rule.expiration);
        if (typeof days === "number" && (!Number.isInteger(days) || days < 1)) {
            refuse(
                "PutBucketLifecycleConfiguration",
                "InvalidArgument",
                "'Days' for Expiration action must be a positive integer",
            );
        }
    }
}

const putWebsite = setting("PutBucketWebsite");
const website: ResourceModel = {
    ...putWebsite,
    create(operation) {
        const { id } = putWebsite.create(operation);
        const domain = websiteDomain(operation.region);
        return { id, websiteDomain: domain, websiteEndpoint: `${id}.${domain}` };
    },
};

export const s3: ServiceModel = {
    resources: {
        "aws:s3/bucket:Bucket": bucket,
        "aws:s3/bucketObject:BucketObject": bucketObject,
        "aws:s3/bucketObjectv2:BucketObjectv2": bucketObject,
        "aws:s3/bucketPolicy:BucketPolicy": setting("PutBucketPolicy", judgePolicy),
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": setting("PutPublicAccessBlock"),
        "aws:s3/bucketOwnershipControls:BucketOwnershipControls": {
            ...setting("PutBucketOwnershipControls"),
        },
        "aws:s3/bucketVersioning:BucketVersioning": setting("PutBucketVersioning"),
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
            ...setting("PutBucketLifecycleConfiguration", judgeLifecycle),
            rules: lifecycleRules,
        },
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
            ...setting("PutBucketEncryption"),
        },
        "aws:s3/bucketAcl:BucketAcl": {
            ...setting("PutBucketAcl", judgeAcl),
            rules: [{ exactlyOne: ["acl", "accessControlPolicy"] }],
        },
        "aws:s3/bucketLogging:BucketLogging": setting("PutBucketLogging"),
        "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration": website,
    },
};
