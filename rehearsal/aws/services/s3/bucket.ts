import { accountId, object, text } from "../../account";
import type { Values } from "../../../provider";
import { bucketObject } from "./bucketObject";
import { isPublic, readPolicy } from "./bucketPolicies";
import { lifecycleRules } from "./lifecycleRules";
import { notificationRules } from "./notifications";
import { policyProblem } from "./policySyntax";
import {
    judgeLock,
    judgeLogging,
    judgeOwnership,
    judgeReplication,
    judgeVersioning,
    replicationRules,
    settingOf,
    takesAcls,
    tieringRules,
} from "./settings";
import table from "./resourceTable.json";
import { websiteDomain } from "./websites";
import { websiteZoneIds } from "../../facts";
import { modelsOf, type Operation, type ResourceModel, ruleForms, type ServiceModel, stable } from "../resource";

const { form } = ruleForms("InvalidArgument");

/** What a bucket may be named. Source: S3 user guide, "General purpose bucket naming rules". */
function isBucketName(name: string): boolean {
    return (
        /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
        !/\.\.|^\d+\.\d+\.\d+\.\d+$|^(xn--|sthree-|amzn-s3-demo-)/.test(name) &&
        !/(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name)
    );
}

/** The names of a website that the bucket itself is configured for. */
function websiteNames(region: string, id: string, { website: own }: Values): Values {
    const domain = own === undefined ? "" : websiteDomain(region);
    return { websiteDomain: domain, websiteEndpoint: domain === "" ? "" : `${id}.${domain}` };
}

const objectKinds = ["BucketObject", "BucketObjectv2"];

const bucket: ResourceModel = {
    rules: [
        form(
            "bucket",
            isBucketName,
            '3 to 63 lower-case letters, digits, dots and hyphens, with a letter or digit at either end, no two dots in a row, no IP address, and neither "xn--", "sthree-" or "amzn-s3-demo-" at the start nor "-s3alias", "--ol-s3", ".mrap", "--x-s3" or "--table-s3" at the end',
            undefined,
        ),
    ],
    create: ({ region, inputs }) => ({
        hostedZoneId: websiteZoneIds[region] ?? "",
        ...websiteNames(region, text(inputs.bucket), inputs),
    }),
    update: ({ region, inputs, old }) => websiteNames(region, old.id, inputs),
    delete({ account, old, refuseIf }) {
        const held = objectKinds
            .flatMap((kind) => account.all(kind))
            .filter(({ properties }) => properties.bucket === old.id);
        // Source: S3 API reference, "Error responses".
        refuseIf(
            held.length > 0 && old.properties.forceDestroy !== true,
            "BucketNotEmpty",
            "The bucket you tried to delete is not empty",
        );
    },
};

/** A setting of a bucket that the provider keeps as a resource of its own. */
function setting(call: string, judge?: (operation: Operation) => void) {
    return {
        // Each of these calls is a Put: what the bucket had is replaced.
        overwrites: true,
        calls: { create: call, update: call },
        requires: [["bucket", "Bucket", "NoSuchBucket", "The specified bucket does not exist"]],
        judge,
        create: ({ inputs }: Operation) => ({ id: text(inputs.bucket) }),
    } satisfies ResourceModel;
}

/** Sources: S3 user guide, "Bucket policies for Amazon S3" and "Blocking public access to your Amazon S3 storage". */
function judgePolicy({ account, inputs, refuse, refuseIf }: Operation): void {
    const statements = readPolicy(inputs.policy) ?? refuse("MalformedPolicy", "This policy contains invalid Json");
    const arn = `arn:aws:s3:::${text(inputs.bucket)}`;
    // The SDK takes a document as well as its text.
    const document = typeof inputs.policy === "string" ? (JSON.parse(inputs.policy) as unknown) : inputs.policy;
    const problem = policyProblem(object(document), statements, arn);
    refuseIf(problem !== undefined, "MalformedPolicy", problem ?? "");
    // Since April 2023 a new bucket blocks public policies until a public access block says otherwise.
    const { blockPublicPolicy = account.all("BucketPublicAccessBlock").every(({ id }) => id !== inputs.bucket) } =
        settingOf(account, "BucketPublicAccessBlock", inputs);
    refuseIf(
        blockPublicPolicy === true && isPublic(statements),
        "AccessDenied",
        `User: arn:aws:iam::${accountId}:user/rehearsal is not authorized to perform: s3:PutBucketPolicy on resource: "${arn}" because public policies are blocked by the BlockPublicPolicy block public access setting.`,
    );
}

/**
 * Sources: S3 user guide, "Troubleshooting" of object ownership, and "Blocking public access to your Amazon S3
 * storage". Since April 2023 a new bucket has no ACLs, and blocks public ones.
 */
function judgeAcl({ account, inputs, refuseIf }: Operation): void {
    refuseIf(!takesAcls(account, inputs), "AccessControlListNotSupported", "The bucket does not allow ACLs");
    const isOwn = account.all("BucketPublicAccessBlock").some(({ id }) => id === inputs.bucket);
    const { blockPublicAcls = !isOwn } = settingOf(account, "BucketPublicAccessBlock", inputs);
    refuseIf(
        blockPublicAcls === true && /^(public-|authenticated-read$)/.test(text(inputs.acl)),
        "AccessDenied",
        `User: arn:aws:iam::${accountId}:user/rehearsal is not authorized to perform: s3:PutBucketAcl because public access control lists (ACLs) are blocked by the BlockPublicAcls block public access setting.`,
    );
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
    title: "S3",
    lookups: {
        "aws:s3/getCanonicalUserId:getCanonicalUserId": () => ({ id: stable("canonical user", 64), displayName: "" }),
    },
    resources: modelsOf(table, {
        "aws:s3/bucket:Bucket": bucket,
        "aws:s3/bucketObject:BucketObject": bucketObject,
        "aws:s3/bucketObjectv2:BucketObjectv2": bucketObject,
        "aws:s3/bucketPolicy:BucketPolicy": setting("PutBucketPolicy", judgePolicy),
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": setting("PutPublicAccessBlock"),
        "aws:s3/bucketOwnershipControls:BucketOwnershipControls": setting("PutBucketOwnershipControls", judgeOwnership),
        "aws:s3/bucketVersioning:BucketVersioning": setting("PutBucketVersioning", judgeVersioning),
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
            ...setting("PutBucketLifecycleConfiguration"),
            rules: lifecycleRules,
        },
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
            setting("PutBucketEncryption"),
        "aws:s3/bucketAcl:BucketAcl": setting("PutBucketAcl", judgeAcl),
        "aws:s3/bucketLogging:BucketLogging": setting("PutBucketLogging", judgeLogging),
        "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": setting("PutBucketCors"),
        "aws:s3/bucketNotification:BucketNotification": {
            ...setting("PutBucketNotificationConfiguration"),
            rules: notificationRules,
        },
        "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": setting(
            "PutObjectLockConfiguration",
            judgeLock,
        ),
        "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration": website,
        "aws:s3/bucketReplicationConfig:BucketReplicationConfig": {
            ...setting("PutBucketReplication", judgeReplication),
            rules: replicationRules,
        },
        "aws:s3/bucketIntelligentTieringConfiguration:BucketIntelligentTieringConfiguration": { rules: tieringRules },
        "aws:s3/bucketAccelerateConfiguration:BucketAccelerateConfiguration": setting(
            "PutBucketAccelerateConfiguration",
        ),
    }),
};
