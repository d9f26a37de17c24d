import assert from "node:assert/strict";

import { UNKNOWN } from "../graph";
import { broken, compliantStack, verdicts, changed } from "../test/compliantStack";
import { messagesOf, testRule } from "../test/testRule";
import type { Program } from "../test/yamlProgram";
import { albIngressCloudfrontOnly } from "./alb-ingress-cloudfront-only";

const both = ["preview", "state"] as const;

/** The compliant stack with a further rule in the load balancer's group. */
function withRule(properties: Record<string, unknown>, more: Program = {}): Program {
    const rule = { securityGroupId: "${loadBalancerGroup.id}", ipProtocol: "tcp", ...properties };
    return {
        ...compliantStack(),
        ...more,
        further: { type: "aws:vpc:SecurityGroupIngressRule", properties: rule },
    };
}

function expect(program: Program, expected: string[], settings = {}): void {
    for (const form of both) {
        assert.deepEqual(verdicts(albIngressCloudfrontOnly, program, { form, settings }), expected, form);
    }
}

describe("alb-ingress-cloudfront-only", () => {
    testRule(albIngressCloudfrontOnly, {
        breaks: {
            "a prefix list from elsewhere, of which it cannot tell": [
                "fromCloudFront.prefixListId",
                "pl-0123456789abcdef0",
                "cannot tell: fromCloudFront prefixListId",
            ],
            "addresses in the group itself": [
                "loadBalancerGroup.ingress",
                [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["198.51.100.0/24"] }],
                "violation: loadBalancerGroup ingress[0].cidrBlocks[0]",
            ],
        },
        accepts: { "the list of another Region": ["fromCloudFront.prefixListId", "pl-3b927c52"] },
        unknowns: { "fromCloudFront.prefixListId": ["cannot tell: fromCloudFront prefixListId"] },
        shapes: [
            "fromCloudFront.prefixListId",
            "loadBalancerGroup.ingress",
            "fromCloudFront.securityGroupId",
            "loadBalancer.securityGroups",
        ],
    });

    it("refuses addresses, however few", () => {
        expect(withRule({ cidrIpv4: "10.0.0.0/8" }), ["violation: further cidrIpv4"]);
        expect(withRule({ cidrIpv6: "2001:db8::1/128" }), ["violation: further cidrIpv6"]);
    });

    it("cannot tell of a default group that may be the load balancer's", () => {
        const network = (vpcId: string): Program[string] => ({
            type: "aws:ec2:DefaultSecurityGroup",
            properties: { vpcId, ingress: [{ protocol: "-1", cidrBlocks: ["10.0.0.0/8"] }] },
        });
        const { loadBalancer = assert.fail(), ...others } = compliantStack();
        const bare = { ...loadBalancer, properties: { ...loadBalancer.properties, securityGroups: undefined } };
        const first = { ...others, loadBalancer: bare, one: network("vpc-8") };
        expect({ ...first, two: network("vpc-9") }, ["cannot tell: loadBalancer securityGroups"]);
        expect(first, ["violation: one ingress[0].cidrBlocks[0]"]);
        // Another load balancer does not answer for this one, whichever stands first.
        const balancer = (securityGroups?: string[]) => ({
            ...bare,
            properties: { ...bare.properties, securityGroups },
        });
        const origins = ["loadBalancer", "other"].map((name) => ({
            originId: name,
            domainName: `\${${name}.dnsName}`,
            customOriginConfig: { originProtocolPolicy: "https-only" },
        }));
        const withOther = (other: Program[string]) => ({
            ...changed({ "distribution.origins": origins }),
            loadBalancer: bare,
            other,
            one: network("vpc-8"),
            two: network("vpc-9"),
        });
        expect(withOther(balancer(["${one.id}"])), [
            "violation: one ingress[0].cidrBlocks[0]",
            "cannot tell: loadBalancer securityGroups",
        ]);
        expect(withOther(balancer()), [
            "cannot tell: loadBalancer securityGroups",
            "cannot tell: other securityGroups",
        ]);
    });

    it("leaves every address at once to the rule that refuses it", () => {
        expect(withRule({ cidrIpv4: "0.0.0.0/0" }), []);
    });

    it("refuses other security groups and a list of one's own, unless settings name them", () => {
        const more: Program = {
            callers: { type: "aws:ec2:SecurityGroup", properties: { vpcId: "vpc-1" } },
            list: { type: "aws:ec2:ManagedPrefixList", properties: { addressFamily: "IPv4", maxEntries: 2 } },
        };
        const group = withRule({ referencedSecurityGroupId: "${callers.id}" }, more);
        expect(group, ["violation: further referencedSecurityGroupId"]);
        expect(group, [], { securityGroupIds: ["callers"] });
        expect(withRule({ prefixListId: "${list.id}" }, more), ["violation: further prefixListId"]);
        const outside = withRule({ referencedSecurityGroupId: "sg-0123456789abcdef0" });
        expect(outside, ["violation: further referencedSecurityGroupId"]);
        expect(outside, [], { securityGroupIds: ["sg-0123456789abcdef0"] });
        const list = broken("fromCloudFront.prefixListId", "pl-0123456789abcdef0");
        expect(list, [], { prefixListIds: ["pl-0123456789abcdef0"] });
    });

    it("accepts the service group of VPC origins, and cannot tell of another group behind one", () => {
        const service = withRule(
            { referencedSecurityGroupId: "${service.id}" },
            { service: { type: "aws:ec2:SecurityGroup", properties: { name: "CloudFront-VPCOrigins-Service-SG" } } },
        );
        expect(service, []);
        const outside = withRule({ referencedSecurityGroupId: "sg-0123456789abcdef0" });
        outside.vpcOrigin = {
            type: "aws:cloudfront:VpcOrigin",
            properties: { vpcOriginEndpointConfig: { arn: "${loadBalancer.arn}" } },
        };
        (outside.distribution?.properties ?? {}).origins = [
            {
                originId: "origin",
                domainName: "origin.example.com",
                vpcOriginConfig: { vpcOriginId: "${vpcOrigin.id}" },
            },
        ];
        expect(outside, ["cannot tell: further referencedSecurityGroupId"]);
    });

    it("says once what a group lets in that two load balancers share", () => {
        const program = withRule({ cidrIpv4: "10.0.0.0/8" });
        const records = program.originRecord?.properties ?? {};
        program.second = { type: "aws:lb:LoadBalancer", properties: { securityGroups: ["${loadBalancerGroup.id}"] } };
        program.secondRecord = {
            type: "aws:route53:Record",
            properties: { ...records, aliases: [{ name: "${second.dnsName}" }] },
        };
        expect(program, ["violation: further cidrIpv4"]);
    });

    it("leaves a load balancer alone that is no origin", () => {
        const program = withRule({ cidrIpv4: "10.0.0.0/8" });
        delete program.originRecord;
        expect(program, ["cannot tell: distribution origins[0].domainName"]);
        (program.distribution?.properties?.origins as Record<string, unknown>[])[0] = {
            originId: "origin",
            domainName: "origin.example.com",
            customOriginConfig: {},
        };
        expect(program, []);
    });

    it("walks from the distribution to the addresses", () => {
        assert.match(
            messagesOf(albIngressCloudfrontOnly, withRule({ cidrIpv4: "10.0.0.0/8" })).join(),
            /"loadBalancer" is an origin of distribution "distribution".*"loadBalancerGroup" allows addresses "10\.0\.0\.0\/8" \(cidrIpv4\)/,
        );
    });
});

describe("alb-ingress-cloudfront-only, value by value", () => {
    const lets = "allows every member of the group itself";

    it("cannot tell of a rule of which it is not known whether it lets in", () => {
        const rule = { securityGroupId: "${loadBalancerGroup.id}", cidrBlocks: ["10.0.0.0/8"] };
        const of = (type: unknown) =>
            changed({ further: { type: "aws:ec2:SecurityGroupRule", properties: { ...rule, type } } });
        expect(of("ingress"), ["violation: further cidrBlocks[0]"]);
        expect(of("egress"), []);
        expect(of(UNKNOWN), ["cannot tell: further type"]);
    });

    it("says that a group lets in itself, by whichever way, before and after it exists", () => {
        const program = withRule({ referencedSecurityGroupId: "${loadBalancerGroup.id}" });
        for (const form of both) {
            const [message = ""] = messagesOf(albIngressCloudfrontOnly, program, form);
            assert.ok(
                message.includes(`"loadBalancerGroup" ${lets} (referencedSecurityGroupId)`),
                `${form}: ${message}`,
            );
        }
    });

    it("finds a group of the stack behind an unknown entry of the group's own list", () => {
        const callers = { type: "aws:ec2:SecurityGroup", properties: {} };
        const ingress = [{ securityGroups: ["${callers.id}"] }];
        expect(changed({ callers, "loadBalancerGroup.ingress": ingress }), [
            "violation: loadBalancerGroup ingress[0].securityGroups[0]",
        ]);
    });

    it("knows the service group of VPC origins by its aws-native name", () => {
        const properties = { groupName: "CloudFront-VPCOrigins-Service-SG" };
        const service = { type: "aws-native:ec2:SecurityGroup", properties };
        expect(withRule({ referencedSecurityGroupId: "${service.id}" }, { service }), []);
    });

    it("cannot tell of a group from outside where any of the ways in is a VPC origin", () => {
        const program = changed({
            further: withRule({ referencedSecurityGroupId: "sg-0123456789abcdef0" }).further,
            vpcOrigin: {
                type: "aws:cloudfront:VpcOrigin",
                properties: { vpcOriginEndpointConfig: { arn: "${loadBalancer.arn}" } },
            },
            "distribution.origins": [
                { originId: "a", domainName: "origin.example.com", customOriginConfig: {} },
                { originId: "b", domainName: "b.example.com", vpcOriginConfig: { vpcOriginId: "${vpcOrigin.id}" } },
            ],
        });
        expect(program, ["cannot tell: further referencedSecurityGroupId"]);
    });

    it("names the default group of a VPC that is only being made", () => {
        const rule = { securityGroupId: "${vpc.defaultSecurityGroupId}", cidrIpv4: "10.0.0.0/8" };
        const program = changed({
            vpc: { type: "aws:ec2:Vpc", properties: { cidrBlock: "10.0.0.0/16" } },
            "loadBalancer.securityGroups": undefined,
            "loadBalancer.subnets": ["${vpc.id}"],
            further: { type: "aws:vpc:SecurityGroupIngressRule", properties: rule },
        });
        const [message = ""] = messagesOf(albIngressCloudfrontOnly, program, "preview");
        assert.match(message, /, and the default security group of its VPC allows addresses "10\.0\.0\.0\/8"/);
    });
});
