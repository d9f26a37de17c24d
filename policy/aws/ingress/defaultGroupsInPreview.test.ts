import assert from "node:assert/strict";

import { albNoPublicIngress as rule } from "../../rules/alb-no-public-ingress";
import { ref, run, type Fixture } from "../../test/harness";

const vpc = (name: string, region?: string): Fixture => ({
    type: "aws:ec2/defaultVpc:DefaultVpc",
    name,
    properties: { region },
    outputs: { defaultSecurityGroupId: `sg-${name}` },
});

/** A balancer in the default subnet of some default VPC, and a rule that opens the default group of "one". */
const stack = (...vpcs: Fixture[]): Fixture[] => [
    ...vpcs,
    { type: "aws:ec2/defaultSubnet:DefaultSubnet", name: "subnet", properties: { region: "eu-west-1" } },
    { type: "aws:lb/loadBalancer:LoadBalancer", name: "web", properties: { subnets: [ref("subnet")] } },
    {
        type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        name: "in",
        properties: { securityGroupId: ref("one", "defaultSecurityGroupId"), cidrIpv4: "0.0.0.0/0" },
    },
];

const said = async (fixtures: Fixture[]) =>
    [...new Set((await run(rule, fixtures, "preview")).map(({ kind }) => kind))].sort();

describe("the default VPC that a default subnet is in", () => {
    it("is the stack's only one of its region", async () => {
        assert.deepEqual(await said(stack(vpc("one"))), ["cannot tell", "violation"]);
        assert.deepEqual(await said(stack(vpc("one", "eu-west-1"), vpc("other", "us-east-1"))), [
            "cannot tell",
            "violation",
        ]);
    });

    it("is not known where several are possible, in whatever order they are declared", async () => {
        for (const names of [
            ["one", "other"],
            ["other", "one"],
        ]) {
            assert.deepEqual(await said(stack(...names.map((name) => vpc(name)))), ["cannot tell"], names.join());
        }
    });
});

describe("the default group of a VPC", () => {
    it("is one, though two resources adopt it", async () => {
        const adopted = (name: string, cidrBlock: string): Fixture => ({
            type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
            name,
            properties: { vpcId: ref("vpc"), ingress: [{ cidrBlocks: [cidrBlock] }] },
        });
        const around: Fixture[] = [
            { type: "aws:ec2/vpc:Vpc", name: "vpc" },
            { type: "aws:ec2/subnet:Subnet", name: "subnet", properties: { vpcId: ref("vpc") } },
            { type: "aws:lb/loadBalancer:LoadBalancer", name: "web", properties: { subnets: [ref("subnet")] } },
        ];
        const [closed, open] = [adopted("closed", "10.0.0.0/8"), adopted("open", "0.0.0.0/0")];
        for (const groups of [
            [closed, open],
            [open, closed],
        ]) {
            const seen = await run(rule, [...around, ...groups], "preview");
            assert.deepEqual(
                seen.map(({ kind, resource }) => `${kind}: ${resource}`),
                ["violation: open"],
            );
        }
    });
});
