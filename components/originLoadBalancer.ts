import type * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import { type ExistingLoadBalancer, findLoadBalancer, findTargetGroup, warnOfFullGroup } from "./existingLoadBalancer";
import { originListener } from "./originListener";
import { alternateTargets, comingTargets, openPorts, type PathGroups, presentTargets } from "./originTargets";
import { listenerName, ownLoadBalancer, schemes } from "./ownLoadBalancer";
import { vpcOrigin } from "./vpcOrigin";
import { openWayToProvider, ruleActions } from "./ruleActions";
import { argumentSpecs, type EncryptedEdgeArgs, loginFields } from "./arguments/index";
import { resolved, refusePart } from "./checks/index";
import {
    admitCloudFront,
    cloudFrontIngress,
    cloudFrontPrefixList,
    targetPathGroups,
    targetsGroup,
} from "./securityGroups";
import { forwardAction } from "./targetGroups";
import type { OutputsOf } from "./outputsOf";

/** What the edge needs of a load balancer, new or existing. */
type Balancer = Pick<lb.LoadBalancer, "arn" | "name" | "dnsName" | "zoneId" | "arnSuffix">;

/** The arguments that EncryptedEdge has as well, with its defaults. */
const optional = [
    ...(["vpcId", "existingLoadBalancer", "subnetIds", "loadBalancerScheme", "loadBalancerIpAddressType"] as const),
    ...(["nextLoadBalancer", "cloudFrontPrefixListId", "cloudFrontIpv6PrefixListId", "nextTargets"] as const),
    ...(["blueGreenEnabled", "targets", "timeouts"] as const),
];

/** Those without a default here. */
const required = [
    ...(["targetProtocol", "targetPort", "targetType", "targetGeneration"] as const),
    ...(["healthCheckPath", "healthCheckMatcher", "deletionProtection"] as const),
];

type SharedArgs = Pick<EncryptedEdgeArgs, (typeof optional)[number] | "loginEnabled" | keyof typeof loginFields> &
    Required<Pick<EncryptedEdgeArgs, (typeof required)[number]>>;

interface Built {
    readonly balancer: Balancer;
    readonly groups: PathGroups;
    readonly securityGroupIds: SecurityGroupIds;
}

/** The groups of a load balancer of a scheme. */
type SecurityGroupIds = (scheme: string) => pulumi.Input<string>[];

/** The arguments of OriginLoadBalancer; EncryptedEdgeArgs says what those mean that both have. */
export interface OriginLoadBalancerArgs extends SharedArgs {
    /** ARN of the validated certificate for the origin's name. */
    certificateArn: pulumi.Input<string>;

    /** ARN of the validated certificate for the viewer names, where CloudFront forwards them. Defaults to none. */
    viewerNamesCertificateArn?: pulumi.Input<string>;

    /** Values of the secret header that are let through. */
    acceptedSecrets: pulumi.Input<pulumi.Input<string>[]>;

    /** Name of the bucket for the access log and the connection log. Defaults to none: neither is written. */
    logBucketName?: pulumi.Input<string>;
}

/**
 * The load balancer that only this distribution can use: port 443 from CloudFront's addresses alone, and behind it only
 * requests with the secret header; every other request is answered 403.
 */
export class OriginLoadBalancer extends pulumi.ComponentResource {
    /** ARN of the load balancer. */
    public readonly loadBalancerArn!: pulumi.Output<string>;

    /** AWS's own DNS name of the load balancer, to which the origin's name points. */
    public readonly loadBalancerDnsName!: pulumi.Output<string>;

    /** Id of the hosted zone in which AWS keeps that DNS name. */
    public readonly loadBalancerZoneId!: pulumi.Output<string>;

    /** Value of the CloudWatch dimension `LoadBalancer`, for example `app/edge-alb-0123456/50dc6c495c0c9188`. */
    public readonly loadBalancerArnSuffix!: pulumi.Output<string>;

    /** Id of the security group from which the load balancer reaches targets; those of added rules admit it. */
    public readonly loadBalancerSecurityGroupId!: pulumi.Output<string>;

    /** DNS name that AWS gave the internet-facing load balancer; empty if there is none. */
    public readonly internetFacingDnsName!: pulumi.Output<string>;

    /** Id of the hosted zone of that DNS name; empty if there is none. */
    public readonly internetFacingZoneId!: pulumi.Output<string>;

    /** Id of CloudFront's VPC origin for the internal load balancer that serves; empty where it is internet-facing. */
    public readonly vpcOriginId!: pulumi.Output<string>;

    /** ARN of the HTTPS listener of `nextLoadBalancer`; empty without one. */
    public readonly nextListenerArn!: pulumi.Output<string>;

    /** ARN of the HTTPS listener. */
    public readonly listenerArn!: pulumi.Output<string>;

    /** ARN of the rule that forwards this distribution's requests to the target group: the listener's last. */
    public readonly listenerRuleArn!: pulumi.Output<string>;

    /** ARN of the target group in which the application registers. */
    public readonly targetGroupArn!: pulumi.Output<string>;

    /** ARN of the target group of `nextTargets` or `nextLoadBalancer`; empty without one. */
    public readonly nextTargetGroupArn!: pulumi.Output<string>;

    /** ARN of the second target group for `blueGreenEnabled`; otherwise empty. */
    public readonly alternateTargetGroupArn!: pulumi.Output<string>;

    /** Value of the CloudWatch dimension `TargetGroup`, for example `targetgroup/edge-tg-0123456/73e2d6bc24d8a067`. */
    public readonly targetGroupArnSuffix!: pulumi.Output<string>;

    /** Id of the security group for the targets. It admits only the load balancer, on the target port. */
    public readonly targetSecurityGroupId!: pulumi.Output<string>;

    /** Protocol to the targets: that of the target group which serves. */
    public readonly presentTargetProtocol!: pulumi.Output<string>;

    constructor(name: string, args: OriginLoadBalancerArgs, opts?: pulumi.ComponentResourceOptions) {
        refusePart("OriginLoadBalancer", name, args, {
            ...Object.fromEntries([...optional, ...required].map((argument) => [argument, argumentSpecs[argument]])),
            ...loginFields,
        });
        super("encrypted-edge:index:OriginLoadBalancer", name, {}, opts);
        const child = { parent: this };

        const existing = args.existingLoadBalancer
            ? resolved(args.existingLoadBalancer, argumentSpecs.existingLoadBalancer.fields)
            : undefined;
        const next = args.nextTargets ? resolved(args.nextTargets, argumentSpecs.nextTargets.fields) : undefined;
        const scheme = args.loadBalancerScheme ?? schemes.public;
        const { balancer, groups, securityGroupIds } =
            existing === undefined
                ? this.#ownLoadBalancer(name, args)
                : this.#existingLoadBalancer(name, args, existing, next !== undefined);
        const ownTargets = existing?.targetGroupArn === undefined;
        openPorts(name, args, groups, { present: ownTargets, next: next?.port }, child);

        const present = ownTargets
            ? presentTargets(name, args, child)
            : findTargetGroup(existing.targetGroupArn, child);
        const coming = comingTargets(name, args, next, child);
        const alternate = args.blueGreenEnabled ? alternateTargets(name, args, child) : undefined;
        const { listener, rule } = originListener(
            listenerName(name, scheme),
            {
                ...args,
                loadBalancerArn: balancer.arn,
                port: existing?.port ?? 443,
                actions: ruleActions(args, forwardAction(existing?.targetGroupArn ?? present.arn, coming ?? alternate)),
            },
            child,
        );
        const following = this.#next(name, args, securityGroupIds);
        const balancers = [{ scheme, balancer }, ...(following === undefined ? [] : [following])];
        const internetFacing = balancers.find((one) => one.scheme === schemes.public)?.balancer;
        const internal = balancers.find((one) => one.scheme === schemes.private)?.balancer;
        const origin = internal === undefined ? undefined : vpcOrigin(name, args.vpcId, internal, child);
        if (args.loginEnabled) {
            openWayToProvider(name, groups.loadBalancerId, child);
        }

        const outputs: OutputsOf<OriginLoadBalancer> = {
            loadBalancerArn: balancer.arn,
            loadBalancerDnsName: balancer.dnsName,
            loadBalancerZoneId: balancer.zoneId,
            loadBalancerArnSuffix: balancer.arnSuffix,
            loadBalancerSecurityGroupId: pulumi.output(groups.loadBalancerId),
            listenerArn: listener.arn,
            listenerRuleArn: rule.arn,
            // Registering targets waits for the rule: a target group without one belongs to no load balancer.
            targetGroupArn: pulumi.all([present.arn, rule.id]).apply(([arn]) => arn),
            nextTargetGroupArn: pulumi
                .all([(following ?? coming)?.group.arn ?? "", (following?.rule ?? rule).id])
                .apply(([arn]) => arn),
            nextListenerArn: following?.listener.arn ?? pulumi.output(""),
            internetFacingDnsName: pulumi.output(internetFacing?.dnsName ?? ""),
            internetFacingZoneId: pulumi.output(internetFacing?.zoneId ?? ""),
            vpcOriginId: pulumi.output(scheme === schemes.private ? (origin?.id ?? "") : ""),
            alternateTargetGroupArn: pulumi.all([alternate?.group.arn ?? "", rule.id]).apply(([arn]) => arn),
            targetGroupArnSuffix: present.arnSuffix,
            targetSecurityGroupId: pulumi.output(groups.targetsId ?? ""),
            presentTargetProtocol: ownTargets
                ? pulumi.output(args.targetProtocol)
                : pulumi.output(present.protocol).apply((protocol) => protocol ?? ""),
        };
        Object.assign(this, outputs);
        this.registerOutputs(outputs);
    }

    #ownLoadBalancer(name: string, args: OriginLoadBalancerArgs): Built {
        const child = { parent: this };
        const { ipv4, ipv6 } = cloudFrontIngress(name, args, child);
        const groups = targetPathGroups(name, args.vpcId, child);
        const securityGroupIds: SecurityGroupIds = (scheme) => [
            ipv4.id,
            groups.loadBalancer.id,
            ...(ipv6 === undefined || scheme === schemes.private ? [] : [ipv6.id]),
        ];
        const { loadBalancerScheme: scheme = schemes.public, subnetIds = [] } = args;
        const placement = { scheme, subnetIds, securityGroupIds: securityGroupIds(scheme) };
        const balancer = ownLoadBalancer(name, args, placement, child);
        const ends = { loadBalancerId: groups.loadBalancer.id, targetsId: groups.targets.id };
        return { balancer, groups: ends, securityGroupIds };
    }

    /** The next load balancer, with its own target group, because a target group belongs to one load balancer. */
    #next(name: string, args: OriginLoadBalancerArgs, securityGroupIds: SecurityGroupIds) {
        if (!args.nextLoadBalancer) {
            return undefined;
        }
        const child = { parent: this };
        const { fields } = argumentSpecs.nextLoadBalancer;
        const { scheme, subnetIds = args.subnetIds ?? [] } = resolved(args.nextLoadBalancer, fields);
        const placement = { scheme, subnetIds, securityGroupIds: securityGroupIds(scheme) };
        const balancer = ownLoadBalancer(name, args, placement, child);
        const group = presentTargets(name, { ...args, loadBalancerScheme: scheme }, child);
        const actions = ruleActions(args, forwardAction(group.arn, undefined));
        const door = { ...args, loadBalancerArn: balancer.arn, port: 443, actions };
        return { scheme, balancer, group, ...originListener(listenerName(name, scheme), door, child) };
    }

    /** A load balancer that exists keeps what it has: only its group lets CloudFront in to one port more. */
    #existingLoadBalancer(
        name: string,
        args: OriginLoadBalancerArgs,
        existing: ExistingLoadBalancer,
        hasNextTargets: boolean,
    ): Built {
        const child = { parent: this };
        const { securityGroupId, port, targetGroupArn } = existing;
        const prefixListId = args.cloudFrontPrefixListId ?? cloudFrontPrefixList(child);
        warnOfFullGroup(existing, prefixListId, this);
        admitCloudFront(name, { securityGroupId, prefixListId, port }, child);
        // The targets of a group that exists admit the load balancer already.
        const targets =
            targetGroupArn === undefined || hasNextTargets ? targetsGroup(name, args.vpcId, child) : undefined;
        return {
            balancer: findLoadBalancer(existing, args.vpcId, child),
            groups: { loadBalancerId: securityGroupId, targetsId: targets?.id },
            securityGroupIds: () => [securityGroupId],
        };
    }
}
