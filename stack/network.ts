import * as ec2 from "@pulumi/aws/ec2";
import type * as pulumi from "@pulumi/pulumi";
import type { Configuration } from "./configuration";

/** Where the load balancer stands. */
export interface Network {
    vpcId: pulumi.Input<string>;
    subnetIds: pulumi.Input<pulumi.Input<string>[]>;
}

/** The network that the configuration names, or the account's default VPC with its default subnets, one a zone. */
export function network(configuration: Configuration): Network {
    if (configuration.vpcId !== undefined && configuration.subnetIds !== undefined) {
        return { vpcId: configuration.vpcId, subnetIds: configuration.subnetIds };
    }
    const vpcId = ec2.getVpcOutput({ default: true }).id;
    const subnetIds = ec2.getSubnetsOutput({
        filters: [
            { name: "vpc-id", values: [vpcId] },
            { name: "default-for-az", values: ["true"] },
        ],
    }).ids;
    return { vpcId, subnetIds };
}
