import assert from "node:assert/strict";
import { tokens, type Behavior, behavior, origin } from "./test/deployedEdge";
import { deploy } from "./test/deployment";

describe("EncryptedEdge with chosen arguments", () => {
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

    it("runs its function on every path, whatever is forwarded", async () => {
        for (const forwardHostHeader of [false, true]) {
            const deployment = await deploy({ forwardHostHeader, cachedPaths: ["/assets/*"] });
            const { runtime, code, publish } = deployment.find(tokens.edgeFunction).inputs;
            assert.deepEqual([runtime, publish], ["cloudfront-js-2.0", true]);
            assert.match(String(code), /x-forwarded-host/);
            const { inputs } = deployment.find(tokens.distribution);
            for (const one of [behavior(inputs), ...(inputs.orderedCacheBehaviors as Behavior[])]) {
                assert.deepEqual(one.functionAssociations, [
                    {
                        eventType: "viewer-request",
                        functionArn: `arn:aws:mock:${tokens.edgeFunction}:edge-viewer-request`,
                    },
                ]);
            }
            // A header of the origin would win over the function's.
            assert.deepEqual(
                origin(inputs).customHeaders.map(({ name }) => name),
                ["X-Origin-Verify"],
            );
        }
    });

    it("leaves the web ACL of Firewall Manager on the distribution where it is told to", async () => {
        const ignored = async (webAclChangesIgnored: boolean) =>
            (await deploy({ webAclChangesIgnored })).find(tokens.distribution).options.ignoreChanges;
        assert.deepEqual([await ignored(true), await ignored(false)], [["webAclId"], undefined]);
    });

    it("waits, drains and checks in ways that suit a web application", async () => {
        const { deregistrationDelay, slowStart, stickiness, healthCheck } = (await deploy()).find(
            tokens.targetGroup,
        ).inputs;
        assert.deepEqual([deregistrationDelay, slowStart], [60, 0]);
        assert.equal((stickiness as { enabled: boolean }).enabled, false);
        const { interval, timeout, healthyThreshold, unhealthyThreshold } = healthCheck as Record<string, number>;
        assert.deepEqual([interval, timeout, healthyThreshold, unhealthyThreshold], [10, 5, 2, 3]);
    });

    it("waits, drains and checks as it is told, the next targets too", async () => {
        const deployment = await deploy({
            nextTargets: {},
            targets: { healthCheckInterval: 30, slowStart: 60, stickinessDuration: 3600, deregistrationDelay: 0 },
            timeouts: { originRead: 120, originKeepalive: 60, loadBalancerIdle: 600 },
        });
        for (const { inputs } of deployment.all(tokens.targetGroup)) {
            assert.deepEqual(
                [inputs.slowStart, inputs.deregistrationDelay, inputs.stickiness],
                [60, 0, { enabled: true, type: "lb_cookie", cookieDuration: 3600 }],
            );
            assert.equal((inputs.healthCheck as { interval: number }).interval, 30);
        }
        assert.equal(deployment.find(tokens.loadBalancer).inputs.idleTimeout, 600);
        const { originReadTimeout, originKeepaliveTimeout } = origin(
            deployment.find(tokens.distribution).inputs,
        ).customOriginConfig;
        assert.deepEqual([originReadTimeout, originKeepaliveTimeout], [120, 60]);
    });

    it("gives names that redirect a certificate and records, and leads them to the first name", async () => {
        const deployment = await deploy({ redirectedDomainNames: ["example.com"], forwardHostHeader: true });
        const both = ["www.example.com", "example.com"];
        const { inputs } = deployment.find(tokens.distribution);
        assert.deepEqual(inputs.aliases, both);
        const viewerRecords = deployment.all(tokens.record).filter(({ name }) => name.startsWith("edge-viewer-a"));
        assert.deepEqual([...new Set(viewerRecords.map((record) => record.inputs.name))], both);
        const certificate = deployment.find(tokens.certificate, "viewer-certificate").inputs;
        assert.deepEqual(
            [certificate.domainName, certificate.subjectAlternativeNames],
            ["www.example.com", ["example.com"]],
        );
        assert.match(String(deployment.find(tokens.edgeFunction).inputs.code), /\["example\.com"\]\.indexOf\(host\)/);
        assert.deepEqual(deployment.outputs.domainNames, ["www.example.com"]);
    });

    it("makes no certificate, web ACL or bucket that it was given", async () => {
        const own = {
            viewerCertificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/viewer",
            originCertificateArn: "arn:aws:acm:eu-central-1:111122223333:certificate/origin",
            webAclArn: "arn:aws:wafv2:us-east-1:111122223333:global/webacl/own/0123",
            loadBalancerLogBucketName: "acme-logs",
        };
        const deployment = await deploy({ ...own, alarms: {} });
        for (const type of [tokens.certificate, tokens.webAcl, tokens.webAclLogging, tokens.bucket]) {
            assert.deepEqual(deployment.all(type), [], type);
        }
        const { inputs } = deployment.find(tokens.distribution);
        assert.equal((inputs.viewerCertificate as Behavior).acmCertificateArn, own.viewerCertificateArn);
        assert.equal(inputs.webAclId, own.webAclArn);
        assert.equal(deployment.find(tokens.listener).inputs.certificateArn, own.originCertificateArn);
        const { accessLogs, connectionLogs } = deployment.find(tokens.loadBalancer).inputs;
        assert.deepEqual(accessLogs, { bucket: "acme-logs", prefix: "access-log", enabled: true });
        assert.deepEqual(connectionLogs, { bucket: "acme-logs", prefix: "connection-log", enabled: true });
        // The metric name of somebody else's web ACL is not known.
        assert.equal(deployment.all(tokens.alarm).length, 7);
        const { webAclLogGroupName, ...outputs } = deployment.outputs;
        assert.equal(webAclLogGroupName, "");
        for (const [name, value] of Object.entries(own)) {
            assert.equal(outputs[name], value, name);
        }
    });

    it("validates the names that it forwards itself where the viewers' certificate is given", async () => {
        const deployment = await deploy({
            viewerCertificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/viewer",
            forwardHostHeader: true,
        });
        const validations = deployment.all(tokens.record).filter(({ name }) => name.includes("-validation-"));
        assert.deepEqual(
            validations.map(({ name }) => name),
            ["edge-origin-validation-origin.example.com", "edge-viewer-names-validation-www.example.com"],
        );
    });

    it("has no function where it is switched off, and names the first viewer name to the targets", async () => {
        const deployment = await deploy({ forwardedHeadersEnabled: false });
        assert.deepEqual(deployment.all(tokens.edgeFunction), []);
        const { inputs } = deployment.find(tokens.distribution);
        assert.equal(behavior(inputs).functionAssociations, undefined);
        assert.deepEqual(origin(inputs).customHeaders[1], { name: "X-Forwarded-Host", value: "www.example.com" });
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
