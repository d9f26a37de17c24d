import type * as pulumi from "@pulumi/pulumi";

/** A load balancer of the other scheme, beside the one that serves. */
export interface NextLoadBalancerArgs {
    /** Its scheme, `internal` or `internet-facing`: the one that `loadBalancerScheme` is not. Defaults to `internal`. */
    scheme?: string;

    /** Ids of its subnets, at least two in different Availability Zones. Defaults to `subnetIds` of the edge. */
    subnetIds?: pulumi.Input<pulumi.Input<string>[]>;
}
