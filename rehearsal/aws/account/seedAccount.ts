import { createHash } from "node:crypto";
import { cloudFrontPrefixListIds, cloudFrontPrefixLists, zoneLetters } from "../facts";
import { type Account, accountId, openAccount } from "./account";
import { objects } from "./fields";
import type { AccountRecord } from "./record";

/** What the account's owner has before the first deployment. */
export interface Seed {
    /** Names of public hosted zones, with or without the dot at the end. */
    hostedZoneNames: readonly string[];
    /** Region whose default network is wanted at once; other regions get theirs when they are first used. */
    region: string;
    /** Records at a DNS provider that is not Route 53. */
    dnsRecords?: readonly DnsRecord[];
}

/** A record outside AWS; `ALIAS` is what DNS providers have in the place of a CNAME at the top of a zone. */
export interface DnsRecord {
    readonly name: string;
    readonly type: "CNAME" | "ALIAS" | "CAA";
    readonly value: string;
}

/** Names of the availability zones of a region. */
export function availabilityZones(region: string): string[] {
    return [...(zoneLetters[region] ?? "abc")].map((letter) => `${region}${letter}`);
}

/** Puts a default network and hosted zones into an account. What is there already stays as it is. */
export async function seedAccount(directory: string, seed: Seed): Promise<void> {
    const account = openAccount(directory);
    await account.change(() => {
        seedRegion(account, seed.region);
        for (const name of seed.hostedZoneNames) {
            seedHostedZone(account, name.replace(/\.$/, "").toLowerCase());
        }
        for (const record of seed.dnsRecords ?? []) {
            seedDnsRecord(account, record);
        }
    });
}

/** The default VPC of a region and AWS's own prefix lists. Must run inside a change of the account. */
export function seedRegion(account: Account, region: string): void {
    const id = (prefix: string, what: string) => `${prefix}-${digest(`${region} ${what}`).slice(0, 17)}`;
    const arn = (kind: string, resource: string) => `arn:aws:ec2:${region}:${accountId}:${kind}/${resource}`;
    const vpcId = id("vpc", "default");
    if (account.get("aws:ec2/vpc:Vpc", vpcId) !== undefined) {
        return;
    }
    const add = (type: string, resource: string, properties: Record<string, unknown>) =>
        addOwn(account, {
            type,
            id: resource,
            region,
            properties: { id: resource, region, tags: {}, tagsAll: {}, ...properties },
        });

    const groupId = id("sg", "default");
    add("aws:ec2/securityGroup:SecurityGroup", groupId, {
        arn: arn("security-group", groupId),
        name: "default",
        description: "default VPC security group",
        ownerId: accountId,
        vpcId,
        ingress: [rule({ self: true })],
        egress: [rule({ cidrBlocks: ["0.0.0.0/0"] })],
    });
    const gatewayId = id("igw", "default");
    add("aws:ec2/internetGateway:InternetGateway", gatewayId, {
        arn: arn("internet-gateway", gatewayId),
        ownerId: accountId,
        vpcId,
    });
    availabilityZones(region).forEach((zone, index) => {
        const subnetId = id("subnet", zone);
        add("aws:ec2/subnet:Subnet", subnetId, {
            arn: arn("subnet", subnetId),
            vpcId,
            cidrBlock: `172.31.${index * 16}.0/20`,
            availabilityZone: zone,
            availabilityZoneId: availabilityZoneId(zone),
            mapPublicIpOnLaunch: true,
            ownerId: accountId,
            defaultForAz: true,
        });
    });
    for (const [name, family, listId] of [
        [
            cloudFrontPrefixLists.ipv4,
            "IPv4",
            cloudFrontPrefixListIds[region] ?? `pl-${digest(`${region} cloudfront`).slice(0, 8)}`,
        ],
        [cloudFrontPrefixLists.ipv6, "IPv6", `pl-${digest(`${region} cloudfront6`).slice(0, 8)}`],
    ] as const) {
        add("aws:ec2/managedPrefixList:ManagedPrefixList", listId, {
            arn: `arn:aws:ec2:${region}:aws:prefix-list/${listId}`,
            name,
            addressFamily: family,
            ownerId: "AWS",
            maxEntries: cloudFrontPrefixLists.weight,
            version: 1,
            entries: family === "IPv4" ? cloudFrontRanges : [{ cidr: "2600:9000::/28", description: "" }],
        });
    }
    // Last, for it says that the region is complete: a process killed before has its work done again.
    add("aws:ec2/vpc:Vpc", vpcId, {
        arn: arn("vpc", vpcId),
        cidrBlock: "172.31.0.0/16",
        default: true,
        instanceTenancy: "default",
        enableDnsHostnames: true,
        enableDnsSupport: true,
        ownerId: accountId,
        defaultSecurityGroupId: groupId,
        mainRouteTableId: id("rtb", "default"),
        defaultRouteTableId: id("rtb", "default"),
        defaultNetworkAclId: id("acl", "default"),
        dhcpOptionsId: id("dopt", "default"),
    });
}

/** Some of the ranges, not all: the list's weight and name matter here, its contents change at AWS's will. */
const cloudFrontRanges = ["13.124.199.0/24", "18.68.0.0/16", "130.176.0.0/18", "64.252.64.0/18", "52.46.0.0/22"].map(
    (cidr) => ({ cidr, description: "" }),
);

function seedHostedZone(account: Account, name: string): void {
    if (account.all("Zone").some((zone) => zone.properties.name === name)) {
        return;
    }
    const id = `Z${digest(`zone ${name}`, 36).slice(0, 20).toUpperCase()}`;
    const properties = { id, ...hostedZone(account, id, name), comment: "", tags: {}, tagsAll: {} };
    addOwn(account, { type: "aws:route53/zone:Zone", id, properties });
}

/** One that is there already is changed, as at any DNS provider. It belongs to no hosted zone of the account. */
function seedDnsRecord(account: Account, { name, type, value }: DnsRecord): void {
    const fqdn = name.replace(/\.$/, "").toLowerCase();
    const target = value.replace(/\.$/, "");
    addOwn(account, {
        type: "elsewhere:dns/record:Record",
        id: `${fqdn}_${type}`,
        properties: {
            name: fqdn,
            fqdn,
            ...(type === "ALIAS" ? { type: "A", aliases: [{ name: target }] } : { type, records: [target] }),
        },
    });
}

/** Puts the NS and SOA records of a new hosted zone into the account. @returns what AWS computes of the zone. */
export function hostedZone(account: Account, zoneId: string, name: string) {
    const servers = nameServers(zoneId);
    const record = (type: string, ttl: number, records: string[]) =>
        addOwn(account, {
            type: "aws:route53/record:Record",
            id: `${zoneId}_${name}_${type}`,
            properties: { id: `${zoneId}_${name}_${type}`, zoneId, name, fqdn: name, type, ttl, records },
        });
    record(
        "NS",
        172800,
        servers.map((server) => `${server}.`),
    );
    record("SOA", 900, [`${servers[0]}. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400`]);
    const arn = `arn:aws:route53:::hostedzone/${zoneId}`;
    return { zoneId, arn, name, nameServers: servers, primaryNameServer: servers[0] };
}

/** Whether VPCs alone are answered from a hosted zone. */
export function isPrivateZone({ vpcs }: Record<string, unknown>): boolean {
    return objects(vpcs).length > 0;
}

/** Four names, one a top-level domain, as Route 53 gives to every public zone. */
export function nameServers(zoneId: string): string[] {
    const number = (index: number) => Number.parseInt(digest(`${zoneId} ${index}`).slice(0, 6), 16);
    const two = (value: number) => String(value).padStart(2, "0");
    return ["com", "net", "org", "co.uk"].map(
        (domain, index) => `ns-${(number(index) % 512) + 512 * index}.awsdns-${two(number(index) % 64)}.${domain}`,
    );
}

/** Ids of zones stay the same in every account (`euc1-az1`); the letters do not. */
export function availabilityZoneId(zone: string): string {
    const region = zone.slice(0, -1);
    const [place = "", direction = "", number = ""] = region.split("-").slice(-3);
    const short = direction.replace(/north|south|east|west|central/g, (word) => word[0] ?? "");
    return `${place}${short}${number}-az${zone.charCodeAt(zone.length - 1) - 96}`;
}

function rule(source: Record<string, unknown>): Record<string, unknown> {
    return {
        protocol: "-1",
        fromPort: 0,
        toPort: 0,
        cidrBlocks: [],
        ipv6CidrBlocks: [],
        prefixListIds: [],
        securityGroups: [],
        self: false,
        description: "",
        ...source,
    };
}

function addOwn(account: Account, record: Omit<AccountRecord, "createdAt" | "inputs">): void {
    // The epoch: what the account had from the start sorts before everything that a stack adds.
    account.put({ createdAt: new Date(0).toISOString(), ...record });
}

function digest(text: string, radix: 16 | 36 = 16): string {
    const hex = createHash("sha256").update(`${accountId} ${text}`).digest("hex");
    return radix === 16 ? hex : BigInt(`0x${hex}`).toString(36);
}
