import assert from "node:assert/strict";

import { albNoPublicIngress as rule } from "../../rules/alb-no-public-ingress";
import { UNKNOWN, type Resource, type Value } from "../../graph";
import {
    component,
    defaultGroup,
    defaultSubnet,
    defaultVpc,
    group,
    groupRule,
    ingressRule,
    inline,
    lb,
    nativeIngress,
    prefixList,
    prefixListEntry,
    standalone,
    subnet,
    vpcType,
} from "../../test/ingress";
import { resource, stackMessages, stackVerdicts } from "../../test/stack";

const open = [{ cidrBlocks: ["0.0.0.0/0"] }];
const halves = ["0.0.0.0/1", "128.0.0.0/1"];
const violation = "violation: open ingress[0].cidrBlocks[0]";
const said = (...resources: Resource[]) => stackVerdicts(rule, resources);
const says = (...resources: Resource[]) => stackMessages(rule, resources);

describe("an opening that a refreshed group shows a second time", () => {
    const times = (inlined: Record<string, Value>, own: Record<string, Value>, ...others: Resource[]) => {
        const [web, , rule0] = standalone(own) as [Resource, Resource, Resource];
        return said(web, resource(group, "alb", { id: "sg-1", ingress: [inlined] }), rule0, ...others).length;
    };
    const range = { cidrBlocks: ["0.0.0.0/0"] };
    const cidrIpv4 = "0.0.0.0/0";

    it("is the same where protocol and ports are, however they are written", () => {
        const ports = { fromPort: 443, toPort: 444 };
        assert.equal(times({ ...range, protocol: "tcp", ...ports }, { cidrIpv4, ipProtocol: "TCP", ...ports }), 1);
        assert.equal(
            times(
                { ...range, protocol: "tcp", ...ports },
                { cidrIpv4, ipProtocol: "tcp", fromPort: "443", toPort: "444" },
            ),
            1,
        );
        for (const all of ["-1", "all"]) {
            assert.equal(times({ ...range, protocol: all, fromPort: 0, toPort: 0 }, { cidrIpv4, ipProtocol: all }), 1);
        }
    });

    it("is another one where any of them differs, or the family", () => {
        const own = { cidrIpv4, ipProtocol: "tcp", fromPort: 443, toPort: 444 };
        const inlined = { ...range, protocol: "tcp", fromPort: 443, toPort: 444 };
        for (const other of [{ protocol: "udp" }, { fromPort: 442 }, { toPort: 445 }, { fromPort: undefined }]) {
            assert.equal(times({ ...inlined, ...other }, own), 2, JSON.stringify(other));
        }
        assert.equal(times({ ...inlined, cidrBlocks: [], ipv6CidrBlocks: ["::/0"] }, own), 2);
    });

    it("is the same where it comes from the same prefix list", () => {
        const list = (name: string, id: Value) => resource(prefixList, name, { id, entries: [{ cidr: "0.0.0.0/0" }] });
        const [one, other] = [list("one", "pl-1"), list("other", "pl-2")];
        assert.equal(times({ prefixListIds: ["pl-1"] }, { prefixListId: "pl-1" }, one, other), 1);
        assert.equal(times({ prefixListIds: ["pl-2"] }, { prefixListId: "pl-1" }, one, other), 2);
        assert.equal(times({ ...range }, { prefixListId: "pl-1" }, one), 2);
    });
});

describe("ranges that are in doubt", () => {
    const alb = resource(group, "alb", { id: "sg-1" });
    const web = (properties: Record<string, Value> = {}) =>
        resource(lb, "web", { securityGroups: ["sg-1"], ...properties });
    const perhaps = (name: string, cidr: string) =>
        resource(groupRule, name, { type: UNKNOWN, securityGroupId: "sg-1", cidrBlocks: [cidr] });

    it("are named in the order of their addresses, each with its path", () => {
        assert.deepEqual(says(web(), alb, perhaps("a", "0.0.0.0/1"), perhaps("b", "128.0.0.0/1")), [
            'Cannot tell whether every public IPv4 address can reach load balancer "web": ' +
                'security group "alb" -> rule "a" -> cidrBlocks[0] = "0.0.0.0/1"; security group "alb" -> rule "b" -> cidrBlocks[0] = "128.0.0.0/1"; ' +
                "but type is not known yet, so the rule may belong to another security group or be an egress rule.",
        ]);
    });

    it("of a balancer that may be none are named as well, in their family", () => {
        const halved = resource(group, "alb", { id: "sg-1", ingress: [{ ipv6CidrBlocks: ["2000::/5", "2800::/5"] }] });
        assert.deepEqual(says(web({ loadBalancerType: UNKNOWN }), halved), [
            'Cannot tell whether load balancer "web" is an application load balancer that every public IPv6 address can reach: ' +
                'security group "alb" -> its own rules -> ingress[0].ipv6CidrBlocks[0] = "2000::/5"; security group "alb" -> its own rules -> ingress[0].ipv6CidrBlocks[1] = "2800::/5"; ' +
                "but loadBalancerType is not known yet.",
        ]);
        assert.match(says(web(), alb, perhaps("a", "::/0"))[0] ?? "", /every public IPv6 address can reach/);
    });

    it("do not add up over groups of which one, or whose balancer, is not certain", () => {
        const network = resource(component, "network");
        const groups = halves.map((cidr, index) =>
            resource(group, `half${index}`, { id: UNKNOWN, ingress: [{ cidrBlocks: [cidr] }] }, {}, network),
        );
        const either = resource(lb, "web", { securityGroups: [UNKNOWN] }, { securityGroups: [network] });
        assert.deepEqual(said(either, network, ...groups), []);
        const known = halves.map((cidr, index) =>
            resource(group, `half${index}`, { id: `sg-${index}`, ingress: [{ cidrBlocks: [cidr] }] }),
        );
        const both = { securityGroups: ["sg-0", "sg-1"] };
        assert.deepEqual(said(web({ ...both, loadBalancerType: UNKNOWN }), ...known), []);
        assert.deepEqual(said(web(both), ...known), ["violation: web securityGroups"]);
    });

    it("say that a rule may open a balancer where neither's group is known", () => {
        const foreign = resource(lb, "web", { securityGroups: [UNKNOWN] });
        const orphan = resource(ingressRule, "in", { cidrIpv4: "0.0.0.0/0" });
        assert.ok(
            says(foreign, orphan).includes(
                "Cannot tell whether this rule opens a load balancer: securityGroupId is missing, and it leads to no security group of this stack.",
            ),
        );
    });
});

describe("the message of an opening", () => {
    it("names the balancer whose groups open it only together", () => {
        const groups = halves.map((cidr, index) =>
            resource(group, `half${index}`, { id: `sg-${index}`, ingress: [{ cidrBlocks: [cidr] }] }),
        );
        const web = resource(lb, "web", { securityGroups: ["sg-0", "sg-1"] });
        assert.match(
            says(web, ...groups)[0] ?? "",
            /^Every public IPv4 address can reach load balancer "web": 2 ranges of 2 security groups/,
        );
    });

    it("names five things of a kind, and only counts six", () => {
        const balancers = (count: number) =>
            Array.from({ length: count }, (_, index) => resource(lb, `web${index}`, { securityGroups: ["sg-1"] }));
        const alb = resource(group, "alb", { id: "sg-1", ingress: open });
        const five = '"web0", "web1", "web2", "web3", "web4"';
        assert.ok(says(...balancers(5), alb)[0]?.includes(`load balancers ${five}: security`));
        assert.ok(says(...balancers(6), alb)[0]?.includes(`load balancers ${five}, and 1 more: security`));
    });

    it("names a prefix list from outside by its id", () => {
        const entry = resource(prefixListEntry, "entry", { prefixListId: "pl-9", cidr: "0.0.0.0/0" });
        const messages = says(...standalone({ prefixListId: "pl-9" }), entry).join("\n");
        assert.match(messages, /prefixListId = prefix list pl-9 with 0\.0\.0\.0 to 255\.255\.255\.255\./);
        assert.match(messages, /allows prefix list pl-9, which is not in this stack/);
    });
});

describe("identities", () => {
    it("that are empty or only a name join nothing", () => {
        const web = resource(lb, "web", { securityGroups: [UNKNOWN] }, {});
        const alb = resource(group, "alb", { id: "", ingress: [] });
        const other = resource(group, "open", { id: "", ingress: open });
        assert.deepEqual(said({ ...web, propertyDependencies: { securityGroups: [alb.urn] } }, alb, other), []);
        const named = resource(group, "named", { id: "sg-2", name: "sg-1" });
        const rule0 = resource(ingressRule, "in", { securityGroupId: "sg-1", cidrIpv4: "0.0.0.0/0" });
        const onNamed = resource(lb, "web", { securityGroups: ["sg-2"] });
        assert.deepEqual(said(onNamed, named, resource(group, "alb", { id: "sg-1" }), rule0), []);
    });

    it("are the group's name for aws-native's ingress, of either provider's group", () => {
        const ingress = resource(nativeIngress, "in", { groupName: "front", cidrIp: "0.0.0.0/0" });
        const web = resource(lb, "web", { securityGroups: ["sg-1"] });
        const front = resource(group, "front", { id: "sg-1", name: "front" });
        assert.deepEqual(said(web, front, ingress), ["violation: in cidrIp"]);
    });

    it("lead through a rule only where it is certain of which group it is", () => {
        const alb = resource(group, "alb", { id: UNKNOWN });
        const other = resource(group, "open", { id: UNKNOWN, ingress: open });
        const rule0 = resource(ingressRule, "in", { securityGroupId: UNKNOWN }, { securityGroupId: [other, alb] });
        const web = resource(lb, "web", { securityGroups: [UNKNOWN] }, { securityGroups: [rule0] });
        assert.deepEqual(said(web, alb, other, rule0), ["cannot tell: web securityGroups[0]"]);
    });

    it("that are no values at all leave a balancer with its default group", () => {
        for (const securityGroups of [[null], [""], [], null]) {
            assert.deepEqual(said(resource(lb, "web", { securityGroups })), ["cannot tell: web securityGroups"]);
        }
    });
});

describe("the default security group, value by value", () => {
    const standard = (properties: Record<string, Value> = {}, given = {}) =>
        resource(defaultGroup, "open", { id: "sg-d", ingress: open, ...properties }, given);
    const web = (properties: Record<string, Value>, given = {}) => resource(lb, "web", properties, given);
    const none = "cannot tell: web securityGroups";

    it("is that of the VPC that names it by id", () => {
        const vpc = resource(vpcType, "vpc", { id: "vpc-1", defaultSecurityGroupId: "sg-d" });
        assert.deepEqual(said(web({ vpcId: "vpc-1" }), vpc, standard()), [violation]);
    });

    it("is that of the default VPC where the argument is left out, before it exists", () => {
        const vpc = resource(defaultVpc, "vpc", { id: "vpc-d" });
        const made = standard({ id: UNKNOWN, vpcId: UNKNOWN }, { ingress: [] });
        assert.deepEqual(said(web({ vpcId: "vpc-d" }), vpc, made), [violation]);
    });

    it("is that of the VPC behind unknown subnet mappings", () => {
        const vpc = resource(vpcType, "vpc", { id: UNKNOWN });
        const made = standard({ id: UNKNOWN, vpcId: UNKNOWN }, { vpcId: [vpc] });
        assert.deepEqual(said(web({ subnetMappings: UNKNOWN }, { subnetMappings: [vpc] }), vpc, made), [violation]);
    });

    it("is one of the same Region, or of one that does not say", () => {
        const vpc = resource(defaultVpc, "vpc", { id: "vpc-d", region: "eu-west-1" });
        const at = (region: string) => said(web({ vpcId: "vpc-d" }), vpc, standard({ region }));
        assert.deepEqual(at("eu-west-1"), [violation]);
        assert.deepEqual(at("us-east-1"), [none]);
        assert.deepEqual(said(web({ region: "eu-west-1" }), standard()), [violation]);
        const a = (region: string) => resource(defaultSubnet, "a", { id: "subnet-1", region });
        const inSubnet = (region: string) =>
            said(web({ subnets: ["subnet-1"] }), vpc, standard({ region: "eu-west-1" }), a(region));
        assert.deepEqual(inSubnet("eu-west-1"), [violation]);
        const other = resource(defaultVpc, "other", { id: "vpc-o", region: "us-east-1" });
        const closed = resource(defaultGroup, "closed", { id: "sg-c", vpcId: "vpc-o" });
        const subnets = [vpc, other, closed, standard({ vpcId: "vpc-d" })];
        assert.deepEqual(said(web({ subnets: ["subnet-1"] }), ...subnets, a("us-east-1")), []);
        assert.deepEqual(said(web({ subnets: ["subnet-1"] }), ...subnets, a("eu-west-1")), [violation]);
    });

    it("may be one of twenty, but not one of more", () => {
        const many = (count: number) =>
            Array.from({ length: count }, (_, index) =>
                resource(defaultGroup, index === 0 ? "open" : `d${index}`, {
                    id: `sg-${index}`,
                    vpcId: `vpc-${index}`,
                    ingress: index === 0 ? open : [],
                }),
            );
        assert.match(says(web({}), ...many(20))[0] ?? "", /security group "open" .*; but securityGroups is missing/);
        assert.match(says(web({}), ...many(21))[0] ?? "", /default group of its VPC, which is not in this stack/);
    });

    it("is not found through a subnet or an entry that names nothing", () => {
        const loose = resource(subnet, "a", { id: "subnet-1" });
        const entry = resource(prefixListEntry, "entry", { cidr: "0.0.0.0/0" });
        assert.deepEqual(said(...inline(), loose, entry), []);
        assert.deepEqual(said(web({ subnets: ["subnet-1"] }), loose), [none]);
    });
});
