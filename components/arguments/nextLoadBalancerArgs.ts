import type * as pulumi from "@pulumi/pulumi";

/** A load balancer of the other scheme, in addition to the one that serves. */
export interface NextLoadBalancerArgs {
    /**
     * Its scheme, the one that `loadBalancerScheme` is not: `internal` or `internet-facing`. Defaults to `internal`.
     */
    scheme?: string;

    /** Ids of its subnets, at least two in different Availability Zones. Defaults to the edge's `subnetIds`. */
    subnetIds?: pulumi.Input<pulumi.Input<string>[]>;
}
