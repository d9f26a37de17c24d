import * as pulumi from "@pulumi/pulumi";
import {
    type NextLoadBalancerArgs,
    type NextTargetsArgs,
    type TargetsArgs,
    type TimeoutsArgs,
    argumentSpecs,
} from "./arguments/index";
import { resolved, refusePart } from "./checks/index";
import type { OutputsOf } from "./outputsOf";
import { cloudFrontIngress, openTargetPath, targetPathGroups } from "./securityGroups";
import { schemes, servedLoadBalancer } from "./servedLoadBalancer";
import { vpcOrigin } from "./vpcOrigin";

/** The arguments of OriginLoadBalancer; EncryptedEdgeArgs says what each of them means. */
export interface OriginLoadBalancerArgs {
    /** Id of the VPC. */
    vpcId: pulumi.Input<string>;

    /** Ids of at least two subnets in different Availability Zones. */
    subnetIds: pulumi.Input<pulumi.Input<string>[]>;

    /** `internet-facing` or `internal`. Defaults to `internet-facing`. */
    loadBalancerScheme?: string;

    /** A load balancer that is to take the place of the present one. Defaults to none. */
    nextLoadBalancer?: NextLoadBalancerArgs;

    /** Id of CloudFront's origin-facing prefix list. Defaults to the one found by name in the load balancer's region. */
    cloudFrontPrefixListId?: pulumi.Input<string>;

    /** ARN of the validated certificate for the origin's name. */
    certificateArn: pulumi.Input<string>;

    /** ARN of the validated certificate for the viewer names, where CloudFront forwards them. Defaults to none. */
    viewerNamesCertificateArn?: pulumi.Input<string>;

    /** Values of the secret header that are let through. */
    acceptedSecrets: pulumi.Input<pulumi.Input<string>[]>;

    /** Protocol to the targets, `HTTPS` or `HTTP`. */
    targetProtocol: string;

    /** Port of the targets. */
    targetPort: number;

    /** `ip` or `instance`. */
    targetType: string;

    /** Number of the target group that serves. */
    targetGeneration: number;

    /** Targets that are to take the place of the present ones. Defaults to none. */
    nextTargets?: NextTargetsArgs;

    /** Path that health checks ask for. */
    healthCheckPath: string;

    /** Status codes of a healthy target. */
    healthCheckMatcher: string;

    /** How the load balancer treats its targets. Defaults to what EncryptedEdgeArgs says. */
    targets?: TargetsArgs;

    /** How long the load balancer waits; the origin's timeouts are the distribution's. Defaults to what EncryptedEdgeArgs says. */
    timeouts?: TimeoutsArgs;

    /** Name of the bucket for the access log and the connection log. Defaults to none: neither is written. */
    logBucketName?: pulumi.Input<string>;

    /** Whether the load balancer is protected from deletion, by AWS and by Pulumi. */
    deletionProtection: boolean;
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

    /** Value of CloudWatch's dimension `LoadBalancer`, for example `app/edge-alb-0123456/50dc6c495c0c9188`. */
    public readonly loadBalancerArnSuffix!: pulumi.Output<string>;

    /** Id of the security group from which the load balancer reaches targets; those of added rules admit it. */
    public readonly loadBalancerSecurityGroupId!: pulumi.Output<string>;

    /** AWS's own DNS name of the load balancer that the internet finds; empty where there is none. */
    public readonly internetFacingDnsName!: pulumi.Output<string>;

    /** Id of the hosted zone in which AWS keeps that DNS name; empty where there is none. */
    public readonly internetFacingZoneId!: pulumi.Output<string>;

    /** Id of CloudFront's VPC origin for the internal load balancer that serves; empty where it is internet-facing. */
    public readonly vpcOriginId!: pulumi.Output<string>;

    /** ARN of the HTTPS listener of `nextLoadBalancer`; empty where there is none. */
    public readonly nextListenerArn!: pulumi.Output<string>;

    /** ARN of the HTTPS listener. */
    public readonly listenerArn!: pulumi.Output<string>;

    /** ARN of the rule that forwards this distribution's requests to the target group: the listener's last. */
    public readonly listenerRuleArn!: pulumi.Output<string>;

    /** ARN of the target group; the application registers itself there. */
    public readonly targetGroupArn!: pulumi.Output<string>;

    /** ARN of the target group of `nextTargets` or of `nextLoadBalancer`; empty where there are none. */
    public readonly nextTargetGroupArn!: pulumi.Output<string>;

    /** Value of CloudWatch's dimension `TargetGroup`, for example `targetgroup/edge-tg-0123456/73e2d6bc24d8a067`. */
    public readonly targetGroupArnSuffix!: pulumi.Output<string>;

    /** Id of the security group that admits the load balancer, and nobody else, on the target port; for the targets. */
    public readonly targetSecurityGroupId!: pulumi.Output<string>;

    constructor(name: string, args: OriginLoadBalancerArgs, opts?: pulumi.ComponentResourceOptions) {
        const { vpcId, subnetIds, cloudFrontPrefixListId, targetProtocol, targetPort, targetType } = argumentSpecs;
        const { targetGeneration, nextTargets, healthCheckPath, healthCheckMatcher, deletionProtection } =
            argumentSpecs;
        refusePart("OriginLoadBalancer", name, args, {
            vpcId,
            subnetIds,
            loadBalancerScheme: argumentSpecs.loadBalancerScheme,
            nextLoadBalancer: argumentSpecs.nextLoadBalancer,
            cloudFrontPrefixListId,
            targetProtocol,
            targetPort,
            targetType,
            targetGeneration,
            nextTargets,
            targets: argumentSpecs.targets,
            timeouts: argumentSpecs.timeouts,
            healthCheckPath,
            healthCheckMatcher,
            deletionProtection,
        });
        super("encrypted-edge:index:OriginLoadBalancer", name, {}, opts);
        const child = { parent: this };

        const ingressGroup = cloudFrontIngress(name, args, child);
        const groups = targetPathGroups(name, args.vpcId, child);
        const next =
            args.nextTargets === undefined || args.nextTargets === null
                ? undefined
                : resolved(args.nextTargets, argumentSpecs.nextTargets.fields);
        this.#openPorts(name, args, groups, next?.port);

        const both = { ...args, securityGroupIds: [ingressGroup.id, groups.loadBalancer.id] };
        const scheme = args.loadBalancerScheme ?? schemes.public;
        const serving = servedLoadBalancer(name, both, { scheme, subnetIds: args.subnetIds, nextTargets: next }, child);
        const following = this.#next(name, both);
        const all = [{ ...serving, scheme }, ...(following === undefined ? [] : [following])];
        const internal = all.find((one) => one.scheme === schemes.private);
        const internetFacing = all.find((one) => one.scheme === schemes.public)?.loadBalancer;
        const origin = internal === undefined ? undefined : vpcOrigin(name, args.vpcId, internal.loadBalancer, child);
        const { loadBalancer, listener, rule, present } = serving;
        const coming =
            following ?? (serving.coming === undefined ? undefined : { rule, present: serving.coming.group });
        const none = pulumi.output("");

        const outputs: OutputsOf<OriginLoadBalancer> = {
            loadBalancerArn: loadBalancer.arn,
            loadBalancerDnsName: loadBalancer.dnsName,
            loadBalancerZoneId: loadBalancer.zoneId,
            loadBalancerArnSuffix: loadBalancer.arnSuffix,
            loadBalancerSecurityGroupId: groups.loadBalancer.id,
            listenerArn: listener.arn,
            listenerRuleArn: rule.arn,
            // Whoever registers targets waits for the rule: a target group without one belongs to no load balancer.
            targetGroupArn: pulumi.all([present.arn, rule.id]).apply(([arn]) => arn),
            nextTargetGroupArn:
                coming === undefined ? none : pulumi.all([coming.present.arn, coming.rule.id]).apply(([arn]) => arn),
            nextListenerArn: following?.listener.arn ?? none,
            internetFacingDnsName: internetFacing?.dnsName ?? none,
            internetFacingZoneId: internetFacing?.zoneId ?? none,
            vpcOriginId: scheme === schemes.private && origin !== undefined ? origin.id : none,
            targetGroupArnSuffix: present.arnSuffix,
            targetSecurityGroupId: groups.targets.id,
        };
        Object.assign(this, outputs);
        this.registerOutputs(outputs);
    }

    /** The load balancer that is to follow, with a target group of its own: one belongs to one load balancer. */
    #next(name: string, args: OriginLoadBalancerArgs & { readonly securityGroupIds: pulumi.Input<string>[] }) {
        if (args.nextLoadBalancer === undefined || args.nextLoadBalancer === null) {
            return undefined;
        }
        const { scheme, subnetIds = args.subnetIds } = resolved(
            args.nextLoadBalancer,
            argumentSpecs.nextLoadBalancer.fields,
        );
        return { scheme, ...servedLoadBalancer(name, args, { scheme, subnetIds }, { parent: this }) };
    }

    /** The ports of the present and of the next targets; rules of the first generation keep their first names. */
    #openPorts(
        name: string,
        { targetPort, targetGeneration }: OriginLoadBalancerArgs,
        groups: ReturnType<typeof targetPathGroups>,
        nextPort: number | undefined,
    ): void {
        const ends = { loadBalancerGroupId: groups.loadBalancer.id, targetsGroupId: groups.targets.id };
        const first = targetGeneration === 1;
        const present = { ...ends, port: targetPort, suffix: first ? "" : `-${targetPort}`, mayBeFirst: !first };
        openTargetPath(name, present, { parent: this });
        if (nextPort !== undefined && nextPort !== targetPort) {
            const next = { ...ends, port: nextPort, suffix: `-${nextPort}`, mayBeFirst: false };
            openTargetPath(name, next, { parent: this });
        }
    }
}
