import * as pulumi from "@pulumi/pulumi";
import { validationName, validationNames } from "./checks/index";
import type { DnsRecord } from "./dnsRecord";
import type { EdgeSettings } from "./edgeSettings";
import type { EdgeZones } from "./edgeZones";
import { ValidatedCertificate } from "./validatedCertificate";

/** The ARNs of the certificates of an edge, known once they are issued: those that are given, and the others made. */
export function edgeCertificates(
    name: string,
    settings: EdgeSettings,
    { hostedZoneIds: idsByName, dnsProvider }: EdgeZones,
    parent: pulumi.ComponentResourceOptions,
) {
    const { originDomainName, deletionProtection, certificateValidationTimeout: validationTimeout } = settings;
    const domainNames = allViewerNames(settings);
    const child = { ...parent, dnsProvider };
    const hostedZoneIds = Object.fromEntries(Object.entries(idsByName).map(([name, id]) => [validationName(name), id]));
    // A certificate of the live site has the same records.
    const retainValidationRecords = deletionProtection || settings.existingLoadBalancer !== undefined;
    const common = { hostedZoneIds, retainValidationRecords, validationTimeout };
    const viewer =
        settings.viewerCertificateArn === undefined
            ? new ValidatedCertificate(`${name}-viewer`, { ...common, domainNames, region: "us-east-1" }, child)
            : undefined;
    const origin =
        settings.originCertificateArn === undefined
            ? new ValidatedCertificate(
                  `${name}-origin`,
                  {
                      ...common,
                      domainNames: [originDomainName],
                      // The origin may be the name below which viewers have a wildcard: one record validates both.
                      validationRecordFqdns: validationNames(domainNames).includes(originDomainName)
                          ? validationRecordFqdns(viewer, [originDomainName])
                          : undefined,
                  },
                  child,
              )
            : undefined;
    // A separate certificate: to stop forwarding, CloudFront releases the viewer names before Pulumi deletes this one.
    const viewerNames = settings.forwardHostHeader
        ? new ValidatedCertificate(
              `${name}-viewer-names`,
              { ...common, domainNames, validationRecordFqdns: validationRecordFqdns(viewer, domainNames) },
              child,
          )
        : undefined;
    return {
        viewer: pulumi.output(settings.viewerCertificateArn ?? viewer?.certificateArn ?? ""),
        origin: pulumi.output(settings.originCertificateArn ?? origin?.certificateArn ?? ""),
        viewerNames: viewerNames?.certificateArn,
        validationRecords: pulumi
            .all([viewer, origin, viewerNames].map((one) => one?.validationRecords ?? {}))
            .apply((records) => Object.assign({}, ...records) as { [name: string]: DnsRecord }),
    };
}

/** The names that lead to the distribution: those that are served and those that redirect. */
export function allViewerNames({ domainNames, redirectedDomainNames }: EdgeSettings): string[] {
    return [...domainNames, ...redirectedDomainNames];
}

/** The records that the viewers' certificate, if the edge created it, has: ACM asks for the same ones in every region. */
function validationRecordFqdns(certificate: ValidatedCertificate | undefined, domainNames: string[]) {
    if (certificate === undefined) {
        return undefined;
    }
    return Object.fromEntries(
        validationNames(domainNames).map((name) => [
            name,
            certificate.validationRecordFqdns.apply((fqdns) => fqdns[name] ?? ""),
        ]),
    );
}
