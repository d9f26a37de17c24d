import assert from "node:assert/strict";

import { UNKNOWN, type Resource } from "../graph";
import { group, groupRule, inline, lb, nativeIngress, prefixList, standalone } from "../test/ingress";
import { resource, stackMessages } from "../test/stack";
import { albNoPublicIngress as rule } from "./alb-no-public-ingress";

describe("alb-no-public-ingress", () => {
    describe("says", () => {
        it("the whole path and what to write instead", () => {
            const [message] = stackMessages(rule, standalone({ cidrIpv4: "0.0.0.0/0" }));
            assert.equal(
                message,
                'Every public IPv4 address can reach load balancer "web": security group "alb" -> rule "rule0" -> cidrIpv4 = "0.0.0.0/0". ' +
                    'Write prefixListId with CloudFront\'s prefix list instead (aws:ec2:getManagedPrefixList, or aws ec2 describe-managed-prefix-lists, finds its id by the name "com.amazonaws.global.cloudfront.origin-facing"), or the ranges of the callers you know. ' +
                    "A port, a protocol or another source in the same rule does not narrow the range.",
            );
        });

        it("that CloudFront is bypassed, in a stack that has a distribution and in no other", () => {
            const edge = resource("aws:cloudfront/distribution:Distribution", "edge", { origins: [] });
            const [message] = stackMessages(rule, [...standalone({ cidrIpv4: "0.0.0.0/0" }), edge]);
            assert.match(
                message ?? "",
                /can reach load balancer "web", bypassing CloudFront and its web ACL: security group/,
            );
            const [wide] = stackMessages(rule, [...standalone({ cidrIpv4: "0.0.0.0/1" }), edge]);
            assert.match(
                wide ?? "",
                /can reach load balancer "web", bypassing CloudFront and its web ACL: security group/,
            );
            for (const cidrIpv4 of ["0.0.0.0/0", "0.0.0.0/1"]) {
                const messages = stackMessages(rule, standalone({ cidrIpv4 })).join();
                assert.doesNotMatch(messages, /bypassing|web ACL/);
            }
        });

        it("how wide a share is, by its widest ranges first, and which setting decides", () => {
            assert.deepEqual(stackMessages(rule, standalone({ cidrIpv4: "160.0.0.0/3" }, { cidrIpv4: "0.0.0.0/1" })), [
                '71% of all public IPv4 addresses can reach load balancer "web": security group "alb" -> rule "rule1" -> cidrIpv4 = "0.0.0.0/1"; security group "alb" -> rule "rule0" -> cidrIpv4 = "160.0.0.0/3". ' +
                    "No list of partners is that wide. Allow only the ranges of the callers you know, or raise maximumPublicPercent (now 1).",
            ]);
        });

        it("how wide a share is in as many digits as tell it from everything, and no more", () => {
            const but16to12 = ["16.16.0.0/12", "16.32.0.0/11", "16.64.0.0/10", "16.128.0.0/9", "17.0.0.0/8"];
            const above = ["18.0.0.0/7", "20.0.0.0/6", "24.0.0.0/5", "32.0.0.0/3", "64.0.0.0/2", "128.0.0.0/1"];
            const share = (...cidrs: string[]) =>
                /^[^%]*% of all/.exec(
                    stackMessages(rule, standalone(...cidrs.map((cidrIpv4) => ({ cidrIpv4 })))).join(),
                )?.[0];
            assert.equal(share("0.0.0.0/4", ...but16to12, ...above), "99.97% of all");
            assert.equal(share(...but16to12.slice(4), ...above), "93.2% of all");
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
                /2 ranges together cover every public IPv4 address: security group "alb" -> rule "rule0" -> cidrIpv4 = "0\.0\.0\.0\/1"; security group "alb" -> rule "rule1" -> cidrIpv4 = "128\.0\.0\.0\/1"\./,
            );
            const sixteen = Array.from({ length: 16 }, (_, index) => `${index * 16}.0.0.0/4`);
            const [long] = stackMessages(rule, inline({ cidrBlocks: sixteen }));
            assert.match(long ?? "", /14 ranges together cover .*cidrBlocks\[4\] = "64\.0\.0\.0\/4"; and 9 more\./);
            const groups = ["0.0.0.0/1", "128.0.0.0/1"].map((cidr, index) =>
                resource(group, `half${index}`, { id: `sg-${index}`, ingress: [{ cidrBlocks: [cidr] }] }),
            );
            const [apart] = stackMessages(rule, [resource(lb, "web", { securityGroups: ["sg-0", "sg-1"] }), ...groups]);
            assert.match(apart ?? "", /2 ranges of 2 security groups together cover every public IPv4 address/);
        });

        it("which setting makes the pack's own remedy for IPv6 hold, in one sentence whatever holds the rule", () => {
            const [open] = stackMessages(rule, inline({ ipv6CidrBlocks: ["::/0"] }));
            assert.match(
                open ?? "",
                /ipv6\.cloudfront\.origin-facing"; add that id to the setting trustedPrefixListIds\),/,
            );
            const remedied = inline({ prefixListIds: ["pl-23b52173"] });
            const [told] = stackMessages(rule, remedied);
            assert.match(
                told ?? "",
                /: the rules of the security group "alb" allow prefix list pl-23b52173, which is not/,
            );
            assert.match(told ?? "", /or is com\.amazonaws\.global\.ipv6\.cloudfront\.origin-facing, name it once/);
            assert.deepEqual(stackMessages(rule, remedied, { trustedPrefixListIds: ["pl-23b52173"] }), []);
        });

        const says = (resources: readonly Resource[], text: string) => {
            assert.deepEqual(stackMessages(rule, resources), [`Cannot tell whether ${text}`]);
        };

        it("why a range cannot be told", () => {
            const group1 = 'everybody can reach load balancer "web" through the security group "alb"';
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
                'everybody can reach load balancer "web": rule "rule0" of the security group "alb" allows prefix list pl-0123, which is not in this stack. ' +
                    "If it holds only callers you know, or is com.amazonaws.global.ipv6.cloudfront.origin-facing, name it once in the setting trustedPrefixListIds of alb-no-public-ingress.",
            );
            says(
                [resource(lb, "web", { securityGroups: ["sg-9"] })],
                'everybody can reach load balancer "web": the security group sg-9 may have rules outside this stack. ' +
                    "If you know that they are safe, name the group once in the setting trustedSecurityGroupIds of alb-no-public-ingress.",
            );
        });

        it("which value keeps an opening in doubt", () => {
            const open = 'security group "alb" -> rule "in" -> cidrBlocks[0] = "0.0.0.0/0"';
            const rules = { type: UNKNOWN, securityGroupId: "sg-1", cidrBlocks: ["0.0.0.0/0"] };
            says(
                [...standalone(), resource(groupRule, "in", rules)],
                `every public IPv4 address can reach load balancer "web": ${open}; but type is not known yet, so the rule may belong to another security group or be an egress rule.`,
            );
            const [, alb] = standalone() as [Resource, Resource];
            const perhaps = resource(lb, "web", { securityGroups: ["sg-1"], loadBalancerType: UNKNOWN });
            says(
                [perhaps, alb, resource(groupRule, "in", { ...rules, type: "ingress" })],
                `load balancer "web" is an application load balancer that every public IPv4 address can reach: ${open}; but loadBalancerType is not known yet.`,
            );
            const other = resource(lb, "other", { securityGroups: ["sg-1"], loadBalancerType: UNKNOWN });
            const [both] = stackMessages(rule, [
                perhaps,
                other,
                alb,
                resource(groupRule, "in", { ...rules, type: "ingress" }),
            ]);
            assert.match(
                both ?? "",
                /^Cannot tell whether load balancers "other", "web" are application load balancers that/,
            );
            const half = resource(groupRule, "in", { ...rules, cidrBlocks: ["0.0.0.0/1"] });
            says(
                [...standalone(), half],
                'a wide share of all public IPv4 addresses can reach load balancer "web": security group "alb" -> rule "in" -> cidrBlocks[0] = "0.0.0.0/1"; but type is not known yet, so the rule may belong to another security group or be an egress rule.',
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
