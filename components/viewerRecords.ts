import type * as pulumi from "@pulumi/pulumi";
import { AliasRecords } from "./aliasRecords";
import { allViewerNames } from "./edgeCertificates";
import type { EdgeSettings } from "./edgeSettings";
import type { EdgeDistribution } from "./edgeDistribution";
import type { EdgeZones } from "./edgeZones";
import type { OriginLoadBalancer } from "./originLoadBalancer";

/** What the names of viewers may lead to, and the zones that hold them. */
interface Destinations {
    readonly zones: EdgeZones;
    readonly distribution: EdgeDistribution;
    readonly loadBalancer: OriginLoadBalancer;
}

/**
 * The records of the viewers' names: CloudFront's, or, while a live site is adopted, whatever it was told. Both are the same
 * resources, so that a name moves in one step and back.
 *
 * @returns the records, and the name that they lead to; undefined where they are left alone
 */
export function viewerRecords(
    name: string,
    settings: EdgeSettings,
    { zones: { hostedZoneIds, dnsProvider }, distribution, loadBalancer }: Destinations,
    child: pulumi.ComponentResourceOptions,
): { readonly records: AliasRecords[]; readonly leadTo: pulumi.Output<string> | undefined } {
    const destination = settings.existingLoadBalancer?.viewerRecords ?? "distribution";
    if (destination === "unchanged") {
        return { records: [], leadTo: undefined };
    }
    const common = {
        hostedZoneIds,
        domainNames: allViewerNames(settings),
        overwriteExisting: settings.existingLoadBalancer !== undefined || undefined,
    };
    const leadsTo =
        destination === "loadBalancer"
            ? {
                  // An alias of the type AAAA to a load balancer without IPv6 has no answer, as no record has.
                  recordTypes: ["A", "AAAA"],
                  targetDnsName: loadBalancer.loadBalancerDnsName,
                  targetHostedZoneId: loadBalancer.loadBalancerZoneId,
              }
            : {
                  recordTypes: ["A", "AAAA", "HTTPS"],
                  targetDnsName: distribution.distributionDomainName,
                  targetHostedZoneId: distribution.distributionHostedZoneId,
              };
    const records = new AliasRecords(`${name}-viewer`, { ...common, ...leadsTo }, { ...child, dnsProvider });
    return { records: [records], leadTo: leadsTo.targetDnsName };
}
