import type * as pulumi from "@pulumi/pulumi";
import { AliasRecords } from "./aliasRecords";
import { allViewerNames, type EdgeSettings } from "./edgeCertificates";
import type { EdgeDistribution } from "./edgeDistribution";
import type { OriginLoadBalancer } from "./originLoadBalancer";

/** What the names of viewers may lead to, and the zone that holds them. */
interface Destinations {
    readonly hostedZoneId: pulumi.Input<string>;
    readonly distribution: EdgeDistribution;
    readonly loadBalancer: OriginLoadBalancer;
}

/**
 * The records of the viewers' names: CloudFront's, or, while a live site is adopted, whatever it was told. Both are the same
 * resources, so that a name moves in one step and back.
 */
export function viewerRecords(
    name: string,
    settings: EdgeSettings,
    { hostedZoneId, distribution, loadBalancer }: Destinations,
    child: pulumi.ComponentResourceOptions,
): void {
    const destination = settings.existingLoadBalancer?.viewerRecords ?? "distribution";
    if (destination === "unchanged") {
        return;
    }
    const common = {
        hostedZoneId,
        domainNames: allViewerNames(settings),
        deletionProtection: settings.deletionProtection,
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
    new AliasRecords(`${name}-viewer`, { ...common, ...leadsTo }, child);
}
