import { type Account, object, objects, text } from "../../account";
import type { Values } from "../../../provider";
import { type Operation, type Rule, ruleForms } from "../resource";

const { rule } = ruleForms("InvalidRequest");
const invalid = ruleForms("InvalidArgument");

const statusOf = ({ versioningConfiguration }: Values) => text(object(versioningConfiguration).status);

/** A setting of the same bucket; empty where there is none. */
export function settingOf(account: Account, kind: string, { bucket }: Values): Values {
    return account.all(kind).find(({ properties }) => properties.bucket === bucket)?.properties ?? {};
}

/** Source: S3 API reference, PutBucketVersioning. */
export function judgeVersioning({ inputs, old, refuseIf }: Operation): void {
    refuseIf(
        statusOf(inputs) === "Disabled" && /^(Enabled|Suspended)$/.test(statusOf(old?.properties ?? {})),
        "IllegalVersioningConfigurationException",
        "A bucket that has kept versions is never unversioned again. Write Suspended.",
    );
}

/** Source: S3 user guide, "Requirements and considerations for replication". */
export function judgeReplication({ account, inputs, refuseIf }: Operation): void {
    const { versioning, objectLockEnabled } = account.find("Bucket", inputs.bucket)?.properties ?? {};
    refuseIf(
        objectLockEnabled !== true &&
            object(versioning).enabled !== true &&
            statusOf(settingOf(account, "BucketVersioning", inputs)) !== "Enabled",
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
