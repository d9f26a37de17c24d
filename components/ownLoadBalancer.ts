import * as lb from "@pulumi/aws/lb";
import type * as pulumi from "@pulumi/pulumi";
import { argumentSpecs, type TimeoutsArgs } from "./arguments/index";
import { resolved } from "./checks/index";
import { onceInternetGateway } from "./internetGateway";
import { logPrefixes } from "./loadBalancerLog";

/** Where AWS lets a load balancer be reached. Source: Elastic Load Balancing user guide, "Load balancer scheme". */
export const schemes = { public: "internet-facing", private: "internal" } as const;

/** What is the same for both load balancers of an edge that moves from one scheme to the other. */
export interface OwnLoadBalancerArgs {
    readonly vpcId: pulumi.Input<string>;
    readonly loadBalancerIpAddressType?: string;
    readonly timeouts?: TimeoutsArgs;
    readonly logBucketName?: pulumi.Input<string>;
    readonly deletionProtection: boolean;
}

/** Where one of them stands. */
export interface Placement {
    readonly scheme: string;
    readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
    readonly securityGroupIds: pulumi.Input<string>[];
}

/**
 * A new load balancer, with a different name for each scheme, because both exist while an edge moves. They are "alb" and
 * "ilb" because AWS allows 32 characters, and Pulumi's random suffix needs some of them.
 */
export function ownLoadBalancer(
    name: string,
    args: OwnLoadBalancerArgs,
    { scheme, subnetIds, securityGroupIds }: Placement,
    child: { readonly parent: pulumi.Resource },
): lb.LoadBalancer {
    const internal = scheme === schemes.private;
    return new lb.LoadBalancer(
        `${name}-${internal ? "ilb" : "alb"}`,
        {
            loadBalancerType: "application",
            internal,
            ipAddressType: internal ? "ipv4" : (args.loadBalancerIpAddressType ?? "ipv4"),
            subnets: internal ? subnetIds : onceInternetGateway(args.vpcId, subnetIds, child),
            securityGroups: securityGroupIds,
            idleTimeout: resolved(args.timeouts ?? {}, argumentSpecs.timeouts.fields).loadBalancerIdle,
            dropInvalidHeaderFields: true,
            desyncMitigationMode: "strictest",
            accessLogs: logTo(args.logBucketName, logPrefixes.access),
            connectionLogs: logTo(args.logBucketName, logPrefixes.connection),
            enableDeletionProtection: args.deletionProtection,
        },
        {
            ...child,
            protect: args.deletionProtection || undefined,
            // A load balancer stays in its VPC for life, and AWS refuses groups and subnets of another one.
            replacementTrigger: args.vpcId,
        },
    );
}

/** What the names of a scheme's listener and its rules begin with. */
export function listenerName(name: string, scheme: string): string {
    return scheme === schemes.private ? `${name}-internal` : name;
}

/** A log that is off is written out, because the provider takes one that is left out for unchanged. */
function logTo(bucket: pulumi.Input<string> | undefined, prefix: string) {
    return bucket === undefined ? { bucket: "", enabled: false } : { bucket, prefix, enabled: true };
}
