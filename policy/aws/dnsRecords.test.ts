import assert from "node:assert/strict";

import { StackGraph, UNKNOWN, type Resource, type Value } from "../graph";
import { resource } from "../test/stack";
import { linksOf } from "./entries";

const dnsName = "web-1.eu-west-1.elb.amazonaws.com";
const host = "origin.example.com";
const web = resource("aws:lb/loadBalancer:LoadBalancer", "web", { arn: "lb", dnsName });
const zone = (type: string, properties: Record<string, Value>) => resource(type, "zone", { id: "Z1", ...properties });

/** Whether a distribution whose origin has this name leads to the load balancer. */
function leads(name: string, ...resources: Resource[]): boolean {
    const origins = [{ originId: "o", domainName: name, customOriginConfig: {} }];
    const edge = resource("aws:cloudfront/distribution:Distribution", "edge", { origins });
    return linksOf(new StackGraph([web, ...resources, edge])).entries.length > 0;
}

describe("a record", () => {
    const records: readonly (readonly [type: string, properties: Record<string, Value>])[] = [
        ["akamai:index/dnsRecord:DnsRecord", { zone: "example.com", name: host, targets: [dnsName] }],
        ["azure:dns/cNameRecord:CNameRecord", { zoneName: "example.com", name: "origin", record: dnsName }],
        [
            "azure-native:dns:RecordSet",
            { zoneName: "example.com", relativeRecordSetName: "origin", cnameRecord: { cname: dnsName } },
        ],
        [
            "azure-native:network:RecordSet",
            { zoneName: "example.com", relativeRecordSetName: "origin", cNAMERecord: { cname: dnsName } },
        ],
        ["cloudflare:index/dnsRecord:DnsRecord", { zoneId: "Z1", name: host, content: dnsName }],
        [
            "kubernetes:externaldns.k8s.io/v1alpha1:DNSEndpoint",
            {
                spec: {
                    endpoints: [
                        { dnsName: "x.example.com", targets: ["192.0.2.1"] },
                        { dnsName: host, recordType: "CNAME", targets: [dnsName] },
                    ],
                },
            },
        ],
        ["cloudflare:index/record:Record", { zoneId: "Z1", hostname: host, name: "origin", value: dnsName }],
        ["digitalocean:index/dnsRecord:DnsRecord", { domain: "example.com", name: "origin", value: `${dnsName}.` }],
        ["gandi:livedns/record:Record", { zone: "example.com", name: "origin", values: [dnsName] }],
        ["gcp:dns/recordSet:RecordSet", { managedZone: "example", name: `${host}.`, rrdatas: [`${dnsName}.`] }],
        [
            "godaddy:index/domainRecord:DomainRecord",
            { domain: "example.com", records: [{ name: "x", data: dnsName }], host },
        ],
        ["ns1:index/record:Record", { zone: "example.com", domain: host, answers: [{ answer: dnsName }] }],
        ["oci:Dns/rrset:Rrset", { domain: host, items: [], rdata: dnsName }],
        ["oci:Dns/rrset:Rrset", { zoneNameOrId: "Z1", domain: host, items: [{ domain: host, rdata: dnsName }] }],
        ["ovh:Domain/zoneRecord:ZoneRecord", { zone: "example.com", subdomain: "origin", target: dnsName }],
        ["vultr:index/dnsRecord:DnsRecord", { dnsZone: "example.com", name: "origin", data: dnsName }],
        ["other:index/cname:Cname", { domainName: "example.com", name: "origin", cname: dnsName }],
        ["other:index/record:Record", { fqdn: host, destination: dnsName }],
        [
            "other:index/record:Record",
            { zoneName: "1\nexample.com", name: "origin", record: { other: 1, records: dnsName } },
        ],
    ];
    for (const [type, properties] of records) {
        it(`of ${type} is found by its name: ${Object.keys(properties).join(", ")}`, () => {
            const record = resource(type, "record", properties);
            assert.ok(leads(host, record));
            assert.ok(!leads("other.example.com", record));
            assert.ok(!leads("example.com", record));
        });
    }

    it("with a wildcard answers for names at any depth, up to a name that has its own record", () => {
        const record = (name: string, content: string) =>
            resource("cloudflare:index/record:Record", name, { zoneId: "Z1", name, content });
        const wildcard = record("*.example.com", dnsName);
        assert.ok(leads(host, wildcard));
        assert.ok(leads(`a.b.${host}`, wildcard));
        assert.ok(!leads("example.com", wildcard));
        assert.ok(!leads(`a.${host}`, wildcard, record(host, "192.0.2.1")));
    });

    it("at the top of its zone has the zone's name, however the provider writes that", () => {
        for (const name of [{ subdomain: "@" }, { subdomain: "" }, {}]) {
            const record = resource("ovh:Domain/zoneRecord:ZoneRecord", "record", {
                zone: "example.com",
                target: dnsName,
                ...name,
            });
            assert.ok(leads("example.com", record), JSON.stringify(name));
            assert.ok(!leads(host, record));
        }
    });

    it("of Route 53 at the top of its zone has an empty name, which the provider replaces by the zone's", () => {
        const example = zone("aws:route53/zone:Zone", { zoneId: "Z1", name: "example.com" });
        const record = resource("aws:route53/record:Record", "record", { zoneId: "Z1", name: "", records: [dnsName] });
        assert.ok(leads("example.com", example, record));
        assert.ok(!leads(host, example, record));
        assert.ok(!leads("example.com", record));
    });

    it("whose name is not known has none", () => {
        const type = "ovh:Domain/zoneRecord:ZoneRecord";
        const record = resource(type, "record", { zone: "example.com", subdomain: UNKNOWN, target: dnsName });
        assert.ok(!leads("example.com", record));
        assert.ok(!leads("", record));
        assert.ok(!leads("", resource(type, "record", { target: dnsName })));
    });

    it("takes the name of a zone of this stack that it depends on", () => {
        for (const [property, name] of [
            ["dnsName", "example.com."],
            ["zone", "example.com"],
            ["domain", "example.com"],
            ["domainName", "example.com"],
            ["name", "example.com"],
        ] as const) {
            const used = zone("cloudflare:index/zone:Zone", { [property]: name });
            const record = resource(
                "cloudflare:index/record:Record",
                "record",
                { zoneId: UNKNOWN, name: "origin", content: dnsName },
                { zoneId: [used] },
            );
            assert.ok(leads(host, used, record), property);
            assert.ok(!leads(host, record), property);
        }
    });

    it("of Route 53 takes the name of its zone, which it names in each way", () => {
        const example = zone("aws:route53/zone:Zone", { zoneId: "Z1", name: "example.com" });
        const native = zone("aws-native:route53:HostedZone", { name: "example.com" });
        const alias = { aliasTarget: { dnsName } };
        const one = (properties: Record<string, Value>) =>
            resource("aws-native:route53:RecordSet", "record", properties);
        const group = (properties: Record<string, Value>) =>
            resource("aws-native:route53:RecordSetGroup", "record", properties);
        const exclusive = (properties: Record<string, Value>) =>
            resource("aws:route53/recordsExclusive:RecordsExclusive", "record", properties);
        for (const record of [
            one({ name: "origin", hostedZoneId: "Z1", ...alias }),
            group({ hostedZoneId: "Z1", recordSets: [{ name: "origin", ...alias }] }),
            group({ recordSets: [{ name: "origin", hostedZoneId: "Z1", ...alias }] }),
            group({ recordSets: [{ name: "origin", zoneId: "Z1", resourceRecords: [dnsName] }] }),
            exclusive({ zoneId: "Z1", resourceRecordSets: [{ name: "origin", aliasTarget: { name: dnsName } }] }),
            exclusive({
                zoneId: "Z1",
                resourceRecordSets: [{ name: "origin", resourceRecords: [{ value: "192.0.2.1" }, { value: dnsName }] }],
            }),
        ]) {
            for (const used of [example, native]) {
                assert.ok(leads(host, used, record), JSON.stringify(record.properties));
                assert.ok(!leads("example.com", used, record));
            }
            assert.ok(!leads(host, record));
        }
    });
});
