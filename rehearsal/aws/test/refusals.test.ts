import * as assert from "node:assert/strict";
import { distributionInputs, RehearsedStack } from "./rehearsedStack";

const cloudFrontList = "com.amazonaws.global.cloudfront.origin-facing";

describe("refusals of the rehearsed AWS", () => {
    let stack: RehearsedStack;
    beforeEach(async () => {
        stack = await new RehearsedStack().seed();
    });
    afterEach(() => stack.remove());

    const group = () => stack.create("aws:ec2/securityGroup:SecurityGroup", {});
    const rule = (securityGroupId: string, more: object) =>
        stack.create("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", {
            securityGroupId,
            ipProtocol: "tcp",
            fromPort: 443,
            toPort: 443,
            ...more,
        });
    const prefixListId = async () =>
        (await stack.lookUp("aws:ec2/getManagedPrefixList:getManagedPrefixList", { name: cloudFrontList }))["id"];
    const zoneId = async () => (await stack.lookUp("aws:route53/getZone:getZone", { name: "example.com." }))["zoneId"];
    const record = async (more: object) =>
        stack.create("aws:route53/record:Record", {
            zoneId: await zoneId(),
            name: "a.example.com",
            type: "A",
            ttl: 60,
            records: ["192.0.2.1"],
            ...more,
        });
    const webAcl = (more: object = {}) =>
        stack.create("aws:wafv2/webAcl:WebAcl", {
            scope: "CLOUDFRONT",
            region: "us-east-1",
            defaultAction: { allow: {} },
            visibilityConfig: visibility,
            ...more,
        });
    const visibility = { metricName: "m", cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true };
    const managedRule = (name: string, priority: number) => ({
        name: `${name}-${priority}`,
        priority,
        overrideAction: { none: {} },
        statement: { managedRuleGroupStatement: { vendorName: "AWS", name } },
        visibilityConfig: visibility,
    });
    const listener = async (more: object = {}) =>
        stack.create("aws:lb/listener:Listener", {
            loadBalancerArn: (await stack.loadBalancer()).id,
            port: 443,
            protocol: "HTTPS",
            defaultActions: [
                { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "403" } },
            ],
            ...more,
        });

    describe("security groups", () => {
        it("a second prefix list exceeds the quota, and the first with five ranges does not", async () => {
            const { id } = await group();
            await rule(id, { prefixListId: await prefixListId() });
            for (let number = 1; number <= 5; number++) {
                await rule(id, { cidrIpv4: `192.0.2.${number}/32` });
            }
            await assert.rejects(
                rule(id, { cidrIpv4: "192.0.2.6/32" }),
                /RulesPerSecurityGroupLimitExceeded.*61 of 60/,
            );
            await assert.rejects(
                rule(id, { prefixListId: await prefixListId(), fromPort: 80, toPort: 80 }),
                /RulesPerSecurityGroupLimitExceeded/,
            );
        });
        it("the same rule twice", async () => {
            const { id } = await group();
            await rule(id, { cidrIpv4: "10.0.0.0/8" });
            await assert.rejects(rule(id, { cidrIpv4: "10.0.0.0/8" }), /InvalidPermission.Duplicate/);
        });
        it("sources and ports that are none", async () => {
            const { id } = await group();
            await assert.rejects(rule("sg-0", { cidrIpv4: "10.0.0.0/8" }), /InvalidGroup.NotFound/);
            await assert.rejects(rule(id, { prefixListId: "pl-0" }), /InvalidPrefixListID.NotFound/);
            await assert.rejects(rule(id, { cidrIpv4: "10.0.0.1/8" }), /cidrIpv4: .*network address/);
            await assert.rejects(rule(id, {}), /Exactly one of/);
            await assert.rejects(
                rule(id, { cidrIpv4: "10.0.0.0/8", fromPort: 444 }),
                /Invalid TCP\/UDP port range \(444:443\)/,
            );
        });
        it("deleting one that another rule or a load balancer uses", async () => {
            const first = await group();
            const second = await stack.create("aws:ec2/securityGroup:SecurityGroup", {}, "second");
            await rule(second.id, { referencedSecurityGroupId: first.id });
            await assert.rejects(stack.delete(first), /DependencyViolation/);
            await stack.loadBalancer({ securityGroups: [second.id] });
            await assert.rejects(stack.delete(second), /DependencyViolation/);
        });
    });

    describe("certificates", () => {
        it("validation without its record, or with a wrong one, fails instead of waiting", async () => {
            const { id, properties } = await stack.create("aws:acm/certificate:Certificate", {
                domainName: "www.example.com",
                validationMethod: "DNS",
            });
            const validate = () =>
                stack.create("aws:acm/certificateValidation:CertificateValidation", { certificateArn: id });
            await assert.rejects(
                validate(),
                /timeout while waiting.*no public hosted zone of the account has the CNAME record _/,
            );
            const [option] = properties["domainValidationOptions"] as Record<string, string>[];
            await record({ name: option?.["resourceRecordName"], type: "CNAME", records: ["wrong.example.com"] });
            await assert.rejects(validate(), /holds wrong.example.com instead of _/);
        });
        it("the token is the same in every region and for the wildcard", async () => {
            const [one, other] = await Promise.all(
                [
                    ["us-east-1", "example.com"],
                    ["eu-west-1", "*.example.com"],
                ].map(([region, domainName]) =>
                    stack.create("aws:acm/certificate:Certificate", { domainName, validationMethod: "DNS", region }),
                ),
            );
            const name = (of: typeof one) =>
                (of?.properties["domainValidationOptions"] as Record<string, string>[])[0]?.["resourceRecordName"];
            assert.match(name(one) ?? "", /^_[0-9a-f]{32}\.example\.com\.$/);
            assert.equal(name(one), name(other));
        });
        it("deleting one that a listener uses", async () => {
            const certificate = await stack.certificate("eu-central-1", "origin.example.com");
            await listener({ certificateArn: certificate.id });
            await assert.rejects(stack.delete(certificate), /ResourceInUseException/);
        });
    });

    describe("load balancers", () => {
        it("one Availability Zone, and groups and subnets that are not there", async () => {
            const [subnet] = await stack.subnets();
            await assert.rejects(
                stack.loadBalancer({ subnets: [subnet] }),
                /ValidationError: At least two subnets in two different Availability Zones/,
            );
            await assert.rejects(
                stack.loadBalancer({ subnets: [subnet, subnet] }),
                /InvalidConfigurationRequest: .*same Availability Zone/,
            );
            await assert.rejects(stack.loadBalancer({ subnets: ["subnet-0", subnet] }), /SubnetNotFound/);
            await assert.rejects(
                stack.loadBalancer({ securityGroups: ["sg-0"] }),
                /One or more security groups are invalid/,
            );
            await assert.rejects(stack.loadBalancer({ name: `${"a".repeat(33)}` }), /1 to 32 letters/);
        });
        it("deletion protection", async () => {
            const balancer = await stack.loadBalancer({ enableDeletionProtection: true });
            await assert.rejects(stack.delete(balancer), /OperationNotPermitted.*deletion protection is enabled/);
            await stack.delete(await stack.update(balancer, { ...balancer.inputs, enableDeletionProtection: false }));
            assert.deepEqual(stack.account.all("LoadBalancer"), []);
        });
        it("HTTPS without a usable certificate or policy", async () => {
            await assert.rejects(listener(), /ValidationError: A certificate must be specified for HTTPS listeners/);
            const abroad = await stack.certificate("us-east-1", "origin.example.com");
            const { id } = await stack.create("aws:acm/certificate:Certificate", {
                domainName: "b.example.com",
                validationMethod: "DNS",
            });
            const balancer = stack.account.all("LoadBalancer")[0]?.id;
            await assert.rejects(
                listener({ loadBalancerArn: balancer, certificateArn: abroad.id }),
                /DuplicateLoadBalancerName|CertificateNotFound/,
            );
            const secure = (certificateArn: string, more: object = {}) =>
                stack.create("aws:lb/listener:Listener", {
                    loadBalancerArn: balancer,
                    port: 443,
                    protocol: "HTTPS",
                    certificateArn,
                    defaultActions: [{ type: "fixed-response", fixedResponse: { contentType: "text/plain" } }],
                    ...more,
                });
            await assert.rejects(secure(abroad.id), /CertificateNotFound/);
            await assert.rejects(secure(id), /UnsupportedCertificate/);
            const here = await stack.certificate("eu-central-1", "origin.example.com");
            await assert.rejects(
                secure(here.id, { sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2099-01" }),
                /SSLPolicyNotFound/,
            );
            assert.equal((await secure(here.id)).properties["sslPolicy"], "ELBSecurityPolicy-2016-08");
            await assert.rejects(secure(here.id), /DuplicateListener/);
        });
        it("rules: priorities in use and headers beyond the limits", async () => {
            const certificate = await stack.certificate("eu-central-1", "origin.example.com");
            const parent = await listener({ certificateArn: certificate.id });
            const add = (httpHeader: object, priority = 1) =>
                stack.create("aws:lb/listenerRule:ListenerRule", {
                    listenerArn: parent.id,
                    priority,
                    conditions: [{ httpHeader }],
                    actions: [
                        { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "200" } },
                    ],
                });
            await add({ httpHeaderName: "X-Secret", values: ["a"] });
            await assert.rejects(add({ httpHeaderName: "X-Secret", values: ["b"] }), /PriorityInUse/);
            await assert.rejects(
                add({ httpHeaderName: "X".repeat(41), values: ["b"] }, 2),
                /httpHeaderName: has 41 characters; AWS allows 40/,
            );
            await assert.rejects(
                add({ httpHeaderName: "X", values: ["b".repeat(129)] }, 2),
                /values\[0\]: has 129 characters/,
            );
            await assert.rejects(
                add({ httpHeaderName: "X", values: [..."abcdef"] }, 2),
                /only have '5' condition values/,
            );
        });
        it("deleting a target group that a rule forwards to", async () => {
            const target = await stack.create("aws:lb/targetGroup:TargetGroup", {
                port: 443,
                protocol: "HTTPS",
                targetType: "ip",
                vpcId: await stack.vpcId(),
            });
            const certificate = await stack.certificate("eu-central-1", "origin.example.com");
            await listener({
                certificateArn: certificate.id,
                defaultActions: [{ type: "forward", targetGroupArn: target.id }],
            });
            await assert.rejects(stack.delete(target), /ResourceInUse: Target group/);
        });
    });

    describe("distributions", () => {
        const alias = (acmCertificateArn: string, ...aliases: string[]) =>
            stack.distribution({ aliases, viewerCertificate: { acmCertificateArn, sslSupportMethod: "sni-only" } });
        it("viewer certificates", async () => {
            const [abroad, here] = [
                await stack.certificate("eu-central-1", "www.example.com"),
                await stack.certificate("us-east-1", "*.example.com"),
            ];
            const pending = await stack.create("aws:acm/certificate:Certificate", {
                domainName: "www.example.com",
                validationMethod: "DNS",
                region: "us-east-1",
                tags: { a: "b" },
            });
            stack.account.put({ ...stack.account.get(pending.type, pending.id)!, createdAt: new Date().toISOString() });
            await assert.rejects(
                stack.distribution({ aliases: ["www.example.com"] }),
                /InvalidViewerCertificate: To add an alternate domain name/,
            );
            await assert.rejects(
                alias(abroad.id, "www.example.com"),
                /InvalidViewerCertificate: The specified SSL certificate doesn't exist, isn't in us-east-1/,
            );
            await assert.rejects(alias(pending.id, "www.example.com"), /InvalidViewerCertificate/);
            await assert.rejects(alias(here.id, "a.b.example.com"), /InvalidViewerCertificate: .*doesn't cover/);
            await alias(here.id, "www.example.com");
            await assert.rejects(alias(here.id, "www.example.com"), /StatusCode: 409.*CNAMEAlreadyExists/);
            await assert.rejects(stack.delete(here), /ResourceInUseException/);
        });
        it("references to what is not there", async () => {
            const behavior = distributionInputs()["defaultCacheBehavior"] as object;
            await assert.rejects(
                stack.distribution({ webAclId: "arn:aws:wafv2:us-east-1:111122223333:global/webacl/x/y" }),
                /InvalidWebACLId/,
            );
            await assert.rejects(
                stack.distribution({ defaultCacheBehavior: { ...behavior, targetOriginId: "other" } }),
                /NoSuchOrigin/,
            );
            await assert.rejects(
                stack.distribution({ defaultCacheBehavior: { ...behavior, cachePolicyId: "x" } }),
                /NoSuchCachePolicy/,
            );
            await assert.rejects(
                stack.distribution({ defaultCacheBehavior: { ...behavior, responseHeadersPolicyId: "x" } }),
                /NoSuchResponseHeadersPolicy/,
            );
        });
        it("values that its typings do not list", async () => {
            await assert.rejects(
                stack.distribution({ viewerCertificate: { minimumProtocolVersion: "TLSv1.2_2099" } }),
                /viewerCertificate.minimumProtocolVersion: is "TLSv1.2_2099"/,
            );
            await assert.rejects(stack.distribution({ httpVersion: "http4" }), /httpVersion: is "http4"/);
        });
        it("a web ACL in use", async () => {
            const acl = await webAcl();
            await stack.distribution({ webAclId: acl.properties["arn"] });
            await assert.rejects(stack.delete(acl), /WAFAssociatedItemException/);
        });
    });

    describe("web ACLs", () => {
        it("of scope CLOUDFRONT outside us-east-1", async () => {
            await assert.rejects(
                webAcl({ region: "eu-central-1" }),
                /WAFInvalidParameterException.*SCOPE_VALUE, parameter: CLOUDFRONT/,
            );
        });
        it("rate limits and windows out of bounds, all at once", () => {
            const rules = [
                {
                    name: "r",
                    priority: 0,
                    action: { block: {} },
                    visibilityConfig: visibility,
                    statement: { rateBasedStatement: { aggregateKeyType: "IP", limit: 9, evaluationWindowSec: 61 } },
                },
            ];
            const { failures } = stack.check("aws:wafv2/webAcl:WebAcl", {
                scope: "CLOUDFRONT",
                region: "us-east-1",
                defaultAction: { allow: {} },
                visibilityConfig: visibility,
                rules,
            });
            const place = "rules[0].statement.rateBasedStatement";
            assert.deepEqual(
                failures.map(({ property }) => property),
                [`${place}.limit`, `${place}.evaluationWindowSec`],
            );
        });
        it("managed groups that AWS does not have, priorities twice, and too much weight", async () => {
            await assert.rejects(
                webAcl({ rules: [managedRule("AWSManagedRulesCommonRulesSet", 0)] }),
                /WAFNonexistentItemException/,
            );
            await assert.rejects(
                webAcl({
                    rules: [managedRule("AWSManagedRulesSQLiRuleSet", 0), managedRule("AWSManagedRulesUnixRuleSet", 0)],
                }),
                /same priority/,
            );
            const heavy = Array.from({ length: 8 }, (_, index) => managedRule("AWSManagedRulesCommonRuleSet", index));
            await assert.rejects(webAcl({ rules: heavy }), /WAFLimitsExceededException.*5600/);
        });
        it("log destinations by another name, in another region, or missing", async () => {
            const { properties } = await webAcl();
            const log = (name: string, region: string) =>
                stack.create("aws:cloudwatch/logGroup:LogGroup", { name, region });
            const configure = (destination: unknown) =>
                stack.create("aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration", {
                    region: "us-east-1",
                    resourceArn: properties["arn"],
                    logDestinationConfigs: [destination],
                });
            const wrong = [await log("waf-logs", "us-east-1"), await log("aws-waf-logs-x", "eu-central-1")];
            for (const group of wrong) {
                await assert.rejects(
                    configure(group.properties["arn"]),
                    /WAFInvalidParameterException.*LOG_DESTINATION/,
                );
            }
            await assert.rejects(
                configure("arn:aws:logs:us-east-1:111122223333:log-group:aws-waf-logs-y"),
                /WAFLogDestinationPermissionIssueException/,
            );
            await configure((await log("aws-waf-logs-x", "us-east-1")).properties["arn"]);
        });
    });

    describe("records", () => {
        it("that exist, lie outside of the zone, or contradict others", async () => {
            await record({});
            await assert.rejects(
                record({}),
                /InvalidChangeBatch: \[Tried to create resource record set \[name='a.example.com.', type='A'\] but it already exists\]/,
            );
            await assert.rejects(record({ name: "a.example.org." }), /not permitted in zone example.com/);
            await assert.rejects(record({ type: "CNAME", records: ["b.example.com"] }), /conflicts with other records/);
            await assert.rejects(
                record({ type: "CNAME", name: "example.com", records: ["b.example.com"] }),
                /not permitted at apex/,
            );
            await assert.rejects(record({ name: "b", records: ["300.1.1.1"] }), /ARRDATAIllegalIPv4Address/);
            await assert.rejects(record({ name: "b", zoneId: "Z0" }), /NoSuchHostedZone/);
        });
        it("aliases to what is not there, or in ways that CloudFront does not allow", async () => {
            const certificate = await stack.certificate("us-east-1", "www.example.com");
            const { properties } = await stack.distribution({
                aliases: ["www.example.com"],
                viewerCertificate: { acmCertificateArn: certificate.id, sslSupportMethod: "sni-only" },
            });
            const alias = (more: object, name = "www.example.com", type = "A") =>
                record({
                    name,
                    type,
                    ttl: undefined,
                    records: undefined,
                    aliases: [
                        {
                            name: properties["domainName"],
                            zoneId: "Z2FDTNDATAQYW2",
                            evaluateTargetHealth: false,
                            ...more,
                        },
                    ],
                });
            await assert.rejects(alias({ name: "d0.cloudfront.net" }), /target was not found/);
            await assert.rejects(alias({ evaluateTargetHealth: true }), /EvaluateTargetHealth must be false/);
            await assert.rejects(alias({ zoneId: "Z215JYRZR1TBD5" }), /does not lie within the target zone/);
            await assert.rejects(
                alias({}, "other.example.com"),
                /does not have the alternate domain name other.example.com/,
            );
            await assert.rejects(alias({}, "www.example.com", "TXT"), /A, AAAA and HTTPS only/);
            await alias({}, "www.example.com", "HTTPS");
        });
    });

    it("VPC origins: no internet gateway, and changes while attached", async () => {
        const balancer = await stack.loadBalancer({ internal: true });
        const create = () =>
            stack.create("aws:cloudfront/vpcOrigin:VpcOrigin", {
                vpcOriginEndpointConfig: {
                    name: "o",
                    arn: balancer.id,
                    httpPort: 80,
                    httpsPort: 443,
                    originProtocolPolicy: "https-only",
                    originSslProtocols: { items: ["TLSv1.2"], quantity: 1 },
                },
            });
        const origin = await create();
        await stack.distribution({
            origins: [
                { originId: "origin", domainName: "origin.example.com", vpcOriginConfig: { vpcOriginId: origin.id } },
            ],
        });
        await assert.rejects(stack.delete(origin), /CannotDeleteEntityWhileInUse/);
        await assert.rejects(stack.update(origin, origin.inputs), /CannotUpdateEntityWhileInUse/);
        for (const gateway of stack.account.all("InternetGateway")) {
            stack.account.delete(gateway.type, gateway.id);
        }
        await assert.rejects(create(), /must have an internet gateway/);
    });
});
