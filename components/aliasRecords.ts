import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { type InnerProblem, refusePart, namesProblems, itemProblems, listProblem, shown } from "./checks/index";
import { argumentSpecs } from "./arguments/index";
import type { DnsResourceOptions } from "./dnsResourceOptions";
import type { OwnRecord } from "./existingRecords";

/** The arguments of AliasRecords. */
export interface AliasRecordsArgs {
    /** The names that get records. */
    domainNames: string[];

    /** Ids of the public hosted zones by name. A name that is missing gets no record: its DNS is elsewhere. */
    hostedZoneIds: { [domainName: string]: pulumi.Input<string> };

    /** Types of the records, for example `A`, `AAAA` and `HTTPS`. */
    recordTypes: string[];

    /** AWS's own DNS name that the names point to. */
    targetDnsName: pulumi.Input<string>;

    /** Id of the hosted zone in which AWS keeps that DNS name. */
    targetHostedZoneId: pulumi.Input<string>;

    /**
     * Whether records that exist already are overwritten, in one step, and those of addresses (A, AAAA) stay as they are
     * when they are no longer managed here. Defaults to false: AWS refuses a record that exists.
     */
    overwriteExisting?: boolean;
}

/**
 * Route 53 alias records: every name, every type, one target. They are not protected, so that a name can be dropped; what
 * protects them from a destroy is a protected resource that depends on them.
 */
export class AliasRecords extends pulumi.ComponentResource {
    /** Those that overwrite none: AWS refuses one that exists. */
    readonly overwritingNone: readonly OwnRecord[];

    constructor(name: string, args: AliasRecordsArgs, opts?: DnsResourceOptions) {
        refusePart("AliasRecords", name, args, {
            domainNames: { ...argumentSpecs.domainNames, check: namesProblems },
            recordTypes: { form: "list", required: true, check: recordTypesProblems },
        });
        super("encrypted-edge:index:AliasRecords", name, {}, opts);
        const records: OwnRecord[] = [];
        for (const domainName of args.domainNames) {
            const zoneId = args.hostedZoneIds[domainName];
            for (const type of zoneId === undefined ? [] : args.recordTypes) {
                // An HTTPS record is no address: it goes where the names lead elsewhere again.
                const kept = args.overwriteExisting && type !== "HTTPS";
                const record = new route53.Record(
                    `${name}-${type.toLowerCase()}-${domainName}`,
                    {
                        zoneId: zoneId ?? "",
                        name: domainName,
                        type,
                        allowOverwrite: args.overwriteExisting || undefined,
                        aliases: [
                            {
                                name: args.targetDnsName,
                                zoneId: args.targetHostedZoneId,
                                // There is no second record to answer with; CloudFront allows false only.
                                evaluateTargetHealth: false,
                            },
                        ],
                    },
                    { parent: this, provider: opts?.dnsProvider, retainOnDelete: kept || undefined },
                );
                records.push({ domainName, type, zoneId: zoneId ?? "", record });
            }
        }
        this.overwritingNone = args.overwriteExisting ? [] : records;
        this.registerOutputs({});
    }
}

/** Source: Route 53 API reference, ResourceRecordSet (the types of which an alias to CloudFront or a load balancer may be). */
const aliasTypes = ["A", "AAAA", "HTTPS"];

function recordTypesProblems(types: unknown): string | undefined | readonly InnerProblem[] {
    return (
        listProblem(types, "A") ??
        itemProblems(types, (type) =>
            aliasTypes.some((known) => known === type)
                ? undefined
                : `is ${shown(type)}; alias records are of the types ${aliasTypes.join(", ")}. Write one of them.`,
        )
    );
}
