import * as pulumi from "@pulumi/pulumi";
import { resolved, refuse } from "./checks/index";
import { argumentSpecs, claimNames, edgeProblems, type EncryptedEdgeArgs } from "./arguments/index";
import { DeletionProtection } from "./deletionProtection";
import type { DnsRecord } from "./dnsRecord";
import { edgeParts } from "./edgeParts";
import { byRoute } from "./edgeRoute";
import { originSecretHeaderName } from "./originSecret";
import type { OutputsOf } from "./outputsOf";
import {
    type EdgeNodes,
    edgeNodes,
    type EncryptedEdgeOptions,
    nodesOf,
    transformProblems,
    WatchedNodes,
} from "./transform/index";
import { withSecretLogins } from "./ruleActions";

/**
 * An entry to an application that is encrypted on every hop: CloudFront with AWS WAF in front of an Application Load
 * Balancer that only this distribution can use, with certificates that renew themselves and all DNS records.
 */
export class EncryptedEdge extends pulumi.ComponentResource {
    /** Address of the site: `https://` and the first viewer name. */
    public readonly url!: pulumi.Output<string>;

    /** The names that viewers use. */
    public readonly domainNames!: pulumi.Output<string[]>;

    /** The load balancer's second name, which CloudFront connects to. */
    public readonly originDomainName!: pulumi.Output<string>;

    /** Port on which CloudFront reaches the load balancer: 443, or the port of `existingLoadBalancer`. */
    public readonly originPort!: pulumi.Output<number>;

    /** Id of the CloudFront distribution. */
    public readonly distributionId!: pulumi.Output<string>;

    /** ARN of the distribution, for the policy of a bucket that the distribution may read. */
    public readonly distributionArn!: pulumi.Output<string>;

    /** DNS name that CloudFront gave the distribution. */
    public readonly distributionDomainName!: pulumi.Output<string>;

    /** ARN of the load balancer. */
    public readonly loadBalancerArn!: pulumi.Output<string>;

    /** DNS name that AWS gave the load balancer. */
    public readonly loadBalancerDnsName!: pulumi.Output<string>;

    /** Id of the hosted zone of the load balancer's DNS name, for alias records. */
    public readonly loadBalancerZoneId!: pulumi.Output<string>;

    /** Value of the CloudWatch dimension `LoadBalancer`, for example `app/edge-alb-0123456/50dc6c495c0c9188`. */
    public readonly loadBalancerArnSuffix!: pulumi.Output<string>;

    /**
     * Id of the security group from which the load balancer reaches targets. A further service needs two rules on its
     * targets' port: an egress rule in this group to the targets' group, and an ingress rule in the targets' group that
     * admits this one.
     */
    public readonly loadBalancerSecurityGroupId!: pulumi.Output<string>;

    /**
     * ARN of the HTTPS listener. The edge's own rule has the last priority, 50000; a further service adds rules with
     * any priority before it. Each needs its own condition, such as a path, and the condition that the header
     * `originSecretHeaderName` holds one of `originSecretValues`. Without the second condition, the load balancer also
     * answers requests that did not come through this distribution.
     */
    public readonly listenerArn!: pulumi.Output<string>;

    /** ARN of the rule that forwards this distribution's requests to the target group. */
    public readonly listenerRuleArn!: pulumi.Output<string>;

    /** Name of the header by which the load balancer recognizes this distribution: `X-Origin-Verify`. */
    public readonly originSecretHeaderName!: pulumi.Output<string>;

    /**
     * The values of that header that rules accept, a secret: those of the current, the previous and the next
     * `originSecretGeneration`. A service in another stack must be deployed again once before the next rotation, not
     * with each one.
     */
    public readonly originSecretValues!: pulumi.Output<string[]>;

    /** ARN of the target group in which the application registers. */
    public readonly targetGroupArn!: pulumi.Output<string>;

    /** Id of CloudFront's VPC origin if `loadBalancerScheme` is `internal`, otherwise empty. */
    public readonly vpcOriginId!: pulumi.Output<string>;

    /** ARN of the HTTPS listener of `nextLoadBalancer`, for the rules of further services; empty without one. */
    public readonly nextListenerArn!: pulumi.Output<string>;

    /**
     * ARN of the target group of `nextTargets` or `nextLoadBalancer`, in which the next targets register; empty without
     * one.
     */
    public readonly nextTargetGroupArn!: pulumi.Output<string>;

    /**
     * ARN of the second target group for `blueGreenEnabled`, to which Amazon ECS or CodeDeploy shifts requests;
     * otherwise empty.
     */
    public readonly alternateTargetGroupArn!: pulumi.Output<string>;

    /** Value of the CloudWatch dimension `TargetGroup`, for example `targetgroup/edge-tg-0123456/73e2d6bc24d8a067`. */
    public readonly targetGroupArnSuffix!: pulumi.Output<string>;

    /** Id of the security group for the targets. It admits only the load balancer, on the target port. */
    public readonly targetSecurityGroupId!: pulumi.Output<string>;

    /** Protocol from the load balancer to the targets: `HTTPS`, or `HTTP` if you chose that. */
    public readonly targetProtocol!: pulumi.Output<string>;

    /** ARN of each route's target group, by the name of the route. */
    public readonly routeTargetGroupArns!: pulumi.Output<{ [route: string]: string }>;

    /** ARN of each route's second target group, by the name of the route; empty without `blueGreenEnabled`. */
    public readonly routeAlternateTargetGroupArns!: pulumi.Output<{ [route: string]: string }>;

    /** ARN of each route's listener rule, by the name of the route. */
    public readonly routeListenerRuleArns!: pulumi.Output<{ [route: string]: string }>;

    /** Id of the security group for each route's targets, by the name of the route. */
    public readonly routeTargetSecurityGroupIds!: pulumi.Output<{ [route: string]: string }>;

    /**
     * Name of the new bucket for `staticFiles`, where you upload them; empty if you gave a bucket, or have no static
     * files.
     */
    public readonly staticFilesBucketName!: pulumi.Output<string>;

    /** ARN of the web ACL. */
    public readonly webAclArn!: pulumi.Output<string>;

    /** Name of the web ACL's log group, in us-east-1; empty if the component created none. */
    public readonly webAclLogGroupName!: pulumi.Output<string>;

    /** Name of the distribution's log group, in us-east-1; empty if the component created none. */
    public readonly accessLogGroupName!: pulumi.Output<string>;

    /** Name of the bucket for the load balancer's access log and connection log; empty if they are switched off. */
    public readonly loadBalancerLogBucketName!: pulumi.Output<string>;

    /** ARN of the SNS topic for the load balancer's alarms; empty without alarms. */
    public readonly alarmTopicArn!: pulumi.Output<string>;

    /** ARN of the SNS topic for the alarms of the edge, in us-east-1; empty without alarms. */
    public readonly edgeAlarmTopicArn!: pulumi.Output<string>;

    /** ARN of the certificate for the viewer names, in us-east-1. */
    public readonly viewerCertificateArn!: pulumi.Output<string>;

    /** ARN of the load balancer's certificate, in its region. */
    public readonly originCertificateArn!: pulumi.Output<string>;

    /**
     * The records with which ACM validates the certificates, by name, if DNS is outside Route 53. They are known before
     * the certificates are issued. Keep them: ACM renews nothing without them.
     */
    public readonly validationRecords!: pulumi.Output<{ [domainName: string]: DnsRecord }>;

    /** The records of the viewer names and the origin's name, by name, if DNS is outside Route 53. */
    public readonly dnsRecords!: pulumi.Output<{ [domainName: string]: DnsRecord }>;

    /**
     * Builds the edge.
     *
     * @param name Prefix of every resource: 1 to 20 letters, digits and inner hyphens.
     * @param opts Pulumi's resource options, and two more: `transform` changes settings without an argument,
     * `dnsProvider` is the AWS provider for the zones.
     * @throws pulumi.InputPropertiesError that lists every problem with the arguments, before anything is registered.
     */
    constructor(name: string, args: EncryptedEdgeArgs, opts?: EncryptedEdgeOptions) {
        refuse("EncryptedEdge", name, [
            ...edgeProblems(name, args),
            ...transformProblems("EncryptedEdge", opts?.transform, edgeNodes),
        ]);
        claimNames(name, args);
        const nodes = new WatchedNodes({ type: "EncryptedEdge", name }, edgeNodes, opts);
        super("encrypted-edge:index:EncryptedEdge", name, withSecretLogins(args), nodes.options);
        const child = { parent: this };
        const settings = resolved(args, argumentSpecs);

        const parts = edgeParts(name, settings, opts, child);
        const { alarms, certificates, distribution, firewall, loadBalancer, routes } = parts;
        new DeletionProtection(`${name}-deletion-protection`, settings.deletionProtection, {
            ...child,
            dependsOn: nodes.resources,
        });

        const outputs: OutputsOf<EncryptedEdge> = {
            url: pulumi.output(`https://${settings.domainNames[0]}`),
            domainNames: pulumi.output(settings.domainNames),
            originDomainName: pulumi.output(settings.originDomainName),
            originPort: pulumi.output(settings.existingLoadBalancer?.port ?? 443),
            distributionId: distribution.distributionId,
            distributionArn: distribution.distributionArn,
            distributionDomainName: distribution.distributionDomainName,
            staticFilesBucketName: distribution.staticFilesBucketName,
            loadBalancerArn: loadBalancer.loadBalancerArn,
            loadBalancerDnsName: loadBalancer.loadBalancerDnsName,
            loadBalancerZoneId: loadBalancer.loadBalancerZoneId,
            loadBalancerArnSuffix: loadBalancer.loadBalancerArnSuffix,
            loadBalancerSecurityGroupId: loadBalancer.loadBalancerSecurityGroupId,
            listenerArn: loadBalancer.listenerArn,
            listenerRuleArn: loadBalancer.listenerRuleArn,
            originSecretHeaderName: pulumi.output(originSecretHeaderName),
            originSecretValues: parts.secret.accepted,
            targetGroupArn: loadBalancer.targetGroupArn,
            vpcOriginId: loadBalancer.vpcOriginId,
            nextListenerArn: loadBalancer.nextListenerArn,
            nextTargetGroupArn: loadBalancer.nextTargetGroupArn,
            alternateTargetGroupArn: loadBalancer.alternateTargetGroupArn,
            targetGroupArnSuffix: loadBalancer.targetGroupArnSuffix,
            targetSecurityGroupId: loadBalancer.targetSecurityGroupId,
            targetProtocol: loadBalancer.presentTargetProtocol,
            routeTargetGroupArns: byRoute(routes, (route) => route.targetGroupArn),
            routeAlternateTargetGroupArns: byRoute(routes, (route) => route.alternateTargetGroupArn),
            routeListenerRuleArns: byRoute(routes, (route) => route.listenerRuleArn),
            routeTargetSecurityGroupIds: byRoute(routes, (route) => route.targetSecurityGroupId),
            webAclArn: parts.webAclArn,
            webAclLogGroupName: firewall?.logGroupName ?? pulumi.output(""),
            accessLogGroupName: parts.accessLog?.logGroupName ?? pulumi.output(""),
            loadBalancerLogBucketName: pulumi.output(parts.logBucketName ?? ""),
            alarmTopicArn: alarms?.topicArn ?? pulumi.output(""),
            edgeAlarmTopicArn: alarms?.edgeTopicArn ?? pulumi.output(""),
            viewerCertificateArn: certificates.viewer,
            originCertificateArn: certificates.origin,
            validationRecords: certificates.validationRecords,
            dnsRecords: parts.records,
        };
        Object.assign(this, outputs);
        this.registerOutputs(outputs);
        nodes.belongTo(this);
    }

    /** The resources that the edge is made of, for example `nodes.distribution`; in TypeScript only. */
    get nodes(): EdgeNodes {
        return nodesOf(this, edgeNodes);
    }
}
