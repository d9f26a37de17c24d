import { type Account, object, objects, text } from "../../account";
import type { Values } from "../../../provider";
import { type Operation, pluck, type Rule, ruleForms } from "../resource";

const { rule } = ruleForms("InvalidRequest");
const invalid = ruleForms("InvalidArgument");

const statusOf = ({ versioningConfiguration }: Values) => text(object(versioningConfiguration).status);

/** A setting of the same bucket; empty where there is none. */
export function settingOf(account: Account, kind: string, { bucket }: Values): Values {
    return account.all(kind).find(({ properties }) => properties.bucket === bucket)?.properties ?? {};
}

/** Source: S3 API reference, PutBucketVersioning. */
export function judgeVersioning({ account, inputs, old, refuseIf }: Operation): void {
    refuseIf(
        statusOf(inputs) === "Disabled" && /^(Enabled|Suspended)$/.test(statusOf(old?.properties ?? {})),
        "IllegalVersioningConfigurationException",
        "A bucket that has kept versions is never unversioned again. Write Suspended.",
    );
    // Source: S3 user guide, "Object Lock considerations".
    refuseIf(
        statusOf(inputs) === "Suspended" &&
            (account.find("Bucket", inputs.bucket)?.properties.objectLockEnabled === true ||
                settingOf(account, "BucketObjectLockConfiguration", inputs).bucket !== undefined),
        "InvalidBucketState",
        "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.",
    );
}

/** Whether a bucket has ACLs. Source: S3 user guide, "Controlling ownership of objects": a new bucket has none. */
export function takesAcls(account: Account, inputs: Values): boolean {
    const { objectOwnership = "BucketOwnerEnforced" } = object(
        settingOf(account, "BucketOwnershipControls", inputs).rule,
    );
    return objectOwnership !== "BucketOwnerEnforced";
}

/** Canned ACLs that grant nothing to anybody but the bucket's owner. Source: S3 user guide, "Canned ACL". */
const ownersOnly = /^(private|bucket-owner-(read|full-control))?$/;

/** Source: S3 user guide, "Error when you set Object Ownership": ACLs that grant access to others go first. */
export function judgeOwnership({ account, inputs, refuseIf }: Operation): void {
    const { acl, accessControlPolicy } = settingOf(account, "BucketAcl", inputs);
    const { owner, grants } = object(accessControlPolicy);
    const grantsOthers = pluck(grants, "grantee").some((grantee) => object(grantee).id !== object(owner).id);
    refuseIf(
        object(inputs.rule).objectOwnership === "BucketOwnerEnforced" && (!ownersOnly.test(text(acl)) || grantsOthers),
        "InvalidBucketAclWithObjectOwnership",
        "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
    );
}

/** Source: S3 API reference, "List of error codes". */
export function judgeLogging({ account, inputs, region, refuseIf }: Operation): void {
    refuseIf(
        account.find("Bucket", inputs.targetBucket)?.region !== region,
        "CrossLocationLoggingProhibited",
        "Cross-location logging not allowed. Buckets in one geographic location can't log information to a bucket in another location.",
    );
}

/** Source: S3 user guide, "Configuring S3 Object Lock": buckets that keep versions. */
export function judgeLock(operation: Operation): void {
    operation.refuseIf(
        !keepsVersions(operation),
        "InvalidBucketState",
        "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
    );
}

function keepsVersions({ account, inputs }: Operation): boolean {
    const { versioning, objectLockEnabled } = account.find("Bucket", inputs.bucket)?.properties ?? {};
    return (
        objectLockEnabled === true ||
        object(versioning).enabled === true ||
        statusOf(settingOf(account, "BucketVersioning", inputs)) === "Enabled"
    );
}

/** Source: S3 user guide, "Requirements and considerations for replication". */
export function judgeReplication(operation: Operation): void {
    operation.refuseIf(
        !keepsVersions(operation),
        "InvalidRequest",
        "Versioning must be 'Enabled' on the bucket to apply a replication configuration",
    );
}

/** Source: the provider's documentation of priorities. */
export const replicationRules: readonly Rule[] = [
    rule("rules", (rules) => {
        const filtered = objects(rules).filter(({ filter }) => filter !== undefined);
        const count = new Set(filtered.map(({ priority = 0 }) => priority)).size;
        return count < filtered.length ? "has a priority twice; it is 0 where none is given." : undefined;
    }),
];

/** Source: S3 API reference, Tiering. */
export const tieringRules: readonly Rule[] = [
    invalid.rule("tierings.days", (days, { accessTier }) => {
        const least = accessTier === "DEEP_ARCHIVE_ACCESS" ? 180 : 90;
        const isRight = typeof days !== "number" || (days >= least && days <= 730);
        return isRight ? undefined : `is ${days}; AWS allows ${least} to 730 days of ${text(accessTier)}.`;
    }),
];
