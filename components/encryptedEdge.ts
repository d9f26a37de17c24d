import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { AliasRecords } from "./aliasRecords";
import { EdgeAccessLog } from "./edgeAccessLog";
import { EdgeDistribution } from "./edgeDistribution";
import { EdgeFirewall } from "./edgeFirewall";
import { defaultOriginDomainName, defaults, defaultTargetPort, type EncryptedEdgeArgs } from "./encryptedEdgeArgs";
import { validationNames } from "./domainName";
import { refuseInvalidArguments } from "./invalidArguments";
import { lookUp } from "./lookUp";
import { LoadBalancerLog } from "./loadBalancerLog";
import { OriginLoadBalancer } from "./originLoadBalancer";
import { OriginSecret, originSecretHeaderName } from "./originSecret";
import { ValidatedCertificate } from "./validatedCertificate";

/**
 * An entry to an application that is encrypted on every hop: CloudFront with AWS WAF in front of an Application Load
 * Balancer that only this distribution can use, with certificates that renew themselves and the DNS records of both.
 */
export class EncryptedEdge extends pulumi.ComponentResource {
    /** Address of the site: https and the first viewer name. */
    public readonly url: pulumi.Output<string>;

    /** The names that viewers use. */
    public readonly domainNames: pulumi.Output<string[]>;

    /** The load balancer's second name, by which CloudFront reaches it. */
    public readonly originDomainName: pulumi.Output<string>;

    /** Id of the CloudFront distribution. */
    public readonly distributionId: pulumi.Output<string>;

    /** CloudFront's own name of the distribution. */
    public readonly distributionDomainName: pulumi.Output<string>;

    /** ARN of the load balancer. */
    public readonly loadBalancerArn: pulumi.Output<string>;

    /** AWS's own DNS name of the load balancer. */
    public readonly loadBalancerDnsName: pulumi.Output<string>;

    /** Id of the hosted zone in which AWS keeps the load balancer's DNS name, for alias records. */
    public readonly loadBalancerZoneId: pulumi.Output<string>;

    /** Value of CloudWatch's dimension `LoadBalancer`, for example `app/edge-alb-0123456/50dc6c495c0c9188`. */
    public readonly loadBalancerArnSuffix: pulumi.Output<string>;

    /**
     * Id of the security group from which the load balancer reaches targets. A further service adds a rule from this
     * group to the group of its targets, on their port, and one in the group of its targets that admits this group.
     */
    public readonly loadBalancerSecurityGroupId: pulumi.Output<string>;

    /**
     * ARN of the HTTPS listener. The edge's own rule has the last priority, 50000; a further service adds rules with any
     * priority before it. Each has a condition of its own, such as a path, and the condition that the header
     * `originSecretHeaderName` holds one of `originSecretValues`: without that, requests that did not come through this
     * distribution are answered too.
     */
    public readonly listenerArn: pulumi.Output<string>;

    /** ARN of the rule that forwards this distribution's requests to the target group. */
    public readonly listenerRuleArn: pulumi.Output<string>;

    /** Name of the header by which the load balancer knows this distribution: `X-Origin-Verify`. */
    public readonly originSecretHeaderName: pulumi.Output<string>;

    /**
     * The values of that header that rules accept, a secret: those of the current, the previous and the next
     * `originSecretGeneration`, so that a service of another stack need not be deployed with each rotation, but once
     * before the next.
     */
    public readonly originSecretValues: pulumi.Output<string[]>;

    /** ARN of the target group; the application registers itself there. */
    public readonly targetGroupArn: pulumi.Output<string>;

    /** Value of CloudWatch's dimension `TargetGroup`, for example `targetgroup/edge-tg-0123456/73e2d6bc24d8a067`. */
    public readonly targetGroupArnSuffix: pulumi.Output<string>;

    /** Id of the security group for the targets: it admits the load balancer alone, on the target port. */
    public readonly targetSecurityGroupId: pulumi.Output<string>;

    /** Protocol from the load balancer to the targets: `HTTPS`, or `HTTP` where that was asked for. */
    public readonly targetProtocol: pulumi.Output<string>;

    /** ARN of the web ACL. */
    public readonly webAclArn: pulumi.Output<string>;

    /** Name of the web ACL's log group, in us-east-1. */
    public readonly webAclLogGroupName: pulumi.Output<string>;

    /** Name of the distribution's log group, in us-east-1; empty where the access log is switched off. */
    public readonly accessLogGroupName: pulumi.Output<string>;

    /** Name of the bucket for the load balancer's access log and connection log; empty where they are switched off. */
    public readonly loadBalancerLogBucketName: pulumi.Output<string>;

    /** ARN of the viewers' certificate, in us-east-1. */
    public readonly viewerCertificateArn: pulumi.Output<string>;

    /** ARN of the load balancer's certificate, in its region. */
    public readonly originCertificateArn: pulumi.Output<string>;

    /**
     * Builds the edge.
     *
     * @param name Prefix of every resource: 1 to 20 letters, digits and inner hyphens.
     * @throws pulumi.InputPropertiesError that lists everything wrong with the arguments; nothing is registered then.
     */
    constructor(name: string, args: EncryptedEdgeArgs, opts?: pulumi.ComponentResourceOptions) {
        refuseInvalidArguments(name, args);
        super("encrypted-edge:index:EncryptedEdge", name, args, opts);
        const child = { parent: this };

        const { hostedZoneName, domainNames } = args;
        const originDomainName = args.originDomainName ?? defaultOriginDomainName(hostedZoneName);
        const forwardHostHeader = args.forwardHostHeader ?? defaults.forwardHostHeader;
        const targetProtocol = args.targetProtocol ?? defaults.targetProtocol;
        const deletionProtection = args.deletionProtection ?? defaults.deletionProtection;
        const hostedZoneId =
            args.hostedZoneId ??
            lookUp(
                `The public hosted zone "${hostedZoneName}"`,
                "Create it in this account, write the name of one that is there in hostedZoneName, or give its id in hostedZoneId.",
                route53.getZone({ name: hostedZoneName, privateZone: false }, child),
            ).zoneId;

        const viewerCertificate = new ValidatedCertificate(
            `${name}-viewer`,
            { domainNames, hostedZoneId, region: "us-east-1", deletionProtection },
            child,
        );

        const originCertificate = new ValidatedCertificate(
            `${name}-origin`,
            {
                domainNames: [originDomainName],
                hostedZoneId,
                // The origin may be the name below which viewers have a wildcard: both are validated by one record.
                validationRecordFqdns: validationNames(domainNames).includes(originDomainName)
                    ? validationRecordFqdns(viewerCertificate, [originDomainName])
                    : undefined,
                deletionProtection,
            },
            child,
        );

        // A certificate of its own: to stop forwarding, CloudFront lets go of the viewer names before this one goes.
        const viewerNamesCertificate = forwardHostHeader
            ? new ValidatedCertificate(
                  `${name}-viewer-names`,
                  {
                      domainNames,
                      hostedZoneId,
                      validationRecordFqdns: validationRecordFqdns(viewerCertificate, domainNames),
                      deletionProtection,
                  },
                  child,
              )
            : undefined;

        const secret = new OriginSecret(
            name,
            { generation: args.originSecretGeneration ?? defaults.originSecretGeneration },
            child,
        );

        const loadBalancerLog =
            (args.loadBalancerLogEnabled ?? defaults.loadBalancerLogEnabled)
                ? new LoadBalancerLog(
                      name,
                      {
                          retentionInDays:
                              args.loadBalancerLogRetentionInDays ?? defaults.loadBalancerLogRetentionInDays,
                          deletionProtection,
                      },
                      child,
                  )
                : undefined;

        const loadBalancer = new OriginLoadBalancer(
            name,
            {
                vpcId: args.vpcId,
                subnetIds: args.subnetIds,
                cloudFrontPrefixListId: args.cloudFrontPrefixListId,
                certificateArn: originCertificate.certificateArn,
                viewerNamesCertificateArn: viewerNamesCertificate?.certificateArn,
                acceptedSecrets: secret.accepted,
                targetProtocol,
                targetPort: args.targetPort ?? defaultTargetPort(targetProtocol),
                targetType: args.targetType ?? defaults.targetType,
                healthCheckPath: args.healthCheckPath ?? defaults.healthCheckPath,
                healthCheckMatcher: args.healthCheckMatcher ?? defaults.healthCheckMatcher,
                logBucketName: loadBalancerLog?.bucketName,
                deletionProtection,
            },
            child,
        );

        // The name tells everyone where the load balancer is, so the lock is on it first.
        const originRecord = new AliasRecords(
            `${name}-origin`,
            {
                hostedZoneId,
                domainNames: [originDomainName],
                recordTypes: ["A"],
                targetDnsName: loadBalancer.loadBalancerDnsName,
                targetHostedZoneId: loadBalancer.loadBalancerZoneId,
                deletionProtection,
            },
            { ...child, dependsOn: [loadBalancer] },
        );

        const firewall = new EdgeFirewall(
            name,
            {
                rateLimit: args.rateLimit ?? defaults.rateLimit,
                countedRules: args.countedRules ?? defaults.countedRules,
                logRetentionInDays: args.webAclLogRetentionInDays ?? defaults.webAclLogRetentionInDays,
                deletionProtection,
            },
            child,
        );

        // The load balancer accepts a new secret before CloudFront sends it.
        const distribution = new EdgeDistribution(
            name,
            {
                domainNames,
                certificateArn: viewerCertificate.certificateArn,
                originDomainName,
                originSecret: secret.current,
                webAclArn: firewall.webAclArn,
                forwardHostHeader,
                forwardedHeadersEnabled: args.forwardedHeadersEnabled ?? defaults.forwardedHeadersEnabled,
                viewerRequestCode: args.viewerRequestCode,
                cachedPaths: args.cachedPaths ?? defaults.cachedPaths,
                strictTransportSecurityMaxAge:
                    args.strictTransportSecurityMaxAge ?? defaults.strictTransportSecurityMaxAge,
                deletionProtection,
                waitForDeployment: args.waitForDeployment ?? defaults.waitForDeployment,
            },
            { ...child, dependsOn: [loadBalancer, originRecord] },
        );

        const accessLog =
            (args.accessLogEnabled ?? defaults.accessLogEnabled)
                ? new EdgeAccessLog(
                      name,
                      {
                          distributionArn: distribution.distributionArn,
                          retentionInDays: args.accessLogRetentionInDays ?? defaults.accessLogRetentionInDays,
                          deletionProtection,
                      },
                      child,
                  )
                : undefined;

        new AliasRecords(
            `${name}-viewer`,
            {
                hostedZoneId,
                domainNames,
                recordTypes: ["A", "AAAA", "HTTPS"],
                targetDnsName: distribution.distributionDomainName,
                targetHostedZoneId: distribution.distributionHostedZoneId,
                deletionProtection,
            },
            child,
        );

        this.url = pulumi.output(`https://${domainNames[0]}`);
        this.domainNames = pulumi.output(domainNames);
        this.originDomainName = pulumi.output(originDomainName);
        this.distributionId = distribution.distributionId;
        this.distributionDomainName = distribution.distributionDomainName;
        this.loadBalancerArn = loadBalancer.loadBalancerArn;
        this.loadBalancerDnsName = loadBalancer.loadBalancerDnsName;
        this.loadBalancerZoneId = loadBalancer.loadBalancerZoneId;
        this.loadBalancerArnSuffix = loadBalancer.loadBalancerArnSuffix;
        this.loadBalancerSecurityGroupId = loadBalancer.loadBalancerSecurityGroupId;
        this.listenerArn = loadBalancer.listenerArn;
        this.listenerRuleArn = loadBalancer.listenerRuleArn;
        this.originSecretHeaderName = pulumi.output(originSecretHeaderName);
        this.originSecretValues = secret.accepted;
        this.targetGroupArn = loadBalancer.targetGroupArn;
        this.targetGroupArnSuffix = loadBalancer.targetGroupArnSuffix;
        this.targetSecurityGroupId = loadBalancer.targetSecurityGroupId;
        this.targetProtocol = pulumi.output(targetProtocol);
        this.webAclArn = firewall.webAclArn;
        this.webAclLogGroupName = firewall.logGroupName;
        this.accessLogGroupName = accessLog?.logGroupName ?? pulumi.output("");
        this.loadBalancerLogBucketName = loadBalancerLog?.bucketName ?? pulumi.output("");
        this.viewerCertificateArn = viewerCertificate.certificateArn;
        this.originCertificateArn = originCertificate.certificateArn;

        this.registerOutputs({
            url: this.url,
            domainNames: this.domainNames,
            originDomainName: this.originDomainName,
            distributionId: this.distributionId,
            distributionDomainName: this.distributionDomainName,
            loadBalancerArn: this.loadBalancerArn,
            loadBalancerDnsName: this.loadBalancerDnsName,
            loadBalancerZoneId: this.loadBalancerZoneId,
            loadBalancerArnSuffix: this.loadBalancerArnSuffix,
            loadBalancerSecurityGroupId: this.loadBalancerSecurityGroupId,
            listenerArn: this.listenerArn,
            listenerRuleArn: this.listenerRuleArn,
            originSecretHeaderName: this.originSecretHeaderName,
            originSecretValues: this.originSecretValues,
            targetGroupArn: this.targetGroupArn,
            targetGroupArnSuffix: this.targetGroupArnSuffix,
            targetSecurityGroupId: this.targetSecurityGroupId,
            targetProtocol: this.targetProtocol,
            webAclArn: this.webAclArn,
            webAclLogGroupName: this.webAclLogGroupName,
            accessLogGroupName: this.accessLogGroupName,
            loadBalancerLogBucketName: this.loadBalancerLogBucketName,
            viewerCertificateArn: this.viewerCertificateArn,
            originCertificateArn: this.originCertificateArn,
        });
    }
}

/** The records that the viewers' certificate has made already: ACM asks for the same ones in every region. */
function validationRecordFqdns(certificate: ValidatedCertificate, domainNames: string[]) {
    return Object.fromEntries(
        validationNames(domainNames).map((name) => [
            name,
            certificate.validationRecordFqdns.apply((fqdns) => fqdns[name] ?? ""),
        ]),
    );
}
