import type { CasesByType, Patch } from "..";
import { distributionInputs, type RehearsedStack } from "../../../rehearsedStack";
import { functionArn } from "../parts";

const group = "aws:cloudwatch/logGroup:LogGroup";
const alarmRule = (name: string) => ({ alarmRule: `ALARM("${name}") OR FALSE` });
const transformation = (more: object) => ({
    metricTransformation: { name: "a", namespace: "b", value: "1", ...more },
});
const filters =
    (count: number): Patch =>
    async (stack) => {
        await stack.create(group, { name: "/many" }, "many");
        const filter = {
            logGroup: "/many",
            filterPattern: "",
            destinationArn: await functionArn(stack),
        };
        for (let index = 0; index < count; index++) {
            await stack.create("aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter", filter, `f${index}`);
        }
        return filter;
    };
const copy = (id: string, more: object = {}) => ({
    id,
    status: "Enabled",
    filter: { prefix: id },
    deleteMarkerReplication: { status: "Disabled" },
    destination: { bucket: "arn:aws:s3:::copies" },
    ...more,
});
const timed = (minutes: number) => ({
    rules: [
        copy("a", {
            destination: {
                bucket: "arn:aws:s3:::copies",
                replicationTime: { status: "Enabled", time: { minutes } },
                metrics: { status: "Enabled", eventThreshold: { minutes: 15 } },
            },
        }),
    ],
});
const near = (geoproximityRoutingPolicy: object) => ({ setIdentifier: "a", geoproximityRoutingPolicy });
const at = (latitude: string, longitude: string) => near({ coordinates: [{ latitude, longitude }] });
const tiers = (accessTier: string, days: number) => ({ tierings: [{ accessTier, days }] });
const zone = async (stack: RehearsedStack) =>
    (await stack.lookUp("aws:route53/getZone:getZone", { name: "example.com" })).zoneId;
const entry = (more: object) => ({
    ingress: [
        { protocol: "tcp", ruleNo: 1, action: "allow", cidrBlock: "10.0.0.0/8", fromPort: 1, toPort: 2, ...more },
    ],
});
const shield = (originShieldRegion: string) => ({
    origins: (distributionInputs().origins as object[]).map((origin) => ({
        ...origin,
        originShield: { enabled: true, originShieldRegion },
    })),
});

/** Programs with one mistake each in what buckets, zones, logs and networks are configured with. */
export const settings: CasesByType = {
    "aws:cloudwatch/logStream:LogStream": {
        refused: [
            ["no such group", { logGroupName: "/none" }, /ResourceNotFoundException: The specified log group does not/],
            ["colon", { name: "a:b" }, /name: is "a:b"; AWS allows names without/],
        ],
    },
    "aws:cloudwatch/logMetricFilter:LogMetricFilter": {
        refused: [
            ["no such group", { logGroupName: "/none" }, /ResourceNotFoundException/],
            ["namespace", transformation({ namespace: "Edge*" }), /namespace: is "Edge\*"/],
            ["default", transformation({ defaultValue: "none" }), /defaultValue: is "none"; AWS allows numbers/],
            [
                "default beside dimensions",
                transformation({ defaultValue: "0", dimensions: { a: "$.a" } }),
                /conflicts with "defaultValue"/,
            ],
            [
                "four dimensions",
                transformation({ dimensions: { a: "$.a", b: "$.b", c: "$.c", d: "$.d" } }),
                /has 4 dimensions; AWS allows 3/,
            ],
        ],
        accepted: [["three dimensions", transformation({ dimensions: { a: "$.a", b: "$.b", c: "$.c" } })]],
    },
    "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": {
        refused: [
            ["no such group", { logGroup: "/none" }, /ResourceNotFoundException/],
            ["a third", filters(2), /LimitExceededException/],
        ],
        accepted: [["a second", filters(1)]],
    },
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": {
        refused: [["no such alarm", alarmRule("none"), /ValidationError: .* alarms \[none\] in the alarm rule do not/]],
        accepted: [
            [
                "an alarm that is there",
                async (stack) => {
                    await stack.create("aws:cloudwatch/compositeAlarm:CompositeAlarm", {
                        alarmName: "there (too)",
                        alarmRule: "TRUE",
                    });
                    return alarmRule("there (too)");
                },
            ],
        ],
    },
    "aws:s3/bucketReplicationConfig:BucketReplicationConfig": {
        refused: [
            [
                "no versions",
                async (stack) => {
                    await stack.create("aws:s3/bucket:Bucket", { bucket: "plain" }, "plain");
                    return { bucket: "plain" };
                },
                /InvalidRequest: Versioning must be 'Enabled'/,
            ],
            ["no delete markers", { rules: [copy("a", { deleteMarkerReplication: undefined })] }, /"filter" needs/],
            ["one priority", { rules: [copy("a"), copy("b", { priority: 0 })] }, /rules: has a priority twice/],
            ["minutes", timed(10), /minutes: is 10; AWS allows 15/],
        ],
        accepted: [
            ["two priorities", { rules: [copy("a"), copy("b", { priority: 1 })] }],
            ["15 minutes", timed(15)],
            [
                "versions by a lock",
                async (stack) => {
                    await stack.create("aws:s3/bucket:Bucket", { bucket: "locked", objectLockEnabled: true }, "locked");
                    return { bucket: "locked" };
                },
            ],
        ],
    },
    "aws:s3/bucketIntelligentTieringConfiguration:BucketIntelligentTieringConfiguration": {
        refused: [
            ["early", tiers("ARCHIVE_ACCESS", 89), /days: is 89; AWS allows 90 to 730/],
            ["early and deep", tiers("DEEP_ARCHIVE_ACCESS", 179), /days: is 179; AWS allows 180 to 730/],
            [
                "one tier twice",
                { tierings: [...tiers("ARCHIVE_ACCESS", 90).tierings, ...tiers("ARCHIVE_ACCESS", 91).tierings] },
                /has the accessTier ARCHIVE_ACCESS twice/,
            ],
        ],
        accepted: [["deep", tiers("DEEP_ARCHIVE_ACCESS", 180)]],
    },
    "aws:s3/bucketAccelerateConfiguration:BucketAccelerateConfiguration": {
        refused: [["dots", { bucket: "logs.example" }, /bucket: is "logs\.example"; AWS allows buckets with no dots/]],
    },
    "aws:route53/record:Record": {
        refused: [
            ["no place", near({ bias: 1 }), /One of "awsRegion", "coordinates", "localZoneGroup" must be given/],
            ["two places", near({ awsRegion: "eu-west-1", localZoneGroup: "a" }), /conflicts with "awsRegion"/],
            ["latitude", at("91", "0"), /latitude: is "91"; AWS allows degrees from -90 to 90/],
            ["longitude", at("0", "-180.01"), /longitude: is "-180\.01"/],
        ],
        accepted: [["the edge of the map", at("-90", "180.00")]],
    },
    "aws:route53/keySigningKey:KeySigningKey": {
        refused: [
            ["no such zone", { hostedZoneId: "Z0" }, /NoSuchHostedZone/],
            ["name", { name: "k s k" }, /InvalidKeySigningKeyName/],
            [
                "region of the key",
                { keyManagementServiceArn: "arn:aws:kms:eu-central-1:111122223333:key/a" },
                /ARNs of keys in us-east-1.*InvalidKMSArn/,
            ],
        ],
    },
    "aws:route53/queryLog:QueryLog": {
        refused: [
            ["no such zone", { zoneId: "Z0" }, /NoSuchHostedZone/],
            [
                "region of the group",
                { cloudwatchLogGroupArn: "arn:aws:logs:eu-central-1:111122223333:log-group:a" },
                /ARNs of log groups in us-east-1/,
            ],
        ],
    },
    "aws:route53/zoneAssociation:ZoneAssociation": {
        refused: [
            ["public zone", async (stack) => ({ zoneId: await zone(stack) }), /PublicZoneVPCAssociation/],
            ["no such zone", { zoneId: "Z0" }, /NoSuchHostedZone/],
            ["no such VPC", { vpcId: "vpc-0" }, /InvalidVPCId/],
        ],
        accepted: [
            [
                "a VPC of another region",
                async (stack) => {
                    const vpc = { cidrBlock: "10.8.0.0/16", region: "us-west-2" };
                    return { vpcId: (await stack.create("aws:ec2/vpc:Vpc", vpc, "far")).id, vpcRegion: "us-west-2" };
                },
            ],
        ],
    },
    "aws:ec2/networkAclRule:NetworkAclRule": {
        refused: [["number", { ruleNumber: 0 }, /ruleNumber: is 0; AWS allows 1 to 32766/]],
        accepted: [["the last number", { ruleNumber: 32766 }]],
    },
    "aws:ec2/networkAcl:NetworkAcl": {
        refused: [
            ["bits behind the prefix", entry({ cidrBlock: "10.0.0.1/8" }), /cidrBlock: is "10\.0\.0\.1\/8"/],
            ["ports of every protocol", entry({ protocol: "-1" }), /fromPort: and "toPort" must both be 0/],
            ["number", entry({ ruleNo: 32767 }), /ruleNo: is 32767; AWS allows 1 to 32766/],
            [
                "one number twice",
                { ingress: [...entry({}).ingress, ...entry({ toPort: 3 }).ingress] },
                /has the ruleNo 1 twice/,
            ],
        ],
        accepted: [["every protocol", entry({ protocol: "-1", fromPort: 0, toPort: 0 })]],
    },
    "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation": {
        refused: [
            ["overlap", { cidrBlock: "172.31.128.0/20" }, /InvalidVpc\.Range/],
            ["restricted", { cidrBlock: "192.168.0.0/16" }, /InvalidVpc\.Range/],
            ["larger than AWS takes", { cidrBlock: "100.64.0.0/10" }, /AWS allows ranges of IPv4 from \/16 to \/28/],
            ["bits behind the prefix", { cidrBlock: "100.64.0.1/16" }, /cidrBlock: is "100\.64\.0\.1\/16"/],
        ],
        accepted: [["of the same private range", { cidrBlock: "172.16.0.0/16" }]],
    },
    "aws:ec2/vpcPeeringConnection:VpcPeeringConnection": {
        refused: [
            [
                "itself",
                async (stack) => ({ peerVpcId: await stack.vpcId() }),
                /InvalidParameterValue: The VPC peering connection fails: the CIDR block 172.31.0.0\/16 overlaps one of vpc-/,
            ],
            ["another region", { peerRegion: "us-east-1", autoAccept: true }, /cannot be set with "autoAccept"/],
        ],
        accepted: [["accepted at once", { autoAccept: true }]],
    },
    "aws:cloudfront/distribution:Distribution": {
        refused: [
            ["shield", shield("eu-north-1"), /originShieldRegion: is "eu-north-1"; AWS allows regions that have/],
        ],
        accepted: [["shield", shield("eu-central-1")]],
    },
    "aws:cloudfront/realtimeLogConfig:RealtimeLogConfig": {
        refused: [["field", { fields: ["client-ip"] }, /fields\[0\]: is "client-ip"; AWS allows fields of real-time/]],
    },
};
