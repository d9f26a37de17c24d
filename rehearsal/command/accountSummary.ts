import { type Account, accountId, type AccountRecord } from "../aws/account";

/** What the rehearsed account has in a region, whichever stack or owner made it. */
export interface AccountSummary {
    accountId: string;
    region: string;
    vpcs: { id: string; default: boolean; cidrBlock: string }[];
    subnets: { id: string; vpcId: string; availabilityZone: string; cidrBlock: string }[];
    /** Public hosted zones; they belong to no region. */
    hostedZones: { id: string; name: string; nameServers: string[] }[];
}

export function accountSummary(account: Account, region: string): AccountSummary {
    const value = ({ properties }: AccountRecord, key: string): string =>
        typeof properties[key] === "string" ? properties[key] : "";
    const zones = account.all("Zone").filter(({ properties }) => isEmpty(properties.vpcs));
    return {
        accountId,
        region,
        vpcs: account.all("Vpc", region).map((vpc) => ({
            id: vpc.id,
            default: vpc.properties.default === true,
            cidrBlock: value(vpc, "cidrBlock"),
        })),
        subnets: account
            .all("Subnet", region)
            .map((subnet) => ({
                id: subnet.id,
                vpcId: value(subnet, "vpcId"),
                availabilityZone: value(subnet, "availabilityZone"),
                cidrBlock: value(subnet, "cidrBlock"),
            }))
            .sort((one, other) => one.availabilityZone.localeCompare(other.availabilityZone)),
        hostedZones: zones.map((zone) => ({
            id: zone.id,
            name: value(zone, "name"),
            nameServers: Array.isArray(zone.properties.nameServers) ? zone.properties.nameServers.map(String) : [],
        })),
    };
}

/** The same for people. */
export function describeAccount(account: Account, region: string): string[] {
    const { vpcs, subnets, hostedZones } = accountSummary(account, region);
    const lines = [`The rehearsed account ${accountId}, region ${region}:`];
    for (const vpc of vpcs) {
        lines.push(`  ${vpc.id}  ${vpc.default ? "default VPC" : "VPC"}, ${vpc.cidrBlock}`);
        for (const subnet of subnets.filter(({ vpcId }) => vpcId === vpc.id)) {
            lines.push(`    ${subnet.id}  ${subnet.availabilityZone}, ${subnet.cidrBlock}`);
        }
    }
    for (const zone of hostedZones) {
        lines.push(`  ${zone.id}  hosted zone ${zone.name}`);
    }
    if (hostedZones.length === 0) {
        lines.push("  No public hosted zone. Add one: rehearse seed --hosted-zone example.com");
    }
    return lines;
}

function isEmpty(value: unknown): boolean {
    return !Array.isArray(value) || value.length === 0;
}
