import assert from "node:assert/strict";
import type { Deployment } from "./deployment";

/** Type tokens of what the component makes. */
export const tokens = {
    certificate: "aws:acm/certificate:Certificate",
    certificateValidation: "aws:acm/certificateValidation:CertificateValidation",
    record: "aws:route53/record:Record",
    loadBalancer: "aws:lb/loadBalancer:LoadBalancer",
    listener: "aws:lb/listener:Listener",
    listenerCertificate: "aws:lb/listenerCertificate:ListenerCertificate",
    listenerRule: "aws:lb/listenerRule:ListenerRule",
    targetGroup: "aws:lb/targetGroup:TargetGroup",
    securityGroup: "aws:ec2/securityGroup:SecurityGroup",
    ingressRule: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    egressRule: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    webAcl: "aws:wafv2/webAcl:WebAcl",
    ipSet: "aws:wafv2/ipSet:IpSet",
    webAclLogging: "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
    logGroup: "aws:cloudwatch/logGroup:LogGroup",
    logDelivery: "aws:cloudwatch/logDelivery:LogDelivery",
    logDeliveryDestination: "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination",
    logDeliverySource: "aws:cloudwatch/logDeliverySource:LogDeliverySource",
    bucket: "aws:s3/bucket:Bucket",
    bucketPolicy: "aws:s3/bucketPolicy:BucketPolicy",
    bucketPublicAccessBlock: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    bucketOwnershipControls: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    bucketEncryption: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    bucketObject: "aws:s3/bucketObjectv2:BucketObjectv2",
    bucketLifecycle: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    originAccessControl: "aws:cloudfront/originAccessControl:OriginAccessControl",
    cachePolicy: "aws:cloudfront/cachePolicy:CachePolicy",
    headersPolicy: "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
    edgeFunction: "aws:cloudfront/function:Function",
    distribution: "aws:cloudfront/distribution:Distribution",
    vpcOrigin: "aws:cloudfront/vpcOrigin:VpcOrigin",
    alarm: "aws:cloudwatch/metricAlarm:MetricAlarm",
    topic: "aws:sns/topic:Topic",
    randomPassword: "random:index/randomPassword:RandomPassword",
};

export interface Behavior {
    [property: string]: unknown;
}

export interface ManagedRuleGroup {
    name: string;
    version?: string;
    ruleActionOverrides: { name: string }[];
    scopeDownStatement?: unknown;
}

export interface WebAcl extends Record<string, unknown> {
    scope: string;
    defaultAction: unknown;
    rules: {
        name: string;
        priority: number;
        action?: unknown;
        overrideAction?: unknown;
        statement: {
            rateBasedStatement?: { limit: number };
            managedRuleGroupStatement?: ManagedRuleGroup;
            andStatement?: { statements: unknown[] };
        };
    }[];
}

export interface Origin {
    domainName: string;
    customHeaders: { name: string; value: string }[];
    customOriginConfig: {
        originProtocolPolicy: string;
        originSslProtocols: string[];
        originReadTimeout: number;
        originKeepaliveTimeout: number;
    };
}

/**
 * The end of the URNs of a part and its children. The stand-in names the type of the parent alone in a URN, where the
 * engine names those of all ancestors.
 */
export function children(part: string, resources: string[]): string[] {
    const type = `encrypted-edge:index:${part.replace(/::.*/, "")}`;
    return [
        `encrypted-edge:index:EncryptedEdge$${type}::${part.replace(/.*::/, "")}`,
        ...resources.map((resource) => `${type}$${resource}`),
    ];
}

export function webAcl(deployment: Deployment): WebAcl {
    return deployment.find(tokens.webAcl).inputs as WebAcl;
}

/** What the distribution does with every path that is not cached. */
export function behavior(distribution: Record<string, unknown>): Behavior {
    return distribution.defaultCacheBehavior as Behavior;
}

/** The stand-in shows a secret as the engine's wrapper around it. */
export function unwrapped<T>(value: unknown): T {
    const wrapper = value as { value?: T };
    return wrapper.value ?? (value as T);
}

/** The distribution's only origin. */
export function origin(distribution: Record<string, unknown>): Origin {
    const origins = unwrapped<Origin[]>(distribution.origins);
    assert.equal(origins.length, 1);
    return origins[0] as Origin;
}

/** The values of the secret header that the load balancer accepts. */
export function acceptedSecrets(deployment: Deployment): string[] {
    const conditions = unwrapped<{ httpHeader: { httpHeaderName: string; values: string[] } }[]>(
        deployment.find(tokens.listenerRule).inputs.conditions,
    );
    assert.equal(conditions.length, 1);
    assert.equal(conditions[0]?.httpHeader.httpHeaderName, "X-Origin-Verify");
    return conditions[0]?.httpHeader.values ?? [];
}

/** The value of the secret header that CloudFront sends. */
export function sentSecret(deployment: Deployment): string {
    const headers = origin(deployment.find(tokens.distribution).inputs).customHeaders;
    return headers.find(({ name }) => name === "X-Origin-Verify")?.value ?? "";
}
