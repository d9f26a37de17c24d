import assert from "node:assert/strict";
import { DeployedAccount, type DeployedResource } from "./deployedAccount";
import { admits } from "./securityGroups";

/** Who is let in to port 443 by what is in the account beside the load balancer and its group. */
function admitted(records: readonly Omit<DeployedResource, "id">[], ipAddressType = "ipv4"): string[] {
    const loadBalancer = {
        type: "aws:lb/loadBalancer:LoadBalancer",
        id: "balancer",
        properties: { securityGroups: ["group"], ipAddressType },
    };
    const prefixList = {
        type: "aws:ec2/managedPrefixList:ManagedPrefixList",
        id: "pl-edge",
        properties: { entries: [{ cidr: "130.176.0.0/18" }] },
    };
    const account = new DeployedAccount([
        loadBalancer,
        prefixList,
        ...records.map((record, index) => ({ id: `record-${index}`, ...record })),
    ]);
    return (["CloudFront", "outside"] as const).filter((source) => admits(account, loadBalancer, 443, source));
}

const ingressRule = (properties: Record<string, unknown>) => ({
    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    properties: { securityGroupId: "group", ipProtocol: "tcp", fromPort: 443, toPort: 443, ...properties },
});

describe("a load balancer's security groups", () => {
    it("let nobody in without a rule", () => assert.deepEqual(admitted([]), []));

    it("let in CloudFront alone by its prefix list", () => {
        assert.deepEqual(admitted([ingressRule({ prefixListId: "pl-edge" })]), ["CloudFront"]);
    });

    const everyone: readonly [string, Omit<DeployedResource, "id">][] = [
        ["a rule for every address", ingressRule({ cidrIpv4: "0.0.0.0/0" })],
        ["every protocol", ingressRule({ cidrIpv4: "0.0.0.0/0", ipProtocol: "-1", fromPort: -1, toPort: -1 })],
        ["a range of ports", ingressRule({ cidrIpv4: "0.0.0.0/0", fromPort: 400, toPort: 500 })],
        [
            "a rule of the older kind",
            {
                type: "aws:ec2/securityGroupRule:SecurityGroupRule",
                properties: {
                    securityGroupId: "group",
                    type: "ingress",
                    protocol: "tcp",
                    fromPort: 443,
                    toPort: 443,
                    cidrBlocks: ["0.0.0.0/0"],
                },
            },
        ],
        [
            "an inline rule",
            {
                type: "aws:ec2/securityGroup:SecurityGroup",
                properties: {
                    id: "group",
                    ingress: [{ protocol: "tcp", fromPort: 0, toPort: 65535, cidrBlocks: ["0.0.0.0/0"] }],
                },
            },
        ],
    ];
    for (const [what, record] of everyone) {
        it(`let everybody in by ${what}`, () => assert.deepEqual(admitted([record]), ["CloudFront", "outside"]));
    }

    const nobody: readonly [string, Omit<DeployedResource, "id">][] = [
        ["another port", ingressRule({ cidrIpv4: "0.0.0.0/0", fromPort: 80, toPort: 80 })],
        ["another protocol", ingressRule({ cidrIpv4: "0.0.0.0/0", ipProtocol: "udp" })],
        ["another group", ingressRule({ cidrIpv4: "0.0.0.0/0", securityGroupId: "other" })],
        ["a group as source", ingressRule({ referencedSecurityGroupId: "other" })],
        ["a prefix list that is not there", ingressRule({ prefixListId: "pl-other" })],
        ["a range that is none", ingressRule({ cidrIpv4: "everything" })],
        ["IPv6 on a load balancer without it", ingressRule({ cidrIpv6: "::/0" })],
    ];
    for (const [what, record] of nobody) {
        it(`let nobody in by ${what}`, () => assert.deepEqual(admitted([record]), []));
    }

    it("let everybody in by IPv6 on a dual-stack load balancer", () => {
        assert.deepEqual(admitted([ingressRule({ cidrIpv6: "::/0" })], "dualstack"), ["CloudFront", "outside"]);
    });
});
