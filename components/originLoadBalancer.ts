import * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import { onceInternetGateway } from "./internetGateway";
import { logPrefixes } from "./loadBalancerLog";
import { type ExistingLoadBalancer, findLoadBalancer, findTargetGroup, warnOfFullGroup } from "./existingLoadBalancer";
import { originListener } from "./originListener";
import { alternateTargets, comingTargets, openPorts, type PathGroups, presentTargets } from "./originTargets";
import { openWayToProvider, ruleActions } from "./ruleActions";
import {
    argumentSpecs,
    type AuthenticateCognitoArgs,
    type AuthenticateOidcArgs,
    type ExistingLoadBalancerArgs,
    loginFields,
    type NextTargetsArgs,
    type TargetsArgs,
    type TimeoutsArgs,
} from "./arguments/index";
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

/** What is needed of a load balancer, made here or found. */
type Balancer = Pick<lb.LoadBalancer, "arn" | "dnsName" | "zoneId" | "arnSuffix">;

/** The arguments of OriginLoadBalancer; EncryptedEdgeArgs says what each of them means. */
export interface OriginLoadBalancerArgs {
    /** Id of the VPC. */
    vpcId: pulumi.Input<string>;

    /** A load balancer that exists, in which a listener is made. Defaults to none: a load balancer is made. */
    existingLoadBalancer?: ExistingLoadBalancerArgs;

    /** Ids of at least two public subnets in different Availability Zones. Defaults to those of a load balancer that exists. */
    subnetIds?: pulumi.Input<pulumi.Input<string>[]>;

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

    /** Whether somebody else moves the requests between two target groups. Defaults to false. */
    blueGreenEnabled?: boolean;

    /** A login at a provider of OpenID Connect. Defaults to none. */
    authenticateOidc?: AuthenticateOidcArgs;

    /** A login at a user pool of Amazon Cognito. Defaults to none. */
    authenticateCognito?: AuthenticateCognitoArgs;

    /** Whether a rule of the load balancer may send viewers to log in. Defaults to false. */
    loginEnabled?: boolean;

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

    /** ARN of the HTTPS listener. */
    public readonly listenerArn!: pulumi.Output<string>;

    /** ARN of the rule that forwards this distribution's requests to the target group: the listener's last. */
    public readonly listenerRuleArn!: pulumi.Output<string>;

    /** ARN of the target group; the application registers itself there. */
    public readonly targetGroupArn!: pulumi.Output<string>;

    /** ARN of the target group of `nextTargets`; empty where there are none. */
    public readonly nextTargetGroupArn!: pulumi.Output<string>;

    /** ARN of the second target group of `blueGreenEnabled`; empty without it. */
    public readonly alternateTargetGroupArn!: pulumi.Output<string>;

    /** Value of CloudWatch's dimension `TargetGroup`, for example `targetgroup/edge-tg-0123456/73e2d6bc24d8a067`. */
    public readonly targetGroupArnSuffix!: pulumi.Output<string>;

    /** Id of the security group that admits the load balancer, and nobody else, on the target port; for the targets. */
    public readonly targetSecurityGroupId!: pulumi.Output<string>;

    /** Protocol to the targets: that of the target group which serves. */
    public readonly presentTargetProtocol!: pulumi.Output<string>;

    constructor(name: string, args: OriginLoadBalancerArgs, opts?: pulumi.ComponentResourceOptions) {
        const {
            vpcId,
            existingLoadBalancer,
            subnetIds,
            cloudFrontPrefixListId,
            targetProtocol,
            targetPort,
            targetType,
        } = argumentSpecs;
        const { targetGeneration, nextTargets, healthCheckPath, healthCheckMatcher, deletionProtection } =
            argumentSpecs;
        refusePart("OriginLoadBalancer", name, args, {
            vpcId,
            existingLoadBalancer,
            subnetIds,
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
            blueGreenEnabled: argumentSpecs.blueGreenEnabled,
            ...loginFields,
        });
        super("encrypted-edge:index:OriginLoadBalancer", name, {}, opts);
        const child = { parent: this };

        const existing = args.existingLoadBalancer
            ? resolved(args.existingLoadBalancer, existingLoadBalancer.fields)
            : undefined;
        const next = args.nextTargets ? resolved(args.nextTargets, nextTargets.fields) : undefined;
        const { balancer, groups } =
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
            name,
            {
                ...args,
                loadBalancerArn: balancer.arn,
                port: existing?.port ?? 443,
                actions: ruleActions(args, forwardAction(existing?.targetGroupArn ?? present.arn, coming ?? alternate)),
            },
            child,
        );
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
            // Whoever registers targets waits for the rule: a target group without one belongs to no load balancer.
            targetGroupArn: pulumi.all([present.arn, rule.id]).apply(([arn]) => arn),
            nextTargetGroupArn: pulumi.all([coming?.group.arn ?? "", rule.id]).apply(([arn]) => arn),
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

    #ownLoadBalancer(name: string, args: OriginLoadBalancerArgs): { balancer: Balancer; groups: PathGroups } {
        const child = { parent: this };
        const ingressGroup = cloudFrontIngress(name, args, child);
        const groups = targetPathGroups(name, args.vpcId, child);
        // "alb" and "tg": AWS allows these names 32 characters, and Pulumi's random suffix needs some of them.
        const balancer = new lb.LoadBalancer(
            `${name}-alb`,
            {
                loadBalancerType: "application",
                internal: false,
                ipAddressType: "ipv4",
                subnets: onceInternetGateway(args.vpcId, args.subnetIds ?? [], child),
                securityGroups: [ingressGroup.id, groups.loadBalancer.id],
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
        return { balancer, groups: { loadBalancerId: groups.loadBalancer.id, targetsId: groups.targets.id } };
    }

    /** A load balancer that exists keeps what it has: only its group lets CloudFront in to one port more. */
    #existingLoadBalancer(
        name: string,
        args: OriginLoadBalancerArgs,
        existing: ExistingLoadBalancer,
        hasNextTargets: boolean,
    ): { balancer: Balancer; groups: PathGroups } {
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
        };
    }
}

/** A log that is off is written out, because the provider takes one that is left out for unchanged. */
function logTo(bucket: pulumi.Input<string> | undefined, prefix: string) {
    return bucket === undefined ? { bucket: "", enabled: false } : { bucket, prefix, enabled: true };
}
