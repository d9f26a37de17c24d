import { type Account, accountId, isPrivateZone, text, texts } from "../aws/account";

/** What the rehearsed account has in a region, whichever stack or owner made it; hosted zones belong to none. */
export function accountSummary(account: Account, region: string) {
    const zones = account.all("Zone").filter(({ properties }) => !isPrivateZone(properties));
    return {
        accountId,
        region,
        vpcs: account.all("Vpc", region).map((vpc) => ({
            id: vpc.id,
            default: vpc.properties.default === true,
            cidrBlock: text(vpc.properties.cidrBlock),
        })),
        subnets: account
            .all("Subnet", region)
            .map((subnet) => ({
                id: subnet.id,
                vpcId: text(subnet.properties.vpcId),
                availabilityZone: text(subnet.properties.availabilityZone),
                cidrBlock: text(subnet.properties.cidrBlock),
            }))
            .sort((one, other) => one.availabilityZone.localeCompare(other.availabilityZone)),
        hostedZones: zones.map((zone) => ({
            id: zone.id,
            name: text(zone.properties.name),
            nameServers: texts(zone.properties.nameServers),
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
