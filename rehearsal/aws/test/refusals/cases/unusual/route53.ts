import type { CasesByType } from "..";
import { alias } from "../parts";

/** Unusual programs without any mistake. */
export const route53: CasesByType = {
    // Source: terraform-provider-aws's acceptance test of aws_route53_key_signing_key.
    "aws:route53/keySigningKey:KeySigningKey": { accepted: [["hyphens", { name: "tf-acc-test-1" }]] },
    "aws:route53/record:Record": {
        accepted: [
            [
                "a zone with its path",
                async (stack) => {
                    const { zoneId } = await stack.lookUp("aws:route53/getZone:getZone", { name: "example.com" });
                    return { zoneId: `/hostedzone/${String(zoneId)}` };
                },
            ],
            ["many A", { records: ["192.0.2.1", "192.0.2.2"], ttl: 0 }],
            ["underscore", { name: "_dmarc.example.com", type: "TXT", records: ["v=DMARC1; p=none"] }],
            ["TXT two strings", { type: "TXT", records: ["x".repeat(200) + '""' + "y".repeat(200), 'a\\"b'] }],
            ["wildcard", { name: "*.example.com" }],
            ["zone's own name", { name: "example.com", type: "MX", records: ["10 mail.example.com", "0 ."] }],
            ["short name", { name: "www" }],
            ["empty name", { name: "" }],
            ["escaped name", { name: "a\\052b.example.com" }],
            ["AAAA compressed", { type: "AAAA", records: ["2001:db8::1", "::ffff:192.0.2.1"] }],
            [
                "SRV",
                { name: "_sip._tcp.example.com", type: "SRV", records: ["1 10 5269 xmpp.example.com.", "0 0 0 ."] },
            ],
            [
                "CAA",
                {
                    type: "CAA",
                    records: ['0 issue "amazon.com"', '128 issuewild ";"', '0 iodef "mailto:a@example.com"'],
                },
            ],
            [
                "NS delegation",
                { name: "sub.example.com", type: "NS", records: ["ns1.example.net.", "ns2.example.net"] },
            ],
            [
                "HTTPS record",
                { type: "HTTPS", records: ["1 . alpn=h2,h3", "2 svc.example.com. port=8443 ipv4hint=192.0.2.1"] },
            ],
            ["SVCB", { name: "_dns.example.com", type: "SVCB", records: ["1 dns.example.com. alpn=dot"] }],
            ["TLSA SSHFP DS", { name: "_443._tcp.example.com", type: "TLSA", records: ["3 1 1 " + "a".repeat(64)] }],
            ["DS", { name: "sub.example.com", type: "DS", records: ["12345 13 2 " + "a".repeat(64)] }],
            ["PTR", { type: "PTR", records: ["a.example.com"] }],
            ["NAPTR", { type: "NAPTR", records: ['100 50 "s" "z3950+I2L+I2C" "" _z3950._tcp.example.com.'] }],
            [
                "weights",
                async (stack) => {
                    await stack.record({ setIdentifier: "a", weightedRoutingPolicies: [{ weight: 0 }] });
                    return { setIdentifier: "b", weightedRoutingPolicies: [{ weight: 255 }] };
                },
            ],
            [
                "weighted CNAME",
                { type: "CNAME", records: ["x.y.com"], setIdentifier: "a", weightedRoutingPolicies: [{ weight: 1 }] },
            ],
            ["geo default", { setIdentifier: "a", geolocationRoutingPolicies: [{ country: "*" }] }],
            [
                "geo US state",
                { setIdentifier: "a", geolocationRoutingPolicies: [{ country: "US", subdivision: "CA" }] },
            ],
            ["geo continent", { setIdentifier: "a", geolocationRoutingPolicies: [{ continent: "EU" }] }],
            ["failover secondary", { setIdentifier: "a", failoverRoutingPolicies: [{ type: "SECONDARY" }] }],
            ["multivalue", { setIdentifier: "a", multivalueAnswerRoutingPolicy: true }],
            [
                "geoproximity",
                {
                    setIdentifier: "a",
                    geoproximityRoutingPolicy: { coordinates: [{ latitude: "49.22", longitude: "-74.01" }], bias: -99 },
                },
            ],
            ["alias AAAA", (stack) => alias(stack, { type: "AAAA" })],
            ["alias HTTPS", (stack) => alias(stack, { type: "HTTPS" })],
            [
                "alias apex weighted",
                (stack) =>
                    alias(stack, { name: "example.com", setIdentifier: "x", weightedRoutingPolicies: [{ weight: 5 }] }),
            ],
            [
                "alias to a record",
                async (stack) => {
                    await stack.record({ name: "b.example.com" });
                    const z = (await stack.lookUp("aws:route53/getZone:getZone", { name: "example.com" })).zoneId;
                    return {
                        ttl: undefined,
                        records: undefined,
                        aliases: [{ name: "b.example.com", zoneId: z, evaluateTargetHealth: true }],
                    };
                },
            ],
            [
                "alias balancer upper dualstack",
                async (stack) => {
                    const b = await stack.loadBalancer();
                    return {
                        ttl: undefined,
                        records: undefined,
                        aliases: [
                            {
                                name: `dualstack.${String(b.properties.dnsName)}`,
                                zoneId: b.properties.zoneId,
                                evaluateTargetHealth: true,
                            },
                        ],
                    };
                },
            ],
        ],
    },
    "aws:route53/zone:Zone": {
        accepted: [
            [
                "a VPC of another region",
                async (stack) => {
                    const vpc = { cidrBlock: "10.8.0.0/16", region: "us-west-2" };
                    const { id: vpcId } = await stack.create("aws:ec2/vpc:Vpc", vpc, "far");
                    return { vpcs: [{ vpcId, vpcRegion: "us-west-2" }] };
                },
            ],
            ["zone underscore", { name: "_tcp.example.org", comment: "x".repeat(256), forceDestroy: true }],
            ["zone upper dot", { name: "Example.NET." }],
            [
                "zone private same name",
                async (stack) => ({ name: "example.com", vpcs: [{ vpcId: await stack.vpcId() }] }),
            ],
            ["zone reverse", { name: "2.0.192.in-addr.arpa" }],
            [
                "zone single label",
                async (stack) => ({
                    name: "internal",
                    vpcs: [{ vpcId: await stack.vpcId(), vpcRegion: "eu-central-1" }],
                }),
            ],
        ],
    },
    "aws:route53/healthCheck:HealthCheck": {
        accepted: [
            [
                "hc ip and name",
                {
                    fqdn: "www.example.com",
                    ipAddress: "9.9.9.9",
                    port: 8443,
                    enableSni: true,
                    regions: ["us-east-1", "eu-west-1", "ap-southeast-1"],
                    measureLatency: true,
                    invertHealthcheck: true,
                    requestInterval: 10,
                    failureThreshold: 1,
                },
            ],
            ["hc string", { type: "HTTP_STR_MATCH", port: 80, searchString: "ok" }],
            ["hc tcp", { type: "TCP", fqdn: undefined, resourcePath: undefined, ipAddress: "9.9.9.9", port: 443 }],
            [
                "hc calculated",
                async (stack) => ({
                    type: "CALCULATED",
                    fqdn: undefined,
                    resourcePath: undefined,
                    childHealthThreshold: 1,
                    childHealthchecks: [
                        (
                            await stack.create(
                                "aws:route53/healthCheck:HealthCheck",
                                { type: "HTTPS", fqdn: "www.example.com" },
                                "h2",
                            )
                        ).id,
                    ],
                }),
            ],
            [
                "hc metric",
                async (stack) => ({
                    type: "CLOUDWATCH_METRIC",
                    fqdn: undefined,
                    resourcePath: undefined,
                    cloudwatchAlarmName: (
                        await stack.create(
                            "aws:cloudwatch/metricAlarm:MetricAlarm",
                            {
                                name: "al",
                                comparisonOperator: "LessThanThreshold",
                                evaluationPeriods: 1,
                                metricName: "a",
                                namespace: "b",
                                period: 60,
                                statistic: "Sum",
                                threshold: 1,
                            },
                            "al",
                        )
                    ).id,
                    cloudwatchAlarmRegion: "eu-central-1",
                    insufficientDataHealthStatus: "LastKnownStatus",
                }),
            ],
            ["hc disabled", { disabled: true }],
        ],
    },
};
