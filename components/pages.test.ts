import assert from "node:assert/strict";
import { type Behavior, tokens } from "./test/deployedEdge";
import { deploy, type Deployment } from "./test/deployment";

interface Statement {
    readonly Sid: string;
    readonly Action: string;
    readonly Resource: string | string[];
    readonly Condition: unknown;
}

const optimized = "658327ea-f89d-4fab-a63d-7e88639e58f6";
const arnOf = `arn:aws:mock:${tokens.distribution}:edge-distribution`;
const distributionOf = (deployment: Deployment) => deployment.find(tokens.distribution).inputs;
const behaviorsOf = (deployment: Deployment) => distributionOf(deployment).orderedCacheBehaviors as Behavior[];
const bucketOrigins = (deployment: Deployment) =>
    ((distributionOf(deployment).origins as { value?: Behavior[] }).value ?? []).slice(1);

describe("The error page of an EncryptedEdge", () => {
    it("lies in a private bucket that this distribution alone reads, over TLS alone", async () => {
        const deployment = await deploy({ errorPages: {}, loadBalancerLogEnabled: false });
        const { bucket, policy } = deployment.find(tokens.bucketPolicy).inputs;
        const arn = `arn:aws:s3:::${String(bucket)}`;
        const { Statement: statements } = JSON.parse(String(policy)) as { Statement: Statement[] };
        assert.deepEqual(
            statements.map(({ Action, Resource, Condition }) => [Action, Resource, Condition]),
            [
                ["s3:GetObject", `${arn}/*`, { StringEquals: { "AWS:SourceArn": arnOf } }],
                ["s3:ListBucket", arn, { StringEquals: { "AWS:SourceArn": arnOf } }],
                ["s3:*", [arn, `${arn}/*`], { Bool: { "aws:SecureTransport": "false" } }],
            ],
        );
        const { blockPublicAcls, blockPublicPolicy, ignorePublicAcls, restrictPublicBuckets } = deployment.find(
            tokens.bucketPublicAccessBlock,
        ).inputs;
        assert.deepEqual(
            [blockPublicAcls, blockPublicPolicy, ignorePublicAcls, restrictPublicBuckets],
            [true, true, true, true],
        );
        assert.deepEqual(deployment.find(tokens.bucketEncryption).inputs.rules, [
            { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
        ]);
        assert.equal(deployment.find(tokens.bucket).protect, true);
        const { key, content, contentType } = deployment.find(tokens.bucketObject).inputs;
        assert.deepEqual([key, contentType], ["error-pages/error.html", "text/html; charset=utf-8"]);
        assert.match(String(content), /<h1>This site is temporarily unavailable<\/h1>/);
    });

    it("replaces 502, 503 and 504 for a few seconds, with the same status", async () => {
        const deployment = await deploy({ errorPages: {} });
        assert.deepEqual(
            distributionOf(deployment).customErrorResponses,
            [502, 503, 504].map((code) => ({
                errorCode: code,
                responseCode: code,
                responsePagePath: "/error-pages/error.html",
                errorCachingMinTtl: 5,
            })),
        );
        const [pages, ...others] = behaviorsOf(deployment);
        assert.deepEqual(
            [pages?.pathPattern, pages?.targetOriginId, pages?.cachePolicyId, others],
            ["/error-pages/*", "error-pages", optimized, []],
        );
        assert.deepEqual(bucketOrigins(deployment), [
            {
                originId: "error-pages",
                domainName: "edge-error-pages-0123456.s3.eu-central-1.amazonaws.com",
                originAccessControlId: "edge-error-pages-access-control-id",
            },
        ]);
        assert.deepEqual(deployment.find(tokens.originAccessControl).inputs, {
            originAccessControlOriginType: "s3",
            signingBehavior: "always",
            signingProtocol: "sigv4",
        });
    });

    it("is a team's own, from a text or from a bucket that there is", async () => {
        const own = await deploy({ errorPages: { html: "<h1>Back soon</h1>", statusCodes: [500], cachingMinTtl: 0 } });
        assert.equal(own.find(tokens.bucketObject).inputs.content, "<h1>Back soon</h1>");
        assert.deepEqual(distributionOf(own).customErrorResponses, [
            {
                errorCode: 500,
                responseCode: 500,
                responsePagePath: "/error-pages/error.html",
                errorCachingMinTtl: 0,
            },
        ]);
        const bucketRegionalDomainName = "acme-pages.s3.eu-central-1.amazonaws.com";
        const given = await deploy({ errorPages: { bucketRegionalDomainName }, loadBalancerLogEnabled: false });
        assert.equal(bucketOrigins(given)[0]?.domainName, bucketRegionalDomainName);
        assert.deepEqual(
            given.resources.filter(({ type }) => type.startsWith("aws:s3/")),
            [],
        );
    });

    it("is not there where nobody asked for one", async () => {
        const deployment = await deploy();
        const { customErrorResponses, orderedCacheBehaviors } = distributionOf(deployment);
        assert.deepEqual([customErrorResponses, orderedCacheBehaviors], [undefined, []]);
        assert.deepEqual([bucketOrigins(deployment), deployment.all(tokens.originAccessControl)], [[], []]);
    });

    it("answers everything during maintenance, although no function was there", async () => {
        const args = { forwardedHeadersEnabled: false, errorPages: { html: "<h1>Back soon</h1>" } };
        assert.deepEqual((await deploy(args)).all(tokens.edgeFunction), []);
        const { code } = (await deploy({ ...args, maintenance: true })).find(tokens.edgeFunction).inputs;
        assert.match(String(code), /"<h1>Back soon<\/h1>"/);
    });
});

describe("Static files of an EncryptedEdge", () => {
    it("come from a bucket of their own, before anything that is cached otherwise", async () => {
        const deployment = await deploy({
            staticFiles: { paths: ["/assets/*", "/favicon.ico"] },
            cachedPaths: ["/docs/*"],
        });
        assert.deepEqual(
            behaviorsOf(deployment).map((one) => [
                one.pathPattern,
                one.targetOriginId,
                one.cachePolicyId,
                one.originRequestPolicyId,
            ]),
            [
                ["/assets/*", "static-files", optimized, undefined],
                ["/favicon.ico", "static-files", optimized, undefined],
                ["/docs/*", "load-balancer", optimized, undefined],
            ],
        );
        assert.equal(deployment.outputs.staticFilesBucketName, "edge-static-files-0123456");
        assert.equal(deployment.outputs.distributionArn, arnOf);
        assert.deepEqual(deployment.all(tokens.bucketObject), []);
    });

    it("come from a bucket that there is", async () => {
        const deployment = await deploy({
            staticFiles: { paths: ["/a/*"], bucketRegionalDomainName: "acme-files.s3.eu-central-1.amazonaws.com" },
        });
        assert.equal(bucketOrigins(deployment)[0]?.domainName, "acme-files.s3.eu-central-1.amazonaws.com");
        assert.equal(deployment.outputs.staticFilesBucketName, "");
        assert.equal(deployment.all(tokens.bucketPolicy).length, 1);
    });
});

describe("Cache behaviors of an EncryptedEdge", () => {
    const inKey = (deployment: Deployment, suffix: string) => {
        const policy = deployment.find(tokens.cachePolicy, suffix).inputs;
        const parts = policy.parametersInCacheKeyAndForwardedToOrigin as Record<string, Record<string, unknown>>;
        return { policy, parts };
    };
    const suffixOf = (behavior: Behavior | undefined) => String(behavior?.cachePolicyId).replace(/^.*-(\w+)-id$/, "$1");

    it("share a policy where they are cached alike, whatever the order of their names", async () => {
        const deployment = await deploy({
            cacheBehaviors: [
                { path: "/a/*", queryStrings: ["width", "height"] },
                { path: "/b/*", queryStrings: ["height", "width"] },
                { path: "/c/*" },
                { path: "/d/*", queryStrings: ["*"], originCacheControl: true },
            ],
        });
        const [a, b, c, d] = behaviorsOf(deployment);
        assert.equal(deployment.all(tokens.cachePolicy).length, 2);
        assert.equal(a?.cachePolicyId, b?.cachePolicyId);
        assert.equal(c?.cachePolicyId, optimized);
        assert.deepEqual(inKey(deployment, suffixOf(a)).parts.queryStringsConfig, {
            queryStringBehavior: "whitelist",
            queryStrings: { items: ["height", "width"] },
        });
        const { policy, parts } = inKey(deployment, suffixOf(d));
        assert.deepEqual(parts.queryStringsConfig, { queryStringBehavior: "all" });
        assert.deepEqual([policy.minTtl, policy.defaultTtl, policy.maxTtl], [0, 0, 31_536_000]);
    });

    it("keep origins apart where other origins' pages may use them, preflight requests too", async () => {
        const deployment = await deploy({ cacheBehaviors: [{ path: "/fonts/*", cors: true }] });
        const [fonts] = behaviorsOf(deployment);
        const { policy, parts } = inKey(deployment, suffixOf(fonts));
        assert.deepEqual(parts.headersConfig, {
            headerBehavior: "whitelist",
            headers: { items: ["Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers"] },
        });
        assert.deepEqual(fonts?.cachedMethods, ["GET", "HEAD", "OPTIONS"]);
        assert.deepEqual([policy.minTtl, policy.defaultTtl], [1, 86_400]);
    });

    it("have no cookie and no authorization in any form", async () => {
        for (const queryStrings of [[], ["a"], ["*"]]) {
            for (const originCacheControl of [false, true]) {
                for (const cors of [false, true]) {
                    const deployment = await deploy({
                        cacheBehaviors: [{ path: "/a/*", queryStrings, originCacheControl, cors }],
                    });
                    for (const behavior of behaviorsOf(deployment)) {
                        assert.equal(behavior.originRequestPolicyId, undefined);
                        assert.deepEqual(behavior.allowedMethods, ["GET", "HEAD", "OPTIONS"]);
                    }
                    for (const { inputs } of deployment.all(tokens.cachePolicy)) {
                        const { cookiesConfig, headersConfig } =
                            inputs.parametersInCacheKeyAndForwardedToOrigin as Record<string, unknown>;
                        assert.deepEqual(cookiesConfig, { cookieBehavior: "none" });
                        assert.doesNotMatch(JSON.stringify(headersConfig), /authorization|cookie|host/i);
                    }
                }
            }
        }
    });
});
