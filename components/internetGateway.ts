import { setTimeout as sleep } from "node:timers/promises";
import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { isDeferred } from "./checks/index";

/** How long a gateway that the same program makes is waited for. */
const patience = { everyMilliseconds: 2_000, times: 150 };

/**
 * A value that is known once the VPC has an internet gateway. AWS makes no public load balancer in a VPC without one, and
 * a program that makes both has nothing that says so: neither the VPC nor its subnets wait for the gateway. A VPC that is
 * written out exists already, so it is not asked for.
 *
 * Source: Elastic Load Balancing user guide, "Subnets for your load balancer".
 */
export function onceInternetGateway<T>(
    vpcId: pulumi.Input<string>,
    value: pulumi.Input<T>,
    options: pulumi.InvokeOptions,
    { everyMilliseconds, times }: typeof patience = patience,
): pulumi.Input<T> {
    if (!isDeferred(vpcId) || pulumi.runtime.isDryRun()) {
        return value;
    }
    const attached = pulumi.output(vpcId).apply(async (id) => {
        for (let count = 0; count < times; count++) {
            if (await mayHaveGateway(id, options)) {
                return;
            }
            await sleep(everyMilliseconds);
        }
        throw new pulumi.RunError(
            `VPC ${id} has no internet gateway, which a public load balancer needs. Attach one to it, or write the vpcId of a VPC that has one.`,
        );
    });
    return pulumi.all([value, attached]).apply(([known]) => known) as pulumi.Output<T>;
}

/** False where AWS says that there is none; a caller who may not ask is left to what AWS says of the load balancer. */
async function mayHaveGateway(vpcId: string, options: pulumi.InvokeOptions): Promise<boolean> {
    try {
        await ec2.getInternetGateway({ filters: [{ name: "attachment.vpc-id", values: [vpcId] }] }, options);
        return true;
    } catch (error) {
        return !/no matching/i.test(error instanceof Error ? error.message : String(error));
    }
}
