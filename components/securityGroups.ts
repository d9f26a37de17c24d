import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import type * as pulumi from "@pulumi/pulumi";
import { lookUp } from "./lookUp";

const cloudFrontPrefixListName = "com.amazonaws.global.cloudfront.origin-facing";

/**
 * The group that admits CloudFront. The prefix list weighs 55 of the 60 rules that a security group may hold, so this
 * group holds that one rule and nothing else ever.
 */
export function cloudFrontIngress(
    name: string,
    args: { readonly vpcId: pulumi.Input<string>; readonly cloudFrontPrefixListId?: pulumi.Input<string> },
    child: pulumi.CustomResourceOptions,
): ec2.SecurityGroup {
    const prefixListId = args.cloudFrontPrefixListId ?? cloudFrontPrefixList(child);
    const group = new ec2.SecurityGroup(
        `${name}-cloudfront`,
        { vpcId: args.vpcId, description: "HTTPS from CloudFront and nothing else" },
        child,
    );
    admitCloudFront(name, { securityGroupId: group.id, prefixListId, port: 443 }, child);
    return group;
}

/** Id of the prefix list of CloudFront's origin-facing servers in the load balancer's region. */
export function cloudFrontPrefixList(options: pulumi.InvokeOptions): pulumi.Output<string> {
    return lookUp(
        `The managed prefix list "${cloudFrontPrefixListName}"`,
        "Some regions and partitions do not have it by this name: give the id of CloudFront's origin-facing list there in cloudFrontPrefixListId.",
        ec2.getManagedPrefixList({ name: cloudFrontPrefixListName }, options),
    ).id;
}

/** The one rule that lets CloudFront in. */
export function admitCloudFront(
    name: string,
    {
        securityGroupId,
        prefixListId,
        port,
    }: { securityGroupId: pulumi.Input<string>; prefixListId: pulumi.Input<string>; port: number },
    child: pulumi.CustomResourceOptions,
): void {
    new vpc.SecurityGroupIngressRule(
        `${name}-https-from-cloudfront`,
        {
            securityGroupId,
            description: "HTTPS from the origin-facing servers of CloudFront",
            prefixListId,
            ipProtocol: "tcp",
            fromPort: port,
            toPort: port,
        },
        // Another port is opened before the one that CloudFront uses is closed. One group has no room for both.
        { ...child, replaceOnChanges: ["fromPort", "toPort"] },
    );
}

/** The two groups between the load balancer and its targets, without rules. */
export function targetPathGroups(name: string, vpcId: pulumi.Input<string>, child: pulumi.CustomResourceOptions) {
    return {
        loadBalancer: new ec2.SecurityGroup(
            `${name}-load-balancer`,
            { vpcId, description: "From the load balancer to its targets" },
            child,
        ),
        targets: targetsGroup(name, vpcId, child),
    };
}

/** The group of targets, without rules. */
export function targetsGroup(
    name: string,
    vpcId: pulumi.Input<string>,
    child: pulumi.CustomResourceOptions,
): ec2.SecurityGroup {
    return new ec2.SecurityGroup(
        `${name}-targets`,
        { vpcId, description: "Targets, reached by the load balancer only" },
        child,
    );
}

/** One port on the way from the load balancer to targets, and the two groups at its ends. */
export interface TargetPath {
    readonly port: number;
    readonly loadBalancerGroupId: pulumi.Input<string>;
    readonly targetsGroupId: pulumi.Input<string>;

    /** What the names of its rules end in: nothing for the first targets, a hyphen and the port for later ones. */
    readonly suffix: string;

    /** Whether its rules may be those of the first targets under another name: the port need not have changed. */
    readonly mayBeFirst: boolean;
}

/**
 * The load balancer may speak to targets on a port, and only the load balancer may speak to them there. Another port is
 * opened before the one before it is closed.
 */
export function openTargetPath(
    name: string,
    { port, loadBalancerGroupId, targetsGroupId, suffix, mayBeFirst }: TargetPath,
    options: pulumi.CustomResourceOptions,
): void {
    const replaced = { ...options, replaceOnChanges: ["fromPort", "toPort"] };
    const formerly = (first: string) => (mayBeFirst ? { ...replaced, aliases: [{ name: first }] } : replaced);
    const ports = { ipProtocol: "tcp", fromPort: port, toPort: port };
    new vpc.SecurityGroupEgressRule(
        `${name}-to-targets${suffix}`,
        {
            securityGroupId: loadBalancerGroupId,
            description: "Requests and health checks to the targets",
            referencedSecurityGroupId: targetsGroupId,
            ...ports,
        },
        formerly(`${name}-to-targets`),
    );
    new vpc.SecurityGroupIngressRule(
        `${name}-from-load-balancer${suffix}`,
        {
            securityGroupId: targetsGroupId,
            description: "Requests and health checks from the load balancer",
            referencedSecurityGroupId: loadBalancerGroupId,
            ...ports,
        },
        formerly(`${name}-from-load-balancer`),
    );
}
