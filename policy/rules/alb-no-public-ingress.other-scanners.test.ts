import assert from "node:assert/strict";

import * as fc from "fast-check";

import type { Resource } from "../graph";
import { group, groupRule, ingressRule, inline, nativeLb, standalone } from "../test/ingress";
import { resource, stackMessages, stackVerdicts } from "../test/stack";
import { albNoPublicIngress as rule } from "./alb-no-public-ingress";

const said = (resources: readonly Resource[], settings = {}) => stackVerdicts(rule, resources, settings);

describe("alb-no-public-ingress", () => {
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
});
