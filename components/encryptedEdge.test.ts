import assert from "node:assert/strict";
import { tokens, webAcl, children, behavior, origin, acceptedSecrets } from "./test/deployedEdge";
import { deploy, type Deployment, secretValue } from "./test/deployment";
import { outputNames } from "./test/outputNames";

describe("EncryptedEdge with the fewest arguments", () => {
    let deployment: Deployment;
    before(async () => {
        deployment = await deploy();
    });

    it("keeps its logical names, which are API", () => {
        const names = deployment.resources.map(({ urn }) => urn.slice("urn:pulumi:test::encrypted-edge::".length));
        assert.deepEqual(names, [
            "encrypted-edge:index:EncryptedEdge::edge",
            ...children("ValidatedCertificate::edge-viewer", [
                "aws:acm/certificate:Certificate::edge-viewer-certificate",
                "aws:route53/record:Record::edge-viewer-validation-www.example.com",
                "aws:acm/certificateValidation:CertificateValidation::edge-viewer-validation",
            ]),
            ...children("ValidatedCertificate::edge-origin", [
                "aws:acm/certificate:Certificate::edge-origin-certificate",
                "aws:route53/record:Record::edge-origin-validation-origin.example.com",
                "aws:acm/certificateValidation:CertificateValidation::edge-origin-validation",
            ]),
            ...children("OriginSecret::edge", [
                `${tokens.randomPassword}::edge-origin-secret-1`,
                `${tokens.randomPassword}::edge-origin-secret-2`,
            ]),
            ...children("LoadBalancerLog::edge", [
                `${tokens.bucket}::edge-load-balancer-log`,
                `${tokens.bucketPublicAccessBlock}::edge-load-balancer-log-public-access-block`,
                `${tokens.bucketOwnershipControls}::edge-load-balancer-log-ownership-controls`,
                `${tokens.bucketEncryption}::edge-load-balancer-log-encryption`,
                `${tokens.bucketLifecycle}::edge-load-balancer-log-lifecycle`,
                `${tokens.bucketPolicy}::edge-load-balancer-log-policy`,
            ]),
            ...children("OriginLoadBalancer::edge", [
                "aws:ec2/securityGroup:SecurityGroup::edge-cloudfront",
                "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule::edge-https-from-cloudfront",
                "aws:ec2/securityGroup:SecurityGroup::edge-load-balancer",
                "aws:ec2/securityGroup:SecurityGroup::edge-targets",
                "aws:lb/loadBalancer:LoadBalancer::edge-alb",
                "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule::edge-to-targets",
                "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule::edge-from-load-balancer",
                "aws:lb/targetGroup:TargetGroup::edge-tg",
                "aws:lb/listener:Listener::edge-https",
                "aws:lb/listenerCertificate:ListenerCertificate::edge-origin-name",
                "aws:lb/listenerRule:ListenerRule::edge-from-this-distribution",
            ]),
            ...children("AliasRecords::edge-origin", ["aws:route53/record:Record::edge-origin-a-origin.example.com"]),
            ...children("EdgeFirewall::edge", [
                "aws:wafv2/webAcl:WebAcl::edge-web-acl",
                "aws:cloudwatch/logGroup:LogGroup::edge-web-acl-log",
                "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration::edge-web-acl-logging",
            ]),
            ...children("EdgeDistribution::edge", [
                "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy::edge-security-headers",
                `${tokens.edgeFunction}::edge-viewer-request`,
                "aws:cloudfront/distribution:Distribution::edge-distribution",
            ]),
            ...children("EdgeAccessLog::edge", [
                "aws:cloudwatch/logGroup:LogGroup::edge-access-log",
                "aws:cloudwatch/logDeliverySource:LogDeliverySource::edge-access-log-source",
                "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination::edge-access-log-destination",
                "aws:cloudwatch/logDelivery:LogDelivery::edge-access-log-delivery",
            ]),
            ...children("AliasRecords::edge-viewer", [
                "aws:route53/record:Record::edge-viewer-a-www.example.com",
                "aws:route53/record:Record::edge-viewer-aaaa-www.example.com",
                "aws:route53/record:Record::edge-viewer-https-www.example.com",
            ]),
            ...children("DeletionProtection::edge-deletion-protection", []),
        ]);
    });

    it("lets no hop carry plaintext", () => {
        const distribution = deployment.find(tokens.distribution).inputs;
        assert.equal(behavior(distribution).viewerProtocolPolicy, "redirect-to-https");
        assert.equal(origin(distribution).customOriginConfig.originProtocolPolicy, "https-only");
        const listeners = deployment.all(tokens.listener).map(({ inputs }) => [inputs.protocol, inputs.port]);
        assert.deepEqual(listeners, [["HTTPS", 443]]);
        const targetGroup = deployment.find(tokens.targetGroup).inputs;
        assert.deepEqual(
            [targetGroup.protocol, targetGroup.port, (targetGroup.healthCheck as { protocol: string }).protocol],
            ["HTTPS", 443, "HTTPS"],
        );
        assert.equal(deployment.outputs.targetProtocol, "HTTPS");
    });

    it("speaks modern TLS on every hop", () => {
        const distribution = deployment.find(tokens.distribution).inputs;
        assert.deepEqual(distribution.viewerCertificate, {
            acmCertificateArn: "arn:aws:mock:aws:acm/certificate:Certificate:edge-viewer-certificate",
            sslSupportMethod: "sni-only",
            minimumProtocolVersion: "TLSv1.2_2025",
        });
        assert.deepEqual(origin(distribution).customOriginConfig.originSslProtocols, ["TLSv1.2"]);
        assert.equal(deployment.find(tokens.listener).inputs.sslPolicy, "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09");
    });

    it("reaches the load balancer by a name that its certificate covers", () => {
        const distribution = deployment.find(tokens.distribution).inputs;
        assert.equal(origin(distribution).domainName, "origin.example.com");
        // AllViewerExceptHostHeader: CloudFront presents the origin's name and no other.
        assert.equal(behavior(distribution).originRequestPolicyId, "b689b0a8-53d0-40ab-baf2-68738e2966ac");
        const certificate = deployment.find(tokens.certificate, "origin-certificate").inputs;
        assert.deepEqual([certificate.domainName, certificate.subjectAlternativeNames], ["origin.example.com", []]);
    });

    it("admits 443 from CloudFront's prefix list in a group that holds nothing else", () => {
        const rules = [...deployment.all(tokens.ingressRule), ...deployment.all(tokens.egressRule)];
        const inCloudFrontGroup = rules.filter(({ inputs }) => inputs.securityGroupId === "edge-cloudfront-id");
        assert.deepEqual(
            inCloudFrontGroup.map(({ inputs }) => inputs),
            [
                {
                    securityGroupId: "edge-cloudfront-id",
                    description: "HTTPS from the origin-facing servers of CloudFront",
                    prefixListId: "pl-of-com.amazonaws.global.cloudfront.origin-facing",
                    ipProtocol: "tcp",
                    fromPort: 443,
                    toPort: 443,
                },
            ],
        );
        for (const { inputs } of rules) {
            assert.deepEqual([inputs.cidrIpv4, inputs.cidrIpv6], [undefined, undefined]);
        }
        for (const { inputs } of deployment.all(tokens.securityGroup)) {
            assert.deepEqual([inputs.ingress, inputs.egress], [undefined, undefined]);
        }
    });

    it("leads from the load balancer to the targets on their port only", () => {
        const egress = deployment.find(tokens.egressRule).inputs;
        const ingress = deployment.find(tokens.ingressRule, "from-load-balancer").inputs;
        assert.deepEqual(
            [egress.securityGroupId, egress.referencedSecurityGroupId, egress.fromPort, egress.toPort],
            ["edge-load-balancer-id", "edge-targets-id", 443, 443],
        );
        assert.deepEqual(
            [ingress.securityGroupId, ingress.referencedSecurityGroupId, ingress.fromPort, ingress.toPort],
            ["edge-targets-id", "edge-load-balancer-id", 443, 443],
        );
        assert.equal(deployment.outputs.targetSecurityGroupId, "edge-targets-id");
        assert.deepEqual(deployment.find(tokens.loadBalancer).inputs.securityGroups, [
            "edge-cloudfront-id",
            "edge-load-balancer-id",
        ]);
    });

    it("answers 403 to whoever does not know the secret", () => {
        assert.deepEqual(deployment.find(tokens.listener).inputs.defaultActions, [
            {
                type: "fixed-response",
                fixedResponse: { statusCode: "403", contentType: "text/plain", messageBody: "Forbidden" },
            },
        ]);
        const sent = origin(deployment.find(tokens.distribution).inputs).customHeaders;
        const secret = secretValue("edge-origin-secret-1");
        assert.match(secret, /^[0-9a-f]{64}$/);
        assert.deepEqual(sent, [{ name: "X-Origin-Verify", value: secret }]);
        assert.deepEqual(acceptedSecrets(deployment), [secret, secretValue("edge-origin-secret-2")]);
        assert.deepEqual(deployment.find(tokens.listenerRule).inputs.actions, [
            { type: "forward", targetGroupArn: "arn:aws:mock:aws:lb/targetGroup:TargetGroup:edge-tg" },
        ]);
        const { length, upper, special } = deployment.find(tokens.randomPassword, "-1").inputs;
        assert.deepEqual([length, upper, special], [64, false, false]);
    });

    it("drops what could smuggle a request", () => {
        const { dropInvalidHeaderFields, desyncMitigationMode, internal } = deployment.find(tokens.loadBalancer).inputs;
        assert.deepEqual([dropInvalidHeaderFields, desyncMitigationMode, internal], [true, "strictest", false]);
    });

    it("keeps what CloudFront needs in us-east-1 and the rest in the provider's region", () => {
        const regions = deployment.resources
            .filter(({ custom, inputs }) => custom && inputs.region !== undefined)
            .map(({ name, inputs }) => `${name} ${String(inputs.region)}`);
        assert.deepEqual(regions, [
            "edge-viewer-certificate us-east-1",
            "edge-viewer-validation us-east-1",
            "edge-web-acl us-east-1",
            "edge-web-acl-log us-east-1",
            "edge-web-acl-logging us-east-1",
            "edge-access-log us-east-1",
            "edge-access-log-source us-east-1",
            "edge-access-log-destination us-east-1",
            "edge-access-log-delivery us-east-1",
        ]);
    });

    it("filters with the baseline rules and counts, not blocks, large bodies", () => {
        const { rules, scope, defaultAction } = webAcl(deployment);
        assert.deepEqual([scope, defaultAction], ["CLOUDFRONT", { allow: {} }]);
        assert.deepEqual(
            rules.map(({ name, priority, statement }) => [
                name,
                priority,
                statement.rateBasedStatement?.limit ?? statement.managedRuleGroupStatement?.name,
            ]),
            [
                ["rate-limit", 0, 2000],
                ["amazon-ip-reputation-list", 1, "AWSManagedRulesAmazonIpReputationList"],
                ["common-rule-set", 2, "AWSManagedRulesCommonRuleSet"],
                ["known-bad-inputs-rule-set", 3, "AWSManagedRulesKnownBadInputsRuleSet"],
                ["sql-injection-rule-set", 4, "AWSManagedRulesSQLiRuleSet"],
            ],
        );
        assert.deepEqual(rules[0]?.action, { block: {} });
        assert.deepEqual(
            rules.flatMap(({ statement }) => statement.managedRuleGroupStatement?.ruleActionOverrides ?? []),
            [{ name: "SizeRestrictions_BODY", actionToUse: { count: {} } }],
        );
        assert.equal(
            deployment.find(tokens.distribution).inputs.webAclId,
            "arn:aws:mock:aws:wafv2/webAcl:WebAcl:edge-web-acl",
        );
    });

    it("caches nothing and allows every method", () => {
        const distribution = deployment.find(tokens.distribution).inputs;
        assert.equal(behavior(distribution).cachePolicyId, "4135ea2d-6df8-44a3-9df3-4b5a84be39ad");
        assert.equal((behavior(distribution).allowedMethods as string[]).length, 7);
        assert.deepEqual(distribution.orderedCacheBehaviors, []);
    });

    it("serves HTTP/2, HTTP/3 and IPv6, compressed, and tells clients so by DNS", () => {
        const distribution = deployment.find(tokens.distribution).inputs;
        assert.deepEqual(
            [distribution.httpVersion, distribution.isIpv6Enabled, behavior(distribution).compress],
            ["http2and3", true, true],
        );
        const viewerRecords = deployment.all(tokens.record).filter(({ inputs }) => inputs.name === "www.example.com");
        assert.deepEqual(
            viewerRecords.map(({ inputs }) => inputs.type),
            ["A", "AAAA", "HTTPS"],
        );
        for (const { inputs } of viewerRecords) {
            assert.deepEqual(inputs.aliases, [
                { name: "d111111abcdef8.cloudfront.net", zoneId: "Z2FDTNDATAQYW2", evaluateTargetHealth: false },
            ]);
        }
    });

    it("answers with security headers, HSTS for a year", () => {
        const policy = deployment.find(tokens.headersPolicy).inputs.securityHeadersConfig as Record<string, unknown>;
        assert.deepEqual(policy.strictTransportSecurity, {
            accessControlMaxAgeSec: 31536000,
            includeSubdomains: false,
            preload: false,
            override: true,
        });
        assert.deepEqual(policy.contentTypeOptions, { override: true });
        assert.equal(
            behavior(deployment.find(tokens.distribution).inputs).responseHeadersPolicyId,
            "edge-security-headers-id",
        );
    });

    it("protects what a careless destroy must not take", () => {
        const kept = deployment.resources.filter(({ protect }) => protect).map(({ name }) => name);
        assert.deepEqual(kept, [
            "edge-load-balancer-log",
            "edge-load-balancer-log-public-access-block",
            "edge-load-balancer-log-ownership-controls",
            "edge-load-balancer-log-encryption",
            "edge-load-balancer-log-lifecycle",
            "edge-load-balancer-log-policy",
            "edge-alb",
            "edge-web-acl",
            "edge-web-acl-log",
            "edge-web-acl-logging",
            "edge-distribution",
            "edge-access-log",
            "edge-access-log-delivery",
            "edge-deletion-protection",
        ]);
        assert.equal(deployment.find(tokens.loadBalancer).inputs.enableDeletionProtection, true);
        assert.equal(deployment.find(tokens.bucket).inputs.forceDestroy, false);
    });

    it("leaves every priority before its own rule to the rules of other services", () => {
        assert.equal(deployment.find(tokens.listenerRule).inputs.priority, 50_000);
    });

    it("outputs what the rules of another service need", () => {
        assert.equal(deployment.outputs.originSecretHeaderName, "X-Origin-Verify");
        assert.deepEqual(deployment.outputs.originSecretValues, acceptedSecrets(deployment));
        assert.deepEqual(deployment.secretOutputs, ["originSecretValues"]);
        assert.equal(deployment.outputs.loadBalancerSecurityGroupId, "edge-load-balancer-id");
        assert.equal(deployment.outputs.loadBalancerZoneId, "ZALB");
        assert.equal(
            deployment.outputs.listenerRuleArn,
            `arn:aws:mock:${tokens.listenerRule}:edge-from-this-distribution`,
        );
        assert.deepEqual(
            [deployment.outputs.loadBalancerArnSuffix, deployment.outputs.targetGroupArnSuffix],
            ["app/edge-alb/1", "targetgroup/edge-tg/1"],
        );
    });

    it("outputs what the next stack needs, and the secret as a secret only", () => {
        assert.equal(deployment.outputs.url, "https://www.example.com");
        assert.deepEqual(Object.keys(deployment.outputs).sort(), outputNames);
        const { originSecretValues, ...others } = deployment.outputs;
        assert.ok(JSON.stringify(originSecretValues).includes(secretValue("edge-origin-secret-1")));
        assert.ok(!JSON.stringify(others).includes(secretValue("edge-origin-secret-1")));
    });
});
