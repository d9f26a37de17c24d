import type { DeployedResource } from "../../rehearsal/traffic";

/** A record whose properties a test may change. */
export interface Fixture extends DeployedResource {
    readonly properties: Record<string, unknown>;
}

export const secret = "5f1c0a9e7d3b48265f1c0a9e7d3b48265f1c0a9e7d3b48265f1c0a9e7d3b4826";

/** An account that holds a correct encrypted edge for www.example.com, as the provider would have stored it. */
export function encryptedEdgeAccount() {
    const account = {
        viewerCertificate: record("aws:acm/certificate:Certificate", "viewer", {
            domainName: "www.example.com",
            subjectAlternativeNames: ["www.example.com"],
            keyAlgorithm: "EC_prime256v1",
            status: "ISSUED",
        }),
        originCertificate: record("aws:acm/certificate:Certificate", "origin", {
            domainName: "origin.example.com",
            subjectAlternativeNames: ["origin.example.com"],
            keyAlgorithm: "RSA_2048",
            status: "ISSUED",
        }),
        distribution: record("aws:cloudfront/distribution:Distribution", "distribution", {
            aliases: ["www.example.com"],
            domainName: "d111111abcdef8.cloudfront.net",
            enabled: true,
            httpVersion: "http2and3",
            isIpv6Enabled: true,
            webAclId: "arn:webAcl",
            origins: [
                {
                    originId: "loadBalancer",
                    domainName: "origin.example.com",
                    customHeaders: [{ name: "X-Origin-Verify", value: secret }],
                    customOriginConfig: {
                        httpPort: 80,
                        httpsPort: 443,
                        originProtocolPolicy: "https-only",
                        originSslProtocols: ["TLSv1.2"],
                    },
                },
            ],
            defaultCacheBehavior: {
                targetOriginId: "loadBalancer",
                viewerProtocolPolicy: "redirect-to-https",
                allowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
                cachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
                originRequestPolicyId: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
                responseHeadersPolicyId: "responseHeadersPolicy",
            },
            orderedCacheBehaviors: [] as unknown[],
            viewerCertificate: {
                acmCertificateArn: "arn:viewer",
                minimumProtocolVersion: "TLSv1.2_2025",
                sslSupportMethod: "sni-only",
            },
        }),
        responseHeadersPolicy: record(
            "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
            "responseHeadersPolicy",
            {
                securityHeadersConfig: {
                    strictTransportSecurity: {
                        accessControlMaxAgeSec: 63072000,
                        includeSubdomains: true,
                        preload: false,
                        override: true,
                    },
                    contentTypeOptions: { override: true },
                    frameOptions: { frameOption: "DENY", override: false },
                    referrerPolicy: { referrerPolicy: "strict-origin-when-cross-origin", override: false },
                },
            },
        ),
        webAcl: record("aws:wafv2/webAcl:WebAcl", "webAcl", {
            defaultAction: { allow: {} },
            rules: [
                {
                    name: "common",
                    priority: 1,
                    overrideAction: { none: {} },
                    statement: {
                        managedRuleGroupStatement: { vendorName: "AWS", name: "AWSManagedRulesCommonRuleSet" },
                    },
                },
                {
                    name: "rate",
                    priority: 2,
                    action: { block: {} },
                    statement: {
                        rateBasedStatement: { limit: 2000, aggregateKeyType: "IP", evaluationWindowSec: 300 },
                    },
                },
            ],
        }),
        loadBalancer: record("aws:lb/loadBalancer:LoadBalancer", "loadBalancer", {
            dnsName: "origin-1234567890.eu-central-1.elb.amazonaws.com",
            internal: false,
            ipAddressType: "ipv4",
            loadBalancerType: "application",
            securityGroups: ["fromCloudFront", "toTargets"],
            dropInvalidHeaderFields: true,
        }),
        fromCloudFront: record("aws:ec2/securityGroup:SecurityGroup", "fromCloudFront", { ingress: [] as unknown[] }),
        toTargets: record("aws:ec2/securityGroup:SecurityGroup", "toTargets", { ingress: [] as unknown[] }),
        ingress: record("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "ingress", {
            securityGroupId: "fromCloudFront",
            prefixListId: "pl-a3a144ca",
            ipProtocol: "tcp",
            fromPort: 443,
            toPort: 443,
        }),
        prefixList: record("aws:ec2/managedPrefixList:ManagedPrefixList", "pl-a3a144ca", {
            name: "com.amazonaws.global.cloudfront.origin-facing",
            entries: [{ cidr: "13.124.199.0/24" }, { cidr: "130.176.0.0/18" }],
        }),
        listener: record("aws:lb/listener:Listener", "listener", {
            loadBalancerArn: "arn:loadBalancer",
            port: 443,
            protocol: "HTTPS",
            sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
            certificateArn: "arn:origin",
            defaultActions: [
                {
                    type: "fixed-response",
                    fixedResponse: { contentType: "text/plain", messageBody: "Forbidden", statusCode: "403" },
                },
            ],
        }),
        rule: record("aws:lb/listenerRule:ListenerRule", "rule", {
            listenerArn: "arn:listener",
            priority: 10,
            conditions: [
                { httpHeader: { httpHeaderName: "X-Origin-Verify", values: [secret, "previous"] } },
            ] as unknown[],
            actions: [{ type: "forward", targetGroupArn: "arn:targetGroup" }],
        }),
        targetGroup: record("aws:lb/targetGroup:TargetGroup", "targetGroup", {
            name: "application",
            port: 443,
            protocol: "HTTPS",
        }),
        zone: record("aws:route53/zone:Zone", "zone", { name: "example.com", zoneId: "zone" }),
        viewerA: alias("www.example.com", "A", "d111111abcdef8.cloudfront.net"),
        viewerAaaa: alias("www.example.com", "AAAA", "d111111abcdef8.cloudfront.net"),
        viewerHttps: alias("www.example.com", "HTTPS", "d111111abcdef8.cloudfront.net"),
        originA: alias("origin.example.com", "A", "origin-1234567890.eu-central-1.elb.amazonaws.com"),
    };
    return account;
}

function record(type: string, id: string, properties: Fixture["properties"]): Fixture {
    return { type, id, properties: { arn: `arn:${id}`, ...properties } };
}

function alias(name: string, type: string, target: string): Fixture {
    return record("aws:route53/record:Record", `${name}-${type}`, {
        zoneId: "zone",
        name,
        type,
        fqdn: name,
        aliases: [{ name: target, zoneId: "Z", evaluateTargetHealth: false }],
    });
}

/** Gives one property of a fixture another value, by its path; undefined takes it away. */
export function set(fixture: Fixture, path: string, value: unknown): void {
    const steps = path.split(".");
    const last = steps.pop() ?? "";
    let inside = fixture.properties;
    for (const step of steps) {
        inside = inside[step] as Record<string, unknown>;
    }
    if (!(last in inside) && value === undefined) {
        throw new Error(`The fixture ${fixture.id} has no property ${path} to take away.`);
    }
    inside[last] = value;
}
