import * as assert from "node:assert/strict";
import { distributionInputs, RehearsedStack } from "../rehearsedStack";

describe("refusals of the rehearsed AWS: distributions", () => {
    let stack: RehearsedStack;
    beforeEach(async () => {
        stack = await new RehearsedStack().seed();
    });
    afterEach(() => stack.remove());

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
        const acl = await stack.webAcl();
        await stack.distribution({ webAclId: acl.properties["arn"] });
        await assert.rejects(stack.delete(acl), /WAFAssociatedItemException/);
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
