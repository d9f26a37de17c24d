import assert from "node:assert/strict";
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
            /aliases: need a certificate .*InvalidViewerCertificate/,
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
    const behavior = distributionInputs().defaultCacheBehavior as object;
    const cached = (...patterns: string[]) =>
        stack.distribution({ orderedCacheBehaviors: patterns.map((pathPattern) => ({ ...behavior, pathPattern })) });
    it("path patterns that are too many, doubled or hold other characters", async () => {
        const many = Array.from({ length: 75 }, (_, index) => `/${index}/*`);
        await assert.rejects(
            cached(...many),
            /has 75 orderedCacheBehaviors; AWS allows 74\. \(AWS: TooManyCacheBehaviors\)/,
        );
        await assert.rejects(
            cached("/a/*", "/a/*"),
            /orderedCacheBehaviors: has the pathPattern \/a\/\* twice\. \(AWS: InvalidArgument\)/,
        );
        for (const pattern of ["/a b", "/a%20b", "/a=b", "", `/${"a".repeat(255)}`]) {
            await assert.rejects(cached(pattern), /pathPattern: is .*; AWS allows 1 to 255 letters.*InvalidArgument/);
        }
        await cached(...many.slice(2), "/a?b/~$*.js");
    });
    it("more origins, names and headers than the quotas allow, and headers twice", async () => {
        const [origin] = distributionInputs().origins as object[];
        const origins = Array.from({ length: 26 }, (_, index) => ({
            ...origin,
            originId: index === 0 ? "origin" : `o${index}`,
        }));
        await assert.rejects(
            stack.distribution({ origins }),
            /has 26 origins; AWS allows 25\. \(AWS: TooManyOrigins\)/,
        );
        const aliases = Array.from({ length: 101 }, (_, index) => `n${index}.example.com`);
        await assert.rejects(
            stack.distribution({ aliases }),
            /has 101 aliases; AWS allows 100\. \(AWS: TooManyDistributionCNAMEs\)/,
        );
        const headers = (...names: string[]) =>
            stack.distribution({
                origins: [{ ...origin, customHeaders: names.map((name) => ({ name, value: "v" })) }],
            });
        await assert.rejects(
            headers(...Array.from({ length: 31 }, (_, index) => `x-${index}`)),
            /has 31 customHeaders; AWS allows 30\. \(AWS: TooManyOriginCustomHeaders\)/,
        );
        await assert.rejects(headers("X-A", "x-a"), /customHeaders: has the name x-a twice\. \(AWS: InvalidArgument\)/);
        await headers("X-A", "X-B");
    });
    it("functions that are missing, unpublished, too large, or one too many for an event", async () => {
        const create = (more: object = {}, name = "it") =>
            stack.create(
                "aws:cloudfront/function:Function",
                { runtime: "cloudfront-js-2.0", code: "x", ...more },
                name,
            );
        const associated = (...functionAssociations: object[]) =>
            stack.distribution({ defaultCacheBehavior: { ...behavior, functionAssociations } });
        const on = (eventType: string, functionArn: unknown) => ({ eventType, functionArn });
        const one = await create();
        const { arn } = one.properties;
        assert.equal(one.properties.status, "UNASSOCIATED");
        await assert.rejects(
            create({ code: "x".repeat(10_241) }, "large"),
            /10241 characters; AWS allows up to 10,240 bytes\. \(AWS: FunctionSizeLimitExceeded\)/,
        );
        await assert.rejects(create({ code: "" }, "empty"), /code: is empty\. \(AWS: InvalidArgument\)/);
        await assert.rejects(create({ runtime: "cloudfront-js-3.0" }), /runtime: is "cloudfront-js-3.0"/);
        await assert.rejects(create({ name: one.id }), /409, .*FunctionAlreadyExists/);
        await assert.rejects(create({ name: "a b" }), /name: is "a b"; AWS allows only what matches .*\{1,64\}/);
        const draft = await create({ publish: false }, "draft");
        assert.equal(draft.properties.status, "UNPUBLISHED");
        await assert.rejects(
            associated(on("viewer-request", draft.properties.arn)),
            /InvalidFunctionAssociation: .*not published to the LIVE stage/,
        );
        await assert.rejects(
            associated(on("viewer-request", "arn:aws:cloudfront::111122223333:function/none")),
            /InvalidFunctionAssociation: .*does not exist/,
        );
        await assert.rejects(
            associated(on("origin-request", arn)),
            /eventType: is "origin-request"; AWS allows "viewer-request", "viewer-response"/,
        );
        await assert.rejects(
            associated(on("viewer-request", arn), on("viewer-request", arn)),
            /functionAssociations\[1\]\.eventType: is "viewer-request", which .*\[0\] has already/,
        );
        await assert.rejects(
            stack.distribution({
                defaultCacheBehavior: {
                    ...behavior,
                    functionAssociations: [on("viewer-request", arn)],
                    lambdaFunctionAssociations: [{ eventType: "viewer-response", lambdaArn: "arn:aws:lambda:x" }],
                },
            }),
            /lambdaFunctionAssociations: has a Lambda function on a viewer event/,
        );
        const attached = await associated(on("viewer-request", arn), on("viewer-response", arn));
        await assert.rejects(stack.delete(one), /409, .*FunctionInUse/);
        assert.equal((await stack.update(one, { ...one.inputs, code: "y" })).properties.status, "ASSOCIATED");
        await stack.delete(attached);
        await stack.delete(one);
    });
    it("a default root object with a slash", async () => {
        await assert.rejects(stack.distribution({ defaultRootObject: "/index.html" }), /InvalidDefaultRootObject/);
    });
    it("access logs: a second source, and fields that the log does not have", async () => {
        const region = "us-east-1";
        const { arn: resourceArn } = (await stack.distribution()).properties;
        const source = () =>
            stack.create("aws:cloudwatch/logDeliverySource:LogDeliverySource", {
                region,
                logType: "ACCESS_LOGS",
                resourceArn,
                name: `source-${String(stack.account.list().length)}`,
            });
        const first = await source();
        await assert.rejects(source(), /ConflictException: This ResourceId has already been used/);
        const group = await stack.create("aws:cloudwatch/logGroup:LogGroup", { region });
        const destination = await stack.create("aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination", {
            region,
            deliveryDestinationConfiguration: { destinationResourceArn: group.properties.arn },
        });
        const deliver = (...recordFields: string[]) =>
            stack.create("aws:cloudwatch/logDelivery:LogDelivery", {
                region,
                deliverySourceName: first.id,
                deliveryDestinationArn: destination.properties.arn,
                recordFields,
            });
        await assert.rejects(deliver("c-ip", "cs-host"), /ValidationException: .*does not have: cs-host/);
        await deliver("timestamp(ms)", "c-ip", "cs(Host)", "ssl-protocol");
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
        await stack.distribution({ webAclId: acl.properties.arn });
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

    it("access controls, keys and their groups that are in use are not deleted", async () => {
        const accessControl = await stack.create(
            "aws:cloudfront/originAccessControl:OriginAccessControl",
            { name: "a", originAccessControlOriginType: "s3", signingBehavior: "always", signingProtocol: "sigv4" },
            "control",
        );
        const key = await stack.create(
            "aws:cloudfront/publicKey:PublicKey",
            { encodedKey: "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n" },
            "key",
        );
        const group = await stack.create("aws:cloudfront/keyGroup:KeyGroup", { items: [key.id] }, "keys");
        const { defaultCacheBehavior } = distributionInputs();
        const distribution = await stack.distribution({
            defaultCacheBehavior: { ...(defaultCacheBehavior as object), trustedKeyGroups: [group.id] },
            origins: [
                {
                    originId: "origin",
                    domainName: "data.s3.eu-central-1.amazonaws.com",
                    originAccessControlId: accessControl.id,
                },
            ],
        });
        await assert.rejects(stack.delete(accessControl), /OriginAccessControlInUse/);
        await assert.rejects(stack.delete(key), /PublicKeyInUse/);
        await assert.rejects(stack.delete(group), /ResourceInUse/);
        await stack.delete(distribution);
        for (const unused of [group, key, accessControl]) {
            await stack.delete(unused);
        }
    });
});
