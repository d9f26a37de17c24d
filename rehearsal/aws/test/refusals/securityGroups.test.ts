import assert from "node:assert/strict";
import { RehearsedStack } from "../rehearsedStack";

const cloudFrontList = "com.amazonaws.global.cloudfront.origin-facing";

describe("refusals of the rehearsed AWS: security groups", () => {
    let stack: RehearsedStack;
    beforeEach(async () => {
        stack = await new RehearsedStack().seed();
    });
    afterEach(() => stack.remove());

    const group = (more: object = {}) => stack.create("aws:ec2/securityGroup:SecurityGroup", { ...more });
    const rule = (securityGroupId: string, more: object) =>
        stack.create("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", {
            securityGroupId,
            ipProtocol: "tcp",
            fromPort: 443,
            toPort: 443,
            ...more,
        });
    const prefixListId = async () =>
        (await stack.lookUp("aws:ec2/getManagedPrefixList:getManagedPrefixList", { name: cloudFrontList })).id;

    it("a second prefix list exceeds the quota, and the first with five ranges does not", async () => {
        const { id } = await group();
        await rule(id, { prefixListId: await prefixListId() });
        for (let number = 1; number <= 5; number++) {
            await rule(id, { cidrIpv4: `192.0.2.${number}/32` });
        }
        await assert.rejects(rule(id, { cidrIpv4: "192.0.2.6/32" }), /RulesPerSecurityGroupLimitExceeded.*61 of 60/);
        await assert.rejects(
            rule(id, { prefixListId: await prefixListId(), fromPort: 80, toPort: 80 }),
            /RulesPerSecurityGroupLimitExceeded/,
        );
    });
    it("CloudFront's two lists exceed the quota of one group together", async () => {
        const { id } = await group();
        const name = "com.amazonaws.global.ipv6.cloudfront.origin-facing";
        const ipv6 = (await stack.lookUp("aws:ec2/getManagedPrefixList:getManagedPrefixList", { name })).id;
        await rule(id, { prefixListId: ipv6 });
        await assert.rejects(
            rule(id, { prefixListId: await prefixListId() }),
            /RulesPerSecurityGroupLimitExceeded.*110 of 60/,
        );
    });
    it("shows single rules by their ids, of a group as of its inline rules", async () => {
        const listed = async (groupId: string) =>
            (
                await stack.lookUp("aws:vpc/getSecurityGroupRules:getSecurityGroupRules", {
                    filters: [{ name: "group-id", values: [groupId] }],
                })
            ).ids as string[];
        const { id } = await group({
            name: "inline",
            ingress: [{ protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: ["10.0.0.0/8", "192.0.2.0/24"] }],
        });
        assert.equal((await listed(id)).length, 2);
        const other = await group();
        await rule(other.id, { prefixListId: await prefixListId() });
        const [only = "", ...more] = await listed(other.id);
        assert.deepEqual(more, []);
        const found = await stack.lookUp("aws:vpc/getSecurityGroupRule:getSecurityGroupRule", {
            securityGroupRuleId: only,
        });
        assert.deepEqual(
            [found.isEgress, found.prefixListId, found.fromPort, found.securityGroupId],
            [false, await prefixListId(), 443, other.id],
        );
        await assert.rejects(
            stack.lookUp("aws:vpc/getSecurityGroupRule:getSecurityGroupRule", { securityGroupRuleId: "sgr-0" }),
            /no matching EC2 Security Group Rule found/,
        );
    });
    it("the same rule twice", async () => {
        const { id } = await group();
        await rule(id, { cidrIpv4: "10.0.0.0/8" });
        await assert.rejects(rule(id, { cidrIpv4: "10.0.0.0/8" }), /InvalidPermission.Duplicate/);
    });
    it("descriptions with characters that AWS does not allow, of groups and of rules", async () => {
        const { id } = await group();
        const source = { cidrIpv4: "10.0.0.0/8" };
        await assert.rejects(rule(id, { ...source, description: "CloudFront's servers" }), /description: .*AWS allows/);
        await assert.rejects(
            stack.create("aws:ec2/securityGroup:SecurityGroup", { description: "a > b" }),
            /description: .*AWS allows/,
        );
        await rule(id, { ...source, description: "HTTPS from CloudFront (origin-facing), 443" });
    });
    it("sources and ports that are none", async () => {
        const { id } = await group();
        await assert.rejects(rule("sg-0", { cidrIpv4: "10.0.0.0/8" }), /InvalidGroup.NotFound/);
        await assert.rejects(rule(id, { prefixListId: "pl-0" }), /InvalidPrefixListID.NotFound/);
        await assert.rejects(rule(id, { cidrIpv4: "10.0.0.1/8" }), /cidrIpv4: .*network address/);
        await assert.rejects(rule(id, {}), /One of .* must be given; there is none/);
        await assert.rejects(
            rule(id, { cidrIpv4: "10.0.0.0/8", fromPort: 444 }),
            /Invalid TCP\/UDP port range \(444:443\)/,
        );
    });
    it("a group of another VPC", async () => {
        const vpcId = (await stack.create("aws:ec2/vpc:Vpc", { cidrBlock: "10.9.0.0/16" })).id;
        const [here, there] = [(await group()).id, (await group({ vpcId })).id];
        await assert.rejects(
            rule(here, { referencedSecurityGroupId: there }),
            /InvalidGroup.NotFound: .*belong to different networks/,
        );
        await stack.create("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", {
            vpcId,
            peerVpcId: await stack.vpcId(),
            autoAccept: true,
        });
        await rule(here, { referencedSecurityGroupId: there });
        await rule(here, { referencedSecurityGroupId: "999999999999/sg-0123456789abcdef0" });
    });
    it("subnets outside of every range of their VPC, and zones that the region does not have", async () => {
        const vpcId = (await stack.create("aws:ec2/vpc:Vpc", { cidrBlock: "10.9.0.0/16" })).id;
        const subnet = (cidrBlock: string, more: object = {}) =>
            stack.create("aws:ec2/subnet:Subnet", { vpcId, cidrBlock, ...more });
        await assert.rejects(subnet("100.64.0.0/24"), /InvalidSubnet.Range/);
        await stack.create("aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation", {
            vpcId,
            cidrBlock: "100.64.0.0/16",
        });
        await subnet("100.64.0.0/24");
        const { names, zoneIds } = await stack.lookUp("aws:index/getAvailabilityZones:getAvailabilityZones");
        assert.deepEqual(names, ["eu-central-1a", "eu-central-1b", "eu-central-1c"]);
        const { properties } = await subnet("10.9.1.0/24", { availabilityZoneId: (zoneIds as string[])[1] });
        assert.deepEqual([properties.availabilityZone, properties.availabilityZoneId], ["eu-central-1b", "euc1-az2"]);
        await assert.rejects(
            subnet("10.9.2.0/24", { availabilityZoneId: "euc1-az9" }),
            /Value \(euc1-az9\) for parameter availabilityZone is invalid/,
        );
    });
    it("deleting a prefix list that rules name, on their own or within a group", async () => {
        const list = await stack.create("aws:ec2/managedPrefixList:ManagedPrefixList", {
            addressFamily: "IPv4",
            maxEntries: 1,
        });
        const { id } = await group();
        const alone = await rule(id, { prefixListId: list.id });
        await assert.rejects(stack.delete(list), /InvalidState.*The prefix list pl-\w+ is in use/);
        await stack.delete(alone);
        const ingress = [{ protocol: "tcp", fromPort: 443, toPort: 443, prefixListIds: [list.id] }];
        const within = await stack.create("aws:ec2/securityGroup:SecurityGroup", { ingress }, "within");
        await assert.rejects(stack.delete(list), /InvalidState/);
        await stack.delete(within);
        await stack.delete(list);
    });
    it("deleting one that its own rules name, which go with it", async () => {
        const own = await group();
        await rule(own.id, { referencedSecurityGroupId: own.id });
        await stack.delete(own);
    });
    it("deleting one that another rule or a load balancer uses", async () => {
        const first = await group();
        const second = await stack.create("aws:ec2/securityGroup:SecurityGroup", {}, "second");
        await rule(second.id, { referencedSecurityGroupId: first.id });
        await assert.rejects(stack.delete(first), /DependencyViolation/);
        await stack.loadBalancer({ securityGroups: [second.id] });
        await assert.rejects(stack.delete(second), /DependencyViolation/);
    });
});
