import assert from "node:assert/strict";

import { StackGraph, UNKNOWN, type Resource } from "../graph";
import type { Finding } from "../rule";
import { resource } from "../test/stack";
import { hostName } from "./dnsRecords";
import { linksOf } from "./entries";
import { reportUnknownOrigins } from "../rules/originReports";
import { isLoadBalancerName } from "./otherLoadBalancers";

const dnsName = "web-1.eu-west-1.elb.amazonaws.com";
const web = resource("aws:lb/loadBalancer:LoadBalancer", "web", { arn: "lb", dnsName });
const network = resource("aws:lb/loadBalancer:LoadBalancer", "network", {
    arn: "nlb",
    dnsName: "network-1.elb.eu-west-1.amazonaws.com",
    loadBalancerType: "network",
});
const zone = resource("aws:route53/zone:Zone", "zone", { zoneId: "Z1", id: "Z1", name: "example.com" });
const record = (properties: Record<string, unknown>, used: Record<string, readonly Resource[]> = {}) =>
    resource("aws:route53/record:Record", "record", properties, used);
const nativeRecord = (properties: Record<string, unknown>, used: Record<string, readonly Resource[]> = {}) =>
    resource("aws-native:route53:RecordSet", "record", properties, used);
const distribution = (domainName: unknown, used: readonly Resource[] = [], custom: unknown = {}) =>
    resource(
        "aws:cloudfront/distribution:Distribution",
        "edge",
        { origins: [{ originId: "o", domainName, customOriginConfig: custom }] },
        used.length > 0 ? { origins: used } : {},
    );

/** Names of the load balancers that distributions of a stack lead to. */
function reached(...resources: Resource[]): string[] {
    return linksOf(new StackGraph(resources)).entries.map(({ loadBalancer }) => loadBalancer.name);
}

describe("a distribution leads to a load balancer", () => {
    it("by the balancer's own name, as DNS reads it", () => {
        for (const name of [dnsName, `${dnsName.toUpperCase()}.`, `dualstack.${dnsName}`]) {
            assert.deepEqual(reached(web, distribution(name)), ["web"], name);
        }
        assert.deepEqual(reached(web, distribution(`x.dualstack.${dnsName}`)), []);
        assert.deepEqual(reached(web, distribution("www.example.com")), []);
        assert.deepEqual(reached(web, distribution(7)), []);
    });

    it("by a record of each provider and kind", () => {
        const name = "origin.example.com";
        for (const found of [
            record({ name, aliases: [{ name: dnsName }] }),
            record({ name, aliases: [{ name: UNKNOWN }] }, { aliases: [web] }),
            record({ name, records: [dnsName] }),
            record({ name, records: [UNKNOWN] }, { records: [web] }),
            record({ fqdn: name, aliases: [{ name: dnsName }] }),
            nativeRecord({ name, aliasTarget: { dnsName } }),
            nativeRecord({ name, aliasTarget: { dnsName: UNKNOWN } }, { aliasTarget: [web] }),
            nativeRecord({ name, resourceRecords: [dnsName] }),
            nativeRecord({ name, resourceRecords: [UNKNOWN] }, { resourceRecords: [web] }),
        ]) {
            assert.deepEqual(reached(web, found, distribution(name)), ["web"], JSON.stringify(found.properties));
        }
        for (const other of [
            record({ name, aliases: [{ name: "other-1.eu-west-1.elb.amazonaws.com" }] }),
            record({ name, aliases: [{ name: 7 }] }),
            record({ name }),
            record({ name: "other.example.com", aliases: [{ name: dnsName }] }),
            record({ name: UNKNOWN, aliases: [{ name: dnsName }] }),
        ]) {
            assert.deepEqual(reached(web, other, distribution(name)), [], JSON.stringify(other.properties));
        }
    });

    it("by a record that is named without its zone", () => {
        const aliases = [{ name: dnsName }];
        const bare = record({ name: "origin", zoneId: "Z1", aliases });
        const native = nativeRecord({ name: "origin", hostedZoneId: "Z1", aliasTarget: { dnsName } });
        for (const found of [bare, native]) {
            assert.deepEqual(reached(web, zone, found, distribution("origin.example.com")), ["web"]);
            assert.deepEqual(reached(web, found, distribution("origin.example.com")), []);
        }
        const unknown = nativeRecord(
            { name: "origin", hostedZoneId: UNKNOWN, aliasTarget: { dnsName } },
            { hostedZoneId: [zone] },
        );
        assert.deepEqual(reached(web, zone, unknown, distribution("origin.example.com")), ["web"]);
        const nameless = resource("aws:route53/zone:Zone", "zone", { id: "Z1", name: UNKNOWN });
        assert.deepEqual(reached(web, nameless, bare, distribution("origin.undefined")), []);
    });

    it("while names are unknown, by what the origins depend on", () => {
        assert.deepEqual(reached(web, distribution(UNKNOWN, [web])), ["web"]);
        assert.deepEqual(reached(web, distribution(UNKNOWN)), []);
        const alias = record({ name: "origin.example.com", aliases: [{ name: UNKNOWN }] }, { aliases: [web] });
        assert.deepEqual(reached(web, alias, distribution(UNKNOWN, [alias])), ["web"]);
        const other = record({ name: "other.example.com", records: ["192.0.2.1"] });
        assert.deepEqual(reached(web, other, distribution(UNKNOWN, [other])), []);
    });

    it("never to a network load balancer, by whichever way", () => {
        const name = "origin.example.com";
        const alias = record({ name, aliases: [{ name: UNKNOWN }] }, { aliases: [network] });
        const vpcOrigin = resource("aws:cloudfront/vpcOrigin:VpcOrigin", "vo", {
            id: "vo-1",
            vpcOriginEndpointConfig: { arn: "nlb" },
        });
        const inside = resource("aws:cloudfront/distribution:Distribution", "edge", {
            origins: [{ originId: "o", vpcOriginConfig: { vpcOriginId: "vo-1" } }],
        });
        assert.deepEqual(reached(network, alias, distribution(name)), []);
        assert.deepEqual(reached(network, distribution(network.properties.dnsName)), []);
        assert.deepEqual(reached(network, distribution(UNKNOWN, [network])), []);
        assert.deepEqual(reached(network, vpcOrigin, inside), []);
        const toWeb = { ...vpcOrigin, properties: { id: "vo-1", vpcOriginEndpointConfig: { arn: "lb" } } };
        assert.deepEqual(reached(web, toWeb, inside), ["web"]);
    });

    it("and the listeners and rules of each balancer are its own", () => {
        const listener = resource("aws:lb/listener:Listener", "listener", { arn: "l", loadBalancerArn: "lb" });
        const rule = resource("aws:lb/listenerRule:ListenerRule", "rule", { listenerArn: "l" });
        const links = linksOf(new StackGraph([web, network, listener, rule]));
        assert.deepEqual(links.listenersOf(web), [listener]);
        assert.deepEqual(links.listenersOf(network), []);
        assert.deepEqual(links.rulesOf(listener), [rule]);
        assert.deepEqual(links.entriesOf(web), []);
    });
});

describe("a load balancer's name", () => {
    it("is told from any other, in every Region and partition", () => {
        for (const name of [
            "web-1.eu-west-1.elb.amazonaws.com",
            "web-1.elb.eu-west-1.amazonaws.com",
            "WEB-1.elb.us-gov-west-1.amazonaws.com.",
            "web-1.cn-north-1.elb.amazonaws.com.cn",
        ]) {
            assert.ok(isLoadBalancerName(name), name);
        }
        for (const name of [
            "www.example.com",
            "web-1.elb.amazonaws.com.example.com",
            "web-1.elb.a.b.amazonaws.com",
            "elb.amazonaws.com",
            undefined,
        ]) {
            assert.ok(!isLoadBalancerName(name), name);
        }
        assert.equal(hostName("dualstack.example.com."), "dualstack.example.com");
    });
});

describe("an origin that may be a load balancer", () => {
    const reference = resource("pulumi:pulumi:StackReference", "network");
    const bucket = resource("aws:s3/bucket:Bucket", "bucket");
    const said = (...resources: Resource[]) => {
        const findings: Finding[] = [];
        reportUnknownOrigins(new StackGraph(resources), (finding) => findings.push(finding), "it holds");
        return findings.map(({ path, message }) => [path, message]);
    };
    const cannotTell = [
        ["origins[0].domainName", "Cannot tell whether it holds: origins[0].domainName is not known yet."],
    ];

    it("is said where its name comes from another stack, or from nowhere that is known", () => {
        assert.deepEqual(said(distribution(UNKNOWN)), cannotTell);
        assert.deepEqual(said(reference, distribution(UNKNOWN, [reference])), cannotTell);
        assert.deepEqual(said(reference, bucket, distribution(UNKNOWN, [bucket, reference])), cannotTell);
    });

    it("is not said where the name is known, comes from this stack, or is no custom origin's", () => {
        assert.deepEqual(said(distribution("www.example.com")), []);
        assert.deepEqual(said(bucket, distribution(UNKNOWN, [bucket])), []);
        assert.deepEqual(said(distribution(UNKNOWN, [], null)), []);
        assert.deepEqual(said(web, reference, distribution(UNKNOWN, [web, reference])), []);
    });

    it("is said of a VPC origin that is not known", () => {
        const inside = resource("aws:cloudfront/distribution:Distribution", "edge", {
            origins: [{ originId: "o", domainName: "a", vpcOriginConfig: { vpcOriginId: UNKNOWN } }],
        });
        assert.deepEqual(
            said(inside).map(([path]) => path),
            ["origins[0].vpcOriginConfig.vpcOriginId"],
        );
    });
});
