import assert from "node:assert/strict";

import { UNKNOWN, type Resource, type Value } from "../graph";
import {
    defaultVpc,
    group,
    groupRule,
    ingressRule,
    inline,
    lb,
    nativeGroup,
    nativeIngress,
    nativeLb,
    standalone,
    subnet,
} from "../test/ingress";
import { resource, stackMessages, stackVerdicts } from "../test/stack";
import { testRule } from "../test/testRule";
import { albNoPublicIngress as rule } from "./alb-no-public-ingress";

const said = (resources: readonly Resource[], settings = {}) => stackVerdicts(rule, resources, settings);

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
            "one half, as advice": ["fromCloudFront.cidrIpv4", "0.0.0.0/1", "advisory: fromCloudFront cidrIpv4"],
            "a range that is none": ["fromCloudFront.cidrIpv4", "anything", "cannot tell: fromCloudFront cidrIpv4"],
            "a range of the wrong type": ["fromCloudFront.cidrIpv4", 7, "cannot tell: fromCloudFront cidrIpv4"],
        },
        accepts: {
            "a company's range": ["fromCloudFront.cidrIpv4", "198.51.100.0/24"],
            "a company's /8": ["fromCloudFront.cidrIpv4", "17.0.0.0/8"],
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

    it("takes a default VPC that a state holds twice for one, whichever comes first", () => {
        const known = resource(defaultVpc, "known", { id: "vpc-1", defaultSecurityGroupId: "sg-1" });
        const others = [
            resource(subnet, "subnet", { id: "subnet-1", vpcId: "vpc-1" }),
            resource(lb, "web", { subnets: ["subnet-1"] }),
            resource(groupRule, "rule", { type: "ingress", securityGroupId: "sg-1", cidrBlocks: ["0.0.0.0/0"] }),
        ];
        for (const defaultSecurityGroupId of [null, "sg-2"]) {
            const other = resource(defaultVpc, "other", { id: "vpc-1", defaultSecurityGroupId });
            for (const stack of [
                [known, other, ...others],
                [other, known, ...others],
            ]) {
                assert.deepEqual(said(stack), ["cannot tell: web securityGroups", "violation: rule cidrBlocks[0]"]);
            }
        }
    });

    describe("security groups from outside the stack", () => {
        const web = resource(lb, "web", { securityGroups: ["sg-9"] });
        const api = resource(lb, "api", { securityGroups: ["sg-9"] });

        it("cannot be told, once for all load balancers", () => {
            assert.deepEqual(said([web, api]), ["cannot tell: web securityGroups[0]"]);
            assert.match(
                stackMessages(rule, [web, api])[0] ?? "",
                /load balancers "api", "web": the security group sg-9/,
            );
        });

        it("are trusted where a setting names them, but not a rule of this stack that opens one", () => {
            const open = resource(ingressRule, "open", { securityGroupId: "sg-9", cidrIpv4: "0.0.0.0/0" });
            assert.deepEqual(said([web], { trustedSecurityGroupIds: ["sg-9"] }), []);
            assert.deepEqual(said([web, open], { trustedSecurityGroupIds: ["sg-9"] }), ["violation: open cidrIpv4"]);
        });
    });

    it("is mandatory by default and judges the stack as a whole", () => {
        assert.deepEqual([rule.name, rule.level, rule.scope], ["alb-no-public-ingress", "mandatory", "stack"]);
    });
});
