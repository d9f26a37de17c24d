import type * as acm from "@pulumi/aws/acm";
import type * as cloudfront from "@pulumi/aws/cloudfront";
import type * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as ec2 from "@pulumi/aws/ec2";
import type * as lb from "@pulumi/aws/lb";
import type { Provider, ProviderArgs } from "@pulumi/aws/provider";
import type * as route53 from "@pulumi/aws/route53";
import type * as s3 from "@pulumi/aws/s3";
import type * as sns from "@pulumi/aws/sns";
import type * as vpc from "@pulumi/aws/vpc";
import type * as wafv2 from "@pulumi/aws/wafv2";
import type * as random from "@pulumi/random";
import type { DnsResourceOptions } from "../dnsResourceOptions";
import { many, type NodesOf, one, optional, type TransformsOf } from "./nodeSpec";
import type { TransformOptions } from "./watchedNodes";

/** Every kind of resource that EncryptedEdge creates, by its key in `transform` and `nodes`. */
export const edgeNodes = {
    /** The CloudFront distribution. */
    distribution: one<cloudfront.DistributionArgs, cloudfront.Distribution>(
        "aws:cloudfront/distribution:Distribution",
        /distribution/,
    ),
    /** The policy with the security headers of responses. */
    responseHeadersPolicy: one<cloudfront.ResponseHeadersPolicyArgs, cloudfront.ResponseHeadersPolicy>(
        "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
        /security-headers/,
    ),
    /** The CloudFront Function that runs on each request of a viewer. */
    viewerRequestFunction: optional<cloudfront.FunctionArgs, cloudfront.Function>(
        "aws:cloudfront/function:Function",
        /viewer-request/,
    ),
    /** CloudFront's VPC origin for an internal load balancer. */
    vpcOrigin: optional<cloudfront.VpcOriginArgs, cloudfront.VpcOrigin>(
        "aws:cloudfront/vpcOrigin:VpcOrigin",
        /vpc-origin/,
    ),
    /**
     * The load balancer, unless it existed before. While an edge moves there are two; the node is the one that serves.
     */
    loadBalancer: optional<lb.LoadBalancerArgs, lb.LoadBalancer>("aws:lb/loadBalancer:LoadBalancer", /[ai]lb/),
    /** The load balancer's HTTPS listener. While an edge moves, the node is the one that serves. */
    listener: one<lb.ListenerArgs, lb.Listener>("aws:lb/listener:Listener", /(internal-)?https/),
    /** The listener's additional certificates, which it selects by name. */
    listenerCertificates: many<lb.ListenerCertificateArgs, lb.ListenerCertificate>(
        "aws:lb/listenerCertificate:ListenerCertificate",
        /(internal-)?(origin-name|viewer-names)/,
    ),
    /** The listener rule for this distribution. While an edge moves, the node is the one that serves. */
    listenerRule: one<lb.ListenerRuleArgs, lb.ListenerRule>(
        "aws:lb/listenerRule:ListenerRule",
        /(internal-)?from-this-distribution/,
    ),
    /** The target group that serves and, while targets or the load balancer move, the next one. */
    targetGroups: many<lb.TargetGroupArgs, lb.TargetGroup>("aws:lb/targetGroup:TargetGroup", /tg|[bijt]\d+/),
    /** The security group that admits CloudFront. */
    cloudFrontSecurityGroup: optional<ec2.SecurityGroupArgs, ec2.SecurityGroup>(
        "aws:ec2/securityGroup:SecurityGroup",
        /cloudfront/,
    ),
    /** The rule of that security group. */
    cloudFrontIngressRule: one<vpc.SecurityGroupIngressRuleArgs, vpc.SecurityGroupIngressRule>(
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        /https-from-cloudfront/,
    ),
    /** The security group that admits CloudFront over IPv6. */
    cloudFrontIpv6SecurityGroup: optional<ec2.SecurityGroupArgs, ec2.SecurityGroup>(
        "aws:ec2/securityGroup:SecurityGroup",
        /cloudfront-ipv6/,
    ),
    /** The rule of that security group. */
    cloudFrontIpv6IngressRule: optional<vpc.SecurityGroupIngressRuleArgs, vpc.SecurityGroupIngressRule>(
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        /https-from-cloudfront-ipv6/,
    ),
    /** The security group from which the load balancer reaches targets. */
    loadBalancerSecurityGroup: optional<ec2.SecurityGroupArgs, ec2.SecurityGroup>(
        "aws:ec2/securityGroup:SecurityGroup",
        /load-balancer/,
    ),
    /** The security group of the targets. */
    targetSecurityGroup: optional<ec2.SecurityGroupArgs, ec2.SecurityGroup>(
        "aws:ec2/securityGroup:SecurityGroup",
        /targets/,
    ),
    /** The rules that let the load balancer connect to the targets, one for each port. */
    targetEgressRules: many<vpc.SecurityGroupEgressRuleArgs, vpc.SecurityGroupEgressRule>(
        "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
        /to-targets(-\d+)?/,
    ),
    /** The rule that lets the load balancer connect to the login provider. */
    providerEgressRule: optional<vpc.SecurityGroupEgressRuleArgs, vpc.SecurityGroupEgressRule>(
        "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
        /to-identity-provider/,
    ),
    /** The rules that admit the load balancer at the targets, one for each port. */
    targetIngressRules: many<vpc.SecurityGroupIngressRuleArgs, vpc.SecurityGroupIngressRule>(
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        /from-load-balancer(-\d+)?/,
    ),
    /** The web ACL. */
    webAcl: optional<wafv2.WebAclArgs, wafv2.WebAcl>("aws:wafv2/webAcl:WebAcl", /web-acl/),
    /** The web ACL's IP sets, one for each list and address family. */
    webAclIpSets: many<wafv2.IpSetArgs, wafv2.IpSet>("aws:wafv2/ipSet:IpSet", /(allowed|blocked)-addresses-ipv[46]/),
    /** The web ACL's log group. */
    webAclLogGroup: optional<cloudwatch.LogGroupArgs, cloudwatch.LogGroup>(
        "aws:cloudwatch/logGroup:LogGroup",
        /web-acl-log/,
    ),
    /** The web ACL's logging configuration. */
    webAclLogging: optional<wafv2.WebAclLoggingConfigurationArgs, wafv2.WebAclLoggingConfiguration>(
        "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
        /web-acl-logging/,
    ),
    /** The log group of the distribution's access log. */
    accessLogGroup: optional<cloudwatch.LogGroupArgs, cloudwatch.LogGroup>(
        "aws:cloudwatch/logGroup:LogGroup",
        /access-log/,
    ),
    /** The source of the access log: the distribution. */
    accessLogSource: optional<cloudwatch.LogDeliverySourceArgs, cloudwatch.LogDeliverySource>(
        "aws:cloudwatch/logDeliverySource:LogDeliverySource",
        /access-log-source/,
    ),
    /** The destination of the access log, and its format. */
    accessLogDestination: optional<cloudwatch.LogDeliveryDestinationArgs, cloudwatch.LogDeliveryDestination>(
        "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination",
        /access-log-destination/,
    ),
    /** The delivery of the access log, with its fields. */
    accessLogDelivery: optional<cloudwatch.LogDeliveryArgs, cloudwatch.LogDelivery>(
        "aws:cloudwatch/logDelivery:LogDelivery",
        /access-log-delivery/,
    ),
    /** The bucket for the load balancer's logs. */
    logBucket: optional<s3.BucketArgs, s3.Bucket>("aws:s3/bucket:Bucket", /load-balancer-log/),
    /** The log bucket's policy. */
    logBucketPolicy: optional<s3.BucketPolicyArgs, s3.BucketPolicy>(
        "aws:s3/bucketPolicy:BucketPolicy",
        /load-balancer-log-policy/,
    ),
    /** The log bucket's block of public access. */
    logBucketPublicAccessBlock: optional<s3.BucketPublicAccessBlockArgs, s3.BucketPublicAccessBlock>(
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        /load-balancer-log-public-access-block/,
    ),
    /** The log bucket's ownership of objects. */
    logBucketOwnershipControls: optional<s3.BucketOwnershipControlsArgs, s3.BucketOwnershipControls>(
        "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
        /load-balancer-log-ownership-controls/,
    ),
    /** The log bucket's encryption. */
    logBucketEncryption: optional<
        s3.BucketServerSideEncryptionConfigurationArgs,
        s3.BucketServerSideEncryptionConfiguration
    >(
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        /load-balancer-log-encryption/,
    ),
    /** The log bucket's lifecycle, which deletes old logs. */
    logBucketLifecycle: optional<s3.BucketLifecycleConfigurationArgs, s3.BucketLifecycleConfiguration>(
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        /load-balancer-log-lifecycle/,
    ),
    /** The cache policies of `cacheBehaviors`, one for each kind of caching. */
    cachePolicies: many<cloudfront.CachePolicyArgs, cloudfront.CachePolicy>(
        "aws:cloudfront/cachePolicy:CachePolicy",
        /cache-policy-[0-9a-f]{8}/,
    ),
    /** How CloudFront signs its requests to the buckets of `staticFiles` and `errorPages`. */
    originAccessControls: many<cloudfront.OriginAccessControlArgs, cloudfront.OriginAccessControl>(
        "aws:cloudfront/originAccessControl:OriginAccessControl",
        /(static-files|error-pages)-access-control/,
    ),
    /** The buckets of `staticFiles` and `errorPages`. */
    originBuckets: many<s3.BucketArgs, s3.Bucket>("aws:s3/bucket:Bucket", /static-files|error-pages/),
    /** The policies of these buckets. */
    originBucketPolicies: many<s3.BucketPolicyArgs, s3.BucketPolicy>(
        "aws:s3/bucketPolicy:BucketPolicy",
        /(static-files|error-pages)-policy/,
    ),
    /** Their blocks of public access. */
    originBucketPublicAccessBlocks: many<s3.BucketPublicAccessBlockArgs, s3.BucketPublicAccessBlock>(
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        /(static-files|error-pages)-public-access-block/,
    ),
    /** Their ownership of objects. */
    originBucketOwnershipControls: many<s3.BucketOwnershipControlsArgs, s3.BucketOwnershipControls>(
        "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
        /(static-files|error-pages)-ownership-controls/,
    ),
    /** Their encryption. */
    originBucketEncryptions: many<
        s3.BucketServerSideEncryptionConfigurationArgs,
        s3.BucketServerSideEncryptionConfiguration
    >(
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        /(static-files|error-pages)-encryption/,
    ),
    /** The error page. */
    errorPage: optional<s3.BucketObjectv2Args, s3.BucketObjectv2>(
        "aws:s3/bucketObjectv2:BucketObjectv2",
        /error-pages-page/,
    ),
    /** The viewers' certificate, in us-east-1. */
    viewerCertificate: optional<acm.CertificateArgs, acm.Certificate>(
        "aws:acm/certificate:Certificate",
        /viewer-certificate/,
    ),
    /** The load balancer's certificate for the origin's name. */
    originCertificate: optional<acm.CertificateArgs, acm.Certificate>(
        "aws:acm/certificate:Certificate",
        /origin-certificate/,
    ),
    /** The load balancer's certificate for the viewer names, with `forwardHostHeader`. */
    viewerNamesCertificate: optional<acm.CertificateArgs, acm.Certificate>(
        "aws:acm/certificate:Certificate",
        /viewer-names-certificate/,
    ),
    /** The validations of these certificates, which wait until ACM issues them. */
    certificateValidations: many<acm.CertificateValidationArgs, acm.CertificateValidation>(
        "aws:acm/certificateValidation:CertificateValidation",
        /(viewer|origin|viewer-names)-validation/,
    ),
    /** The DNS records with which ACM validates the certificates. */
    validationRecords: many<route53.RecordArgs, route53.Record>(
        "aws:route53/record:Record",
        /(viewer|origin|viewer-names)-validation-.+/,
    ),
    /** The DNS records of the load balancer's second name. */
    originRecords: many<route53.RecordArgs, route53.Record>("aws:route53/record:Record", /origin-(a|aaaa)-.+/),
    /** The DNS records of the viewer names. */
    viewerRecords: many<route53.RecordArgs, route53.Record>("aws:route53/record:Record", /viewer-(a|aaaa|https)-.+/),
    /** The provider for the account of the hosted zones, with `dnsAccount`. */
    dnsProvider: optional<ProviderArgs, Provider>("pulumi:providers:aws", /dns/),
    /** The values of the secret header, one for each accepted generation. */
    originSecrets: many<random.RandomPasswordArgs, random.RandomPassword>(
        "random:index/randomPassword:RandomPassword",
        /origin-secret-\d+/,
    ),
    /** The alarms. */
    alarms: many<cloudwatch.MetricAlarmArgs, cloudwatch.MetricAlarm>("aws:cloudwatch/metricAlarm:MetricAlarm", /.+/),
    /** The SNS topics of the alarms. */
    alarmTopics: many<sns.TopicArgs, sns.Topic>("aws:sns/topic:Topic", /.+/),
    /** The listener rules of `routes`. */
    routeListenerRules: many<lb.ListenerRuleArgs, lb.ListenerRule>("aws:lb/listenerRule:ListenerRule", /.+-rule/),
    /** The target groups of `routes`. */
    routeTargetGroups: many<lb.TargetGroupArgs, lb.TargetGroup>("aws:lb/targetGroup:TargetGroup", /.+-(tg|b1)/),
    /** The security groups for the targets of `routes`. */
    routeTargetSecurityGroups: many<ec2.SecurityGroupArgs, ec2.SecurityGroup>(
        "aws:ec2/securityGroup:SecurityGroup",
        /.+-targets/,
    ),
    /** The rules that let the load balancer connect to the targets of `routes`. */
    routeTargetEgressRules: many<vpc.SecurityGroupEgressRuleArgs, vpc.SecurityGroupEgressRule>(
        "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
        /.+-to-targets/,
    ),
    /** The rules that admit the load balancer at the targets of `routes`. */
    routeTargetIngressRules: many<vpc.SecurityGroupIngressRuleArgs, vpc.SecurityGroupIngressRule>(
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        /.+-from-load-balancer/,
    ),
};

/** Changes of the resources that EncryptedEdge creates, by their keys, which are those of its `nodes`. */
export type EdgeTransform = TransformsOf<typeof edgeNodes>;

/** The resources that EncryptedEdge created. What the arguments leave out is undefined, or an empty list. */
export type EdgeNodes = NodesOf<typeof edgeNodes>;

/** The options of EncryptedEdge: Pulumi's own, `transform` and `dnsProvider`. */
export type EncryptedEdgeOptions = TransformOptions<EdgeTransform> & DnsResourceOptions;
