import assert from "node:assert/strict";

import { UNKNOWN } from "../graph";
import { broken, compliantStack, verdicts } from "../test/compliantStack";
import { messagesOf, testRule, says } from "../test/testRule";
import type { Program } from "../test/yamlProgram";
import { messages, prefixListWeight } from "./prefix-list-weight";

const both = ["preview", "state"] as const;

function withRules(...rules: Record<string, unknown>[]): Program {
    const program = compliantStack();
    program.list = { type: "aws:ec2:ManagedPrefixList", properties: { addressFamily: "IPv4", maxEntries: 6 } };
    for (const [index, properties] of rules.entries()) {
        program[`further${index}`] = {
            type: "aws:vpc:SecurityGroupIngressRule",
            properties: { securityGroupId: "${loadBalancerGroup.id}", ipProtocol: "tcp", ...properties },
        };
    }
    return program;
}

function expect(program: Program, expected: string[], settings = {}): void {
    for (const form of both) {
        assert.deepEqual(verdicts(prefixListWeight, program, { form, settings }), expected, form);
    }
}

const addresses = (count: number) => Array.from({ length: count }, (_, index) => ({ cidrIpv4: `192.0.2.${index}/32` }));

describe("prefix-list-weight", () => {
    testRule(prefixListWeight, {
        unknowns: { "fromCloudFront.prefixListId": [] },
        shapes: ["fromCloudFront.prefixListId", "loadBalancerGroup.ingress"],
    });

    it("counts 55 for CloudFront's list: five further rules fit, six do not", () => {
        expect(withRules(...addresses(5)), []);
        expect(withRules(...addresses(6)), ["violation: loadBalancerGroup"]);
        expect(withRules(...addresses(6)), [], { rulesPerSecurityGroup: 61 });
    });

    it("counts the two address families apart", () => {
        expect(withRules(...addresses(5), { cidrIpv6: "2001:db8::/64" }), []);
    });

    it("counts the list once for each rule", () => {
        const program = withRules({ prefixListId: "pl-4fa04526", fromPort: 80, toPort: 80 });
        expect(program, ["violation: loadBalancerGroup"]);
        assert.deepEqual(messagesOf(prefixListWeight, program), [
            messages.tooHeavy("loadBalancerGroup", 110, ["2 x 55 for pl-4fa04526"], 60),
        ]);
    });

    it("names at most ten lists", () => {
        const lists = Array.from({ length: 30 }, (_, index) => ({ prefixListId: `\${list${index}.id}` }));
        const program = withRules(...lists);
        for (const index of lists.keys()) {
            program[`list${index}`] = { type: "aws:ec2:ManagedPrefixList", properties: { maxEntries: 2 } };
        }
        const [message = ""] = messagesOf(prefixListWeight, program);
        assert.match(message, /weigh 115 \(55 for pl-4fa04526 \+ .* and 21 more\)/);
        assert.ok(message.length < 600, message);
    });

    it("counts a list of the stack by maxEntries", () => {
        expect(withRules({ prefixListId: "${list.id}" }), ["violation: loadBalancerGroup"]);
        const program = withRules({ prefixListId: "${list.id}" });
        (program.list?.properties ?? {}).maxEntries = 5;
        expect(program, []);
    });

    it("cannot tell only where a list of unknown weight could be too much", () => {
        expect(withRules({ prefixListId: "pl-0123456789abcdef0" }), ["cannot tell: loadBalancerGroup"]);
        expect(broken("fromCloudFront.prefixListId", "pl-0123456789abcdef0"), []);
    });
});

describe("prefix-list-weight, value by value", () => {
    const list = { prefixListId: "pl-4fa04526" };

    it("leaves a group alone that names no prefix list, and one from outside", () => {
        const program = withRules(...addresses(61));
        delete program.fromCloudFront;
        expect(program, []);
        const outside = withRules(...[list, list].map((rule) => ({ ...rule, securityGroupId: "sg-9" })));
        (outside.loadBalancer?.properties ?? {}).securityGroups = ["sg-9"];
        expect(outside, []);
    });

    it("counts IPv6 where it is the fuller family, and ranges that are not known yet", () => {
        const six = Array.from({ length: 6 }, (_, index) => ({ cidrIpv6: `2001:db8::${index}/128` }));
        expect(withRules(...six), ["violation: loadBalancerGroup"]);
        expect(withRules(...six.slice(1)), []);
        expect(withRules(...Array.from({ length: 6 }, () => ({ cidrIpv4: UNKNOWN }))), [
            "violation: loadBalancerGroup",
        ]);
    });
});

const ingress = (properties: Record<string, unknown>) => ({
    type: "aws:vpc:SecurityGroupIngressRule",
    properties: { securityGroupId: "${loadBalancerGroup.id}", ...properties },
});

describe("prefix-list-weight says of", () => {
    it("a list of unknown weight", () => {
        says(
            prefixListWeight,
            {
                further: ingress({ prefixListId: "pl-0123456789abcdef0" }),
            },
            [
                'Cannot tell whether the rules of "loadBalancerGroup" fit within the quota: the weight of pl-0123456789abcdef0 is not known in this stack, and the rest weighs 55 of 60.',
            ],
        );
    });

    it("lists and other sources", () => {
        says(
            prefixListWeight,
            {
                list: { type: "aws:ec2:ManagedPrefixList", properties: { maxEntries: 6 } },
                further: ingress({ prefixListId: "${list.id}" }),
                "loadBalancerGroup.ingress": [{ cidrBlocks: ["10.0.0.0/8"], securityGroups: ["sg-1"] }],
            },
            [
                'The ingress rules of security group "loadBalancerGroup" weigh 63 (55 for pl-4fa04526 + 6 for list + 2 for other sources), over the quota of 60, so AWS refuses them with RulesPerSecurityGroupLimitExceeded. Refer to each list once, in its own security group, or request a higher quota (L-0EA8095F) and set rulesPerSecurityGroup.',
            ],
        );
    });
});
