import type * as pulumi from "@pulumi/pulumi";
import { AliasRecords } from "./aliasRecords";
import type { EdgeSettings } from "./edgeSettings";
import type { EdgeZones } from "./edgeZones";
import type { OriginLoadBalancer } from "./originLoadBalancer";
import { schemes } from "./ownLoadBalancer";

/** Source: Elastic Load Balancing user guide, "IP address type": the addresses that DNS gives of a load balancer. */
const recordTypes: Readonly<Record<string, string[]>> = {
    dualstack: ["A", "AAAA"],
    "dualstack-without-public-ipv4": ["AAAA"],
};

/**
 * The DNS records of the load balancer's second name, while a load balancer is internet-facing. CloudFront's way to an
 * internal one takes the name for the certificate alone. The name tells everyone where the load balancer is, so the lock is
 * on it first.
 */
export function originRecords(
    name: string,
    settings: EdgeSettings,
    { hostedZoneIds, dnsProvider }: EdgeZones,
    loadBalancer: OriginLoadBalancer,
    child: { readonly parent: pulumi.Resource },
): { readonly records: AliasRecords[]; readonly leadTo: pulumi.Output<string> | undefined } {
    const { originDomainName, loadBalancerScheme, nextLoadBalancer } = settings;
    if (loadBalancerScheme !== schemes.public && nextLoadBalancer?.scheme !== schemes.public) {
        return { records: [], leadTo: undefined };
    }
    const leadTo = loadBalancer.internetFacingDnsName;
    const records = new AliasRecords(
        `${name}-origin`,
        {
            hostedZoneIds,
            domainNames: [originDomainName],
            recordTypes: recordTypes[settings.loadBalancerIpAddressType] ?? ["A"],
            targetDnsName: leadTo,
            targetHostedZoneId: loadBalancer.internetFacingZoneId,
        },
        { ...child, dnsProvider, dependsOn: [loadBalancer] },
    );
    return { records: [records], leadTo };
}
