import assert from "node:assert/strict";
import type { Values } from "../../../provider";
import { everyType } from "../everyType";
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
            stack.create(type, { policyName: name, policyDocument: "{}", region }, name);
        for (let count = 0; count < 10; count++) {
            await create(`p${count}`);
        }
        await assert.rejects(create("p10"), /LimitExceededException/);
        await create("p10", "us-east-1");
    });
});
