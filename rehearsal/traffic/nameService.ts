import { filledText, isPrivateZone, objects, text, texts } from "../aws/account";
import type { DeployedAccount, DeployedResource } from "./deployedAccount";
import { familiesOf, type Family } from "./securityGroups";

/** What a name leads to. */
export type Destination =
    | { readonly kind: "distribution"; readonly record: DeployedResource }
    | { readonly kind: "loadBalancer"; readonly record: DeployedResource }
    | { readonly kind: "unknown"; readonly reason: string };

/** The records that hold addresses of each kind. */
const addressRecords: Readonly<Record<Family, string>> = { IPv4: "A", IPv6: "AAAA" };

/** Longest chain of aliases and CNAMEs that is followed. */
const longestChain = 8;

/** Every name that the outside can ask for, and the types of records there are for it. */
export function publicNames(account: DeployedAccount): Map<string, string[]> {
    const names = new Map<string, string[]>();
    for (const record of publicRecords(account)) {
        const name = nameOf(record);
        names.set(name, [...(names.get(name) ?? []), text(record.properties.type)]);
    }
    for (const distribution of account.all("Distribution")) {
        names.set(dnsName(distribution.properties.domainName), ["A", "AAAA"]);
    }
    for (const loadBalancer of account.all("LoadBalancer")) {
        names.set(
            dnsName(loadBalancer.properties.dnsName),
            familiesOf(loadBalancer).map((family) => addressRecords[family]),
        );
    }
    names.delete("");
    return names;
}

/**
 * Follows a name to the thing that serves it, by its addresses of one kind: as the account's Route 53 zones would
 * answer in public, and by AWS's own names.
 */
export function resolveName(account: DeployedAccount, name: string, family: Family = "IPv4", hops = 0): Destination {
    const wanted = dnsName(name);
    const distribution = account.all("Distribution").find((one) => dnsName(one.properties.domainName) === wanted);
    if (distribution !== undefined) {
        return { kind: "distribution", record: distribution };
    }
    const loadBalancer = account
        .all("LoadBalancer")
        .find((one) => dnsName(one.properties.dnsName) === wanted.replace(/^dualstack\./, ""));
    if (loadBalancer !== undefined) {
        return { kind: "loadBalancer", record: loadBalancer };
    }
    const record = recordFor(account, wanted, addressRecords[family]);
    if (record === undefined) {
        return unknown(
            `no ${addressRecords[family]} or CNAME record for ${wanted} in a public hosted zone of the account`,
        );
    }
    const { aliases, type, records } = record.properties;
    const next = filledText(objects(aliases)[0]?.name) ?? (type === "CNAME" ? texts(records)[0] : undefined);
    if (next === undefined) {
        return unknown(`${wanted} leads to ${texts(records).join(", ")}, outside the account`);
    }
    return hops >= longestChain
        ? unknown(`${wanted} is the end of a chain of more than ${longestChain} names`)
        : resolveName(account, next, family, hops + 1);
}

function recordFor(account: DeployedAccount, name: string, type: string): DeployedResource | undefined {
    const candidates = publicRecords(account).filter(({ properties }) =>
        [type, "CNAME"].includes(text(properties.type)),
    );
    const named = (wanted: string) => candidates.find((record) => nameOf(record) === wanted);
    return named(name) ?? named(name.replace(/^[^.]+/, "*"));
}

/** Records of private zones exist only inside their VPCs. */
function publicRecords(account: DeployedAccount): DeployedResource[] {
    return account.all("Record").filter((record) => {
        const zone = account.find("Zone", record.properties.zoneId);
        return zone === undefined || !isPrivateZone(zone.properties);
    });
}

/** Lower case, without the dot at the end, wildcard spelled as Route 53 returns it. */
export function dnsName(name: unknown): string {
    return text(name)
        .toLowerCase()
        .replace(/\.$/, "")
        .replace(/^\\052/, "*");
}

function nameOf({ properties }: DeployedResource): string {
    return dnsName(filledText(properties.fqdn) ?? properties.name);
}

function unknown(reason: string): Destination {
    return { kind: "unknown", reason };
}
