import assert from "node:assert/strict";

import { UNKNOWN, type Resource, type Value } from "../../graph";
import { defaultGroup, defaultVpc, group, ingressRule, lb, nativeVpc, subnet, vpcType } from "../../test/ingress";
import { resource, stackMessages, stackVerdicts } from "../../test/stack";
import { albNoPublicIngress as rule } from "../../rules/alb-no-public-ingress";

const open = [{ cidrBlocks: ["0.0.0.0/0"] }];
const violation = "violation: open ingress[0].cidrBlocks[0]";

const said = (...resources: Resource[]) => stackVerdicts(rule, resources);

describe("the default security group", () => {
    const standard = (properties: Record<string, Value> = {}, given = {}) =>
        resource(defaultGroup, "open", { id: "sg-d", ingress: open, ...properties }, given);
    const web = (properties: Record<string, Value>, given = {}) => resource(lb, "web", properties, given);
    const none = "cannot tell: web securityGroups";

    it("is that of the balancer's VPC, by the VPC's id", () => {
        assert.deepEqual(said(web({ vpcId: "vpc-1" }), standard({ vpcId: "vpc-1" })), [violation]);
        assert.deepEqual(said(web({ vpcId: "vpc-1", securityGroups: [] }), standard({ vpcId: "vpc-1" })), [violation]);
        assert.deepEqual(said(web({ vpcId: "vpc-2" }), standard({ vpcId: "vpc-1" })), [none]);
    });

    it("is that of the balancer's VPC, by its subnets", () => {
        const vpc = resource(vpcType, "vpc", { id: UNKNOWN });
        const other = resource(vpcType, "other", { id: UNKNOWN });
        const a = resource(subnet, "a", { id: UNKNOWN, vpcId: UNKNOWN }, { vpcId: [vpc] });
        const group0 = standard({ id: UNKNOWN, vpcId: UNKNOWN }, { vpcId: [vpc] });
        const closed = resource(defaultGroup, "closed", { id: UNKNOWN, vpcId: UNKNOWN }, { vpcId: [other] });
        const stack = [vpc, other, a, group0, closed];
        assert.deepEqual(said(web({ subnets: [UNKNOWN] }, { subnets: [a] }), ...stack), [violation]);
        assert.deepEqual(said(web({ subnetMappings: [{ subnetId: UNKNOWN }] }, { subnetMappings: [a] }), ...stack), [
            violation,
        ]);
        assert.deepEqual(said(web({ subnets: UNKNOWN }, { subnets: [vpc] }), ...stack), [violation]);
        assert.deepEqual(said(web({ subnets: UNKNOWN }, { subnets: [other] }), ...stack), []);
        assert.deepEqual(said(web({ securityGroups: UNKNOWN, subnets: UNKNOWN }, { subnets: [a] }), ...stack), [
            violation,
        ]);
    });

    it("is found by ids in a state", () => {
        const vpc = resource(vpcType, "vpc", { id: "vpc-1", defaultSecurityGroupId: "sg-d" });
        const a = resource(subnet, "a", { id: "subnet-1", vpcId: "vpc-1" });
        assert.deepEqual(said(web({ subnets: ["subnet-1"] }), vpc, a, standard({ vpcId: "vpc-1" })), [violation]);
        assert.deepEqual(said(web({ securityGroups: ["sg-d"] }), vpc, standard()), [violation]);
        const rule0 = resource(ingressRule, "in", { securityGroupId: "sg-d", cidrIpv4: "0.0.0.0/0" });
        assert.deepEqual(said(web({ vpcId: "vpc-1" }), vpc, rule0), ["violation: in cidrIpv4"]);
        assert.deepEqual(said(web({ vpcId: "vpc-1" }), vpc), []);
        const native = resource(nativeVpc, "native", { vpcId: "vpc-2", defaultSecurityGroup: "sg-d" });
        assert.deepEqual(said(web({ vpcId: "vpc-2" }), native, rule0), ["violation: in cidrIpv4"]);
    });

    it("is not shared by VPCs whose state holds no id of it", () => {
        const vpc = (name: string) => resource(vpcType, name, { id: name, defaultSecurityGroupId: "" });
        const stack = [vpc("vpc-1"), vpc("vpc-2"), standard({ vpcId: "vpc-1" })];
        assert.deepEqual(said(web({ vpcId: "vpc-1" }), ...stack), [violation]);
        assert.deepEqual(said(web({ vpcId: "vpc-2" }), ...stack), []);
    });

    it("is of neither of two default VPCs where no Region tells them apart", () => {
        const vpc = (id: string) => resource(defaultVpc, id, { id });
        assert.deepEqual(said(web({ vpcId: "vpc-1" }), vpc("vpc-1"), vpc("vpc-2"), standard()), [none]);
        assert.deepEqual(said(web({ vpcId: "vpc-1" }), vpc("vpc-1"), standard()), [violation]);
    });

    it("of the default VPC is the one where no VPC is named", () => {
        const vpc = resource(defaultVpc, "standard", { id: "vpc-d", defaultSecurityGroupId: "sg-x" });
        assert.deepEqual(said(web({ vpcId: "vpc-d" }), vpc, standard({ id: UNKNOWN })), [violation]);
        const rule0 = resource(ingressRule, "in", { securityGroupId: "sg-x", cidrIpv4: "0.0.0.0/0" });
        assert.deepEqual(said(web({}), vpc, rule0), [none, "violation: in cidrIpv4"]);
        const defaultSubnet = resource("aws:ec2/defaultSubnet:DefaultSubnet", "a", { id: "subnet-1" });
        assert.deepEqual(said(web({ subnets: ["subnet-1"] }), vpc, defaultSubnet, rule0), [
            none,
            "violation: in cidrIpv4",
        ]);
    });

    it("of the default VPC may hold rules that the stack does not know, unless the stack takes it over", () => {
        const vpc = resource(defaultVpc, "standard", { id: "vpc-d" });
        assert.deepEqual(said(web({ vpcId: "vpc-d" }), vpc), [none]);
        assert.match(
            stackMessages(rule, [web({ vpcId: "vpc-d" }), vpc])[0] ?? "",
            /default security group of VPC "standard"/,
        );
        assert.deepEqual(said(web({ vpcId: "vpc-d" }), vpc, standard({ ingress: [] })), []);
        assert.match(stackMessages(rule, [web({ vpcId: "vpc-d" }), vpc])[0] ?? "", /its own security group/);
    });

    it("is a rule's group through the VPC that names it", () => {
        const vpc = resource(vpcType, "vpc", { id: UNKNOWN, defaultSecurityGroupId: UNKNOWN });
        const rule0 = resource(
            ingressRule,
            "in",
            { securityGroupId: UNKNOWN, cidrIpv4: "0.0.0.0/0" },
            { securityGroupId: [vpc] },
        );
        assert.deepEqual(said(web({ subnets: UNKNOWN }, { subnets: [vpc] }), vpc, rule0), ["violation: in cidrIpv4"]);
        assert.deepEqual(said(web({ securityGroups: [UNKNOWN] }, { securityGroups: [vpc] }), vpc, rule0), [
            "violation: in cidrIpv4",
        ]);
    });

    it("is the only one there is where the balancer's VPC is not known, and in doubt where there are several", () => {
        assert.deepEqual(said(web({}), standard({ vpcId: "vpc-1" })), [violation]);
        const two = [standard({ vpcId: "vpc-1" }), resource(defaultGroup, "closed", { id: "sg-c", vpcId: "vpc-2" })];
        assert.deepEqual(said(web({}), ...two), [none]);
        assert.match(
            stackMessages(rule, [web({}), ...two])[0] ?? "",
            /security group "open" .*but securityGroups is missing/,
        );
    });

    it("is not one of another Region", () => {
        const ireland = standard({ region: "eu-west-1" });
        assert.deepEqual(said(web({ region: "eu-west-1" }), ireland), [violation]);
        assert.deepEqual(said(web({ region: "us-east-1" }), ireland), [none]);
        assert.deepEqual(said(web({}), ireland), [violation]);
    });

    it("of the default VPC is that of its default subnets, whether the VPC is in the stack or not", () => {
        const other = resource(vpcType, "other", { id: "vpc-2", defaultSecurityGroupId: "sg-2" });
        const a = resource("aws:ec2/defaultSubnet:DefaultSubnet", "a", { id: "subnet-1" });
        const b = resource(subnet, "b", { subnetId: "subnet-2", vpcId: "vpc-2" });
        assert.deepEqual(said(web({ subnets: ["subnet-1"] }), other, a, b, standard()), [violation]);
        assert.deepEqual(said(web({ subnets: ["subnet-2"] }), other, a, b, standard()), []);
        const vpc = resource(defaultVpc, "standard", { id: "vpc-d" });
        assert.deepEqual(said(web({ subnets: ["subnet-1"] }), other, a, b, vpc, standard()), [violation]);
    });

    it("does not matter to a balancer that names its groups", () => {
        assert.deepEqual(
            said(web({ securityGroups: ["sg-1"] }), resource(group, "alb", { id: "sg-1" }), standard()),
            [],
        );
    });

    it("is not in the stack where nothing says so", () => {
        assert.deepEqual(said(web({})), [none]);
        assert.match(
            stackMessages(rule, [web({})])[0] ?? "",
            /names no security group, so AWS gives it the default group of its VPC/,
        );
    });
});
