import assert from "node:assert/strict";

import * as fc from "fast-check";

import { UNKNOWN } from "../graph";
import { ref, runAll, secret, type Fixture } from "../test/harness";
import { component, group, groupRule, ingressRule, lb, prefixList, prefixListEntry } from "../test/ingress";
import { resource, stackMessages } from "../test/stack";
import { verdictsOf } from "../test/testRule";
import { albNoPublicIngress as rule } from "./alb-no-public-ingress";

describe("alb-no-public-ingress", () => {
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
                ["violation: api securityGroups", "advisory: low cidrIpv4"],
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
});
