import * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import { onceInternetGateway } from "./internetGateway";
import { logPrefixes } from "./loadBalancerLog";
import { originSecretHeaderName } from "./originSecret";
import { type NextTargetsArgs, type TargetsArgs, type TimeoutsArgs, argumentSpecs } from "./arguments/index";
import { resolved, type Resolved, refusePart } from "./checks/index";
import { cloudFrontIngress, openTargetPath, targetPathGroups } from "./securityGroups";
import { forwardAction, targetGroup, targetGroupName } from "./targetGroups";
import type { OutputsOf } from "./outputsOf";

/**
 * The rule for this distribution is the last one, because it takes every request that carries the secret: rules of other
 * services come before it. Source: Elastic Load Balancing API reference, CreateRule (1 to 50000).
 */
const lastPriority = 50_000;

type NextTargets = Resolved<NextTargetsArgs, typeof argumentSpecs.nextTargets.fields>;

/** The arguments of OriginLoadBalancer; EncryptedEdgeArgs says what each of them means. */
export interface OriginLoadBalancerArgs {
    /** Id of the VPC. */
    vpcId: pulumi.Input<string>;

    /** Ids of at least two public subnets in different Availability Zones. */
    subnetIds: pulumi.Input<pulumi.Input<string>[]>;

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

    /** ARN of the HTTPS listener. */
    public readonly listenerArn!: pulumi.Output<string>;

    /** ARN of the rule that forwards this distribution's requests to the target group: the listener's last. */
    public readonly listenerRuleArn!: pulumi.Output<string>;

    /** ARN of the target group; the application registers itself there. */
    public readonly targetGroupArn!: pulumi.Output<string>;

    /** ARN of the target group of `nextTargets`; empty where there are none. */
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

        // "alb" and "tg": AWS allows these names 32 characters, and Pulumi's random suffix needs some of them.
        const loadBalancer = new lb.LoadBalancer(
            `${name}-alb`,
            {
                loadBalancerType: "application",
                internal: false,
                ipAddressType: "ipv4",
                subnets: onceInternetGateway(args.vpcId, args.subnetIds, child),
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

        const { present, coming } = this.#targetGroups(name, args, next);

        const listener = new lb.Listener(
            `${name}-https`,
            {
                loadBalancerArn: loadBalancer.arn,
                port: 443,
                protocol: "HTTPS",
                // TLS 1.3 and 1.2 with forward secrecy, and post-quantum key exchange. CloudFront still needs 1.2.
                sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
                certificateArn: args.certificateArn,
                defaultActions: [
                    {
                        type: "fixed-response",
                        fixedResponse: { statusCode: "403", contentType: "text/plain", messageBody: "Forbidden" },
                    },
                ],
                routingHttpResponseServerEnabled: false,
            },
            child,
        );

        this.#certificatesByName(name, listener, args);

        const rule = new lb.ListenerRule(
            `${name}-from-this-distribution`,
            {
                listenerArn: listener.arn,
                priority: lastPriority,
                conditions: [{ httpHeader: { httpHeaderName: originSecretHeaderName, values: args.acceptedSecrets } }],
                actions: [forwardAction(present, coming)],
            },
            child,
        );

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
            nextTargetGroupArn: pulumi.all([coming?.group.arn ?? "", rule.id]).apply(([arn]) => arn),
            targetGroupArnSuffix: present.arnSuffix,
            targetSecurityGroupId: groups.targets.id,
        };
        Object.assign(this, outputs);
        this.registerOutputs(outputs);
    }

    /**
     * The certificates that are chosen by the name that CloudFront asks for. The origin's is the listener's default as
     * well; in this list the one before it stays until the end of an update, when CloudFront no longer asks for its name.
     */
    #certificatesByName(name: string, listener: lb.Listener, args: OriginLoadBalancerArgs): void {
        const listed = { "origin-name": args.certificateArn, "viewer-names": args.viewerNamesCertificateArn };
        for (const [names, certificateArn] of Object.entries(listed)) {
            if (certificateArn !== undefined) {
                new lb.ListenerCertificate(
                    `${name}-${names}`,
                    { listenerArn: listener.arn, certificateArn },
                    { parent: this },
                );
            }
        }
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

    #targetGroups(name: string, args: OriginLoadBalancerArgs, next: NextTargets | undefined) {
        const { vpcId, targetProtocol, targetPort, targetType, targetGeneration, healthCheckPath } = args;
        const targets = resolved(args.targets ?? {}, argumentSpecs.targets.fields);
        const common = { healthCheckPath, healthCheckMatcher: args.healthCheckMatcher, targets };
        const settings = { ...common, protocol: targetProtocol, port: targetPort, type: targetType };
        const child = { parent: this };
        const present = targetGroup(targetGroupName(name, targetGeneration), vpcId, settings, child);
        if (next === undefined) {
            return { present };
        }
        const nextName = targetGroupName(name, targetGeneration + 1);
        const group = targetGroup(nextName, vpcId, { ...common, ...next }, child);
        return { present, coming: { group, weight: next.weight } };
    }
}

/** A log that is off is written out, because the provider takes one that is left out for unchanged. */
function logTo(bucket: pulumi.Input<string> | undefined, prefix: string) {
    return bucket === undefined ? { bucket: "", enabled: false } : { bucket, prefix, enabled: true };
}
