import type { CasesByType } from "..";

const internet = { cidrBlock: "0.0.0.0/0" };

/** Programs with one mistake each. */
export const network: CasesByType = {
    "aws:ec2/vpc:Vpc": {
        refused: [
            ["no range", { cidrBlock: undefined }, /cidrBlock: One of "cidrBlock", "ipv4IpamPoolId" must be given/],
            [
                "multicast",
                { cidrBlock: "224.0.0.0/16" },
                /is "224\.0\.0\.0\/16"; AWS allows no ranges that are loopback/,
            ],
            ["names without DNS", { enableDnsSupport: false, enableDnsHostnames: true }, /needs "enableDnsSupport"/],
        ],
    },
    "aws:ec2/subnet:Subnet": {
        refused: [
            ["no range", { cidrBlock: undefined }, /cidrBlock: One of "cidrBlock", "ipv6CidrBlock"/],
            [
                "range of IPv6",
                { ipv6CidrBlock: "2001:db8::/57" },
                /is "2001:db8::\/57"; AWS allows ranges of IPv6 from/,
            ],
            ["IPv6 for nobody", { assignIpv6AddressOnCreation: true }, /needs "ipv6CidrBlock"/],
        ],
    },
    "aws:ec2/route:Route": {
        refused: [
            ["no destination", { destinationCidrBlock: undefined }, /One of "destinationCidrBlock", .* must be given/],
            ["two destinations", { destinationIpv6CidrBlock: "::/0" }, /conflicts with "destinationCidrBlock"/],
            ["no target", { gatewayId: undefined }, /One of "carrierGatewayId", .* must be given/],
            ["an address", { destinationCidrBlock: "0.0.0.0" }, /is "0\.0\.0\.0"; AWS allows ranges of IPv4/],
            // Source: terraform-provider-aws, TestAccVPCRoute_localRouteCreateError.
            ["a local route", { gatewayId: "local", destinationCidrBlock: "172.31.0.0/16" }, /RouteAlreadyExists/],
            ["no such table", { routeTableId: "rtb-0123456789abcdef0" }, /InvalidRouteTableID\.NotFound/],
            [
                "no such gateway",
                { gatewayId: undefined, natGatewayId: "nat-0123456789abcdef0" },
                /InvalidNatGatewayID\.NotFound/,
            ],
            [
                "there already",
                async (stack) => {
                    const vpcId = (await stack.create("aws:ec2/vpc:Vpc", { cidrBlock: "10.8.0.0/16" }, "v")).id;
                    const gateway = await stack.create("aws:ec2/internetGateway:InternetGateway", { vpcId }, "g");
                    const table = await stack.create("aws:ec2/routeTable:RouteTable", { vpcId }, "t");
                    const given = {
                        routeTableId: table.id,
                        destinationCidrBlock: "0.0.0.0/0",
                        gatewayId: gateway.id,
                    };
                    await stack.create("aws:ec2/route:Route", given, "first");
                    return given;
                },
                /RouteAlreadyExists/,
            ],
        ],
    },
    "aws:ec2/routeTable:RouteTable": {
        refused: [
            ["no target", { routes: [internet] }, /routes\[0\]\.carrierGatewayId: One of/],
            [
                "two targets",
                { routes: [{ ...internet, gatewayId: "a", natGatewayId: "b" }] },
                /conflicts with "gatewayId"/,
            ],
            ["no such VPC", { vpcId: "vpc-0123456789abcdef0" }, /InvalidVpcID\.NotFound/],
            [
                "no such gateway",
                { routes: [{ ...internet, gatewayId: "igw-0123456789abcdef0" }] },
                /InvalidInternetGatewayID\.NotFound/,
            ],
        ],
    },
    "aws:ec2/routeTableAssociation:RouteTableAssociation": {
        refused: [
            ["nothing", { subnetId: undefined }, /One of "subnetId", "gatewayId" must be given/],
            ["both", { gatewayId: "igw-0123456789abcdef0" }, /conflicts with "subnetId"/],
            ["no such table", { routeTableId: "rtb-0123456789abcdef0" }, /InvalidRouteTableID\.NotFound/],
            ["no such subnet", { subnetId: "subnet-0123456789abcdef0" }, /InvalidSubnetID\.NotFound/],
        ],
    },
    "aws:ec2/internetGateway:InternetGateway": {
        refused: [
            ["no such VPC", { vpcId: "vpc-0123456789abcdef0" }, /InvalidVpcID\.NotFound/],
            [
                "a VPC that has one",
                async (stack) => ({ vpcId: await stack.vpcId() }),
                /InvalidParameterValue: Network vpc-\w+ already has an internet gateway attached/,
            ],
        ],
    },
    "aws:ec2/natGateway:NatGateway": {
        refused: [
            ["mode", { availabilityMode: "global" }, /availabilityMode: is "global"; AWS allows "regional", "zonal"/],
            ["no address", { allocationId: undefined }, /is missing, which a public NAT gateway needs/],
            ["private with an address", { connectivityType: "private" }, /allocationId: goes with "connectivityType"/],
            ["no such subnet", { subnetId: "subnet-0123456789abcdef0" }, /InvalidSubnetID\.NotFound/],
            ["no such address", { allocationId: "eipalloc-0123456789abcdef0" }, /InvalidElasticIpID\.NotFound/],
        ],
    },
    "aws:ec2/vpcEndpoint:VpcEndpoint": {
        refused: [
            [
                "subnets",
                async (stack) => ({ subnetIds: await stack.subnets() }),
                /subnetIds: does not go with a gateway/,
            ],
            ["names", { privateDnsEnabled: true }, /privateDnsEnabled: does not go with a gateway/],
            ["tables", { vpcEndpointType: "Interface", routeTableIds: ["rtb-1"] }, /goes with gateway endpoints only/],
            ["no such table", { routeTableIds: ["rtb-0123456789abcdef0"] }, /InvalidRouteTableID\.NotFound/],
            ["service", { serviceName: "s3" }, /serviceName: is "s3"; AWS allows names such as/],
            ["policy", { policy: "allow" }, /policy: is no JSON/],
        ],
    },
};
