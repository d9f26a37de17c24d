import { type Example, group } from "./example";

export const ec2: Readonly<Record<string, Example>> = {
    "aws:ec2/vpc:Vpc": () => ({ cidrBlock: "10.9.0.0/16" }),
    "aws:ec2/subnet:Subnet": async (stack) => ({
        vpcId: await stack.vpcId(),
        cidrBlock: "172.31.240.0/24",
        availabilityZoneId: "euc1-az2",
    }),
    "aws:ec2/managedPrefixList:ManagedPrefixList": () => ({
        addressFamily: "IPv4",
        maxEntries: 5,
        entries: [{ cidr: "192.0.2.0/24", description: "office" }],
    }),
    "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry": async (stack) => ({
        prefixListId: (
            await stack.create(
                "aws:ec2/managedPrefixList:ManagedPrefixList",
                { addressFamily: "IPv4", maxEntries: 5 },
                "list",
            )
        ).id,
        cidr: "198.51.100.0/24",
    }),
    "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation": async (stack) => ({
        vpcId: await stack.vpcId(),
        cidrBlock: "100.64.0.0/16",
    }),
    "aws:ec2/vpcPeeringConnection:VpcPeeringConnection": async (stack) => ({
        vpcId: await stack.vpcId(),
        peerVpcId: (await stack.create("aws:ec2/vpc:Vpc", { cidrBlock: "10.9.0.0/16" }, "peer")).id,
    }),
    "aws:ec2/networkAcl:NetworkAcl": async (stack) => ({ vpcId: await stack.vpcId() }),
    "aws:ec2/networkAclRule:NetworkAclRule": async (stack) => ({
        networkAclId: (await stack.create("aws:ec2/networkAcl:NetworkAcl", { vpcId: await stack.vpcId() }, "acl")).id,
        ruleNumber: 100,
        ruleAction: "allow",
        protocol: "tcp",
        cidrBlock: "10.0.0.0/8",
        fromPort: 443,
        toPort: 443,
    }),
    "aws:ec2/internetGateway:InternetGateway": () => ({}),
    "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment": async (stack) => ({
        internetGatewayId: (await stack.create("aws:ec2/internetGateway:InternetGateway", {}, "gateway")).id,
        vpcId: (await stack.create("aws:ec2/vpc:Vpc", { cidrBlock: "10.9.0.0/16" }, "other")).id,
    }),
    "aws:ec2/routeTable:RouteTable": async (stack) => ({ vpcId: await stack.vpcId() }),
    "aws:ec2/route:Route": async (stack) => {
        const vpcId = (await stack.create("aws:ec2/vpc:Vpc", { cidrBlock: "10.7.0.0/16" }, "routed")).id;
        return {
            routeTableId: (await stack.create("aws:ec2/routeTable:RouteTable", { vpcId }, "routes")).id,
            destinationCidrBlock: "0.0.0.0/0",
            gatewayId: (await stack.create("aws:ec2/internetGateway:InternetGateway", { vpcId }, "gateway")).id,
        };
    },
    "aws:ec2/routeTableAssociation:RouteTableAssociation": async (stack) => ({
        routeTableId: (await stack.create("aws:ec2/routeTable:RouteTable", { vpcId: await stack.vpcId() }, "table")).id,
        subnetId: (await stack.subnets())[0],
    }),
    "aws:ec2/eip:Eip": () => ({ domain: "vpc" }),
    "aws:ec2/natGateway:NatGateway": async (stack) => ({
        subnetId: (await stack.subnets())[0],
        allocationId: (await stack.create("aws:ec2/eip:Eip", { domain: "vpc" }, "address")).id,
    }),
    "aws:ec2/instance:Instance": () => ({ ami: "ami-0abcdef1234567890", instanceType: "t3.micro" }),
    "aws:ec2/networkInterface:NetworkInterface": async (stack) => ({ subnetId: (await stack.subnets())[0] }),
    "aws:ec2/vpcEndpoint:VpcEndpoint": async (stack) => ({
        vpcId: await stack.vpcId(),
        serviceName: "com.amazonaws.eu-central-1.s3",
    }),
    "aws:ec2/vpcEndpointService:VpcEndpointService": async (stack) => ({
        acceptanceRequired: true,
        networkLoadBalancerArns: [(await stack.loadBalancer({ loadBalancerType: "network" })).id],
    }),
    "aws:ec2/launchTemplate:LaunchTemplate": () => ({ imageId: "ami-0abcdef1234567890" }),
    "aws:ebs/volume:Volume": () => ({ availabilityZone: "eu-central-1a", size: 8 }),
    "aws:ec2/securityGroup:SecurityGroup": () => ({
        ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/8"] }],
    }),
    "aws:ec2/securityGroupRule:SecurityGroupRule": async (stack) => ({
        securityGroupId: await group(stack),
        type: "ingress",
        protocol: "tcp",
        fromPort: 443,
        toPort: 443,
        cidrBlocks: ["10.0.0.0/8"],
    }),
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": async (stack) => ({
        securityGroupId: await group(stack),
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        cidrIpv4: "10.0.0.0/8",
    }),
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": async (stack) => ({
        securityGroupId: await group(stack),
        ipProtocol: "-1",
        cidrIpv4: "0.0.0.0/0",
    }),
};
