import type * as pulumi from "@pulumi/pulumi";
import { AliasRecords } from "./aliasRecords";
import type { EdgeSettings } from "./edgeCertificates";
import type { OriginLoadBalancer } from "./originLoadBalancer";
import { schemes } from "./ownLoadBalancer";

/**
 * The DNS records of the load balancer's second name, while a load balancer is internet-facing. CloudFront's way to an
 * internal one takes the name for the certificate alone. The name tells everyone where the load balancer is, so the lock is
 * on it first.
 */
export function originRecords(
    name: string,
    settings: EdgeSettings,
    hostedZoneId: pulumi.Input<string>,
    loadBalancer: OriginLoadBalancer,
    child: { readonly parent: pulumi.Resource },
): AliasRecords[] {
    const { originDomainName, deletionProtection, loadBalancerScheme, nextLoadBalancer } = settings;
    if (loadBalancerScheme !== schemes.public && nextLoadBalancer?.scheme !== schemes.public) {
        return [];
    }
    const records = new AliasRecords(
        `${name}-origin`,
        {
            hostedZoneId,
            domainNames: [originDomainName],
            recordTypes: ["A"],
            targetDnsName: loadBalancer.internetFacingDnsName,
            targetHostedZoneId: loadBalancer.internetFacingZoneId,
            deletionProtection,
        },
        { ...child, dependsOn: [loadBalancer] },
    );
    return [records];
}
