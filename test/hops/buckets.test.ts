import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { encryptedEdgeAccount } from "./account";
import { type Fixture, set } from "./account";
import { Served } from "./served";

type Account = ReturnType<typeof encryptedEdgeAccount>;

const fixture = (type: string, id: string, properties: Fixture["properties"]): Fixture => ({ type, id, properties });
const policy = (...statements: object[]) =>
    fixture("aws:s3/bucketPolicy:BucketPolicy", "pages", {
        bucket: "pages",
        policy: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
    });
const forDistribution = {
    Effect: "Allow",
    Principal: { Service: "cloudfront.amazonaws.com" },
    Action: "s3:GetObject",
    Resource: "arn:aws:s3:::pages/*",
    Condition: { StringEquals: { "AWS:SourceArn": "arn:distribution" } },
};
const object = (key: string, content: string, more: Fixture["properties"] = {}) =>
    fixture("aws:s3/bucketObjectv2:BucketObjectv2", `pages/${key}`, {
        bucket: "pages",
        key,
        content,
        contentType: "text/html",
        lastModified: "2026-01-02T03:04:05.000Z",
        ...more,
    });
const control = (signingBehavior: string) =>
    fixture("aws:cloudfront/originAccessControl:OriginAccessControl", "control", {
        originAccessControlOriginType: "s3",
        signingBehavior,
        signingProtocol: "sigv4",
    });

/** A bucket behind the path `/pages/`, as an origin of the correct edge. */
function withBucket({ distribution }: Account, origin: object = { originAccessControlId: "control" }): Fixture {
    set(distribution, "origins", [
        ...(distribution.properties.origins as object[]),
        { originId: "pages", domainName: "pages.s3.eu-central-1.amazonaws.com", ...origin },
    ]);
    set(distribution, "orderedCacheBehaviors", [
        {
            pathPattern: "/pages/*",
            targetOriginId: "pages",
            viewerProtocolPolicy: "redirect-to-https",
            allowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
            cachedMethods: ["GET", "HEAD"],
            cachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
        },
    ]);
    return fixture("aws:s3/bucket:Bucket", "pages", { bucket: "pages", arn: "arn:aws:s3:::pages" });
}

describe("a bucket as an origin of the rehearsed edge", () => {
    let served: Served;
    afterEach(() => served.traffic.close());

    const serve = async (more: Fixture[], origin?: object) => {
        served = await Served.start((account) => [withBucket(account, origin), ...more]);
    };
    const status = async (path: string, method = "GET") => (await served.ask({ path, method })).status;
    const error = object("pages/503.html", "<h1>Back soon</h1>");

    it("answers CloudFront with origin access control, and with the object's headers", async () => {
        const about = object("pages/a b.html", "<p>ä</p>", { cacheControl: "max-age=60", metadata: { a: "1" } });
        await serve([control("always"), policy(forDistribution), about]);
        const { status, headers, body } = await served.ask({ path: "/pages/a%20b.html?x=1" });
        assert.deepEqual([status, body], [200, "<p>ä</p>"]);
        assert.equal(headers["content-type"], "text/html");
        assert.equal(headers["cache-control"], "max-age=60");
        assert.equal(headers["x-amz-meta-a"], "1");
        assert.equal(headers.server, "AmazonS3");
        assert.equal(headers.etag, `"${createHash("md5").update("<p>ä</p>").digest("hex")}"`);
        assert.equal(headers["last-modified"], "Fri, 02 Jan 2026 03:04:05 GMT");
        const head = await served.ask({ path: "/pages/a%20b.html", method: "HEAD" });
        assert.deepEqual([head.status, head.headers["content-length"], head.body], [200, "9", ""]);
    });

    const refused: Readonly<Record<string, () => [Fixture[], object?]>> = {
        "a policy that names another distribution": () => [
            [
                control("always"),
                policy({ ...forDistribution, Condition: { StringEquals: { "AWS:SourceArn": "arn:other" } } }),
            ],
        ],
        "no policy": () => [[control("always")]],
        "an origin access control that never signs": () => [[control("never"), policy(forDistribution)]],
        "no origin access control": () => [[policy(forDistribution)], {}],
        "a policy that lets everybody in, behind the public access block of every new bucket": () => [
            [policy({ ...forDistribution, Principal: "*", Condition: undefined })],
            {},
        ],
        "a policy that denies what another statement allows": () => [
            [control("always"), policy(forDistribution, { ...forDistribution, Effect: "Deny", Condition: undefined })],
        ],
    };
    for (const [what, parts] of Object.entries(refused)) {
        it(`says 403 to ${what}`, async () => {
            const [more, origin] = parts();
            await serve([...more, error], origin);
            const answer = await served.ask({ path: "/pages/503.html" });
            assert.equal(answer.status, 403);
            assert.match(answer.body, /<Code>AccessDenied<\/Code>/);
            assert.doesNotMatch(answer.body, /Back soon/);
        });
    }

    it("is there for everybody where the account says so", async () => {
        const open = fixture("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "pages", { bucket: "pages" });
        await serve([policy({ ...forDistribution, Principal: "*", Condition: undefined }), open, error], {});
        assert.equal(await status("/pages/503.html"), 200);
    });

    it("answers an origin access identity", async () => {
        const arn = "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1";
        const identity = fixture("aws:cloudfront/originAccessIdentity:OriginAccessIdentity", "E1", { iamArn: arn });
        const origin = { s3OriginConfig: { originAccessIdentity: "origin-access-identity/cloudfront/E1" } };
        await serve([identity, policy({ ...forDistribution, Principal: { AWS: arn }, Condition: {} }), error], origin);
        assert.equal(await status("/pages/503.html"), 200);
    });

    it("tells what is missing only to whoever may list it", async () => {
        await serve([control("always"), policy(forDistribution), error]);
        assert.equal(await status("/pages/none.html"), 403);
        await served.traffic.close();
        const list = { ...forDistribution, Action: "s3:ListBucket", Resource: "arn:aws:s3:::pages" };
        await serve([control("always"), policy(forDistribution, list), error]);
        assert.equal(await status("/pages/none.html"), 404);
        assert.equal(await status("/pages/503.html", "DELETE"), 403);
    });

    it("has conditions and ranges", async () => {
        await serve([control("always"), policy(forDistribution), object("pages/ten", "0123456789")]);
        const ask = async (headers: Record<string, string>) => {
            const answer = await served.ask({ path: "/pages/ten", headers });
            return [answer.status, answer.body, answer.headers["content-range"]];
        };
        const { etag = "" } = (await served.ask({ path: "/pages/ten" })).headers;
        const late = "Sat, 03 Jan 2026 00:00:00 GMT";
        const early = "Thu, 01 Jan 2026 00:00:00 GMT";
        assert.deepEqual(await ask({ "if-none-match": etag }), [304, "", undefined]);
        assert.deepEqual(await ask({ "if-none-match": '"other"' }), [200, "0123456789", undefined]);
        assert.deepEqual(await ask({ "if-modified-since": late }), [304, "", undefined]);
        assert.deepEqual(await ask({ "if-modified-since": early }), [200, "0123456789", undefined]);
        assert.deepEqual(await ask({ "if-none-match": '"other"', "if-modified-since": late }), [
            200,
            "0123456789",
            undefined,
        ]);
        assert.deepEqual(await ask({ "if-match": '"other"' }), [412, "", undefined]);
        assert.deepEqual(await ask({ range: "bytes=2-4" }), [206, "234", "bytes 2-4/10"]);
        assert.deepEqual(await ask({ range: "bytes=-3" }), [206, "789", "bytes 7-9/10"]);
        assert.deepEqual(await ask({ range: "bytes=8-99" }), [206, "89", "bytes 8-9/10"]);
        assert.deepEqual(await ask({ range: "bytes=10-" }), [416, "", "bytes */10"]);
        assert.deepEqual(await ask({ range: "bytes=4-2" }), [200, "0123456789", undefined]);
        assert.deepEqual(await ask({ range: "bytes=2-4", "if-range": '"other"' }), [200, "0123456789", undefined]);
    });

    describe("with pages in place of errors", () => {
        const pages = (more: Fixture[], responses: object[]) =>
            Served.start((account) => {
                set(account.distribution, "customErrorResponses", responses);
                return [withBucket(account), control("always"), policy(forDistribution), ...more];
            });
        const in503 = { errorCode: 503, responsePagePath: "/pages/503.html", responseCode: 503 };

        it("shows the page of the bucket, with the status that the distribution says", async () => {
            served = await Served.start((account) => {
                set(account.distribution, "customErrorResponses", [
                    { errorCode: 403, responsePagePath: "/pages/503.html", responseCode: 200 },
                ]);
                // The load balancer's own answer.
                set(account.rule, "conditions", [{ pathPattern: { values: ["/none"] } }]);
                return [withBucket(account), control("always"), policy(forDistribution), error];
            });
            const { status, body, headers } = await served.ask({ path: "/orders" });
            assert.deepEqual([status, body], [200, "<h1>Back soon</h1>"]);
            assert.equal(headers["x-cache"], "Error from cloudfront");
            assert.equal(headers["x-frame-options"], "DENY");
            assert.equal(headers["content-type"], "text/html");
        });

        it("shows the page where the origin gives no answer, and to whom the web ACL blocks", async () => {
            served = await Served.start((account) => {
                set(account.distribution, "customErrorResponses", [
                    { ...in503, errorCode: 502 },
                    { ...in503, errorCode: 403 },
                ]);
                set(account.listener, "port", 8443);
                return [withBucket(account), control("always"), policy(forDistribution), error];
            });
            assert.deepEqual((({ status, body }) => [status, body])(await served.ask()), [503, "<h1>Back soon</h1>"]);
            assert.match(served.problems.join(), /origin\.example\.com did not answer, viewer got 502/);
            const blocked = await served.ask({ path: "/?a=<script>alert(1)</script>", headers: { "user-agent": "" } });
            assert.deepEqual([blocked.status, blocked.body], [503, "<h1>Back soon</h1>"]);
        });

        it("shows the bucket's own answer where the page is missing", async () => {
            served = await pages([], [{ ...in503, errorCode: 403 }]);
            const { status, body } = await served.ask({ path: "/pages/none.html" });
            assert.equal(status, 403);
            assert.match(body, /AccessDenied/);
        });
    });
});
