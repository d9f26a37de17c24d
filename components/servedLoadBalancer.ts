import * as lb from "@pulumi/aws/lb";
import type * as pulumi from "@pulumi/pulumi";
import { argumentSpecs, type TargetsArgs, type TimeoutsArgs } from "./arguments/index";
import { resolved } from "./checks/index";
import { onceInternetGateway } from "./internetGateway";
import { logPrefixes } from "./loadBalancerLog";
import { originSecretHeaderName } from "./originSecret";
import { forwardAction, targetGroup, type TargetSettings } from "./targetGroups";

/**
 * The rule for this distribution is the last one, because it takes every request that carries the secret: rules of other
 * services come before it. Source: Elastic Load Balancing API reference, CreateRule (1 to 50000).
 */
const lastPriority = 50_000;

/** Where AWS lets a load balancer be reached. Source: Elastic Load Balancing user guide, "Load balancer scheme". */
export const schemes = { public: "internet-facing", private: "internal" } as const;

/** What is different about the two schemes but the scheme itself: the names, since both may be there at once. */
const namesOf = {
    [schemes.public]: { loadBalancer: "alb", prefix: "", firstTargets: "tg", laterTargets: "t" },
    // As short as the others: AWS allows 32 characters.
    [schemes.private]: { loadBalancer: "ilb", prefix: "internal-", firstTargets: "i1", laterTargets: "i" },
};

/** What is the same for both load balancers of an edge that moves from one to the other. */
export interface ServedLoadBalancerArgs {
    readonly vpcId: pulumi.Input<string>;
    readonly certificateArn: pulumi.Input<string>;
    readonly viewerNamesCertificateArn?: pulumi.Input<string>;
    readonly acceptedSecrets: pulumi.Input<pulumi.Input<string>[]>;
    readonly targetProtocol: string;
    readonly targetPort: number;
    readonly targetType: string;
    readonly targetGeneration: number;
    readonly healthCheckPath: string;
    readonly healthCheckMatcher: string;
    readonly targets?: TargetsArgs;
    readonly timeouts?: TimeoutsArgs;
    readonly logBucketName?: pulumi.Input<string>;
    readonly deletionProtection: boolean;
    readonly securityGroupIds: pulumi.Input<string>[];
}

/** Where one of them stands, and which further targets it has. */
export interface Placement {
    readonly scheme: string;
    readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
    readonly nextTargets?: {
        readonly protocol: string;
        readonly port: number;
        readonly type: string;
        readonly weight: number;
    };
}

/** A load balancer, its listener that refuses by default, the rule for this distribution, and its target groups. */
export function servedLoadBalancer(
    name: string,
    args: ServedLoadBalancerArgs,
    { scheme, subnetIds, nextTargets }: Placement,
    child: { readonly parent: pulumi.Resource },
) {
    const internal = scheme === schemes.private;
    const names = namesOf[internal ? schemes.private : schemes.public];
    const loadBalancer = new lb.LoadBalancer(
        `${name}-${names.loadBalancer}`,
        {
            loadBalancerType: "application",
            internal,
            ipAddressType: "ipv4",
            subnets: internal ? subnetIds : onceInternetGateway(args.vpcId, subnetIds, child),
            securityGroups: args.securityGroupIds,
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

    const common = {
        healthCheckPath: args.healthCheckPath,
        healthCheckMatcher: args.healthCheckMatcher,
        targets: resolved(args.targets ?? {}, argumentSpecs.targets.fields),
    };
    const group = (generation: number, settings: TargetSettings) => {
        const suffix = generation === 1 ? names.firstTargets : `${names.laterTargets}${generation}`;
        return targetGroup(`${name}-${suffix}`, args.vpcId, settings, child);
    };
    const present = group(args.targetGeneration, {
        ...common,
        protocol: args.targetProtocol,
        port: args.targetPort,
        type: args.targetType,
    });
    const coming =
        nextTargets === undefined
            ? undefined
            : { group: group(args.targetGeneration + 1, { ...common, ...nextTargets }), weight: nextTargets.weight };

    const listener = new lb.Listener(
        `${name}-${names.prefix}https`,
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
    certificatesByName(`${name}-${names.prefix}`, listener, args, child);

    const rule = new lb.ListenerRule(
        `${name}-${names.prefix}from-this-distribution`,
        {
            listenerArn: listener.arn,
            priority: lastPriority,
            conditions: [{ httpHeader: { httpHeaderName: originSecretHeaderName, values: args.acceptedSecrets } }],
            actions: [forwardAction(present, coming)],
        },
        child,
    );
    return { loadBalancer, listener, rule, present, coming };
}

/**
 * The certificates that are chosen by the name that CloudFront asks for. The origin's is the listener's default as
 * well; in this list the one before it stays until the end of an update, when CloudFront no longer asks for its name.
 */
function certificatesByName(
    prefix: string,
    listener: lb.Listener,
    args: ServedLoadBalancerArgs,
    child: pulumi.CustomResourceOptions,
): void {
    const listed = { "origin-name": args.certificateArn, "viewer-names": args.viewerNamesCertificateArn };
    for (const [names, certificateArn] of Object.entries(listed)) {
        if (certificateArn !== undefined) {
            new lb.ListenerCertificate(`${prefix}${names}`, { listenerArn: listener.arn, certificateArn }, child);
        }
    }
}

/** A log that is off is written out, because the provider takes one that is left out for unchanged. */
function logTo(bucket: pulumi.Input<string> | undefined, prefix: string) {
    return bucket === undefined ? { bucket: "", enabled: false } : { bucket, prefix, enabled: true };
}
