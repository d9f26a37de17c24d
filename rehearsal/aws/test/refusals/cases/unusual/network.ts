import type { CasesByType } from "..";

/** Unusual programs without any mistake. */
export const network: CasesByType = {
    "aws:ec2/vpc:Vpc": {
        accepted: [
            ["a range of documentation", { cidrBlock: "203.0.112.0/20" }],
            ["a range of a pool", { cidrBlock: undefined, ipv4IpamPoolId: "ipam-pool-1", ipv4NetmaskLength: 24 }],
        ],
    },
    "aws:ec2/route:Route": {
        accepted: [
            ["IPv6", { destinationCidrBlock: undefined, destinationIpv6CidrBlock: "::/0" }],
            ["a peer", { gatewayId: undefined, vpcPeeringConnectionId: "pcx-0123456789abcdef0" }],
            [
                "the main table of a VPC",
                async (stack) => ({
                    routeTableId: (await stack.create("aws:ec2/vpc:Vpc", { cidrBlock: "10.8.0.0/16" }, "v")).properties
                        .mainRouteTableId,
                }),
            ],
        ],
    },
    "aws:ec2/routeTable:RouteTable": {
        accepted: [
            ["a local route", { routes: [{ cidrBlock: "172.31.0.0/16", gatewayId: "local" }] }],
            ["no routes", { routes: [] }],
        ],
    },
    "aws:ec2/natGateway:NatGateway": {
        accepted: [["private", { connectivityType: "private", allocationId: undefined }]],
    },
    "aws:ec2/vpcEndpoint:VpcEndpoint": {
        accepted: [
            [
                "an interface",
                async (stack) => ({
                    vpcEndpointType: "Interface",
                    serviceName: "com.amazonaws.vpce.eu-central-1.vpce-svc-0123456789abcdef0",
                    subnetIds: await stack.subnets(),
                    privateDnsEnabled: true,
                }),
            ],
        ],
    },
};
