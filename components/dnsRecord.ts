import * as pulumi from "@pulumi/pulumi";
import type { EdgeZones } from "./edgeZones";

/** A DNS record for you to create where the zone's DNS is. */
export interface DnsRecord {
    /** Full name of the record, without a trailing dot. */
    name: string;

    /**
     * Type of the record: `CNAME`, or `ALIAS` at the top of a zone, where DNS allows no CNAME. DNS providers call it ALIAS,
     * ANAME or flattened CNAME.
     * Source: RFC 1034, section 3.6.2.
     */
    type: string;

    /** The name that the record points to, without a trailing dot. */
    value: string;
}

/**
 * A record that you create outside Route 53, as a resource: the state shows it, and a policy that follows names finds the
 * way from the origin's name to the load balancer.
 */
class RequiredDnsRecord extends pulumi.ComponentResource {
    constructor(name: string, record: pulumi.Inputs, opts: pulumi.ComponentResourceOptions) {
        super("encrypted-edge:index:RequiredDnsRecord", name, record, opts);
        this.registerOutputs(record);
    }
}

/** The records of those names whose DNS is elsewhere, by name. */
export function dnsRecords(
    name: string,
    { hostedZoneIds, apexNames }: EdgeZones,
    targets: readonly (readonly [domainNames: readonly string[], value: pulumi.Output<string> | undefined])[],
    child: pulumi.ComponentResourceOptions,
): pulumi.Output<{ [domainName: string]: DnsRecord }> {
    const records = targets.flatMap(([domainNames, value]) =>
        domainNames
            .filter((domainName) => hostedZoneIds[domainName] === undefined)
            .flatMap((domainName) =>
                value === undefined
                    ? []
                    : [{ name: domainName, type: apexNames.includes(domainName) ? "ALIAS" : "CNAME", value }],
            ),
    );
    for (const record of records) {
        new RequiredDnsRecord(`${name}-dns-record-${record.name}`, record, child);
    }
    return pulumi.output(Object.fromEntries(records.map((record) => [record.name, record])));
}
