import { strict as assert } from "node:assert";
import { deploy, type Deployment, secretValue } from "./test/deployment";

const tokens = {
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
    bucketLifecycle: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    headersPolicy: "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
    distribution: "aws:cloudfront/distribution:Distribution",
    randomPassword: "random:index/randomPassword:RandomPassword",
};

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
            ...children("OriginSecret::edge", ["random:index/randomPassword:RandomPassword::edge-origin-secret-1"]),
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
                "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule::edge-to-targets",
                "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule::edge-from-load-balancer",
                "aws:lb/loadBalancer:LoadBalancer::edge-alb",
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
        assert.deepEqual(sent, [
            { name: "X-Origin-Verify", value: secret },
            { name: "X-Forwarded-Host", value: "www.example.com" },
        ]);
        assert.deepEqual(acceptedSecrets(deployment), [secret]);
        assert.deepEqual(deployment.find(tokens.listenerRule).inputs.actions, [
            { type: "forward", targetGroupArn: "arn:aws:mock:aws:lb/targetGroup:TargetGroup:edge-tg" },
        ]);
        const { length, upper, special } = deployment.find(tokens.randomPassword).inputs;
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
        const { rules, scope, defaultAction } = deployment.find(tokens.webAcl).inputs as unknown as WebAcl;
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

    it("logs the web ACL's verdicts without credentials", () => {
        const logging = deployment.find(tokens.webAclLogging).inputs;
        const headers = ["authorization", "cookie", "x-origin-verify"];
        assert.deepEqual(
            logging.redactedFields,
            headers.map((name) => ({ singleHeader: { name } })),
        );
        assert.deepEqual(deployment.find(tokens.webAcl).inputs.dataProtectionConfig, {
            dataProtections: [{ action: "SUBSTITUTION", field: { fieldType: "SINGLE_HEADER", fieldKeys: headers } }],
        });
        const logGroup = deployment.find(tokens.logGroup, "web-acl-log").inputs;
        assert.deepEqual([logGroup.name, logGroup.retentionInDays], ["aws-waf-logs-encrypted-edge-test-edge", 365]);
    });

    it("logs every request with its TLS version and cipher, without cookies", () => {
        const source = deployment.find(tokens.logDeliverySource).inputs;
        assert.deepEqual(
            [source.logType, source.resourceArn],
            ["ACCESS_LOGS", "arn:aws:mock:aws:cloudfront/distribution:Distribution:edge-distribution"],
        );
        assert.deepEqual(deployment.find(tokens.logDeliveryDestination).inputs.deliveryDestinationConfiguration, {
            destinationResourceArn: "arn:aws:mock:aws:cloudwatch/logGroup:LogGroup:edge-access-log",
        });
        const fields = deployment.find(tokens.logDelivery).inputs.recordFields as string[];
        assert.ok(["ssl-protocol", "ssl-cipher", "sc-status", "c-ip"].every((field) => fields.includes(field)));
        assert.ok(!fields.some((field) => /cookie/i.test(field)));
        assert.equal(deployment.find(tokens.logGroup, "access-log").inputs.retentionInDays, 365);
    });

    it("logs every request and connection of the load balancer to a bucket of its own", () => {
        const { accessLogs, connectionLogs } = deployment.find(tokens.loadBalancer).inputs;
        const bucket = "edge-load-balancer-log-0123456";
        assert.deepEqual(accessLogs, { bucket, prefix: "access-log", enabled: true });
        assert.deepEqual(connectionLogs, { bucket, prefix: "connection-log", enabled: true });
        assert.equal(deployment.outputs.loadBalancerLogBucketName, bucket);
        const [rule, ...others] = deployment.find(tokens.bucketLifecycle).inputs.rules as Record<string, unknown>[];
        assert.deepEqual([rule?.status, rule?.filter, rule?.expiration], ["Enabled", {}, { days: 365 }]);
        assert.deepEqual(others, []);
    });

    it("lets the load balancers of this account, and nobody in plaintext, at the bucket", () => {
        const { bucket, policy } = deployment.find(tokens.bucketPolicy).inputs;
        assert.equal(bucket, "edge-load-balancer-log-0123456");
        const arn = "arn:aws:s3:::edge-load-balancer-log-0123456";
        assert.deepEqual((JSON.parse(String(policy)) as { Statement: unknown }).Statement, [
            {
                Sid: "LoadBalancersOfThisAccountWrite",
                Effect: "Allow",
                Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
                Action: "s3:PutObject",
                Resource: [`${arn}/access-log/AWSLogs/111122223333/*`, `${arn}/connection-log/AWSLogs/111122223333/*`],
            },
            {
                Sid: "NobodyInPlaintext",
                Effect: "Deny",
                Principal: "*",
                Action: "s3:*",
                Resource: [arn, `${arn}/*`],
                Condition: { Bool: { "aws:SecureTransport": "false" } },
            },
        ]);
        const { bucket: blocked, ...blocks } = deployment.find(tokens.bucketPublicAccessBlock).inputs;
        assert.equal(blocked, bucket);
        assert.deepEqual(blocks, {
            blockPublicAcls: true,
            blockPublicPolicy: true,
            ignorePublicAcls: true,
            restrictPublicBuckets: true,
        });
        assert.deepEqual(deployment.find(tokens.bucketOwnershipControls).inputs.rule, {
            objectOwnership: "BucketOwnerEnforced",
        });
        assert.deepEqual(deployment.find(tokens.bucketEncryption).inputs.rules, [
            { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
        ]);
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
            "edge-viewer-validation-www.example.com",
            "edge-origin-validation-origin.example.com",
            "edge-load-balancer-log",
            "edge-load-balancer-log-public-access-block",
            "edge-load-balancer-log-ownership-controls",
            "edge-load-balancer-log-encryption",
            "edge-load-balancer-log-lifecycle",
            "edge-load-balancer-log-policy",
            "edge-alb",
            "edge-origin-a-origin.example.com",
            "edge-web-acl",
            "edge-web-acl-log",
            "edge-web-acl-logging",
            "edge-distribution",
            "edge-access-log",
            "edge-access-log-delivery",
            "edge-viewer-a-www.example.com",
            "edge-viewer-aaaa-www.example.com",
            "edge-viewer-https-www.example.com",
        ]);
        assert.equal(deployment.find(tokens.loadBalancer).inputs.enableDeletionProtection, true);
        assert.equal(deployment.find(tokens.bucket).inputs.forceDestroy, false);
    });

    it("outputs what the next stack needs and no secret", () => {
        assert.equal(deployment.outputs.url, "https://www.example.com");
        assert.deepEqual(Object.keys(deployment.outputs).sort(), [
            "accessLogGroupName",
            "distributionDomainName",
            "distributionId",
            "domainNames",
            "listenerArn",
            "loadBalancerArn",
            "loadBalancerDnsName",
            "loadBalancerLogBucketName",
            "originCertificateArn",
            "originDomainName",
            "targetGroupArn",
            "targetProtocol",
            "targetSecurityGroupId",
            "url",
            "viewerCertificateArn",
            "webAclArn",
            "webAclLogGroupName",
        ]);
        assert.ok(!JSON.stringify(deployment.outputs).includes(secretValue("edge-origin-secret-1")));
    });
});

describe("EncryptedEdge with chosen arguments", () => {
    it("writes no access log where that is switched off", async () => {
        const deployment = await deploy({ accessLogEnabled: false });
        assert.deepEqual(deployment.all(tokens.logDelivery), []);
        assert.equal(deployment.all(tokens.logGroup).length, 1);
        assert.equal(deployment.outputs.accessLogGroupName, "");
    });

    it("writes no log of the load balancer where that is switched off, and says so to AWS", async () => {
        const deployment = await deploy({ loadBalancerLogEnabled: false });
        const { accessLogs, connectionLogs } = deployment.find(tokens.loadBalancer).inputs;
        assert.deepEqual([accessLogs, connectionLogs], Array(2).fill({ bucket: "", enabled: false }));
        assert.deepEqual(
            deployment.resources.filter(({ type }) => type.startsWith("aws:s3/")),
            [],
        );
        assert.equal(deployment.outputs.loadBalancerLogBucketName, "");
    });

    it("keeps the load balancer's logs as long as it is told", async () => {
        const deployment = await deploy({ loadBalancerLogRetentionInDays: 7 });
        const [rule] = deployment.find(tokens.bucketLifecycle).inputs.rules as { expiration: unknown }[];
        assert.deepEqual(rule?.expiration, { days: 7 });
    });

    it("lets the load balancer write to the bucket before it tries", async () => {
        const { events } = await deploy({}, { slowType: tokens.bucketPolicy });
        const allowed = events.indexOf(`answered ${tokens.bucketPolicy}`);
        const tries = events.indexOf(`asked ${tokens.loadBalancer}`);
        assert.ok(allowed !== -1 && allowed < tries, events.join("\n"));
    });

    it("makes one validation record for each distinct name, in however many certificates it is", async () => {
        const deployment = await deploy({
            domainNames: ["www.example.com", "example.com", "*.example.com", "*.www.example.com"],
            forwardHostHeader: true,
        });
        const validations = deployment.all(tokens.record).filter(({ name }) => name.includes("-validation-"));
        assert.deepEqual(
            validations.map(({ inputs }) => inputs.name),
            ["_token.www.example.com.", "_token.example.com.", "_token.origin.example.com."],
        );
        const waits = deployment.all(tokens.certificateValidation).map(({ inputs }) => inputs.validationRecordFqdns);
        assert.deepEqual(waits, [
            ["_token.www.example.com", "_token.example.com"],
            ["_token.origin.example.com"],
            ["_token.www.example.com", "_token.example.com"],
        ]);
    });

    it("makes one validation record for the origin's name and the viewers' wildcard below it", async () => {
        const deployment = await deploy({ domainNames: ["www.example.com", "*.origin.example.com"] });
        const validations = deployment.all(tokens.record).filter(({ name }) => name.includes("-validation-"));
        assert.deepEqual(
            validations.map(({ inputs }) => inputs.name),
            ["_token.www.example.com.", "_token.origin.example.com."],
        );
        const { inputs } = deployment.find(tokens.certificateValidation, "origin-validation");
        assert.deepEqual(inputs.validationRecordFqdns, ["_token.origin.example.com"]);
    });

    it("covers the forwarded Host header by a second certificate of the load balancer", async () => {
        const deployment = await deploy({ forwardHostHeader: true, domainNames: ["www.example.com", "example.com"] });
        const { inputs } = deployment.find(tokens.certificate, "viewer-names-certificate");
        assert.deepEqual(
            [inputs.domainName, inputs.subjectAlternativeNames, inputs.region],
            ["www.example.com", ["example.com"], undefined],
        );
        const arn = (name: string) => `arn:aws:mock:aws:acm/certificate:Certificate:edge-${name}-certificate`;
        assert.equal(deployment.find(tokens.listener).inputs.certificateArn, arn("origin"));
        assert.deepEqual(
            deployment.all(tokens.listenerCertificate).map(({ inputs: listed }) => listed.certificateArn),
            [arn("origin"), arn("viewer-names")],
        );
        const distribution = deployment.find(tokens.distribution).inputs;
        assert.equal(behavior(distribution).originRequestPolicyId, "216adef6-5c7f-47e4-b989-5492eafa07d3");
        assert.deepEqual(
            origin(distribution).customHeaders.map(({ name }) => name),
            ["X-Origin-Verify"],
        );
    });

    it("replaces the load balancer in another VPC, and no validation record beside another certificate", async () => {
        const deployment = await deploy({ vpcId: "vpc-0fedcba9876543210" });
        assert.equal(deployment.find(tokens.loadBalancer).options.replacementTrigger, "vpc-0fedcba9876543210");
        const records = deployment.all(tokens.record).filter(({ name }) => name.includes("-validation-"));
        assert.equal(records.length, 2);
        for (const { options } of records) {
            assert.deepEqual(options.ignoreChanges, ["name", "type"]);
        }
    });

    it("names plain HTTP to the targets in its outputs", async () => {
        const deployment = await deploy({ targetProtocol: "HTTP" });
        const { protocol, port, healthCheck } = deployment.find(tokens.targetGroup).inputs;
        assert.deepEqual([protocol, port, (healthCheck as { protocol: string }).protocol], ["HTTP", 80, "HTTP"]);
        assert.equal(deployment.outputs.targetProtocol, "HTTP");
        assert.equal(deployment.find(tokens.egressRule).inputs.fromPort, 80);
    });

    it("caches the paths it is told, without anything of one viewer", async () => {
        const deployment = await deploy({ cachedPaths: ["/assets/*"] });
        const behaviors = deployment.find(tokens.distribution).inputs.orderedCacheBehaviors as Behavior[];
        assert.equal(behaviors.length, 1);
        const [cached] = behaviors;
        assert.deepEqual(
            [cached?.pathPattern, cached?.cachePolicyId, cached?.originRequestPolicyId, cached?.viewerProtocolPolicy],
            ["/assets/*", "658327ea-f89d-4fab-a63d-7e88639e58f6", undefined, "redirect-to-https"],
        );
        assert.equal(cached?.responseHeadersPolicyId, "edge-security-headers-id");
    });

    it("can be emptied when deletion protection is off", async () => {
        const deployment = await deploy({ deletionProtection: false });
        assert.deepEqual(
            deployment.resources.filter(({ protect }) => protect),
            [],
        );
        assert.equal(deployment.find(tokens.loadBalancer).inputs.enableDeletionProtection, false);
        assert.equal(deployment.find(tokens.bucket).inputs.forceDestroy, true);
    });

    it("looks nothing up that it was given", async () => {
        const deployment = await deploy({ cloudFrontPrefixListId: "pl-0123456789abcdef0", hostedZoneId: "Z1" });
        assert.equal(
            deployment.find(tokens.ingressRule, "from-cloudfront").inputs.prefixListId,
            "pl-0123456789abcdef0",
        );
        for (const { inputs } of deployment.all(tokens.record)) {
            assert.equal(inputs.zoneId, "Z1");
        }
    });

    it("shows in a preview everything that it will make, while AWS's answers are unknown", async () => {
        const args = { domainNames: ["www.example.com", "*.example.com"], forwardHostHeader: true };
        const urns = async (preview: boolean) => (await deploy(args, { preview })).resources.map(({ urn }) => urn);
        assert.deepEqual(await urns(true), await urns(false));
    });
});

describe("The rotation of the secret header", () => {
    it("never lets CloudFront send a value that the load balancer refuses", async () => {
        const generations: Deployment[] = [];
        for (const originSecretGeneration of [1, 2, 3]) {
            generations.push(await deploy({ originSecretGeneration }));
        }
        generations.forEach((now, index) => {
            const accepted = acceptedSecrets(now);
            assert.ok(accepted.includes(sentSecret(now)), "after the update");
            const before = generations[index - 1];
            if (before !== undefined) {
                assert.notEqual(sentSecret(now), sentSecret(before));
                assert.ok(accepted.includes(sentSecret(before)), "between the listener rule and the distribution");
            }
        });
    });

    it("has changed the listener rule before it changes the distribution", async () => {
        const { events } = await deploy({ originSecretGeneration: 2 }, { slowType: tokens.listenerRule });
        const accepts = events.indexOf(`answered ${tokens.listenerRule}`);
        const sends = events.indexOf(`asked ${tokens.distribution}`);
        assert.ok(accepts !== -1 && accepts < sends, events.join("\n"));
    });

    it("has listed the certificates for the names that CloudFront will ask for before that", async () => {
        const { events } = await deploy({ forwardHostHeader: true }, { slowType: tokens.listenerCertificate });
        const listed = events.lastIndexOf(`answered ${tokens.listenerCertificate}`);
        const asks = events.indexOf(`asked ${tokens.distribution}`);
        assert.ok(listed !== -1 && listed < asks, events.join("\n"));
    });

    it("keeps a value under its own logical name while it becomes the previous one", async () => {
        const names = async (originSecretGeneration: number) =>
            (await deploy({ originSecretGeneration })).all(tokens.randomPassword).map(({ name }) => name);
        assert.deepEqual(await names(1), ["edge-origin-secret-1"]);
        assert.deepEqual(await names(2), ["edge-origin-secret-2", "edge-origin-secret-1"]);
        assert.deepEqual(await names(3), ["edge-origin-secret-3", "edge-origin-secret-2"]);
    });
});

interface Behavior {
    [property: string]: unknown;
}

interface WebAcl {
    scope: string;
    defaultAction: unknown;
    rules: {
        name: string;
        priority: number;
        action?: unknown;
        statement: {
            rateBasedStatement?: { limit: number };
            managedRuleGroupStatement?: { name: string; ruleActionOverrides: unknown[] };
        };
    }[];
}

interface Origin {
    domainName: string;
    customHeaders: { name: string; value: string }[];
    customOriginConfig: { originProtocolPolicy: string; originSslProtocols: string[] };
}

/** The stand-in names the type of the parent alone in a URN, where the engine names those of all ancestors. */
function children(part: string, resources: string[]): string[] {
    const type = `encrypted-edge:index:${part.replace(/::.*/, "")}`;
    return [
        `encrypted-edge:index:EncryptedEdge$${type}::${part.replace(/.*::/, "")}`,
        ...resources.map((resource) => `${type}$${resource}`),
    ];
}

function behavior(distribution: Record<string, unknown>): Behavior {
    return distribution.defaultCacheBehavior as Behavior;
}

/** The stand-in shows a secret as the engine's wrapper around it. */
function unwrapped<T>(value: unknown): T {
    const wrapper = value as { value?: T };
    return wrapper.value ?? (value as T);
}

function origin(distribution: Record<string, unknown>): Origin {
    const origins = unwrapped<Origin[]>(distribution.origins);
    assert.equal(origins.length, 1);
    return origins[0] as Origin;
}

function acceptedSecrets(deployment: Deployment): string[] {
    const conditions = unwrapped<{ httpHeader: { httpHeaderName: string; values: string[] } }[]>(
        deployment.find(tokens.listenerRule).inputs.conditions,
    );
    assert.equal(conditions.length, 1);
    assert.equal(conditions[0]?.httpHeader.httpHeaderName, "X-Origin-Verify");
    return conditions[0]?.httpHeader.values ?? [];
}

function sentSecret(deployment: Deployment): string {
    const headers = origin(deployment.find(tokens.distribution).inputs).customHeaders;
    return headers.find(({ name }) => name === "X-Origin-Verify")?.value ?? "";
}
