import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { problemList } from "./checks/index";
import { lookUpError } from "./lookUp";

/** A record that this stack creates, or has created. */
export interface OwnRecord {
    readonly domainName: string;
    readonly type: string;
    readonly zoneId: pulumi.Input<string>;
    readonly record: route53.Record;
}

/** The argument that holds a name, and what else may be written. */
export interface NamedBy {
    readonly propertyPath: string;
    readonly advice: string;
}

/**
 * Refuses, in a preview, names for which the zone holds a record that is not this stack's, such as a live site's or another
 * stack's. AWS would refuse the record only at the end of an update, when nearly everything is created. If the caller may
 * not list the records, that is what happens.
 *
 * @param name Name of the edge.
 * @param own Records that overwrite none.
 * @param namedBy The arguments by the names that they hold.
 * @returns For each zone an output that fails if names are taken. Nothing has to wait for it: the program fails with it.
 */
export function refuseExistingRecords(
    name: string,
    own: readonly OwnRecord[],
    namedBy: ReadonlyMap<string, NamedBy>,
    options: pulumi.InvokeOptions,
): pulumi.Output<void>[] {
    if (!pulumi.runtime.isDryRun()) {
        return [];
    }
    // A zone that the same program makes has no id yet, and no records either.
    return [...new Set(own.map((one) => one.zoneId))].map((zoneId) => {
        const inZone = own.filter((one) => one.zoneId === zoneId);
        return pulumi.output(zoneId).apply(async (id) => {
            const existing = await existingRecords(id, inZone, options);
            const problems = [...namedBy].flatMap(([domainName, { propertyPath, advice }]) => {
                const types = existing.flatMap((one) => (one.domainName === domainName ? [one.type] : []));
                const reason = `is "${domainName}", for which the hosted zone ${id} already holds a record (${types.join(", ")}) that is not this stack's. ${advice}`;
                return types.length === 0 ? [] : [{ propertyPath, reason }];
            });
            if (problems.length > 0) {
                throw lookUpError(
                    problemList(
                        `EncryptedEdge "${name}" cannot be built; ${problems.length === 1 ? "one name is" : `${problems.length} names are`} taken`,
                        problems,
                    ),
                );
            }
        });
    });
}

/** Those that the stack has not created yet, and that AWS would refuse because of what the zone holds. */
async function existingRecords(
    zoneId: string,
    own: readonly OwnRecord[],
    options: pulumi.InvokeOptions,
): Promise<OwnRecord[]> {
    const made = await Promise.all(own.map(async (one) => ((await isToBeMade(one.record)) ? [one] : [])));
    const wanted = made.flat();
    if (wanted.length === 0) {
        return [];
    }
    const held = await recordsOf(zoneId, new Set(wanted.map(({ domainName }) => domainName)), options);
    return wanted.filter(({ domainName, type }) =>
        held.some((one) => one.name === domainName && [type, "CNAME"].includes(one.type)),
    );
}

/** Whether the stack has no such record yet: a preview knows the id of one that it has. */
async function isToBeMade(record: route53.Record): Promise<boolean> {
    let isKnown = false;
    record.id.apply((id) => (isKnown = Boolean(id)));
    await new Promise((resolve) => record.urn.apply(resolve));
    // The engine tells both in one answer; what waits for the id has its turn first.
    await new Promise((resolve) => setImmediate(resolve));
    return !isKnown;
}

async function recordsOf(zoneId: string, names: ReadonlySet<string>, options: pulumi.InvokeOptions) {
    // AWS writes an asterisk as \052, and a dot behind each name.
    const patterns = [...names].map((name) => name.replace(/\./g, "\\.").replace("*", "\\\\052"));
    try {
        const nameRegex = `^(${patterns.join("|")})\\.?$`;
        const { resourceRecordSets } = await route53.getRecords({ zoneId, nameRegex }, options);
        return resourceRecordSets.map(({ name, type }) => ({
            name: name.replace(/\.$/, "").replace("\\052", "*"),
            type,
        }));
    } catch {
        await pulumi.log.info(
            `Cannot tell whether the hosted zone ${zoneId} holds records of other stacks, because listing them needs route53:ListResourceRecordSets. If a name is taken, AWS refuses its record during the update.`,
        );
        return [];
    }
}
