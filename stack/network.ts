import * as ec2 from "@pulumi/aws/ec2";
import type * as pulumi from "@pulumi/pulumi";
import { lookUp } from "../components/index";
import type { Configuration } from "./configuration";

/** Where the load balancer stands. */
export interface Network {
    vpcId: pulumi.Input<string>;
    /** None where the load balancer exists already: it has its own. */
    subnetIds?: pulumi.Input<pulumi.Input<string>[]>;
}

const advice =
    "Write the network of the load balancer into the stack file: vpcId, and subnetIds of at least two public subnets in different Availability Zones.";

/** The network that the configuration names, or the account's default VPC with its default subnets, one a zone. */
export function network(configuration: Configuration): Network {
    const { vpcId: given, subnetIds: subnets, existingLoadBalancer } = configuration;
    if (given !== undefined && (subnets !== undefined || existingLoadBalancer !== undefined)) {
        return { vpcId: given, subnetIds: subnets };
    }
    const vpc = ec2.getVpc({ default: true });
    const vpcId = lookUp("The default VPC", advice, vpc).id;
    const subnetIds = lookUp("The default VPC's subnets", advice, vpc.then(defaultSubnets)).ids;
    return { vpcId, subnetIds };
}

async function defaultSubnets({ id }: ec2.GetVpcResult): Promise<ec2.GetSubnetsResult> {
    const subnets = await ec2.getSubnets({
        filters: [
            { name: "vpc-id", values: [id] },
            { name: "default-for-az", values: ["true"] },
        ],
    });
    if (subnets.ids.length < 2) {
        const found = subnets.ids.length === 1 ? "one default subnet" : "no default subnet";
        throw new Error(`${id} has ${found}, and a load balancer needs two`);
    }
    return subnets;
}
