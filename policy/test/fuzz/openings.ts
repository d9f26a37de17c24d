import * as fc from "fast-check";

import { UNKNOWN } from "../../graph";
import { ref, type Fixture } from "../harness";

/** A stack with something open in it, and the rule that has to find it whatever stands beside it. */
export interface Opening {
    readonly rule: string;
    /** Names of the resources that the violation may be about. */
    readonly about: readonly string[];
    readonly fixtures: readonly Fixture[];
}

const everything = ["0.0.0.0/0", "::/0", "7.7.7.7/0", "0:0:0:0:0:0:0:0/0"] as const;

/** Something beside the opening that a preview does not know, or that is closed. */
const beside = fc.array(fc.constantFrom<unknown>(UNKNOWN, "10.0.0.0/8", "2001:db8::/32"), { maxLength: 3 });
const entryBeside = fc.array(
    fc.constantFrom<unknown>(
        UNKNOWN,
        { cidrBlocks: UNKNOWN },
        { cidrBlocks: [UNKNOWN], description: UNKNOWN },
        { ipv6CidrBlocks: ["2001:db8::/32"] },
        { prefixListIds: [UNKNOWN] },
        { securityGroups: [UNKNOWN], self: UNKNOWN },
    ),
    { maxLength: 3 },
);
const unknownNames = (...names: string[]) =>
    fc.subarray(names).map((some) => Object.fromEntries(some.map((name) => [name, UNKNOWN])));

const balancer = fc.record({
    type: fc.constantFrom(
        "aws:lb/loadBalancer:LoadBalancer",
        "aws:alb/loadBalancer:LoadBalancer",
        "aws-native:elasticloadbalancingv2:LoadBalancer",
    ),
    before: fc.array(fc.constantFrom<unknown>(UNKNOWN, "sg-0123456789abcdef0"), { maxLength: 2 }),
    more: unknownNames("name", "tags", "subnets", "internal", "ipAddressType", "dropInvalidHeaderFields"),
});

const openRange = fc.record({
    range: fc.constantFrom(...everything),
    before: beside,
    after: beside,
    entriesBefore: entryBeside,
    entriesAfter: entryBeside,
    more: unknownNames("protocol", "fromPort", "toPort", "description", "self"),
});

/** One range of a whole family, in each of the ways in which a group can let it in. */
const ingress: fc.Arbitrary<Opening> = fc
    .record({ balancer, open: openRange, way: fc.constantFrom("inline", "rule", "single", "native", "list", "entry") })
    .map(({ balancer: { type, before, more }, open, way }) => {
        const isIpv6 = open.range.includes(":");
        const ranges = [...open.before, open.range, ...open.after];
        const group = { securityGroupId: ref("openGroup") };
        const entry = { ...open.more, [isIpv6 ? "ipv6CidrBlocks" : "cidrBlocks"]: ranges };
        const aws = (inline: readonly unknown[] | undefined): Fixture => ({
            type: "aws:ec2/securityGroup:SecurityGroup",
            name: "openGroup",
            properties: { ...(inline && { ingress: inline }), vpcId: UNKNOWN },
        });
        const list = (entries: readonly unknown[]): Fixture => ({
            type: "aws:ec2/managedPrefixList:ManagedPrefixList",
            name: "openList",
            properties: { entries },
        });
        const single = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
        const ways: Record<typeof way, Fixture[]> = {
            inline: [aws([...open.entriesBefore, entry, ...open.entriesAfter])],
            rule: [
                aws(undefined),
                {
                    type: "aws:ec2/securityGroupRule:SecurityGroupRule",
                    name: "openRule",
                    properties: { ...entry, type: "ingress", ...group },
                },
            ],
            single: [
                aws([...open.entriesBefore]),
                {
                    type: single,
                    name: "openRule",
                    properties: { ...open.more, ...group, [isIpv6 ? "cidrIpv6" : "cidrIpv4"]: open.range },
                },
            ],
            native: [
                {
                    type: "aws-native:ec2:SecurityGroup",
                    name: "openGroup",
                    properties: {
                        securityGroupIngress: [UNKNOWN, { ...open.more, [isIpv6 ? "cidrIpv6" : "cidrIp"]: open.range }],
                    },
                },
            ],
            list: [
                aws(undefined),
                list(ranges.map((cidr) => ({ cidr }))),
                { type: single, name: "openRule", properties: { ...group, prefixListId: ref("openList") } },
            ],
            entry: [
                aws([{ prefixListIds: [UNKNOWN, ref("openList")] }]),
                list(open.before.map((cidr) => ({ cidr }))),
                {
                    type: "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry",
                    name: "openEntry",
                    properties: { cidr: open.range, prefixListId: ref("openList") },
                },
            ],
        };
        const fixtures = [
            { type, name: "openBalancer", properties: { ...more, securityGroups: [...before, ref("openGroup")] } },
            ...ways[way],
        ];
        return { rule: "alb-no-public-ingress", about: ["openGroup", "openRule", "openList", "openEntry"], fixtures };
    });

const originBeside = fc.array(
    fc.constantFrom<unknown>(
        UNKNOWN,
        { originId: "a", domainName: UNKNOWN, customOriginConfig: UNKNOWN },
        { originId: "b", domainName: "b.example.com", customOriginConfig: { originProtocolPolicy: UNKNOWN } },
        { originId: "c", domainName: "c.example.com", customOriginConfig: { originProtocolPolicy: "https-only" } },
    ),
    { maxLength: 3 },
);

const origin: fc.Arbitrary<Opening> = fc
    .record({
        before: originBeside,
        after: originBeside,
        policy: fc.constantFrom<unknown>("http-only", "match-viewer", undefined),
        more: unknownNames("aliases", "webAclId", "comment", "defaultCacheBehavior", "viewerCertificate"),
        inOrigin: unknownNames("domainName", "originId", "customHeaders"),
        isNative: fc.boolean(),
    })
    .map(({ before, after, policy, more, inOrigin, isNative }) => {
        const bad = {
            originId: "bad",
            domainName: "bad.example.com",
            ...inOrigin,
            customOriginConfig: { httpPort: UNKNOWN, originSslProtocols: UNKNOWN, originProtocolPolicy: policy },
        };
        const config = { ...more, enabled: UNKNOWN, origins: [...before, bad, ...after] };
        const fixtures = [
            isNative
                ? {
                      type: "aws-native:cloudfront:Distribution",
                      name: "plain",
                      properties: { distributionConfig: config },
                  }
                : { type: "aws:cloudfront/distribution:Distribution", name: "plain", properties: config },
        ];
        return { rule: "cloudfront-origin-https-only", about: ["plain"], fixtures };
    });

export const anyOpening: fc.Arbitrary<Opening> = fc.oneof(ingress, origin);
