import type { RehearsedStack } from "../../../rehearsedStack";
import type { CasesByType } from "..";
import { functionArn, target } from "../parts";

const otherVpc = async (stack: RehearsedStack) =>
    (await stack.create("aws:ec2/vpc:Vpc", { cidrBlock: "10.7.0.0/16" }, "other")).id;

const otherSubnet = async (stack: RehearsedStack) =>
    (await stack.create("aws:ec2/subnet:Subnet", { vpcId: await otherVpc(stack), cidrBlock: "10.7.0.0/24" }, "subnet"))
        .id;

const otherGroup = async (stack: RehearsedStack) =>
    (await stack.create("aws:ec2/securityGroup:SecurityGroup", { vpcId: await otherVpc(stack) }, "group")).id;

const interfaceEndpoint = async (stack: RehearsedStack) => ({
    serviceName: "com.amazonaws.eu-central-1.ssm",
    vpcEndpointType: "Interface",
    subnetIds: await stack.subnets(),
});

const lambda = async (stack: RehearsedStack) =>
    (await stack.create("aws:lb/targetGroup:TargetGroup", { targetType: "lambda" }, "lambda")).id;

const attachment = "aws:lb/targetGroupAttachment:TargetGroupAttachment";

/** Programs with one mistake each: in a place of the network where AWS has it not. */
export const placement: CasesByType = {
    "aws:ec2/networkInterface:NetworkInterface": {
        refused: [
            ["an address of elsewhere", { privateIps: ["10.9.1.5"] }, /does not fall within the subnet's address/],
            [
                "an address that is taken",
                async (stack) => {
                    const inputs = { subnetId: await otherSubnet(stack), privateIps: ["10.7.0.9"] };
                    await stack.create("aws:ec2/networkInterface:NetworkInterface", inputs, "first");
                    return inputs;
                },
                /InvalidIPAddress\.InUse: Address 10\.7\.0\.9 is in use/,
            ],
            [
                "a group of another VPC",
                async (stack) => ({ securityGroups: [await otherGroup(stack)] }),
                /belong to different networks/,
            ],
        ],
    },
    "aws:ec2/eip:Eip": {
        refused: [["no such interface", { networkInterface: "eni-1" }, /InvalidNetworkInterfaceID\.NotFound/]],
    },
    "aws:ec2/route:Route": {
        refused: [
            [
                "a gateway of no VPC",
                async (stack) => ({
                    gatewayId: (await stack.create("aws:ec2/internetGateway:InternetGateway", {}, "spare")).id,
                }),
                /belong to different networks/,
            ],
        ],
    },
    "aws:ec2/routeTableAssociation:RouteTableAssociation": {
        refused: [
            [
                "a subnet that has a table",
                async (stack) => {
                    const table = { vpcId: await stack.vpcId() };
                    const inputs = {
                        routeTableId: (await stack.create("aws:ec2/routeTable:RouteTable", table, "first")).id,
                        subnetId: (await stack.subnets())[0],
                    };
                    await stack.create("aws:ec2/routeTableAssociation:RouteTableAssociation", inputs, "first");
                    return {};
                },
                /Resource\.AlreadyAssociated/,
            ],
            [
                "a subnet of another VPC",
                async (stack) => ({ subnetId: await otherSubnet(stack) }),
                /belong to different networks/,
            ],
        ],
    },
    "aws:ec2/natGateway:NatGateway": {
        refused: [
            ["no subnet", { subnetId: undefined }, /subnetId: is missing, which a NAT gateway of one zone needs/],
            [
                "more addresses of a public one",
                { secondaryPrivateIpAddressCount: 2 },
                /secondaryPrivateIpAddressCount: goes with "connectivityType" "private" only/,
            ],
            [
                "an address that another has",
                async (stack) => {
                    const allocationId = (await stack.create("aws:ec2/eip:Eip", {}, "shared")).id;
                    const [, subnetId] = await stack.subnets();
                    await stack.create("aws:ec2/natGateway:NatGateway", { allocationId, subnetId }, "first");
                    return { allocationId };
                },
                /Resource\.AlreadyAssociated/,
            ],
            [
                "a VPC without an internet gateway",
                async (stack) => ({ subnetId: await otherSubnet(stack) }),
                /Gateway\.NotAttached/,
            ],
        ],
    },
    "aws:ec2/vpcEndpoint:VpcEndpoint": {
        refused: [
            [
                "a gateway of a service that has none",
                { serviceName: "com.amazonaws.eu-central-1.ssm" },
                /serviceName: is "com\.amazonaws\.eu-central-1\.ssm", which has no gateway endpoints/,
            ],
            ["another region", { serviceName: "com.amazonaws.us-east-1.s3" }, /InvalidServiceName: The Vpc Endpoint/],
            [
                "a group of another VPC",
                async (stack) => ({
                    ...(await interfaceEndpoint(stack)),
                    securityGroupIds: [await otherGroup(stack)],
                }),
                /belong to different networks/,
            ],
            [
                "two subnets of a zone",
                async (stack) => {
                    const [subnet] = await stack.subnets();
                    return { ...(await interfaceEndpoint(stack)), subnetIds: [subnet, subnet] };
                },
                /DuplicateSubnetsInSameZone/,
            ],
            [
                "private names in a VPC without names",
                async (stack) => {
                    const subnet = await otherSubnet(stack);
                    const [vpc] = stack.account.all("Vpc").filter(({ properties }) => properties.default !== true);
                    return {
                        ...(await interfaceEndpoint(stack)),
                        vpcId: vpc?.id ?? "",
                        subnetIds: [subnet],
                        privateDnsEnabled: true,
                    };
                },
                /Enabling private DNS requires both/,
            ],
        ],
    },
    "aws:ec2/vpcEndpointService:VpcEndpointService": {
        refused: [
            [
                "no load balancer",
                { networkLoadBalancerArns: undefined },
                /One of "gatewayLoadBalancerArns", .* must be/,
            ],
            [
                "one for HTTP",
                async (stack) => ({
                    networkLoadBalancerArns: [
                        (await stack.create("aws:lb/loadBalancer:LoadBalancer", { subnets: await stack.subnets() })).id,
                    ],
                }),
                /networkLoadBalancerArns\[0\]: is ".*"; AWS allows ARNs of load balancers of type "network"/,
            ],
        ],
    },
    "aws:lb/loadBalancer:LoadBalancer": {
        refused: [
            [
                "no such address",
                async (stack) => ({
                    loadBalancerType: "network",
                    subnets: undefined,
                    subnetMappings: [{ subnetId: (await stack.subnets())[0] ?? "", allocationId: "eipalloc-1" }],
                }),
                /AllocationIdNotFound/,
            ],
        ],
    },
    "aws:lb/listener:Listener": {
        refused: [
            [
                "credentials in words",
                { routingHttpResponseAccessControlAllowCredentialsHeaderValue: "yes" },
                /AllowCredentialsHeaderValue: is "yes"; AWS allows true/,
            ],
            [
                "a time in words",
                { routingHttpResponseAccessControlMaxAgeHeaderValue: "a day" },
                /MaxAgeHeaderValue: is "a day"; AWS allows whole seconds/,
            ],
        ],
    },
    "aws:lb/trustStore:TrustStore": {
        refused: [
            [
                "a name that is taken",
                async (stack) => {
                    const bundle = {
                        caCertificatesBundleS3Bucket: "b",
                        caCertificatesBundleS3Key: "k",
                        name: "clients",
                    };
                    await stack.create("aws:lb/trustStore:TrustStore", bundle, "first");
                    return { name: "clients" };
                },
                /DuplicateTrustStoreName/,
            ],
        ],
    },
    "aws:lb/targetGroup:TargetGroup": {
        refused: [
            [
                "flows that move in one case only",
                {
                    protocol: "GENEVE",
                    port: 6081,
                    healthCheck: undefined,
                    targetFailovers: [{ onDeregistration: "rebalance", onUnhealthy: "no_rebalance" }],
                },
                /onUnhealthy: is "no_rebalance"; "onDeregistration" must be the same/,
            ],
        ],
    },
    [attachment]: {
        refused: [
            [
                "a port of a function",
                async (stack) => ({
                    targetGroupArn: await lambda(stack),
                    targetId: await functionArn(stack),
                    port: 80,
                }),
                /A port cannot be specified for a Lambda function/,
            ],
            [
                "a second function",
                async (stack) => {
                    const targetGroupArn = await lambda(stack);
                    await stack.create(attachment, { targetGroupArn, targetId: await functionArn(stack) }, "first");
                    return { targetGroupArn, targetId: await functionArn(stack, "b") };
                },
                /TooManyTargets/,
            ],
            [
                "a load balancer without a listener on the port",
                async (stack) => ({
                    targetGroupArn: await target(stack, { targetType: "alb", protocol: "TCP" }, "front"),
                    targetId: (await stack.loadBalancer()).id,
                }),
                /InvalidTarget: The load balancer .* has no listener on the port of the target/,
            ],
        ],
    },
};
