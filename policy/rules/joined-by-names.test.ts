import assert from "node:assert/strict";

import { changed, verdictsWithUnknown } from "../test/compliantStack";
import { breach as breachOfThree, joining as rulesThatJoin } from "../test/joining";
import { messagesOf, verdictsOf } from "../test/testRule";
import { cloudfrontOriginAuthenticated } from "./cloudfront-origin-authenticated";

const joining = Object.values(rulesThatJoin);

const name = "origin.example.com";
/** A stack in breach of all four, but for the record that joins origin and load balancer. */
const breach = { ...breachOfThree, "originCertificate.domainName": "elsewhere.example.com" };
const dnsName = "${loadBalancer.dnsName}";
const route53 = (properties: Record<string, unknown>) => ({ type: "aws:route53:Record", properties });
const zone = { type: "aws:route53:Zone", properties: { name: "example.com" } };

describe("an origin and a load balancer are joined", () => {
    const ways: Record<string, Record<string, unknown>> = {
        "a chain of names": {
            first: route53({ name, type: "CNAME", records: ["second.example.com"] }),
            second: route53({ name: "second.example.com", type: "CNAME", records: ["third.example.com."] }),
            third: route53({ name: "third.example.com", type: "A", aliases: [{ name: dnsName }] }),
        },
        "a chain of references": {
            first: route53({ name, type: "CNAME", records: ["${second.name}"] }),
            second: route53({ name: "second.example.com", type: "CNAME", records: [dnsName] }),
        },
        "an alias for another record": {
            first: route53({ name, type: "A", aliases: [{ name: "second.example.com" }] }),
            second: route53({ name: "second.example.com", type: "A", aliases: [{ name: dnsName }] }),
        },
        "a wildcard": { first: route53({ name: "*.example.com", type: "CNAME", records: [dnsName] }) },
        "a wildcard as Route 53 shows it": {
            first: route53({ name: "\\052.example.com", type: "CNAME", records: [dnsName] }),
        },
        "a wildcard of its zone": {
            zone,
            first: route53({ zoneId: "${zone.id}", name: "*", type: "CNAME", records: [dnsName] }),
        },
        "a set of records": {
            first: {
                type: "aws-native:route53:RecordSetGroup",
                properties: { recordSets: [{ name, type: "A", aliasTarget: { dnsName } }] },
            },
        },
        "an exclusive set of records": {
            first: {
                type: "aws:route53:RecordsExclusive",
                properties: { resourceRecordSets: [{ name, resourceRecords: [{ value: dnsName }] }] },
            },
        },
        Cloudflare: { first: { type: "cloudflare:index/dnsRecord:DnsRecord", properties: { name, content: dnsName } } },
        "Cloudflare's older record": {
            first: { type: "cloudflare:index/record:Record", properties: { name, value: dnsName } },
        },
        "Cloudflare with the zone in the stack": {
            cloudflareZone: { type: "cloudflare:index/zone:Zone", properties: { zone: "example.com" } },
            first: {
                type: "cloudflare:index/record:Record",
                properties: { zoneId: "${cloudflareZone.id}", name: "origin", content: dnsName },
            },
        },
        ExternalDNS: {
            first: {
                type: "kubernetes:externaldns.k8s.io/v1alpha1:DNSEndpoint",
                properties: { spec: { endpoints: [{ dnsName: name, recordType: "CNAME", targets: [dnsName] }] } },
            },
        },
        "Google Cloud DNS": {
            first: { type: "gcp:dns/recordSet:RecordSet", properties: { name: `${name}.`, rrdatas: [dnsName] } },
        },
        "Azure DNS": {
            first: {
                type: "azure-native:dns:RecordSet",
                properties: {
                    relativeRecordSetName: "origin",
                    zoneName: "example.com",
                    cnameRecord: { cname: dnsName },
                },
            },
        },
        NS1: {
            first: {
                type: "ns1:index/record:Record",
                properties: { zone: "example.com", domain: name, answers: [{ answer: dnsName }] },
            },
        },
        DigitalOcean: {
            first: {
                type: "digitalocean:index/dnsRecord:DnsRecord",
                properties: { domain: "example.com", name: "origin", value: dnsName },
            },
        },
        "another provider's record before one of Route 53": {
            first: {
                type: "dnsimple:index/zoneRecord:ZoneRecord",
                properties: { zoneName: "example.com", name: "origin", value: "alb.example.com" },
            },
            second: route53({ name: "alb.example.com", type: "A", aliases: [{ name: dnsName }] }),
        },
    };
    for (const [title, records] of Object.entries(ways)) {
        it(`by ${title}, for every rule that asks`, () => {
            for (const [rule, expected] of joining) {
                assert.deepEqual(verdictsOf(rule, changed({ ...breach, ...records })), [expected], rule.name);
            }
        });
    }

    it("not by a wildcard where the name, or one above it, has a record of its own", () => {
        const wildcard = route53({ name: "*.example.com", type: "CNAME", records: [dnsName] });
        const own = route53({ name, type: "A", records: ["192.0.2.1"] });
        const above = { "distribution.origins.0.domainName": "a.origin.example.com" };
        for (const [rule] of joining) {
            assert.deepEqual(verdictsOf(rule, changed({ ...breach, wildcard, own })), [], rule.name);
            assert.deepEqual(verdictsOf(rule, changed({ ...breach, ...above, wildcard, own })), [], rule.name);
        }
    });

    it("not by names that lead back to themselves", () => {
        const first = route53({ name, type: "CNAME", records: ["second.example.com"] });
        const second = route53({ name: "second.example.com", type: "CNAME", records: [name] });
        for (const [rule] of joining) {
            assert.deepEqual(verdictsOf(rule, changed({ ...breach, first, second })), [], rule.name);
        }
    });
});

describe("an origin may be a load balancer", () => {
    const said = (changes: Record<string, unknown>) => {
        for (const [rule] of joining) {
            const program = changed({ ...breach, ...changes });
            assert.deepEqual(verdictsOf(rule, program), ["cannot tell: distribution origins[0].domainName"], rule.name);
            assert.match(
                messagesOf(rule, program)[0] ?? "",
                /no record of this stack leads from "origin\.example\.com" to a load balancer, but load balancer "loadBalancer" /,
            );
        }
        return messagesOf(cloudfrontOriginAuthenticated, changed({ ...breach, ...changes }))[0];
    };

    it("that demands the header which the distribution sends", () => {
        const sent = {
            "distribution.origins.0.customHeaders": [{ name: "x-origin-verify", value: "0123456789abcdef" }],
        };
        assert.match(said(sent) ?? "", /demands the header "x-origin-verify" that the distribution sends\.$/);
        const other = { "distribution.origins.0.customHeaders": [{ name: "x-origin-verify", value: "another" }] };
        for (const [rule] of joining) {
            assert.deepEqual(verdictsOf(rule, changed({ ...breach, ...other })), [], rule.name);
        }
    });

    it("that has the distribution's certificate", () => {
        const arn = "arn:aws:acm:us-east-1:123456789012:certificate/1";
        const sharing = { "distribution.viewerCertificate.acmCertificateArn": arn, "listener.certificateArn": arn };
        assert.match(said(sharing) ?? "", /has the same certificate as the distribution\.$/);
        const own = {
            "distribution.viewerCertificate.acmCertificateArn": "${viewerCertificate.arn}",
            "listener.certificateArn": "${viewerValidation.certificateArn}",
        };
        assert.match(said(own) ?? "", /has the same certificate as the distribution\.$/);
    });

    it("behind a record whose zone is not in this stack", () => {
        const record = {
            type: "cloudflare:index/record:Record",
            properties: { zoneId: "0123456789abcdef", name: "origin", content: dnsName },
        };
        assert.match(said({ record }) ?? "", /is behind record "record", whose zone is not known in this stack\.$/);
    });
});

describe("an origin may be the load balancer of an Ingress", () => {
    const ingress = (spec: Record<string, unknown>, hostname?: string) => ({
        type: "kubernetes:networking.k8s.io/v1:Ingress",
        properties: {
            metadata: {
                name: "shop",
                annotations: hostname === undefined ? {} : { "external-dns.alpha.kubernetes.io/hostname": hostname },
            },
            spec: { ingressClassName: "alb", ...spec },
        },
    });
    const said = (ingressOfShop: ReturnType<typeof ingress>) =>
        messagesOf(cloudfrontOriginAuthenticated, changed({ ...breach, shop: ingressOfShop }));

    for (const [title, shop] of Object.entries({
        "in a rule": ingress({ rules: [{ host: "Origin.example.com" }] }),
        "in a rule with a wildcard": ingress({ rules: [{ host: "*.example.com" }] }),
        "of a certificate": ingress({ tls: [{ hosts: ["a.example.com", name] }] }),
        "in an annotation of ExternalDNS": ingress({}, `a.example.com, ${name}`),
    })) {
        it(`that answers for the origin's name ${title}`, () => {
            const [message = ""] = said(shop);
            assert.match(
                message,
                /load balancer "shop" is created for an Ingress that answers for "(origin|\*)\.example\.com"\.$/,
            );
        });
    }

    it("and is not where it answers for other names", () => {
        for (const shop of [ingress({}), ingress({ rules: [{ host: "example.com" }] }, "*.origin.example.com")]) {
            assert.deepEqual(said(shop), []);
        }
    });
});

describe("a load balancer behind an origin, of a type that is", () => {
    const linked = { ...breach, first: route53({ name, type: "CNAME", records: [dnsName] }) };

    it("application in another case is judged as one", () => {
        for (const [rule, expected] of joining) {
            const program = changed({ ...linked, "loadBalancer.loadBalancerType": "Application" });
            assert.deepEqual(verdictsOf(rule, program), [expected], rule.name);
        }
    });

    it("not known may be another, so nothing is certain of it", () => {
        for (const [rule] of joining) {
            const said = verdictsWithUnknown(rule, "loadBalancer.loadBalancerType", changed(linked));
            assert.deepEqual(said, ["cannot tell: loadBalancer loadBalancerType"], rule.name);
        }
    });
});
