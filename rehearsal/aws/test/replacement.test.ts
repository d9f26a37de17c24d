import assert from "node:assert/strict";
import type { Replacement } from "../facts";
import table from "../facts/replacementTable.json";
import { Typings, type Values } from "../../provider";
import { RehearsedStack } from "./rehearsedStack";

/** What the official provider replaces (its schemas' ForceNew and RequiresReplace), and what it changes in place. */
const replaced: Readonly<Record<string, readonly string[]>> = {
    "aws:acm/certificate:Certificate": ["domainName", "validationMethod", "keyAlgorithm"],
    "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": ["name", "outputFormat"],
    "aws:cloudwatch/logDeliverySource:LogDeliverySource": ["name", "logType", "resourceArn"],
    "aws:dynamodb/table:Table": ["hashKey", "rangeKey", "name"],
    "aws:ebs/volume:Volume": ["availabilityZone", "kmsKeyId", "snapshotId"],
    "aws:ec2/eip:Eip": ["domain", "networkBorderGroup"],
    "aws:ec2/instance:Instance": ["ami", "keyName", "privateIp"],
    "aws:ec2/routeTableAssociation:RouteTableAssociation": ["subnetId", "gatewayId"],
    "aws:ec2/subnet:Subnet": ["vpcId", "cidrBlock", "ipv6Native", "availabilityZoneId"],
    "aws:ec2/vpcEndpoint:VpcEndpoint": ["serviceName", "vpcId", "vpcEndpointType"],
    "aws:ecs/service:Service": ["cluster", "launchType"],
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": ["role", "policyArn"],
    "aws:kms/key:Key": ["keyUsage", "customerMasterKeySpec"],
    "aws:lb/targetGroup:TargetGroup": ["port", "protocol", "protocolVersion", "targetType", "vpcId"],
    "aws:rds/instance:Instance": ["engine", "username", "snapshotIdentifier"],
    "aws:route53/record:Record": ["name", "zoneId"],
    "aws:s3/bucketPolicy:BucketPolicy": ["bucket"],
    "aws:sqs/queue:Queue": ["fifoQueue"],
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": ["resourceArn", "logDestinationConfigs"],
};

const changed: Readonly<Record<string, readonly string[]>> = {
    "aws:cloudfront/cachePolicy:CachePolicy": ["name", "comment"],
    "aws:dynamodb/table:Table": ["billingMode", "tableClass"],
    "aws:ec2/instance:Instance": ["instanceType"],
    "aws:ec2/routeTableAssociation:RouteTableAssociation": ["routeTableId"],
    "aws:ec2/subnet:Subnet": ["ipv6CidrBlock"],
    "aws:ec2/vpc:Vpc": ["instanceTenancy"],
    "aws:ec2/vpcEndpoint:VpcEndpoint": ["privateDnsEnabled"],
    "aws:lb/targetGroup:TargetGroup": ["slowStart"],
    "aws:rds/instance:Instance": ["instanceClass", "engineVersion"],
    "aws:route53/record:Record": ["type", "setIdentifier", "ttl"],
};

const primary = { privateIp: "10.0.0.1" };

/**
 * Changes of which the values tell what they mean: "none" is no change. Source: the plans of hashicorp/aws 5.100.0 for the
 * steps of terraform-provider-aws's acceptance tests.
 */
const byValue: readonly (readonly [type: string, olds: Values, news: Values, verdict: string, held?: Values])[] = [
    ["aws:ec2/vpc:Vpc", { instanceTenancy: "default" }, { instanceTenancy: "dedicated" }, "replace"],
    ["aws:ec2/vpc:Vpc", { instanceTenancy: "dedicated" }, { instanceTenancy: "default" }, "update"],
    ["aws:lb/loadBalancer:LoadBalancer", network([]), network(["sg-1"]), "replace"],
    ["aws:lb/loadBalancer:LoadBalancer", network(["sg-1"]), network([]), "replace"],
    ["aws:lb/loadBalancer:LoadBalancer", network(["sg-1"]), network(["sg-2"]), "update"],
    ["aws:lb/loadBalancer:LoadBalancer", subnets("network", "a", "b"), subnets("network", "a"), "replace"],
    ["aws:lb/loadBalancer:LoadBalancer", subnets("network", "a"), subnets("network", "a", "b"), "update"],
    [
        "aws:lb/loadBalancer:LoadBalancer",
        subnets("application", "a", "b", "c"),
        subnets("application", "a", "b"),
        "update",
    ],
    ["aws:lb/loadBalancer:LoadBalancer", mapped("network", "a", "b"), mapped("network", "a"), "replace"],
    ["aws:lb/loadBalancer:LoadBalancer", mapped("network", "a"), mapped("network", "b"), "replace"],
    [
        "aws:lb/loadBalancer:LoadBalancer",
        mapped("application", "a", "b", "c"),
        mapped("application", "a", "b"),
        "update",
    ],
    ["aws:lb/loadBalancer:LoadBalancer", { securityGroups: [] }, { securityGroups: ["sg-1"] }, "update"],
    ["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", { cidrIpv4: "a" }, { cidrIpv6: "b" }, "replace"],
    ["aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", { cidrIpv4: "a" }, { cidrIpv4: "b" }, "update"],
    ["aws:ec2/networkInterface:NetworkInterface", addresses("10.0.0.1"), addresses("10.0.0.2"), "replace", primary],
    [
        "aws:ec2/networkInterface:NetworkInterface",
        addresses("10.0.0.1"),
        addresses("10.0.0.1", "10.0.0.2"),
        "update",
        primary,
    ],
    ["aws:ec2/networkAclRule:NetworkAclRule", { protocol: "6" }, { protocol: "tcp" }, "none"],
    [
        "aws:ec2/networkAclRule:NetworkAclRule",
        { protocol: "-1", ruleAction: "allow" },
        { protocol: "all", ruleAction: "ALLOW" },
        "none",
    ],
    ["aws:ec2/networkAclRule:NetworkAclRule", { protocol: "17" }, { protocol: "tcp" }, "replace"],
    ["aws:ec2/route:Route", { destinationIpv6CidrBlock: "::/0" }, { destinationIpv6CidrBlock: "::0/0" }, "none"],
    ["aws:ec2/route:Route", { destinationIpv6CidrBlock: "::/0" }, { destinationIpv6CidrBlock: "::/1" }, "replace"],
    ["aws:route53/resolverRule:ResolverRule", { resolverEndpointId: "a" }, {}, "replace"],
    ["aws:route53/resolverRule:ResolverRule", { resolverEndpointId: "a" }, { resolverEndpointId: "b" }, "update"],
    ["aws:route53/record:Record", { zoneId: "/hostedzone/Z1" }, { zoneId: "Z1" }, "none"],
    ["aws:s3/bucket:Bucket", {}, { objectLockConfiguration: { objectLockEnabled: "Enabled" } }, "replace"],
    ["aws:ec2/instance:Instance", {}, { rootBlockDevice: { encrypted: true } }, "replace"],
    ["aws:ec2/instance:Instance", {}, { rootBlockDevice: { volumeSize: 9 } }, "update"],
];

describe("what a change makes anew", () => {
    const stack = new RehearsedStack();
    after(() => stack.remove());

    it("is listed by inputs that the SDK has", () => {
        const typings = new Typings({ packageName: "@pulumi/aws", projectDirectory: __dirname });
        const missing: string[] = [];
        for (const [type, row] of Object.entries<Replacement>(table.types)) {
            for (const place of [...(row.replaceOn ?? []), ...(row.keepOn ?? [])]) {
                let members = typings.resource(`aws:${type}`)?.inputs ?? {};
                for (const step of place.split(".")) {
                    const property = members[step];
                    const element = property?.type.kind === "array" ? property.type.of : property?.type;
                    missing.push(...(property === undefined ? [`${type} ${place}`] : []));
                    members = element?.kind === "object" ? typings.object(element.name) : {};
                }
            }
        }
        assert.deepEqual(missing, []);
        assert.ok(Object.keys(table.types).length > 1200);
    });
    for (const [cases, replaces] of [
        [replaced, true],
        [changed, false],
    ] as const) {
        for (const [type, names] of Object.entries(cases)) {
            it(`${type}: ${names.join(", ")} ${replaces ? "" : "not"}`, () => {
                for (const name of names) {
                    const value = (text: string) => (name === "logDestinationConfigs" ? [text] : text);
                    const { differences } = stack.provider.diff(
                        { type, urn: "urn", name: "it" },
                        { id: "it", inputs: { [name]: value("one") }, properties: {} },
                        { [name]: value("other") },
                    );
                    assert.deepEqual(
                        differences.map((difference) => difference.replaces),
                        [replaces],
                        name,
                    );
                }
            });
        }
    }
    for (const [type, olds, news, verdict, properties = {}] of byValue) {
        it(`${type} from ${JSON.stringify(olds)} to ${JSON.stringify(news)}: ${verdict}`, () => {
            const resource = { type, urn: "urn", name: "it" };
            const { differences } = stack.provider.diff(resource, { id: "it", inputs: olds, properties }, news);
            const replaced = differences.some(({ replaces }) => replaces);
            assert.equal(differences.length === 0 ? "none" : replaced ? "replace" : "update", verdict);
        });
    }
});

function network(securityGroups: string[]): Values {
    return { loadBalancerType: "network", securityGroups };
}

function addresses(...privateIps: string[]): Values {
    return { privateIps };
}

function subnets(loadBalancerType: string, ...ids: string[]): Values {
    return { loadBalancerType, subnets: ids };
}

function mapped(loadBalancerType: string, ...ids: string[]): Values {
    return { loadBalancerType, subnetMappings: ids.map((subnetId) => ({ subnetId })) };
}
