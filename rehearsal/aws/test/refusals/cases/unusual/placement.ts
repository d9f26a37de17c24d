import type { CasesByType } from "..";

/** Unusual programs without any mistake: names, addresses and services of which only the form is said. */
export const placement: CasesByType = {
    "aws:sns/topic:Topic": { accepted: [["a FIFO topic without a name", { name: undefined, fifoTopic: true }]] },
    "aws:ec2/networkInterface:NetworkInterface": {
        accepted: [
            [
                "the first address that is free",
                async (stack) => {
                    const vpcId = (await stack.create("aws:ec2/vpc:Vpc", { cidrBlock: "10.7.0.0/16" }, "own")).id;
                    const place = { vpcId, cidrBlock: "10.7.0.0/28" };
                    return {
                        subnetId: (await stack.create("aws:ec2/subnet:Subnet", place, "own")).id,
                        privateIps: ["10.7.0.4", "10.7.0.14"],
                    };
                },
            ],
        ],
    },
    "aws:ec2/natGateway:NatGateway": {
        accepted: [
            [
                "addresses of a private one",
                { allocationId: undefined, connectivityType: "private", secondaryPrivateIpAddressCount: 7 },
            ],
            ["one for each zone", { allocationId: undefined, subnetId: undefined, availabilityMode: "regional" }],
        ],
    },
    "aws:ec2/vpcEndpoint:VpcEndpoint": {
        accepted: [
            [
                "the service of a load balancer",
                async (stack) => {
                    const balancer = await stack.loadBalancer({ loadBalancerType: "network", internal: true });
                    const service = await stack.create("aws:ec2/vpcEndpointService:VpcEndpointService", {
                        acceptanceRequired: false,
                        networkLoadBalancerArns: [balancer.id],
                    });
                    return { serviceName: service.properties.serviceName ?? "", vpcEndpointType: "Interface" };
                },
            ],
            [
                "a service of another region",
                {
                    serviceName: "com.amazonaws.us-east-1.s3",
                    serviceRegion: "us-east-1",
                    vpcEndpointType: "Interface",
                },
            ],
        ],
    },
};
