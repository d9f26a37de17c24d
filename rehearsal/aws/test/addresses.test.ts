import assert from "node:assert/strict";
import { RehearsedStack } from "./rehearsedStack";

describe("rehearsed AWS: addresses of instances, interfaces and Elastic IPs", () => {
    let stack: RehearsedStack;
    let count = 0;

    beforeEach(async () => {
        stack = await new RehearsedStack().seed("us-west-2");
    });
    afterEach(() => stack.remove());

    const instance = (more: object = {}) =>
        stack.create(
            "aws:ec2/instance:Instance",
            { ami: "ami-0abcdef1234567890", instanceType: "t3.micro", ...more },
            `instance${count++}`,
        );

    it("an instance runs in a default subnet, with the next addresses and their names", async () => {
        const [first, second] = [await instance(), await instance({ availabilityZone: "us-west-2b" })];
        assert.equal(first.properties.instanceState, "running");
        assert.equal(first.properties.availabilityZone, "us-west-2a");
        const { cidrBlock } = await stack.lookUp("aws:ec2/getSubnet:getSubnet", { id: first.properties.subnetId });
        assert.equal(cidrBlock, "172.31.0.0/20");
        assert.equal(first.properties.privateIp, "172.31.0.4");
        assert.equal(first.properties.privateDns, "ip-172-31-0-4.us-west-2.compute.internal");
        assert.equal(first.properties.publicIp, "198.18.0.4");
        assert.equal(first.properties.publicDns, "ec2-198-18-0-4.us-west-2.compute.amazonaws.com");
        assert.deepEqual([second.properties.privateIp, second.properties.publicIp], ["172.31.16.4", "198.18.0.5"]);
        assert.equal((await instance()).properties.privateIp, "172.31.0.5");
        const [group] = first.properties.vpcSecurityGroupIds as string[];
        assert.match(group ?? "", /^sg-/);
    });

    it("an instance has a public address where it or its subnet says so, and a name where the VPC gives names", async () => {
        const vpc = await stack.create("aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16" });
        const inputs = { vpcId: vpc.id, cidrBlock: "10.0.1.0/24", availabilityZone: "us-west-2c" };
        const subnetId = (await stack.create("aws:ec2/subnet:Subnet", inputs)).id;
        const hidden = (await instance({ subnetId })).properties;
        assert.deepEqual(
            [hidden.privateIp, hidden.publicIp, hidden.publicDns, hidden.availabilityZone],
            ["10.0.1.4", "", "", "us-west-2c"],
        );
        const shown = (await instance({ subnetId, associatePublicIpAddress: true, privateIp: "10.0.1.77" })).properties;
        assert.deepEqual([shown.privateIp, shown.publicIp, shown.publicDns], ["10.0.1.77", "198.18.0.4", ""]);
        await assert.rejects(instance({ subnetId: "subnet-0abc" }), /RunInstances.*InvalidSubnetID.NotFound/);
        await assert.rejects(instance({ vpcSecurityGroupIds: ["sg-0abc"] }), /InvalidGroup.NotFound/);
    });

    it("an instance has the address of the interface that it is given", async () => {
        const subnet = { availabilityZone: "us-west-2b", defaultForAz: true };
        const subnetId = (await stack.lookUp("aws:ec2/getSubnet:getSubnet", subnet)).id;
        const given = { subnetId, privateIps: ["172.31.16.99"] };
        const made = await stack.create("aws:ec2/networkInterface:NetworkInterface", given);
        assert.match(String(made.properties.macAddress), /^02(:[0-9a-f]{2}){5}$/);
        const { properties } = await instance({ primaryNetworkInterface: { networkInterfaceId: made.id } });
        assert.deepEqual(
            [properties.privateIp, properties.subnetId, properties.primaryNetworkInterfaceId],
            ["172.31.16.99", subnetId, made.id],
        );
        assert.equal((await instance({ subnetId })).properties.privateIp, "172.31.16.4");
    });

    it("an Elastic IP is an address, and its NAT gateway's", async () => {
        const eip = await stack.create("aws:ec2/eip:Eip", { domain: "vpc" });
        assert.equal(eip.properties.publicIp, "198.18.0.4");
        const inputs = { subnetId: (await stack.subnets())[0], allocationId: eip.id };
        const gateway = await stack.create("aws:ec2/natGateway:NatGateway", inputs);
        assert.equal(gateway.properties.publicIp, "198.18.0.4");
    });
});
