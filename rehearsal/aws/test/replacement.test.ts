import assert from "node:assert/strict";
import { RehearsedStack } from "./rehearsedStack";

/** What the official provider replaces (its schemas' ForceNew and RequiresReplace), and what it changes in place. */
const replaced: Readonly<Record<string, readonly string[]>> = {
    "aws:acm/certificate:Certificate": ["domainName", "validationMethod", "keyAlgorithm"],
    "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": ["name", "outputFormat"],
    "aws:cloudwatch/logDeliverySource:LogDeliverySource": ["name", "logType", "resourceArn"],
    "aws:ebs/volume:Volume": ["availabilityZone", "kmsKeyId", "snapshotId"],
    "aws:ec2/eip:Eip": ["domain", "networkBorderGroup"],
    "aws:ec2/instance:Instance": ["ami", "keyName", "privateIp"],
    "aws:ec2/routeTableAssociation:RouteTableAssociation": ["subnetId", "gatewayId"],
    "aws:ec2/subnet:Subnet": ["vpcId", "cidrBlock", "ipv6Native", "availabilityZoneId"],
    "aws:ec2/vpcEndpoint:VpcEndpoint": ["serviceName", "vpcId", "vpcEndpointType"],
    "aws:kms/key:Key": ["keyUsage", "customerMasterKeySpec"],
    "aws:lb/targetGroup:TargetGroup": ["port", "protocol", "protocolVersion", "targetType", "vpcId"],
    "aws:route53/record:Record": ["name", "zoneId"],
    "aws:s3/bucketPolicy:BucketPolicy": ["bucket"],
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": ["resourceArn", "logDestinationConfigs"],
};

const changed: Readonly<Record<string, readonly string[]>> = {
    "aws:cloudfront/cachePolicy:CachePolicy": ["name", "comment"],
    "aws:ec2/instance:Instance": ["instanceType"],
    "aws:ec2/routeTableAssociation:RouteTableAssociation": ["routeTableId"],
    "aws:ec2/subnet:Subnet": ["ipv6CidrBlock"],
    "aws:ec2/vpcEndpoint:VpcEndpoint": ["privateDnsEnabled"],
    "aws:lb/targetGroup:TargetGroup": ["slowStart"],
    "aws:route53/record:Record": ["type", "setIdentifier", "ttl"],
};

describe("what a change makes anew", () => {
    const stack = new RehearsedStack();
    after(() => stack.remove());

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
