import type { CasesByType } from "..";
import type { RehearsedStack } from "../../../rehearsedStack";

const vpc = async (stack: RehearsedStack, cidrBlock: string, name = "other") =>
    (await stack.create("aws:ec2/vpc:Vpc", { cidrBlock }, name)).id;

/** Programs with one mistake each that joins networks and zones. */
export const joinedNetworks: CasesByType = {
    "aws:ec2/vpc:Vpc": {
        refused: [
            ["range without a pool", { ipv6CidrBlock: "2600:1f14::/56" }, /goes with "ipv6IpamPoolId" only/],
            [
                "border group without a range",
                { ipv6CidrBlockNetworkBorderGroup: "eu-central-1" },
                /goes with "assignGeneratedIpv6CidrBlock" only/,
            ],
        ],
    },
    "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment": {
        refused: [
            [
                "attached already",
                async (stack) => {
                    const vpcId = await vpc(stack, "10.8.0.0/16");
                    const gateway = await stack.create("aws:ec2/internetGateway:InternetGateway", { vpcId }, "gateway");
                    return { internetGatewayId: gateway.id };
                },
                /Resource\.AlreadyAssociated: resource igw-\w+ is already attached to network vpc-/,
            ],
            [
                "attached by another attachment",
                async (stack) => {
                    const gateway = await stack.create("aws:ec2/internetGateway:InternetGateway", {}, "gateway");
                    const vpcId = await vpc(stack, "10.8.0.0/16");
                    const attachment = { internetGatewayId: gateway.id, vpcId };
                    await stack.create(
                        "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment",
                        attachment,
                        "first",
                    );
                    return { internetGatewayId: gateway.id };
                },
                /Resource\.AlreadyAssociated: resource igw-\w+ is already attached to a network/,
            ],
            [
                "a VPC that has one",
                async (stack) => ({ vpcId: await stack.vpcId() }),
                /InvalidParameterValue: Network vpc-\w+ already has an internet gateway attached/,
            ],
        ],
    },
    "aws:ec2/networkAclRule:NetworkAclRule": {
        refused: [
            [
                "number twice",
                async (stack) => {
                    const list = await stack.create(
                        "aws:ec2/networkAcl:NetworkAcl",
                        { vpcId: await stack.vpcId() },
                        "list",
                    );
                    const rule = {
                        networkAclId: list.id,
                        ruleNumber: 100,
                        protocol: "-1",
                        ruleAction: "allow",
                        cidrBlock: "10.0.0.0/8",
                    };
                    await stack.create("aws:ec2/networkAclRule:NetworkAclRule", { ...rule, egress: true }, "outwards");
                    await stack.create("aws:ec2/networkAclRule:NetworkAclRule", rule, "first");
                    return { ...rule, ruleAction: "deny" };
                },
                /NetworkAclEntryAlreadyExists: \w+ already has an entry of this number and direction/,
            ],
        ],
    },
    "aws:route53/zone:Zone": {
        refused: [
            ["no delegation set", { delegationSetId: "N0123456789" }, /NoSuchDelegationSet/],
            [
                "two private ones of a VPC",
                async (stack) => {
                    const zone = { name: "corp.local", vpcs: [{ vpcId: await stack.vpcId() }] };
                    await stack.create("aws:route53/zone:Zone", zone, "first");
                    return zone;
                },
                /ConflictingDomainExists/,
            ],
        ],
        accepted: [
            [
                "private one of another VPC",
                async (stack) => {
                    const zone = { name: "corp.local", vpcs: [{ vpcId: await stack.vpcId() }] };
                    await stack.create("aws:route53/zone:Zone", zone, "first");
                    return { ...zone, vpcs: [{ vpcId: await vpc(stack, "10.9.0.0/16") }] };
                },
            ],
        ],
    },
    "aws:route53/zoneAssociation:ZoneAssociation": {
        refused: [
            [
                "another zone of the name",
                async (stack) => {
                    const vpcId = await vpc(stack, "10.8.0.0/16", "shared");
                    await stack.create("aws:route53/zone:Zone", { name: "corp.local", vpcs: [{ vpcId }] }, "first");
                    return { vpcId };
                },
                /ConflictingDomainExists/,
            ],
        ],
    },
    "aws:route53/hostedZoneDnsSec:HostedZoneDnsSec": {
        refused: [
            [
                "no key",
                async (stack) => ({
                    hostedZoneId: (await stack.create("aws:route53/zone:Zone", { name: "example.org" }, "bare")).id,
                }),
                /KeySigningKeyWithActiveStatusNotFound/,
            ],
        ],
    },
    "aws:route53/record:Record": {
        refused: [
            [
                "state of another country",
                { setIdentifier: "a", geolocationRoutingPolicies: [{ country: "DE", subdivision: "BY" }] },
                /subdivision: goes with "country" "US", "UA" only, not with "DE"/,
            ],
            [
                "region of nobody",
                { setIdentifier: "a", geoproximityRoutingPolicy: { awsRegion: "eu-nowhere-1" } },
                /awsRegion: is "eu-nowhere-1"; AWS allows regions of AWS/,
            ],
        ],
    },
    "aws:route53/healthCheck:HealthCheck": {
        refused: [
            [
                "no child",
                {
                    type: "CALCULATED",
                    fqdn: undefined,
                    resourcePath: undefined,
                    childHealthThreshold: 1,
                    childHealthchecks: ["6f4b6b3c-0000-4000-8000-000000000000"],
                },
                /InvalidInput: The health check 6f4b6b3c-\S+ does not exist/,
            ],
            [
                "no alarm",
                {
                    type: "CLOUDWATCH_METRIC",
                    fqdn: undefined,
                    resourcePath: undefined,
                    cloudwatchAlarmName: "none",
                    cloudwatchAlarmRegion: "eu-central-1",
                },
                /InvalidInput: The CloudWatch alarm none does not exist/,
            ],
        ],
    },
};
