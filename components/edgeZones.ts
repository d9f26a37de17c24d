import { Provider } from "@pulumi/aws/provider";
import * as route53 from "@pulumi/aws/route53";
import type * as pulumi from "@pulumi/pulumi";
import { hostedZoneSpecs } from "./arguments/index";
import { resolved, zoneOf } from "./checks/index";
import type { EdgeSettings } from "./edgeSettings";
import { lookUp } from "./lookUp";

/** Which zone each name of an edge is in, and how its account is reached. */
export interface EdgeZones {
    /** Ids of the zones by name; a name that is missing has its DNS elsewhere. */
    readonly hostedZoneIds: { [domainName: string]: pulumi.Input<string> };

    /** Names at the top of their zone. */
    readonly apexNames: string[];

    /** Provider of the zones' account, where it is another one. */
    readonly dnsProvider: pulumi.ProviderResource | undefined;
}

/** Finds the zone of each name; a zone is looked up only where it holds one, and its id is not given. */
export function edgeZones(
    name: string,
    settings: EdgeSettings,
    domainNames: readonly string[],
    given: pulumi.ProviderResource | undefined,
    child: pulumi.ComponentResourceOptions,
): EdgeZones {
    const { hostedZoneName, hostedZoneId, dnsRecordsEnabled } = settings;
    const zones = [
        { name: hostedZoneName, id: hostedZoneId, dnsRecordsEnabled },
        ...settings.hostedZones.map((zone) => resolved(zone, hostedZoneSpecs)),
    ];
    const dnsProvider = given ?? dnsAccountProvider(name, settings, child);
    const options = { ...child, provider: dnsProvider };
    const found = new Map<string, pulumi.Input<string>>();
    const hostedZoneIds: { [domainName: string]: pulumi.Input<string> } = {};
    const zoneNames = zones.map((zone) => zone.name);
    for (const domainName of domainNames) {
        const zone = zones.find((one) => one.name === zoneOf(domainName, zoneNames));
        if (zone?.dnsRecordsEnabled) {
            const id = found.get(zone.name) ?? zone.id ?? findHostedZone(zone.name, options);
            found.set(zone.name, id);
            hostedZoneIds[domainName] = id;
        }
    }
    return { hostedZoneIds, apexNames: domainNames.filter((one) => zoneNames.includes(one)), dnsProvider };
}

/** Route 53 is global, but a provider of the aws package needs a region. */
function dnsAccountProvider(
    name: string,
    { dnsAccount }: EdgeSettings,
    child: pulumi.ComponentResourceOptions,
): pulumi.ProviderResource | undefined {
    if (dnsAccount === undefined) {
        return undefined;
    }
    const { roleArn, externalId, profile } = dnsAccount;
    const assumeRoles = roleArn === undefined ? undefined : [{ roleArn, externalId }];
    return new Provider(`${name}-dns`, { region: "us-east-1", profile, assumeRoles }, child);
}

function findHostedZone(name: string, options: pulumi.InvokeOptions): pulumi.Output<string> {
    return lookUp(
        `The public hosted zone "${name}"`,
        "Create it in this account, write the name of one that is there, give its id, name its account in dnsAccount, or set dnsRecordsEnabled to false if its DNS is elsewhere.",
        route53.getZone({ name, privateZone: false }, options),
    ).zoneId;
}
