import assert from "node:assert/strict";
import type { Values } from "../../../provider";
import { everyType, logPolicy } from "../everyType";
import { type Deployed, distributionInputs, RehearsedStack } from "../rehearsedStack";

const behavior = distributionInputs().defaultCacheBehavior as object;

/** Who uses what, by the code with which AWS refuses to delete it: the type, and its user with the inputs that say so. */
const uses: readonly (readonly [code: string, used: string, user: string, inputs: (used: Deployed) => Values])[] = [
    [
        "CloudFrontOriginAccessIdentityInUse",
        "aws:cloudfront/originAccessIdentity:OriginAccessIdentity",
        "aws:cloudfront/distribution:Distribution",
        ({ properties: { cloudfrontAccessIdentityPath: originAccessIdentity } }) => ({
            origins: [
                {
                    originId: "origin",
                    domainName: "a.s3.eu-central-1.amazonaws.com",
                    s3OriginConfig: { originAccessIdentity },
                },
            ],
        }),
    ],
    [
        "RealtimeLogConfigInUse",
        "aws:cloudfront/realtimeLogConfig:RealtimeLogConfig",
        "aws:cloudfront/distribution:Distribution",
        ({ properties: { arn: realtimeLogConfigArn } }) => ({
            defaultCacheBehavior: { ...behavior, realtimeLogConfigArn },
        }),
    ],
    [
        "CannotDeleteEntityWhileInUse",
        "aws:cloudfront/connectionGroup:ConnectionGroup",
        "aws:cloudfront/distributionTenant:DistributionTenant",
        ({ id: connectionGroupId }) => ({ connectionGroupId }),
    ],
    [
        "DelegationSetInUse",
        "aws:route53/delegationSet:DelegationSet",
        "aws:route53/zone:Zone",
        ({ id: delegationSetId }) => ({ delegationSetId }),
    ],
    [
        "CidrCollectionInUseException",
        "aws:route53/cidrCollection:CidrCollection",
        "aws:route53/cidrLocation:CidrLocation",
        ({ id: cidrCollectionId }) => ({ cidrCollectionId }),
    ],
    [
        "InvalidIPAddress.InUse",
        "aws:ec2/eip:Eip",
        "aws:ec2/natGateway:NatGateway",
        ({ id: allocationId }) => ({ allocationId }),
    ],
    [
        "DependencyViolation",
        "aws:ec2/subnet:Subnet",
        "aws:ec2/networkInterface:NetworkInterface",
        ({ id: subnetId }) => ({ subnetId, securityGroups: undefined, privateIps: undefined }),
    ],
];

describe("what resources are to each other", () => {
    let stack: RehearsedStack;
    beforeEach(async () => {
        stack = await new RehearsedStack().seed();
    });
    afterEach(() => stack.remove());

    for (const [code, used, user, more] of uses) {
        it(`${used} is kept by ${user}, and goes after it`, async () => {
            const kept = await stack.create(used, (await everyType[used]?.(stack)) ?? {}, "used");
            const holder = await stack.create(user, { ...(await everyType[user]?.(stack)), ...more(kept) }, "user");
            await assert.rejects(stack.delete(kept), new RegExp(`api error ${code}`));
            await stack.delete(holder);
            await stack.delete(kept);
        });
    }
    it("a listener's rules are as many as AWS's quota, and none more is created; those there change on", async () => {
        const type = "aws:lb/listenerRule:ListenerRule";
        const inputs = (await everyType[type]?.(stack)) ?? {};
        const rules: Deployed[] = [];
        for (let priority = 1; priority <= 100; priority++) {
            rules.push(await stack.create(type, { ...inputs, priority }, `rule${priority}`));
        }
        await assert.rejects(stack.create(type, { ...inputs, priority: 101 }, "rule101"), /TooManyRules: .*: 100\./);
        const [first] = rules;
        assert.ok(first !== undefined);
        assert.equal((await stack.update(first, { ...inputs, priority: 200 })).properties.priority, 200);
    });
    it("a quota of the Region counts that Region's resources", async () => {
        const type = "aws:cloudwatch/logResourcePolicy:LogResourcePolicy";
        const create = (name: string, region?: string) =>
            stack.create(type, { policyName: name, policyDocument: logPolicy, region }, name);
        for (let count = 0; count < 10; count++) {
            await create(`p${count}`);
        }
        await assert.rejects(create("p10"), /LimitExceededException/);
        await create("p10", "us-east-1");
    });
    it("a zone that is signed keeps its last active key", async () => {
        const hostedZoneId = (await stack.lookUp("aws:route53/getZone:getZone", { name: "example.com" })).zoneId;
        const keyManagementServiceArn = "arn:aws:kms:us-east-1:111122223333:key/a";
        const inputs = (name: string) => ({ hostedZoneId, keyManagementServiceArn, name });
        const create = (name: string) => stack.create("aws:route53/keySigningKey:KeySigningKey", inputs(name), name);
        const first = await create("first");
        const signed = await stack.create("aws:route53/hostedZoneDnsSec:HostedZoneDnsSec", { hostedZoneId });
        await assert.rejects(stack.delete(first), /DeleteKeySigningKey, .*KeySigningKeyInUse/);
        await assert.rejects(stack.update(first, { ...inputs("first"), status: "INACTIVE" }), /KeySigningKeyInUse/);
        const second = await create("second");
        await stack.delete(first);
        await stack.delete(signed);
        await stack.delete(second);
    });
    it("a private zone keeps a VPC", async () => {
        const inputs = { name: "corp.example", vpcs: [{ vpcId: await stack.vpcId() }] };
        const zone = await stack.create("aws:route53/zone:Zone", inputs);
        await assert.rejects(stack.update(zone, { name: "corp.example" }), /LastVPCAssociation/);
        const { id: vpcId } = await stack.create("aws:ec2/vpc:Vpc", { cidrBlock: "10.9.0.0/16" }, "other");
        await stack.create("aws:route53/zoneAssociation:ZoneAssociation", { zoneId: zone.id, vpcId });
        await stack.update(zone, { name: "corp.example" });
    });
    it("a trust store is made of a file that its bucket holds", async () => {
        const create = () =>
            stack.create("aws:lb/trustStore:TrustStore", {
                caCertificatesBundleS3Bucket: "authorities",
                caCertificatesBundleS3Key: "a.pem",
            });
        await stack.create("aws:s3/bucket:Bucket", { bucket: "authorities" });
        await assert.rejects(create(), /CaCertificatesBundleNotFound: The specified ca certificate bundle does not/);
        await stack.create("aws:s3/bucketObjectv2:BucketObjectv2", {
            bucket: "authorities",
            key: "a.pem",
            content: "",
        });
        const store = await create();
        await assert.rejects(
            stack.create("aws:lb/trustStoreRevocation:TrustStoreRevocation", {
                trustStoreArn: store.id,
                revocationsS3Bucket: "authorities",
                revocationsS3Key: "a.crl",
            }),
            /RevocationContentNotFound: The specified revocation file does not exist/,
        );
    });
});
