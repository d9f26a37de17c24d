import assert from "node:assert/strict";
import { Provider } from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";
import { tokens } from "./test/deployedEdge";
import { deploy, type Deployment } from "./test/deployment";

/** The zone of each record that is made, by the name of its resource. */
function zonesOf(deployment: Deployment): Record<string, unknown> {
    return Object.fromEntries(deployment.all(tokens.record).map(({ name, inputs }) => [name, inputs.zoneId]));
}

describe("EncryptedEdge with names in several zones", () => {
    it("puts each record into the longest zone that holds its name", async () => {
        const deployment = await deploy({
            domainNames: ["www.example.com", "www.example.net", "*.shop.example.com"],
            redirectedDomainNames: ["example.net"],
            originDomainName: "origin.shop.example.com",
            hostedZones: [{ name: "example.net" }, { name: "shop.example.com", id: "ZSHOP" }],
        });
        const zones = zonesOf(deployment);
        assert.equal(zones["edge-viewer-a-www.example.com"], "Z-of-example.com");
        assert.equal(zones["edge-viewer-aaaa-www.example.net"], "Z-of-example.net");
        assert.equal(zones["edge-viewer-https-example.net"], "Z-of-example.net");
        assert.equal(zones["edge-viewer-a-*.shop.example.com"], "ZSHOP");
        assert.equal(zones["edge-viewer-validation-shop.example.com"], "ZSHOP");
        assert.equal(zones["edge-viewer-validation-example.net"], "Z-of-example.net");
        assert.equal(zones["edge-origin-a-origin.shop.example.com"], "ZSHOP");
        assert.equal(zones["edge-origin-validation-origin.shop.example.com"], "ZSHOP");
        assert.deepEqual([deployment.outputs.validationRecords, deployment.outputs.dnsRecords], [{}, {}]);
    });

    it("takes the id of a zone that the same program makes, and looks nothing up then", async () => {
        const deployment = await deploy({ hostedZoneName: "example.com", hostedZoneId: pulumi.output("ZMADE") });
        assert.deepEqual([...new Set(Object.values(zonesOf(deployment)))], ["ZMADE"]);
        assert.ok(!deployment.lookups.some(({ token }) => token.includes("getZone")));
    });
});

describe("EncryptedEdge with DNS that is not Route 53", () => {
    it("makes and looks up nothing of Route 53, and hands out the records", async () => {
        const deployment = await deploy({
            dnsRecordsEnabled: false,
            domainNames: ["www.example.com", "example.com"],
            forwardHostHeader: true,
        });
        assert.deepEqual(deployment.all(tokens.record), []);
        assert.ok(!deployment.lookups.some(({ token }) => token.includes("route53")));
        const validation = (name: string) => ({
            name: `_token.${name}`,
            type: "CNAME",
            value: `_answer.${name}.acm-validations.aws`,
        });
        assert.deepEqual(deployment.outputs.validationRecords, {
            "www.example.com": validation("www.example.com"),
            "example.com": validation("example.com"),
            "origin.example.com": validation("origin.example.com"),
        });
        const cloudFront = "d111111abcdef8.cloudfront.net";
        assert.deepEqual(deployment.outputs.dnsRecords, {
            "www.example.com": { name: "www.example.com", type: "CNAME", value: cloudFront },
            "example.com": { name: "example.com", type: "ALIAS", value: cloudFront },
            "origin.example.com": { name: "origin.example.com", type: "CNAME", value: "alb.example.elb.amazonaws.com" },
        });
    });

    it("waits for ACM all the same, as long as it is told", async () => {
        const deployment = await deploy({ dnsRecordsEnabled: false, certificateValidationTimeout: 30 });
        for (const { inputs, options } of deployment.all(tokens.certificateValidation)) {
            assert.deepEqual(options.customTimeouts, { create: "30m" });
            assert.match(String((inputs.validationRecordFqdns as string[])[0]), /^_token\..*example\.com$/);
        }
        assert.equal(deployment.all(tokens.certificateValidation).length, 2);
    });

    it("has some zones in Route 53 and others elsewhere", async () => {
        const deployment = await deploy({
            domainNames: ["www.example.com", "www.example.org"],
            hostedZones: [{ name: "example.org", dnsRecordsEnabled: false }],
        });
        assert.ok(Object.keys(zonesOf(deployment)).every((name) => !name.includes("example.org")));
        assert.deepEqual(Object.keys(deployment.outputs.dnsRecords as object), ["www.example.org"]);
        assert.deepEqual(Object.keys(deployment.outputs.validationRecords as object), ["www.example.org"]);
        assert.equal(zonesOf(deployment)["edge-viewer-a-www.example.com"], "Z-of-example.com");
    });
});

describe("EncryptedEdge with zones of another account", () => {
    const records = (deployment: Deployment) => deployment.all(tokens.record);

    it("reaches Route 53 and nothing else by a provider that assumes the role", async () => {
        const roleArn = "arn:aws:iam::444455556666:role/dns";
        const deployment = await deploy({ dnsAccount: { roleArn, externalId: "edge-of-example" } });
        const provider = deployment.find("pulumi:providers:aws");
        assert.equal(provider.name, "edge-dns");
        assert.deepEqual(JSON.parse(String(provider.inputs.assumeRoles)), [{ externalId: "edge-of-example", roleArn }]);
        assert.deepEqual([...new Set(records(deployment).map(({ provider: used }) => used))], ["edge-dns"]);
        const zones = deployment.lookups.filter(({ token }) => token === "aws:route53/getZone:getZone");
        assert.deepEqual(zones, [{ token: "aws:route53/getZone:getZone", provider: "edge-dns" }]);
        const others = deployment.resources.filter(({ type, custom }) => custom && type !== tokens.record);
        assert.deepEqual([...new Set(others.map(({ provider: used }) => used))], [""]);
    });

    it("reaches it by a provider that the program has, too", async () => {
        const dnsProvider = () => new Provider("of-the-zones", { region: "us-east-1" });
        const deployment = await deploy({}, { dnsProvider });
        assert.deepEqual([...new Set(records(deployment).map(({ provider }) => provider))], ["of-the-zones"]);
        assert.deepEqual(deployment.all("pulumi:providers:aws"), []);
    });

    it("takes a profile of the AWS configuration files", async () => {
        const deployment = await deploy({ dnsAccount: { profile: "dns" } });
        assert.equal(deployment.find("pulumi:providers:aws").inputs.profile, "dns");
    });
});
