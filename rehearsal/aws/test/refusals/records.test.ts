import assert from "node:assert/strict";
import * as path from "node:path";
import { readSubjects } from "../../../subjects";
import { RehearsedStack } from "../rehearsedStack";

describe("refusals of the rehearsed AWS: records", () => {
    let stack: RehearsedStack;
    beforeEach(async () => {
        stack = await new RehearsedStack().seed();
    });
    afterEach(() => stack.remove());

    // Source: Route 53 API reference, DeleteHealthCheck.
    it("but no deletion of a health check that a record has", async () => {
        const check = await stack.create("aws:route53/healthCheck:HealthCheck", {
            type: "HTTPS",
            fqdn: "a.example.com",
        });
        await stack.record({
            setIdentifier: "a",
            weightedRoutingPolicies: [{ weight: 1 }],
            healthCheckId: check.id,
        });
        await stack.delete(check);
    });
    it("that exist, lie outside of the zone, or contradict others", async () => {
        await stack.record({});
        await assert.rejects(
            stack.record({}),
            /InvalidChangeBatch: \[Tried to create resource record set \[name='a.example.com.', type='A'\] but it already exists\]/,
        );
        await assert.rejects(stack.record({ name: "a.example.org." }), /not permitted in zone example.com/);
        await assert.rejects(
            stack.record({ type: "CNAME", records: ["b.example.com"] }),
            /conflicts with other records/,
        );
        await assert.rejects(
            stack.record({ type: "CNAME", name: "example.com", records: ["b.example.com"] }),
            /not permitted at apex/,
        );
        await assert.rejects(stack.record({ name: "b", records: ["300.1.1.1"] }), /the type A needs an address/);
        await assert.rejects(stack.record({ name: "b", zoneId: "Z0" }), /NoSuchHostedZone/);
    });
    it("an overwriting record that is refused leaves what was there", async () => {
        await stack.record({});
        const before = stack.account.list();
        await assert.rejects(
            stack.record({
                allowOverwrite: true,
                records: undefined,
                ttl: undefined,
                aliases: [{ name: "gone.cloudfront.net", zoneId: "Z2FDTNDATAQYW2", evaluateTargetHealth: false }],
            }),
            /that target was not found/,
        );
        assert.deepEqual(stack.account.list(), before);
    });
    it("shows the records of a zone by the names that AWS writes", async () => {
        const getRecords = async (nameRegex?: string) => {
            const { zoneId } = await stack.lookUp("aws:route53/getZone:getZone", { name: "example.com" });
            const found = await stack.lookUp("aws:route53/getRecords:getRecords", { zoneId, nameRegex });
            return (found.resourceRecordSets as { name: string; type: string }[]).map(({ name, type }) => [name, type]);
        };
        await stack.record({});
        await stack.record({ name: "*.b.example.com" });
        const own = [
            ["a.example.com.", "A"],
            ["\\052.b.example.com.", "A"],
        ];
        assert.deepEqual(
            (await getRecords()).filter(([, type]) => type === "A"),
            own,
        );
        assert.deepEqual(await getRecords("^(a\\.example\\.com|\\\\052\\.b\\.example\\.com)\\.?$"), own);
        assert.deepEqual(await getRecords("^example"), [
            ["example.com.", "NS"],
            ["example.com.", "SOA"],
        ]);
        await assert.rejects(
            stack.lookUp("aws:route53/getRecords:getRecords", { zoneId: "Z0" }),
            /ListResourceRecordSets.*NoSuchHostedZone/,
        );
    });
    it("a look-up of a zone that the account does not have says how to give it one", async () => {
        await assert.rejects(
            stack.lookUp("aws:route53/getZone:getZone", { name: "example.net" }),
            /no matching Route 53 Hosted Zone found with the name example\.net\. The rehearsed account has: example\.com\. .*rehearse seed --hosted-zone example\.net/,
        );
        await stack.create("aws:route53/zone:Zone", { name: "example.net" });
        assert.equal((await stack.lookUp("aws:route53/getZone:getZone", { name: "example.net" })).name, "example.net");
    });
    it("no alias to a bucket's website", async () => {
        const bucket = await stack.create("aws:s3/bucket:Bucket", { bucket: "www.example.com" });
        const website = await stack.create("aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration", {
            bucket: bucket.id,
            indexDocument: { suffix: "index.html" },
        });
        assert.equal(website.properties.websiteEndpoint, "www.example.com.s3-website.eu-central-1.amazonaws.com");
        assert.equal(bucket.properties.hostedZoneId, "Z21DNDUVLTQW6Q");
        await stack.record({
            name: "www.example.com",
            ttl: undefined,
            records: undefined,
            aliases: [
                {
                    name: website.properties.websiteDomain,
                    zoneId: bucket.properties.hostedZoneId,
                    evaluateTargetHealth: true,
                },
            ],
        });
    });
    it("aliases to what is not there, or in ways that CloudFront does not allow", async () => {
        const certificate = await stack.certificate("us-east-1", "www.example.com");
        const { properties } = await stack.distribution({
            aliases: ["www.example.com"],
            viewerCertificate: { acmCertificateArn: certificate.id, sslSupportMethod: "sni-only" },
        });
        const alias = (more: object, name = "www.example.com", type = "A") =>
            stack.record({
                name,
                type,
                ttl: undefined,
                records: undefined,
                aliases: [
                    {
                        name: properties.domainName,
                        zoneId: "Z2FDTNDATAQYW2",
                        evaluateTargetHealth: false,
                        ...more,
                    },
                ],
            });
        await assert.rejects(alias({ name: "d0.cloudfront.net" }), /target was not found/);
        await assert.rejects(alias({ zoneId: "Z215JYRZR1TBD5" }), /does not lie within the target zone/);
        const noted = path.join(stack.directory, "subjects");
        process.env.REHEARSAL_SUBJECTS = noted;
        try {
            await alias({}, "other.example.com");
        } finally {
            delete process.env.REHEARSAL_SUBJECTS;
        }
        const [{ warning = "" } = {}] = readSubjects(noted);
        assert.match(
            warning,
            /^Route 53 takes this alias.*does not have the alternate domain name other\.example\.com\./,
        );
        await assert.rejects(alias({}, "www.example.com", "TXT"), /A, AAAA and HTTPS only/);
        await alias({}, "www.example.com", "HTTPS");
        await alias({ evaluateTargetHealth: true });
    });
});
