import type { CasesByType } from "..";
import { ingress } from "../parts";

/** Unusual programs without any mistake. */
export const ec2: CasesByType = {
    "aws:ec2/securityGroup:SecurityGroup": {
        accepted: [
            ["icmp all", ingress({ protocol: "icmp", fromPort: -1, toPort: -1 })],
            ["icmp echo", ingress({ protocol: "icmp", fromPort: 8, toPort: 0 })],
            [
                "icmpv6",
                ingress({
                    protocol: "icmpv6",
                    fromPort: -1,
                    toPort: -1,
                    cidrBlocks: undefined,
                    ipv6CidrBlocks: ["::/0"],
                }),
            ],
            ["number 50", ingress({ protocol: "50", fromPort: 0, toPort: 0 })],
            ["protocol 6", ingress({ protocol: "6" })],
            ["protocol upper", ingress({ protocol: "TCP" })],
            ["all", ingress({ protocol: "-1", fromPort: 0, toPort: 0, self: true })],
            [
                "several sources",
                ingress({ ipv6CidrBlocks: ["2001:db8::/32"], self: true, description: "a_b.c:d/e()#,@[]+=&;{}!$*" }),
            ],
            ["self only", ingress({ cidrBlocks: undefined, self: true })],
            ["no rules", { ingress: [] }],
            ["egress closed", { egress: [], name: "Web Servers", revokeRulesOnDelete: true }],
            ["name with signs", { name: "a:b/c(d)#1,@[e]+=&;{}!$*" }],
        ],
    },
    "aws:ec2/securityGroupRule:SecurityGroupRule": {
        accepted: [
            // Source: terraform-provider-aws, TestAccVPCSecurityGroupRule_MultipleRuleSearching_allProtocolCrash.
            ["ports beside every protocol", { protocol: "-1", fromPort: 0, toPort: 65535 }],
            ["rule all ports", { fromPort: 0, toPort: 65535 }],
            [
                "rule with list and cidr",
                async (stack) => ({
                    prefixListIds: [
                        (
                            await stack.create(
                                "aws:ec2/managedPrefixList:ManagedPrefixList",
                                { addressFamily: "IPv4", maxEntries: 1, name: "x" },
                                "x",
                            )
                        ).id,
                    ],
                }),
            ],
        ],
    },
    // Source: terraform-provider-aws, TestAccVPCDefaultRouteTable_ipv4ToVPCEndpoint.
    "aws:ec2/vpcEndpoint:VpcEndpoint": {
        accepted: [
            [
                "a gateway of load balancers",
                async (stack) => {
                    const subnetId = (await stack.subnets())[0];
                    const gateway = await stack.create("aws:lb/loadBalancer:LoadBalancer", {
                        loadBalancerType: "gateway",
                        subnets: [subnetId],
                    });
                    const { properties } = await stack.create("aws:ec2/vpcEndpointService:VpcEndpointService", {
                        acceptanceRequired: false,
                        gatewayLoadBalancerArns: [gateway.id],
                    });
                    const { serviceName, serviceType } = properties;
                    return {
                        serviceName,
                        vpcEndpointType: serviceType,
                        subnetIds: [subnetId],
                        routeTableIds: undefined,
                    };
                },
            ],
        ],
    },
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
        accepted: [
            [
                "ingress group of itself",
                async (stack) => {
                    const g = (await stack.create("aws:ec2/securityGroup:SecurityGroup", {}, "z")).id;
                    return { securityGroupId: g, cidrIpv4: undefined, referencedSecurityGroupId: g };
                },
            ],
            ["ingress all", { ipProtocol: "-1", fromPort: undefined, toPort: undefined }],
            ["every type of ICMP", { ipProtocol: "icmpv6", fromPort: undefined, toPort: undefined }],
            [
                "the prefix list of a gateway endpoint",
                async (stack) => {
                    const { properties } = await stack.create("aws:ec2/vpcEndpoint:VpcEndpoint", {
                        vpcId: await stack.vpcId(),
                        serviceName: "com.amazonaws.eu-central-1.s3",
                    });
                    return { cidrIpv4: undefined, prefixListId: properties.prefixListId };
                },
            ],
            ["ingress icmp", { ipProtocol: "icmp", fromPort: 3, toPort: 4 }],
            ["ingress v6", { cidrIpv4: undefined, cidrIpv6: "::/0", description: "" }],
        ],
    },
    "aws:ec2/managedPrefixList:ManagedPrefixList": {
        accepted: [
            // The provider creates it with a hundred, and adds the others.
            [
                "prefix list of 101",
                { maxEntries: 101, entries: [...Array(101).keys()].map((i) => ({ cidr: `10.0.${i}.0/24` })) },
            ],
            ["prefix list empty", { entries: undefined, maxEntries: 1000 }],
            ["prefix list v6", { addressFamily: "IPv6", entries: [{ cidr: "2001:db8::/32" }, { cidr: "::/0" }] }],
        ],
    },
};
