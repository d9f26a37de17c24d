import * as assert from "node:assert/strict";

import * as fc from "fast-check";

import { UNKNOWN, type Resource, type Value } from "../resource";
import { ref, runAll, secret, type Fixture } from "../test/harness";
import { resource, stackMessages, stackVerdicts } from "../test/stack";
import { testRule, verdictsOf } from "../test/testRule";
import { albNoPublicIngress as rule } from "./alb-no-public-ingress";

const lb = "aws:lb/loadBalancer:LoadBalancer";
const group = "aws:ec2/securityGroup:SecurityGroup";
const ingressRule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const groupRule = "aws:ec2/securityGroupRule:SecurityGroupRule";
const nativeLb = "aws-native:elasticloadbalancingv2:LoadBalancer";
const nativeGroup = "aws-native:ec2:SecurityGroup";
const nativeIngress = "aws-native:ec2:SecurityGroupIngress";
const prefixList = "aws:ec2/managedPrefixList:ManagedPrefixList";
const prefixListEntry = "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry";
const component = "company:index:Network";
const nativePrefixList = "aws-native:ec2:PrefixList";

const said = (resources: readonly Resource[], settings = {}) => stackVerdicts(rule, resources, settings);

/** A load balancer with one group that holds these inline rules. */
function inline(...ingress: Value[]): Resource[] {
    return [resource(lb, "web", { securityGroups: ["sg-1"] }), resource(group, "alb", { id: "sg-1", ingress })];
}

/** A load balancer with one group, and one standalone rule for each of these. */
function standalone(...rules: Record<string, Value>[]): Resource[] {
    return [
        resource(lb, "web", { securityGroups: ["sg-1"] }),
        resource(group, "alb", { id: "sg-1" }),
        ...rules.map((properties, index) =>
            resource(ingressRule, `rule${index}`, { securityGroupId: "sg-1", ...properties }),
        ),
    ];
}

describe("alb-no-public-ingress", () => {
    testRule(rule, {
        breaks: {
            "every IPv4 address": ["fromCloudFront.cidrIpv4", "0.0.0.0/0", "violation: fromCloudFront cidrIpv4"],
            "every IPv6 address": ["fromCloudFront.cidrIpv6", "::/0", "violation: fromCloudFront cidrIpv6"],
            "an inline rule": [
                "loadBalancerGroup.ingress",
                [{ cidrBlocks: ["0.0.0.0/0"] }],
                "violation: loadBalancerGroup ingress[0].cidrBlocks[0]",
            ],
            "a range that is none": ["fromCloudFront.cidrIpv4", "anything", "cannot tell: fromCloudFront cidrIpv4"],
            "a range of the wrong type": ["fromCloudFront.cidrIpv4", 7, "cannot tell: fromCloudFront cidrIpv4"],
        },
        accepts: {
            "a company's range": ["fromCloudFront.cidrIpv4", "198.51.100.0/24"],
            "one half": ["fromCloudFront.cidrIpv4", "0.0.0.0/1"],
            "an internal balancer": ["loadBalancer.internal", true],
        },
        unknowns: {
            "fromCloudFront.cidrIpv4": ["cannot tell: fromCloudFront cidrIpv4"],
            "loadBalancerGroup.ingress": ["cannot tell: loadBalancerGroup ingress"],
        },
        shapes: [
            "loadBalancer.securityGroups",
            "loadBalancer.loadBalancerType",
            "loadBalancer.subnets",
            "loadBalancer.subnetMappings",
            "loadBalancerGroup.ingress",
            "loadBalancerGroup.ingress.0",
            "loadBalancerGroup.ingress.0.cidrBlocks",
            "loadBalancerGroup.ingress.0.prefixListIds",
            "loadBalancerGroup.id",
            "fromCloudFront.securityGroupId",
            "fromCloudFront.cidrIpv4",
            "fromCloudFront.prefixListId",
        ],
    });

    describe("which load balancers", () => {
        const open = (type: string, properties: Record<string, Value>) => [
            resource(type, "web", { securityGroups: ["sg-1"], ...properties }),
            resource(group, "alb", { id: "sg-1", ingress: [{ cidrBlocks: ["0.0.0.0/0"] }] }),
        ];
        const violation = ["violation: alb ingress[0].cidrBlocks[0]"];
        for (const type of [
            lb,
            "aws:alb/loadBalancer:LoadBalancer",
            "aws:elasticloadbalancingv2/loadBalancer:LoadBalancer",
            "aws:applicationloadbalancing/loadBalancer:LoadBalancer",
        ]) {
            it(`judges ${type}`, () => {
                for (const loadBalancerType of [undefined, null, "", "application", "Application"]) {
                    assert.deepEqual(said(open(type, { loadBalancerType })), violation);
                }
                assert.deepEqual(said(open(type, { internal: true })), violation);
                assert.deepEqual(said(open(type, { loadBalancerType: "network" })), []);
                assert.deepEqual(said(open(type, { loadBalancerType: "gateway" })), []);
            });
        }

        it(`judges ${nativeLb}`, () => {
            assert.deepEqual(said(open(nativeLb, {})), violation);
            assert.deepEqual(said(open(nativeLb, { type: "application" })), violation);
            assert.deepEqual(said(open(nativeLb, { type: "network" })), []);
        });

        it("leaves classic load balancers and groups on nothing alone", () => {
            assert.deepEqual(said(open("aws:elb/loadBalancer:LoadBalancer", {})), []);
            assert.deepEqual(
                said([resource(group, "alb", { id: "sg-1", ingress: [{ cidrBlocks: ["0.0.0.0/0"] }] })]),
                [],
            );
            assert.deepEqual(
                said([
                    ...standalone(),
                    resource(ingressRule, "other", { securityGroupId: "sg-2", cidrIpv4: "0.0.0.0/0" }),
                ]),
                [],
            );
        });

        it("cannot tell of one whose type is unknown or no text", () => {
            for (const loadBalancerType of [UNKNOWN, 7]) {
                assert.deepEqual(said(open(lb, { loadBalancerType })), ["cannot tell: web loadBalancerType"]);
            }
            assert.deepEqual(
                said([
                    resource(lb, "web", { securityGroups: ["sg-1"], loadBalancerType: UNKNOWN }),
                    resource(group, "alb", { id: "sg-1" }),
                ]),
                [],
            );
        });
    });

    describe("every source of ingress", () => {
        const cases: Record<string, readonly [resources: Resource[], ...verdicts: string[]]> = {
            "an inline rule of either family": [
                inline({ cidrBlocks: ["10.0.0.0/8", "0.0.0.0/0"], ipv6CidrBlocks: ["::/0"] }),
                "violation: alb ingress[0].cidrBlocks[1]",
                "violation: alb ingress[0].ipv6CidrBlocks[0]",
            ],
            "an inline rule written without its lists": [
                [
                    resource(lb, "web", { securityGroups: "sg-1" }),
                    resource(group, "alb", { id: "sg-1", ingress: { cidrBlocks: "0.0.0.0/0" } }),
                ],
                "violation: alb ingress.cidrBlocks",
            ],
            "an inline rule that is only its range": [inline("0.0.0.0/0"), "violation: alb ingress[0]"],
            "vpc.SecurityGroupIngressRule": [standalone({ cidrIpv4: "0.0.0.0/0" }), "violation: rule0 cidrIpv4"],
            "vpc.SecurityGroupIngressRule with IPv6": [standalone({ cidrIpv6: "::/0" }), "violation: rule0 cidrIpv6"],
            "ec2.SecurityGroupRule": [
                [
                    ...standalone(),
                    resource(groupRule, "open", {
                        type: "ingress",
                        securityGroupId: "sg-1",
                        cidrBlocks: ["0.0.0.0/0"],
                        ipv6CidrBlocks: ["::/0"],
                    }),
                ],
                "violation: open cidrBlocks[0]",
                "violation: open ipv6CidrBlocks[0]",
            ],
            "ec2.DefaultSecurityGroup": [
                [
                    resource(lb, "web", { securityGroups: ["sg-d"] }),
                    resource("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "standard", {
                        id: "sg-d",
                        ingress: [{ cidrBlocks: ["0.0.0.0/0"] }],
                    }),
                ],
                "violation: standard ingress[0].cidrBlocks[0]",
            ],
            "aws-native's group": [
                [
                    resource(nativeLb, "web", { securityGroups: ["sg-n"] }),
                    resource(nativeGroup, "native", {
                        groupId: "sg-n",
                        securityGroupIngress: [{ cidrIp: "0.0.0.0/0" }, { cidrIpv6: "::/0" }],
                    }),
                ],
                "violation: native securityGroupIngress[0].cidrIp",
                "violation: native securityGroupIngress[1].cidrIpv6",
            ],
            "aws-native's ingress": [
                [
                    resource(nativeLb, "web", { securityGroups: ["sg-n"] }),
                    resource(nativeGroup, "native", { awsId: "sg-n", groupName: "front" }),
                    resource(nativeIngress, "byId", { groupId: "sg-n", cidrIp: "0.0.0.0/0" }),
                    resource(nativeIngress, "byName", { groupName: "front", cidrIpv6: "::/0" }),
                ],
                "violation: byId cidrIp",
                "violation: byName cidrIpv6",
            ],
            "a rule on a group outside the stack": [
                [
                    resource(lb, "web", { securityGroups: ["sg-9"] }),
                    resource(ingressRule, "open", { securityGroupId: "sg-9", cidrIpv4: "0.0.0.0/0" }),
                ],
                "cannot tell: web securityGroups[0]",
                "violation: open cidrIpv4",
            ],
            "a group that is only read": [
                [
                    resource(lb, "web", { securityGroups: ["sg-1"] }),
                    resource(group, "read", {
                        id: "sg-1",
                        arn: "arn",
                        ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
                    }),
                ],
                "violation: read ingress[0].cidrBlocks[0]",
            ],
        };
        for (const [title, [resources, ...expected]] of Object.entries(cases)) {
            it(`is judged: ${title}`, () => assert.deepEqual(said(resources), expected));
        }

        it("never counts egress", () => {
            const egress = { type: "egress", securityGroupId: "sg-1", cidrBlocks: ["0.0.0.0/0"] };
            assert.deepEqual(said([...standalone(), resource(groupRule, "out", egress)]), []);
            assert.deepEqual(said([...standalone(), resource(groupRule, "out", { ...egress, type: "EGRESS" })]), []);
            const web = resource(lb, "web", { securityGroups: ["sg-1"] });
            assert.deepEqual(
                said([web, resource(group, "alb", { id: "sg-1", egress: [{ cidrBlocks: ["0.0.0.0/0"] }] })]),
                [],
            );
            const out = { securityGroupId: "sg-1", cidrIpv4: "0.0.0.0/0" };
            assert.deepEqual(
                said([
                    ...standalone(),
                    resource("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "out", out),
                ]),
                [],
            );
        });

        it("cannot tell of a rule whose direction is unknown, missing or no text", () => {
            for (const type of [UNKNOWN, undefined, 7]) {
                const open = resource(groupRule, "open", { type, securityGroupId: "sg-1", cidrBlocks: ["0.0.0.0/0"] });
                assert.deepEqual(said([...standalone(), open]), ["cannot tell: open type"]);
                const some = resource(groupRule, "some", { type, securityGroupId: "sg-1", cidrBlocks: ["10.0.0.0/8"] });
                assert.deepEqual(said([...standalone(), some]), []);
            }
        });
    });

    describe("what people complain of in other scanners", () => {
        it("does not refuse a rule whose only source is a security group", () => {
            assert.deepEqual(said(standalone({ referencedSecurityGroupId: "sg-2" })), []);
            assert.deepEqual(said(inline({ securityGroups: ["sg-2"], protocol: "tcp" }, { self: true })), []);
        });

        for (const beside of [
            { self: true },
            { securityGroups: ["sg-2"] },
            { protocol: "-1" },
            { protocol: "udp", fromPort: 53, toPort: 53 },
            { protocol: "icmp" },
            { description: "load balancers need this" },
            { prefixListIds: ["pl-3b927c52"], description: "CloudFront" },
            { fromPort: 0, toPort: 65535 },
            {},
        ]) {
            it(`refuses a range whatever stands beside it: ${JSON.stringify(beside)}`, () => {
                assert.deepEqual(said(inline({ ...beside, cidrBlocks: ["0.0.0.0/0"] })), [
                    "violation: alb ingress[0].cidrBlocks[0]",
                ]);
                const rules = { ...beside, type: "ingress", securityGroupId: "sg-1", cidrBlocks: ["0.0.0.0/0"] };
                assert.deepEqual(said([...standalone(), resource(groupRule, "open", rules)]), [
                    "violation: open cidrBlocks[0]",
                ]);
            });
        }

        for (const range of [
            "198.51.100.0/23",
            "2.0.0.0/8",
            "104.16.0.0/13",
            "192.0.2.1/32",
            "2606:4700::/32",
            "::ffff:0:0/96",
        ]) {
            it(`does not call ${range} everybody`, () => {
                assert.deepEqual(said(inline({ cidrBlocks: [range] })), []);
            });
        }

        for (const range of [
            "1.0.0.0/0",
            "0/0",
            "0.0.0.0/00",
            " 0.0.0.0/0",
            "::0/0",
            "0:0:0:0:0:0:0:0/0",
            "2001:DB8::/0",
        ]) {
            it(`knows ${range} for everybody, in the list of either family`, () => {
                assert.deepEqual(said(inline({ cidrBlocks: [range] })), ["violation: alb ingress[0].cidrBlocks[0]"]);
                assert.deepEqual(said(inline({ ipv6CidrBlocks: [range] })), [
                    "violation: alb ingress[0].ipv6CidrBlocks[0]",
                ]);
            });
        }

        it("does not depend on the order of rules, ranges or resources", () => {
            const ranges = ["10.0.0.0/8", "0.0.0.0/0", "192.168.0.0/16"];
            const resources = [...inline({ cidrBlocks: ranges }), ...standalone({ cidrIpv6: "::/0" }).slice(2)];
            const expected = said(resources);
            fc.assert(
                fc.property(fc.shuffledSubarray(resources, { minLength: resources.length }), (shuffled) => {
                    assert.deepEqual(said(shuffled), expected);
                }),
            );
        });

        it("joins rules to groups by id: another group's rule does not matter", () => {
            const other = resource(ingressRule, "other", { securityGroupId: "sg-2", cidrIpv4: "0.0.0.0/0" });
            assert.deepEqual(
                said([...standalone({ prefixListId: "pl-3b927c52" }), resource(group, "db", { id: "sg-2" }), other]),
                [],
            );
        });

        it("says an opening once, though a refreshed group shows it a second time", () => {
            const open = { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] };
            const rule443 = { ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "0.0.0.0/0" };
            const [web, , rule0] = standalone(rule443) as [Resource, Resource, Resource];
            assert.deepEqual(said([web, resource(group, "alb", { id: "sg-1", ingress: [open] }), rule0]), [
                "violation: rule0 cidrIpv4",
            ]);
            const other = { ...open, fromPort: 80, toPort: 80 };
            assert.deepEqual(said([web, resource(group, "alb", { id: "sg-1", ingress: [other] }), rule0]), [
                "violation: alb ingress[0].cidrBlocks[0]",
                "violation: rule0 cidrIpv4",
            ]);
            const all = { protocol: "-1", fromPort: 0, toPort: 0, ipv6CidrBlocks: ["::/0"] };
            const ruleAll = resource(ingressRule, "all", {
                securityGroupId: "sg-1",
                ipProtocol: "-1",
                cidrIpv6: "::/0",
            });
            assert.deepEqual(said([web, resource(group, "alb", { id: "sg-1", ingress: [all] }), ruleAll]), [
                "violation: all cidrIpv6",
            ]);
        });

        it("says an opening once, though several load balancers have it", () => {
            const [web, ...others] = standalone({ cidrIpv4: "0.0.0.0/0" }) as [Resource, ...Resource[]];
            const second = resource(nativeLb, "api", { securityGroups: ["sg-1", "sg-1"] });
            assert.deepEqual(said([web, second, ...others]), ["violation: rule0 cidrIpv4"]);
            assert.match(stackMessages(rule, [web, second, ...others])[0] ?? "", /load balancers "api", "web"/);
        });
    });

    describe("ranges that add up", () => {
        const halves = ["0.0.0.0/1", "128.0.0.0/1"];
        const quarters = ["0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/2", "192.0.0.0/2"];

        for (const ranges of [halves, quarters]) {
            it(`within one list: ${ranges.join(" + ")}`, () => {
                assert.deepEqual(said(inline({ cidrBlocks: ranges })), ["violation: alb ingress[0].cidrBlocks[0]"]);
                assert.deepEqual(said(inline({ cidrBlocks: ranges.slice(1) })), []);
            });

            it(`across resources: ${ranges.join(" + ")}`, () => {
                const rules = ranges.map((cidrIpv4) => ({ cidrIpv4 }));
                assert.deepEqual(said(standalone(...rules)), ["violation: alb"]);
                assert.deepEqual(said(standalone(...rules.slice(1))), []);
            });
        }

        it("across inline rules of different ports", () => {
            const rules = inline(
                { cidrBlocks: ["0.0.0.0/1"], fromPort: 443 },
                { cidrBlocks: ["128.0.0.0/1"], fromPort: 80 },
            );
            assert.deepEqual(said(rules), ["violation: alb ingress[0].cidrBlocks[0]"]);
        });

        it("but not across the families", () => {
            assert.deepEqual(said(inline({ cidrBlocks: ["0.0.0.0/1"], ipv6CidrBlocks: ["8000::/1"] })), []);
        });

        it("in each family for itself", () => {
            const rules = inline({ cidrBlocks: halves, ipv6CidrBlocks: ["::/1", "8000::/1"] });
            assert.deepEqual(said(rules), [
                "violation: alb ingress[0].cidrBlocks[0]",
                "violation: alb ingress[0].ipv6CidrBlocks[0]",
            ]);
        });

        it("and every opening is said, that of one range and that of several", () => {
            assert.deepEqual(said(inline({ cidrBlocks: ["0.0.0.0/0", ...halves, "1.1.1.1/0"] })), [
                "violation: alb ingress[0].cidrBlocks[0]",
                "violation: alb ingress[0].cidrBlocks[1]",
                "violation: alb ingress[0].cidrBlocks[3]",
            ]);
        });

        it("across the groups of one load balancer", () => {
            const groups = halves.map((cidr, index) =>
                resource(group, `half${index}`, { id: `sg-${index}`, ingress: [{ cidrBlocks: [cidr] }] }),
            );
            const web = resource(lb, "web", { securityGroups: ["sg-0", "sg-1"] });
            assert.deepEqual(said([web, ...groups]), ["violation: web securityGroups"]);
            const apart = [
                resource(lb, "a", { securityGroups: ["sg-0"] }),
                resource(lb, "b", { securityGroups: ["sg-1"] }),
            ];
            assert.deepEqual(said([...apart, ...groups]), []);
            assert.deepEqual(said([resource(lb, "web", { securityGroups: ["sg-0", "sg-0"] }), ...groups]), []);
        });

        it("across groups only where none of them does it alone", () => {
            const web = resource(lb, "web", { securityGroups: ["sg-0", "sg-1"] });
            const both = resource(group, "both", { id: "sg-0", ingress: [{ cidrBlocks: halves }] });
            const one = resource(group, "one", { id: "sg-1", ingress: [{ cidrBlocks: ["0.0.0.0/1"] }] });
            assert.deepEqual(said([web, both, one]), ["violation: both ingress[0].cidrBlocks[0]"]);
        });

        /** CIDR blocks that hold every IPv4 address once, split on the way to one address; that address comes last. */
        const partition = fc.record({
            address: fc.nat(0xffffffff),
            spread: fc.nat(),
            groups: fc.integer({ min: 1, max: 4 }),
        });
        const blocksOf = (address: number) => [
            ...Array.from({ length: 32 }, (_, bit) => `${dotted((address ^ (1 << (31 - bit))) >>> 0)}/${bit + 1}`),
            `${dotted(address)}/32`,
        ];
        /** The blocks, dealt to inline rules, standalone rules and prefix lists of several groups. */
        const dealt = (blocks: readonly string[], spread: number, groups: number): Resource[] => {
            const ids = Array.from({ length: groups }, (_, index) => `sg-${index}`);
            const dealtTo = (id: string, way: number) =>
                blocks.filter((_, index) => ids[(index * 7 + spread) % groups] === id && (index + spread) % 3 === way);
            return [
                resource(lb, "web", { securityGroups: ids }),
                ...ids.flatMap((id) => [
                    resource(group, id, { id, ingress: [{ cidrBlocks: dealtTo(id, 0), prefixListIds: [`pl-${id}`] }] }),
                    ...dealtTo(id, 1).map((cidrIpv4, index) =>
                        resource(ingressRule, `${id}-${index}`, { securityGroupId: id, cidrIpv4 }),
                    ),
                    resource(prefixList, `pl-${id}`, {
                        id: `pl-${id}`,
                        entries: dealtTo(id, 2).map((cidr) => ({ cidr })),
                    }),
                ]),
            ];
        };

        it("in any partition of IPv4 over rules, resources, prefix lists and groups", () => {
            fc.assert(
                fc.property(partition, ({ address, spread, groups }) => {
                    const verdicts = said(dealt(blocksOf(address), spread, groups));
                    assert.equal(verdicts.length, 1);
                    assert.match(verdicts[0] ?? "", /^violation: /);
                }),
            );
        });

        it("but in none with one address missing", () => {
            fc.assert(
                fc.property(partition, ({ address, spread, groups }) => {
                    assert.deepEqual(said(dealt(blocksOf(address).slice(0, -1), spread, groups)), []);
                }),
            );
        });
    });

    describe("prefix lists", () => {
        const halfLists = [
            resource(prefixList, "low", { id: "pl-1", entries: [{ cidr: "0.0.0.0/1" }] }),
            resource(prefixList, "high", { id: "pl-2" }),
            resource(prefixListEntry, "entry", { prefixListId: "pl-2", cidr: "128.0.0.0/1" }),
        ];

        it("that hold every address open the rule that names them", () => {
            const list = resource(prefixList, "all", { id: "pl-1", entries: [{ cidr: "0.0.0.0/0" }] });
            assert.deepEqual(said([...standalone({ prefixListId: "pl-1" }), list]), ["violation: rule0 prefixListId"]);
            assert.deepEqual(said([...inline({ prefixListIds: ["pl-1"] }), list]), [
                "violation: alb ingress[0].prefixListIds[0]",
            ]);
        });

        it("are summed with their separate entries", () => {
            const list = resource(prefixList, "all", { id: "pl-1", entries: [{ cidr: "::/1" }] });
            const entry = resource(prefixListEntry, "entry", { prefixListId: "pl-1", cidr: "8000::/1" });
            assert.deepEqual(said([...standalone({ prefixListId: "pl-1" }), list, entry]), [
                "violation: rule0 prefixListId",
            ]);
            assert.deepEqual(said([...standalone({ prefixListId: "pl-1" }), list]), []);
            assert.deepEqual(said([...standalone({ prefixListId: "pl-1" }), entry, list]), [
                "violation: rule0 prefixListId",
            ]);
        });

        it("are summed with each other and with ranges", () => {
            assert.deepEqual(said([...standalone({ prefixListId: "pl-1" }, { prefixListId: "pl-2" }), ...halfLists]), [
                "violation: alb",
            ]);
            assert.deepEqual(
                said([...standalone({ prefixListId: "pl-1" }, { cidrIpv4: "128.0.0.0/1" }), ...halfLists]),
                ["violation: alb"],
            );
            assert.deepEqual(
                said([...standalone({ prefixListId: "pl-1" }, { prefixListId: "pl-1" }), ...halfLists]),
                [],
            );
        });

        it("of aws-native count as well", () => {
            const list = resource(nativePrefixList, "all", { prefixListId: "pl-1", entries: [{ cidr: "0.0.0.0/0" }] });
            const ingress = resource(nativeIngress, "in", { groupId: "sg-1", sourcePrefixListId: "pl-1" });
            assert.deepEqual(said([...standalone(), ingress, list]), ["violation: in sourcePrefixListId"]);
        });

        it("whose entries are known to be few are closed", () => {
            const list = resource(prefixList, "office", { id: "pl-1", entries: [{ cidr: "198.51.100.0/24" }, null] });
            assert.deepEqual(said([...standalone({ prefixListId: "pl-1", description: "office" }), list]), []);
        });

        it("with an unknown entry cannot be told, beside one that opens", () => {
            const list = (...cidrs: Value[]) =>
                resource(prefixList, "all", { id: "pl-1", entries: cidrs.map((cidr) => ({ cidr })) });
            const rules = standalone({ prefixListId: "pl-1" });
            assert.deepEqual(said([...rules, list(UNKNOWN)]), ["cannot tell: all entries[0].cidr"]);
            assert.deepEqual(said([...rules, list(UNKNOWN, "0.0.0.0/0")]), [
                "cannot tell: all entries[0].cidr",
                "violation: rule0 prefixListId",
            ]);
            assert.deepEqual(said([...rules, resource(prefixList, "all", { id: "pl-1", entries: UNKNOWN })]), [
                "cannot tell: all entries",
            ]);
            assert.deepEqual(said([...rules, resource(prefixList, "all", { id: "pl-1", entries: [UNKNOWN] })]), [
                "cannot tell: all entries[0]",
            ]);
        });

        it("from outside the stack cannot be told: once, however many rules name one", () => {
            const rules = standalone(
                { prefixListId: "pl-0123" },
                { prefixListId: "pl-0123" },
                { prefixListId: "pl-4567" },
            );
            assert.deepEqual(said(rules), ["cannot tell: rule0 prefixListId", "cannot tell: rule2 prefixListId"]);
            assert.deepEqual(said([...rules, ...inline({ prefixListIds: ["pl-0123"] })].slice(0, -1)), [
                "cannot tell: rule0 prefixListId",
                "cannot tell: rule2 prefixListId",
            ]);
        });

        it("from outside are trusted where a setting names them, and CloudFront's own always", () => {
            const rules = standalone({ prefixListId: "pl-0123" }, { prefixListId: "pl-3b927c52" });
            assert.deepEqual(said(rules), ["cannot tell: rule0 prefixListId"]);
            assert.deepEqual(said(rules, { trustedPrefixListIds: ["pl-0123"] }), []);
        });

        it("of another's id do not open a load balancer whose groups never name them", () => {
            const list = resource(prefixList, "all", { id: "pl-1", entries: [{ cidr: "0.0.0.0/0" }] });
            assert.deepEqual(said([...standalone({ prefixListId: "pl-3b927c52" }), list]), []);
        });
    });

    describe("security groups from outside the stack", () => {
        const web = resource(lb, "web", { securityGroups: ["sg-9"] });
        const api = resource(lb, "api", { securityGroups: ["sg-9"] });

        it("cannot be told, once for all load balancers", () => {
            assert.deepEqual(said([web, api]), ["cannot tell: web securityGroups[0]"]);
            assert.match(
                stackMessages(rule, [web, api])[0] ?? "",
                /load balancers "api", "web" .* security group sg-9/,
            );
        });

        it("are trusted where a setting names them, but not a rule of this stack that opens one", () => {
            const open = resource(ingressRule, "open", { securityGroupId: "sg-9", cidrIpv4: "0.0.0.0/0" });
            assert.deepEqual(said([web], { trustedSecurityGroupIds: ["sg-9"] }), []);
            assert.deepEqual(said([web, open], { trustedSecurityGroupIds: ["sg-9"] }), ["violation: open cidrIpv4"]);
        });
    });

    describe("in programs, in preview and in state", () => {
        const program = (rest: string) => `
vpc: { type: aws:ec2:Vpc, properties: { cidrBlock: 10.0.0.0/16 } }
alb: { type: aws:ec2:SecurityGroup, properties: { vpcId: "\${vpc.id}" } }
other: { type: aws:ec2:SecurityGroup, properties: { vpcId: "\${vpc.id}" } }
web: { type: aws:lb:LoadBalancer, properties: { securityGroups: ["\${alb.id}"], subnets: [subnet-1] } }
${rest}`;
        const verdicts = (rest: string) => verdictsOf(rule, `resources:\n${program(rest).replace(/^/gm, "  ")}`);

        it("joins a load balancer, a group and a rule that are all still unknown", () => {
            assert.deepEqual(
                verdicts(
                    `open: { type: aws:vpc:SecurityGroupIngressRule, properties: { securityGroupId: "\${alb.id}", cidrIpv4: 0.0.0.0/0 } }`,
                ),
                ["violation: open cidrIpv4"],
            );
        });

        it("does not join another group's rule", () => {
            assert.deepEqual(
                verdicts(
                    `open: { type: aws:vpc:SecurityGroupIngressRule, properties: { securityGroupId: "\${other.id}", cidrIpv4: 0.0.0.0/0 } }`,
                ),
                [],
            );
        });

        it("joins both groups of a load balancer", () => {
            assert.deepEqual(
                verdicts(`
api: { type: aws:lb:LoadBalancer, properties: { securityGroups: ["\${alb.id}", "\${other.id}"] } }
low: { type: aws:vpc:SecurityGroupIngressRule, properties: { securityGroupId: "\${alb.id}", cidrIpv4: 0.0.0.0/1 } }
high: { type: aws:ec2:SecurityGroupRule, properties: { type: ingress, securityGroupId: "\${other.id}", cidrBlocks: [128.0.0.0/1] } }`),
                ["violation: api securityGroups"],
            );
        });

        it("joins prefix lists and their entries", () => {
            assert.deepEqual(
                verdicts(`
list: { type: aws:ec2:ManagedPrefixList, properties: { addressFamily: IPv4, maxEntries: 2, entries: [{ cidr: 0.0.0.0/1 }] } }
entry: { type: aws:ec2:ManagedPrefixListEntry, properties: { prefixListId: "\${list.id}", cidr: 128.0.0.0/1 } }
in: { type: aws:vpc:SecurityGroupIngressRule, properties: { securityGroupId: "\${alb.id}", prefixListId: "\${list.id}" } }`),
                ["violation: in prefixListId"],
            );
        });

        it("does not join a group that another property names", () => {
            assert.deepEqual(
                verdicts(`
api: { type: aws:lb:LoadBalancer, properties: { securityGroups: ["\${alb.id}"], tags: { beside: "\${open.id}" } }, options: { dependsOn: ["\${open}"] } }
open: { type: aws:ec2:SecurityGroup, properties: { ingress: [{ cidrBlocks: [0.0.0.0/0] }] } }`),
                [],
            );
        });
    });

    it("is mandatory by default and judges the stack as a whole", () => {
        assert.deepEqual([rule.name, rule.level, rule.scope], ["alb-no-public-ingress", "mandatory", "stack"]);
    });

    it("answers whatever a stack looks like", () => {
        const word = fc.constantFrom(
            "sg-1",
            "pl-1",
            "vpc-1",
            "0.0.0.0/1",
            "128.0.0.0/1",
            "::/0",
            "ingress",
            "network",
            "",
        );
        const { value } = fc.letrec<{ value: unknown }>((tie) => ({
            value: fc.oneof(
                { depthSize: "small", withCrossShrink: true },
                fc.oneof(word, fc.constant(UNKNOWN), fc.constantFrom(undefined, null, true, 0, -1, NaN)),
                fc.array(tie("value"), { maxLength: 3 }),
                fc.dictionary(
                    fc.constantFrom("cidrBlocks", "cidr", "cidrIp", "prefixListIds", "self", "items"),
                    tie("value"),
                    { maxKeys: 3 },
                ),
            ),
        }));
        const names = ["id", "vpcId", "securityGroups", "securityGroupId", "groupId", "groupName", "ingress", "type"];
        names.push(
            "securityGroupIngress",
            "prefixListId",
            "entries",
            "cidr",
            "cidrIpv4",
            "subnets",
            "subnetMappings",
            "region",
        );
        names.push("loadBalancerType", "defaultSecurityGroupId");
        const urnOf = (index: number) => `urn:pulumi:test::test::type::${index}`;
        const stack = fc.array(
            fc.record({
                type: fc.constantFrom(...rule.types, component),
                properties: fc.dictionary(fc.constantFrom(...names), value),
                links: fc.dictionary(fc.constantFrom(...names), fc.array(fc.nat(11).map(urnOf), { maxLength: 3 })),
                parent: fc.option(fc.nat(11).map(urnOf), { nil: undefined }),
            }),
            { maxLength: 10 },
        );
        fc.assert(
            fc.property(stack, (written) => {
                const resources = written.map(({ type, properties, links, parent }, index) => ({
                    ...resource(type, `r${index}`, properties),
                    urn: urnOf(index),
                    parent,
                    propertyDependencies: links,
                    dependencies: Object.values(links).flat(),
                }));
                for (const message of stackMessages(rule, resources)) {
                    assert.doesNotMatch(message, /undefined|\[object|Symbol\(|NaN/);
                }
            }),
            { numRuns: 1000 },
        );
    });

    describe("through the engine's own messages", () => {
        const vpc = { type: "aws:ec2/vpc:Vpc", name: "vpc", properties: { cidrBlock: "10.0.0.0/16" } };
        const alb = (properties = {}) => ({
            type: group,
            name: "alb",
            properties: { vpcId: ref("vpc"), ...properties },
        });
        const web = (properties = {}) => ({
            type: lb,
            name: "web",
            properties: { securityGroups: [ref("alb")], subnets: ["subnet-1"], ...properties },
        });
        const rule0 = (properties = {}) => ({
            type: ingressRule,
            name: "rule0",
            properties: { securityGroupId: ref("alb"), ipProtocol: "tcp", fromPort: 443, toPort: 443, ...properties },
        });
        const everyForm = async (fixtures: readonly Fixture[], expected: readonly string[]) => {
            for (const [form, seen] of Object.entries(await runAll(rule, fixtures))) {
                assert.deepEqual(
                    seen.map(({ kind, resource: name }) => `${kind}: ${name}`),
                    expected,
                    form,
                );
            }
        };

        it("says nothing of a good stack", async () => {
            await everyForm([vpc, alb(), web(), rule0({ prefixListId: "pl-3b927c52" })], []);
            const list = { type: prefixList, name: "office", properties: { entries: [{ cidr: "198.51.100.0/24" }] } };
            await everyForm([vpc, alb(), web(), list, rule0({ prefixListId: ref("office") })], []);
        });

        it("refuses an open rule, an open group and an open list", async () => {
            await everyForm([vpc, alb(), web(), rule0({ cidrIpv4: "0.0.0.0/0" })], ["violation: rule0"]);
            await everyForm([vpc, alb({ ingress: [{ ipv6CidrBlocks: ["::/0"] }] }), web()], ["violation: alb"]);
            const list = { type: prefixList, name: "all", properties: { entries: [{ cidr: "0.0.0.0/1" }] } };
            const entry = {
                type: prefixListEntry,
                name: "entry",
                properties: { prefixListId: ref("all"), cidr: "128.0.0.0/1" },
            };
            await everyForm(
                [vpc, alb(), web(), list, entry, rule0({ prefixListId: ref("all") })],
                ["violation: rule0"],
            );
        });

        it("refuses what is literal beside what is unknown", async () => {
            const beside = [
                [{ cidrBlocks: [UNKNOWN] }, { cidrBlocks: ["0.0.0.0/0"] }],
                [{ cidrBlocks: ["0.0.0.0/0"] }, { cidrBlocks: [UNKNOWN] }],
                [{ cidrBlocks: [UNKNOWN, "0.0.0.0/0"] }],
                [{ cidrBlocks: [UNKNOWN], ipv6CidrBlocks: ["::/0"] }],
                [{ cidrBlocks: UNKNOWN, ipv6CidrBlocks: ["::/0"] }],
                [UNKNOWN, { cidrBlocks: ["0.0.0.0/0"] }],
                [{ prefixListIds: [UNKNOWN], cidrBlocks: ["0.0.0.0/0"] }],
            ];
            for (const ingress of beside) {
                await everyForm([vpc, alb({ ingress }), web()], ["violation: alb", "cannot tell: alb"]);
            }
            const unknown = {
                type: groupRule,
                name: "unknown",
                properties: { type: "ingress", securityGroupId: ref("alb"), cidrBlocks: [UNKNOWN] },
            };
            await everyForm(
                [vpc, alb(), web(), unknown, rule0({ cidrIpv4: "0.0.0.0/0" })],
                ["violation: rule0", "cannot tell: unknown"],
            );
        });

        it("names the path of what remains unknown", async () => {
            const fixtures = [vpc, alb({ ingress: [{ cidrBlocks: ["10.0.0.0/8", UNKNOWN] }] }), web()];
            for (const seen of Object.values(await runAll(rule, fixtures))) {
                assert.match(
                    seen[0]?.message ?? "",
                    /security group "alb": ingress\[0\]\.cidrBlocks\[1\] is not known yet/,
                );
            }
        });

        it("judges secrets like any other value and shows none of them", async () => {
            const low = rule0({ cidrIpv4: secret("0.0.0.0/1") });
            const high = { ...rule0({ cidrIpv4: secret("128.0.0.0/1") }), name: "rule1" };
            const list = { type: prefixList, name: "list", properties: { entries: [{ cidr: secret("128.0.0.0/1") }] } };
            const listed = { ...rule0({ prefixListId: ref("list") }), name: "rule1" };
            const groups = [alb(), { ...alb(), name: "other" }];
            const onOther = { ...high, properties: { ...high.properties, securityGroupId: ref("other") } };
            const both = web({ securityGroups: [ref("alb"), ref("other")] });
            for (const fixtures of [
                [vpc, alb(), web(), low, high],
                [vpc, alb(), web(), list, low, listed],
                [vpc, alb({ ingress: secret([{ cidrBlocks: ["0.0.0.0/1", "128.0.0.0/1"] }]) }), web()],
                [vpc, ...groups, both, low, onOther],
            ]) {
                for (const [form, seen] of Object.entries(await runAll(rule, fixtures))) {
                    assert.equal(seen.length, 1, form);
                    assert.equal(seen[0]?.kind, "violation", form);
                    assert.doesNotMatch(seen[0]?.message ?? "", /0\.0\.0\.0|128\.0|127\.255/, form);
                }
            }
        });
    });

    describe("says", () => {
        const [message] = stackMessages(rule, standalone({ cidrIpv4: "0.0.0.0/0" }));

        it("the whole path and what to write instead", () => {
            assert.equal(
                message,
                'Every IPv4 address is let in to load balancer "web", around CloudFront and its web ACL: security group "alb" -> rule "rule0" -> cidrIpv4 = "0.0.0.0/0". ' +
                    'Write prefixListId with the CloudFront prefix list instead: aws.ec2.getManagedPrefixListOutput({ name: "com.amazonaws.global.cloudfront.origin-facing" }).id. ' +
                    "A port, a protocol, self or another source beside it does not close the range.",
            );
        });

        it("the property that the resource has for a prefix list, and the list of the family", () => {
            const [inlined] = stackMessages(rule, inline({ ipv6CidrBlocks: ["::/0"] }));
            assert.match(
                inlined ?? "",
                /its own rules -> ingress\[0\]\.ipv6CidrBlocks\[0\] = "::\/0"\. Write prefixListIds with .*com\.amazonaws\.global\.ipv6\.cloudfront/,
            );
            const native = resource(nativeIngress, "in", { groupId: "sg-1", cidrIp: "0.0.0.0/0" });
            assert.match(stackMessages(rule, [...standalone(), native])[0] ?? "", /Write sourcePrefixListId with/);
        });

        it("how ranges add up", () => {
            const [text] = stackMessages(rule, standalone({ cidrIpv4: "0.0.0.0/1" }, { cidrIpv4: "128.0.0.0/1" }));
            assert.match(
                text ?? "",
                /2 ranges are together every IPv4 address: security group "alb" -> rule "rule0" -> cidrIpv4 = "0\.0\.0\.0\/1"; security group "alb" -> rule "rule1" -> cidrIpv4 = "128\.0\.0\.0\/1"\./,
            );
            const sixteen = Array.from({ length: 16 }, (_, index) => `${index * 16}.0.0.0/4`);
            const [long] = stackMessages(rule, inline({ cidrBlocks: sixteen }));
            assert.match(long ?? "", /16 ranges are together .*cidrBlocks\[4\] = "64\.0\.0\.0\/4"; and 11 more\./);
            const groups = ["0.0.0.0/1", "128.0.0.0/1"].map((cidr, index) =>
                resource(group, `half${index}`, { id: `sg-${index}`, ingress: [{ cidrBlocks: [cidr] }] }),
            );
            const [apart] = stackMessages(rule, [resource(lb, "web", { securityGroups: ["sg-0", "sg-1"] }), ...groups]);
            assert.match(apart ?? "", /2 ranges of 2 security groups are together every IPv4 address/);
        });

        const says = (resources: readonly Resource[], text: string) => {
            assert.deepEqual(stackMessages(rule, resources), [`It cannot be told whether ${text}`]);
        };

        it("why a range cannot be told", () => {
            const group1 = 'load balancer "web" is open to everybody by its security group "alb"';
            says(standalone({ cidrIpv4: UNKNOWN }), `${group1}: cidrIpv4 is not known yet.`);
            says(
                standalone({ cidrIpv4: "secret words" }),
                `${group1}: cidrIpv4 is neither a CIDR block nor an id, for example "10.0.0.0/8".`,
            );
            says(standalone({ prefixListId: UNKNOWN }), `${group1}: prefixListId is not known yet.`);
            says(
                standalone({ prefixListId: 7 }),
                `${group1}: prefixListId is neither a CIDR block nor an id, for example "10.0.0.0/8".`,
            );
        });

        it("which list and which group are outside the stack, and which setting trusts them", () => {
            says(
                standalone({ prefixListId: "pl-0123" }),
                'load balancer "web" is open to everybody: rule "rule0" of its security group "alb" lets in prefix list pl-0123, which is not in this stack. ' +
                    "Where it is known to be a safe list, name it once in the setting trustedPrefixListIds of alb-no-public-ingress.",
            );
            says(
                [resource(lb, "web", { securityGroups: ["sg-9"] })],
                'load balancer "web" is open to everybody: rules of its security group sg-9 may exist outside this stack. ' +
                    "Where it is known to be safe, name it once in the setting trustedSecurityGroupIds of alb-no-public-ingress.",
            );
        });

        it("which value keeps an opening in doubt", () => {
            const open = 'security group "alb" -> rule "in" -> cidrBlocks[0] = "0.0.0.0/0"';
            const rules = { type: UNKNOWN, securityGroupId: "sg-1", cidrBlocks: ["0.0.0.0/0"] };
            says(
                [...standalone(), resource(groupRule, "in", rules)],
                `load balancer "web" is open to every IPv4 address: ${open}; but type is not known yet, so the rule may be for another security group or for egress.`,
            );
            const [, alb] = standalone() as [Resource, Resource];
            const perhaps = resource(lb, "web", { securityGroups: ["sg-1"], loadBalancerType: UNKNOWN });
            says(
                [perhaps, alb, resource(groupRule, "in", { ...rules, type: "ingress" })],
                `load balancer "web" is an application load balancer that is open to every IPv4 address: ${open}; but loadBalancerType is not known yet.`,
            );
        });

        it("no more than ten unknown values of one resource", () => {
            const unknown = inline({ cidrBlocks: Array.from({ length: 30 }, () => UNKNOWN) });
            assert.equal(stackMessages(rule, unknown).length, 10);
        });

        it("what a prefix list holds", () => {
            const list = resource(prefixList, "half", { id: "pl-1", entries: [{ cidr: "0.0.0.0/1" }] });
            const [text] = stackMessages(rule, [
                ...standalone({ prefixListId: "pl-1" }, { cidrIpv4: "128.0.0.0/1" }),
                list,
            ]);
            assert.match(text ?? "", /prefixListId = prefix list "half" with 0\.0\.0\.0 to 127\.255\.255\.255/);
        });
    });
});

function dotted(address: number): string {
    return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join(".");
}
