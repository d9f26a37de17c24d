import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import type * as pulumi from "@pulumi/pulumi";
import { lookUp } from "./lookUp";

/** CloudFront's lists of its origin-facing servers, and the ends of the names of what admits them. */
const families = {
    ipv4: {
        list: "com.amazonaws.global.cloudfront.origin-facing",
        argument: "cloudFrontPrefixListId",
        ending: "",
        by: "",
    },
    ipv6: {
        list: "com.amazonaws.global.ipv6.cloudfront.origin-facing",
        argument: "cloudFrontIpv6PrefixListId",
        ending: "-ipv6",
        by: " by IPv6",
    },
} as const;

type Family = keyof typeof families;

/** Whether CloudFront reaches a load balancer by IPv6 too, or by it alone. */
function hasIpv6(ipAddressType: string | undefined): boolean {
    return ipAddressType?.startsWith("dualstack") ?? false;
}

/**
 * The groups that admit CloudFront, one for each family of addresses. A prefix list weighs 55 of the 60 rules that a
 * security group may hold, so each group holds that one rule and nothing else ever.
 */
export function cloudFrontIngress(
    name: string,
    args: {
        readonly vpcId: pulumi.Input<string>;
        readonly cloudFrontPrefixListId?: pulumi.Input<string>;
        readonly cloudFrontIpv6PrefixListId?: pulumi.Input<string>;
        readonly loadBalancerIpAddressType?: string;
    },
    child: pulumi.CustomResourceOptions,
): { readonly [One in Family]?: ec2.SecurityGroup } & { readonly ipv4: ec2.SecurityGroup } {
    const admitting = (family: Family) => {
        const { argument, ending, by } = families[family];
        const group = new ec2.SecurityGroup(
            `${name}-cloudfront${ending}`,
            { vpcId: args.vpcId, description: `HTTPS from CloudFront${by} and nothing else` },
            child,
        );
        const prefixListId = args[argument] ?? cloudFrontPrefixList(child, family);
        admitCloudFront(name, { securityGroupId: group.id, prefixListId, port: 443 }, child, family);
        return group;
    };
    const ipv4 = admitting("ipv4");
    return hasIpv6(args.loadBalancerIpAddressType) ? { ipv4, ipv6: admitting("ipv6") } : { ipv4 };
}

/** Id of the prefix list of CloudFront's origin-facing servers in the load balancer's region. */
export function cloudFrontPrefixList(options: pulumi.InvokeOptions, family: Family = "ipv4"): pulumi.Output<string> {
    const { list, argument } = families[family];
    return lookUp(
        `The managed prefix list "${list}"`,
        `Some regions and partitions do not have it by this name: give the id of CloudFront's origin-facing list there in ${argument}.`,
        ec2.getManagedPrefixList({ name: list }, options),
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
    family: Family = "ipv4",
): void {
    const { ending, by } = families[family];
    new vpc.SecurityGroupIngressRule(
        `${name}-https-from-cloudfront${ending}`,
        {
            securityGroupId,
            description: `HTTPS from the origin-facing servers of CloudFront${by}`,
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
