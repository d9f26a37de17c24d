import { type Account, accountId, object, text } from "../../account";
import { unknownValue, type Values } from "../../../provider";
import { bucketObject } from "./bucketObject";
import { isPublic, readPolicy } from "./bucketPolicies";
import { lifecycleRules } from "./lifecycleRules";
import { policyProblem } from "./policySyntax";
import { websiteDomain } from "./websites";
import { websiteZoneIds } from "../../facts";
import { type Operation, refusals, type ResourceModel, ruleForms, type ServiceModel } from "../resource";

const refuse = refusals("S3");
const { form, only } = ruleForms("InvalidArgument");

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
    rules: [form("bucketPrefix", /^[^]{0,37}$/, "up to 37 characters")],
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
    const arn = `arn:aws:s3:::${text(inputs.bucket)}`;
    // The SDK takes a document as well as its text.
    const document = typeof inputs.policy === "string" ? (JSON.parse(inputs.policy) as unknown) : inputs.policy;
    const problem = policyProblem(object(document), statements, arn);
    if (problem !== undefined) {
        malformed(problem);
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

/**
 * Sources: S3 user guide, "Troubleshooting" of object ownership, and "Blocking public access to your Amazon S3
 * storage". Since April 2023 a new bucket has no ACLs, and blocks public ones.
 */
function judgeAcl(inputs: Values, account: Account): void {
    const { objectOwnership = "BucketOwnerEnforced" } = object(
        settingOf(account, "BucketOwnershipControls", inputs).rule,
    );
    if (objectOwnership === "BucketOwnerEnforced") {
        refuse("PutBucketAcl", "AccessControlListNotSupported", "The bucket does not allow ACLs");
    }
    const isOwn = account.all("BucketPublicAccessBlock").some(({ id }) => id === inputs.bucket);
    const { blockPublicAcls = !isOwn } = settingOf(account, "BucketPublicAccessBlock", inputs);
    if (blockPublicAcls === true && /^(public-|authenticated-read$)/.test(text(inputs.acl))) {
        refuse(
            "PutBucketAcl",
            "AccessDenied",
            `User: arn:aws:iam::${accountId}:user/rehearsal is not authorized to perform: s3:PutBucketAcl because public access control lists (ACLs) are blocked by the BlockPublicAcls block public access setting.`,
            403,
        );
    }
}

/** Source: S3 API reference, PutBucketLogging. */
function judgeLogging(inputs: Values, account: Account): void {
    if (account.all("Bucket").every(({ id }) => id !== inputs.targetBucket)) {
        refuse(
            "PutBucketLogging",
            "InvalidTargetBucketForLogging",
            "The target bucket for logging does not exist, is not owned by you, or does not have the appropriate grants for the log-delivery group.",
        );
    }
}

const putWebsite = setting("PutBucketWebsite");
const website: ResourceModel = {
    ...putWebsite,
    // Source: S3 API reference, PutBucketWebsite; the provider.
    rules: [
        { exactlyOne: ["indexDocument", "redirectAllRequestsTo"] },
        { atMostOne: ["errorDocument", "redirectAllRequestsTo"] },
        { atMostOne: ["routingRules", "routingRuleDetails", "redirectAllRequestsTo"] },
        form("indexDocument.suffix", /^[^/]+$/, "names of files without a slash"),
    ],
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
            ...setting("PutBucketLifecycleConfiguration"),
            rules: lifecycleRules,
        },
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
            ...setting("PutBucketEncryption"),
            // Source: S3 API reference, ServerSideEncryptionByDefault.
            rules: [
                only("rules.applyServerSideEncryptionByDefault.kmsMasterKeyId", "sseAlgorithm", [
                    "aws:kms",
                    "aws:kms:dsse",
                ]),
            ],
        },
        "aws:s3/bucketAcl:BucketAcl": {
            ...setting("PutBucketAcl", judgeAcl),
            rules: [
                { exactlyOne: ["acl", "accessControlPolicy"] },
                // Source: S3 API reference, Grantee.
                ...Object.entries({ id: "CanonicalUser", uri: "Group", emailAddress: "AmazonCustomerByEmail" }).map(
                    ([name, type]) =>
                        ruleForms("MalformedACLError").needed(`accessControlPolicy.grants.grantee.${name}`, "type", [
                            type,
                        ]),
                ),
            ],
        },
        "aws:s3/bucketLogging:BucketLogging": setting("PutBucketLogging", judgeLogging),
        "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration": website,
    },
};
