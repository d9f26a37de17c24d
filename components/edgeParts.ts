import * as pulumi from "@pulumi/pulumi";
import { dnsRecords } from "./dnsRecord";
import { EdgeAccessLog } from "./edgeAccessLog";
import { EdgeAlarms } from "./edgeAlarms";
import { allViewerNames, edgeCertificates } from "./edgeCertificates";
import type { EdgeSettings } from "./edgeSettings";
import { EdgeDistribution } from "./edgeDistribution";
import { EdgeFirewall, edgeFirewallArgs } from "./edgeFirewall";
import { edgeRoutes } from "./edgeRoute";
import { edgeZones } from "./edgeZones";
import { type NamedBy, refuseExistingRecords } from "./existingRecords";
import { logBucketOf } from "./loadBalancerLog";
import { OriginLoadBalancer } from "./originLoadBalancer";
import { OriginSecret } from "./originSecret";
import { originRecords } from "./originRecords";
import { schemes } from "./ownLoadBalancer";
import type { EncryptedEdgeOptions } from "./transform/index";
import { viewerRecords } from "./viewerRecords";

/** Builds the parts of an edge, in the order in which they depend on one another. */
export function edgeParts(
    name: string,
    settings: EdgeSettings,
    options: EncryptedEdgeOptions | undefined,
    child: { readonly parent: pulumi.Resource },
) {
    const viewerNames = allViewerNames(settings);
    const allNames = [...viewerNames, settings.originDomainName];
    const zones = edgeZones(name, settings, allNames, options?.dnsProvider, child);
    const certificates = edgeCertificates(name, settings, zones, child);
    const secret = new OriginSecret(name, { generation: settings.originSecretGeneration }, child);
    const logBucketName = logBucketOf(name, settings, child);
    const loadBalancer = new OriginLoadBalancer(
        name,
        {
            ...settings,
            certificateArn: certificates.origin,
            viewerNamesCertificateArn: certificates.viewerNames,
            acceptedSecrets: secret.accepted,
            logBucketName,
        },
        child,
    );
    const routes = edgeRoutes(
        name,
        settings.routes,
        { ...loadBalancer, originSecretValues: secret.accepted, vpcId: settings.vpcId },
        child,
    );
    const origin = originRecords(name, settings, zones, loadBalancer, child);
    const firewall =
        settings.webAclArn === undefined ? new EdgeFirewall(name, edgeFirewallArgs(settings), child) : undefined;
    const webAclArn = pulumi.output(settings.webAclArn ?? firewall?.webAclArn ?? "");
    const distribution = new EdgeDistribution(
        name,
        {
            ...settings,
            certificateArn: certificates.viewer,
            vpcOriginId: settings.loadBalancerScheme === schemes.private ? loadBalancer.vpcOriginId : undefined,
            originSecret: secret.current,
            originPort: settings.existingLoadBalancer?.port,
            webAclArn,
        },
        // Every rule accepts a new secret before CloudFront sends it.
        { ...child, dependsOn: [loadBalancer, ...origin.records, ...routes.map(({ built }) => built)] },
    );
    const accessLog = settings.accessLogEnabled
        ? new EdgeAccessLog(
              name,
              {
                  ...settings,
                  distributionArn: distribution.distributionArn,
                  destinationArn: settings.accessLogDestinationArn,
                  retentionInDays: settings.accessLogRetentionInDays,
              },
              child,
          )
        : undefined;
    const alarms = settings.alarms
        ? new EdgeAlarms(
              name,
              {
                  ...settings,
                  distributionId: distribution.distributionId,
                  loadBalancerArnSuffix: loadBalancer.loadBalancerArnSuffix,
                  targetGroupArnSuffix: loadBalancer.targetGroupArnSuffix,
                  webAclMetricName: firewall?.webAclMetricName,
                  viewerCertificateArn: certificates.viewer,
                  originCertificateArn: certificates.origin,
              },
              child,
          )
        : undefined;
    const viewers = viewerRecords(name, settings, { zones, distribution, loadBalancer }, child);
    const records = dnsRecords(
        name,
        zones,
        [
            [viewerNames, viewers.leadTo],
            [[settings.originDomainName], origin.leadTo],
        ],
        child,
    );
    refuseExistingRecords(
        name,
        // A transform may say that records are overwritten.
        [
            ...(options?.transform?.originRecords === undefined ? origin.records : []),
            ...(options?.transform?.viewerRecords === undefined ? viewers.records : []),
        ].flatMap(({ overwritingNone }) => overwritingNone),
        argumentsByName(name, settings),
        { ...child, provider: zones.dnsProvider },
    );
    return {
        certificates,
        secret,
        logBucketName,
        loadBalancer,
        routes,
        firewall,
        webAclArn,
        distribution,
        accessLog,
        alarms,
        records,
    };
}

/** Which argument holds each name that has records, and what else may be written there. */
function argumentsByName(
    name: string,
    { domainNames, redirectedDomainNames, originDomainName }: EdgeSettings,
): ReadonlyMap<string, NamedBy> {
    const takenOver = "Delete it there, or, if it belongs to a live site, adopt that site with existingLoadBalancer.";
    const another = originDomainName.replace(".", `-${name.toLowerCase()}.`);
    return new Map([
        ...domainNames.map(
            (one, index) => [one, { propertyPath: `domainNames[${index}]`, advice: takenOver }] as const,
        ),
        ...redirectedDomainNames.map(
            (one, index) => [one, { propertyPath: `redirectedDomainNames[${index}]`, advice: takenOver }] as const,
        ),
        [
            originDomainName,
            {
                propertyPath: "originDomainName",
                advice: `It may be that of another edge. Write another name, for example "${another}", or delete it there.`,
            },
        ],
    ]);
}
