import assert from "node:assert/strict";
import type { Replacement } from "../facts";
import table from "../facts/replacementTable.json";
import { Typings } from "../../provider";
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
    "aws:ec2/vpcEndpoint:VpcEndpoint": ["privateDnsEnabled"],
    "aws:lb/targetGroup:TargetGroup": ["slowStart"],
    "aws:rds/instance:Instance": ["instanceClass", "engineVersion"],
    "aws:route53/record:Record": ["type", "setIdentifier", "ttl"],
};

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
});
