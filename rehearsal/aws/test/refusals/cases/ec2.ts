import type { CasesByType } from "./index";

const block = (more: object) => ({
    ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/8"], ...more }],
});
const list = (...cidrs: string[]) => ({ entries: cidrs.map((cidr) => ({ cidr })) });

export const ec2: CasesByType = {
    "aws:ec2/securityGroup:SecurityGroup": {
        refused: [
            [
                "bits behind the prefix",
                block({ cidrBlocks: ["10.0.0.1/8"] }),
                /ingress\[0\]\.cidrBlocks\[0\]: is "10\.0\.0\.1\/8"; AWS allows ranges/,
            ],
            ["an address without a prefix", block({ cidrBlocks: ["10.0.0.1"] }), /cidrBlocks\[0\]: is "10\.0\.0\.1"/],
            ["IPv6 among IPv4", block({ cidrBlocks: ["2001:db8::/32"] }), /cidrBlocks\[0\]: is "2001:db8::\/32"/],
            ["ports of every protocol", block({ protocol: "-1" }), /fromPort: and "toPort" must both be 0/],
            ["no source", block({ cidrBlocks: undefined }), /ingress\[0\]: has no source or destination/],
            ["a protocol that does not exist", block({ protocol: "https" }), /protocol: is "https"/],
            ["ports in the wrong order", block({ fromPort: 444 }), /Invalid TCP\/UDP port range/],
        ],
        accepted: [
            ["every protocol", block({ protocol: "-1", fromPort: 0, toPort: 0 })],
            ["a protocol by its number", block({ protocol: "50", fromPort: 0, toPort: 0 })],
            ["ICMP", block({ protocol: "icmp", fromPort: 8, toPort: -1 })],
            ["itself", block({ cidrBlocks: undefined, self: true })],
            ["IPv6", block({ cidrBlocks: undefined, ipv6CidrBlocks: ["::/0"] })],
            ["a protocol in capitals", block({ protocol: "TCP" })],
        ],
    },
    "aws:ec2/securityGroupRule:SecurityGroupRule": {
        refused: [
            ["two sources", { self: true }, /self: conflicts with "cidrBlocks"/],
            ["bits behind the prefix", { cidrBlocks: ["10.1.0.0/8"] }, /cidrBlocks\[0\]: is "10\.1\.0\.0\/8"/],
            ["a direction that does not exist", { type: "inbound" }, /type: is "inbound"/],
        ],
        accepted: [["IPv4 and IPv6 together", { ipv6CidrBlocks: ["2001:db8::/32"] }]],
    },
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
        refused: [
            ["two sources", { cidrIpv6: "::/0" }, /conflicts with "cidrIpv4"\. Give one of/],
            ["ports of every protocol", { ipProtocol: "-1" }, /fromPort: goes with no protocol "-1"/],
            ["a protocol that does not exist", { ipProtocol: "http" }, /ipProtocol: is "http"/],
            ["a port beyond the bounds", { toPort: 70000 }, /toPort: is 70000; AWS allows -1 to 65535/],
            [
                "a list that is none",
                { cidrIpv4: undefined, prefixListId: "cloudfront" },
                /prefixListId: is "cloudfront"/,
            ],
            ["no ports of TCP", { fromPort: undefined, toPort: undefined }, /Must specify both from and to ports/],
        ],
        accepted: [["every protocol", { ipProtocol: "-1", fromPort: undefined, toPort: undefined }]],
    },
    "aws:ec2/managedPrefixList:ManagedPrefixList": {
        refused: [
            [
                "more entries than the maximum",
                { maxEntries: 1, ...list("10.0.0.0/8", "192.0.2.0/24") },
                /has 2 entries; "maxEntries" is 1/,
            ],
            ["the wrong family", list("2001:db8::/32"), /entries\[0\]\.cidr: is "2001:db8::\/32"; a range of IPv4/],
            ["an entry twice", list("10.0.0.0/8", "10.0.0.0/8"), /has the cidr 10\.0\.0\.0\/8 twice/],
            ["a maximum of none", { maxEntries: 0, entries: undefined }, /maxEntries: is 0/],
            [
                "a family that does not exist",
                { addressFamily: "ipv4" },
                /addressFamily: is "ipv4".*Did you mean "IPv4"\?/,
            ],
        ],
        accepted: [
            ["no entries", { entries: undefined }],
            ["IPv6", { addressFamily: "IPv6", ...list("2001:db8::/32") }],
        ],
    },
    "aws:ec2/vpc:Vpc": {
        refused: [
            [
                "a range that is too large",
                { cidrBlock: "10.0.0.0/8" },
                /cidrBlock: is "10\.0\.0\.0\/8"; AWS allows .*from \/16 to \/28/,
            ],
            ["bits behind the prefix", { cidrBlock: "10.0.0.1/16" }, /cidrBlock: is "10\.0\.0\.1\/16"/],
        ],
        accepted: [["the smallest range", { cidrBlock: "10.0.0.0/28" }]],
    },
    "aws:ec2/subnet:Subnet": {
        refused: [
            [
                "a zone in two ways",
                { availabilityZone: "eu-central-1a" },
                /availabilityZoneId: conflicts with "availabilityZone"/,
            ],
            ["a range that is too small", { cidrBlock: "172.31.240.0/29" }, /cidrBlock: is "172\.31\.240\.0\/29"/],
            ["a neighbour's range", { cidrBlock: "172.31.0.0/24" }, /InvalidSubnet\.Conflict/],
            ["IPv6 that the VPC does not have", { ipv6CidrBlock: "2001:db8::/64" }, /InvalidSubnet\.Range/],
            [
                "a range of IPv6 that is too small",
                { ipv6CidrBlock: "2001:db8::/66" },
                /ipv6CidrBlock: is "2001:db8::\/66"/,
            ],
            ["IPv4 in the place of IPv6", { ipv6CidrBlock: "10.0.0.0/24" }, /ipv6CidrBlock: is "10\.0\.0\.0\/24"/],
        ],
    },
};
