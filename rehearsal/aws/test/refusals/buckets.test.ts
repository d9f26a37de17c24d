import assert from "node:assert/strict";
import type { Values } from "../../../provider";
import { RehearsedStack } from "../rehearsedStack";

const tokens = {
    bucket: "aws:s3/bucket:Bucket",
    policy: "aws:s3/bucketPolicy:BucketPolicy",
    publicAccessBlock: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    ownershipControls: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    lifecycle: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    encryption: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    acl: "aws:s3/bucketAcl:BucketAcl",
    object: "aws:s3/bucketObject:BucketObject",
};

describe("refusals of the rehearsed AWS: buckets", () => {
    let stack: RehearsedStack;
    beforeEach(async () => {
        stack = await new RehearsedStack().seed();
    });
    afterEach(() => stack.remove());

    const everybody = (more: Values = {}) => ({ Effect: "Allow", Principal: "*", Action: "s3:GetObject", ...more });
    const policy = (bucket: string, statement: unknown) => ({
        bucket,
        policy: JSON.stringify({ Version: "2012-10-17", Statement: statement }),
    });

    it("names that S3 does not allow", () => {
        for (const name of [
            "ab",
            "a".repeat(64),
            "Logs",
            "logs_1",
            "-logs",
            "logs-",
            "logs..old",
            "192.168.5.4",
            "xn--logs",
            "sthree-logs",
            "amzn-s3-demo-logs",
            "logs-s3alias",
            "logs--ol-s3",
            "logs.mrap",
            "logs--x-s3",
            "logs--table-s3",
        ]) {
            const [failure, ...more] = stack.check(tokens.bucket, { bucket: name }).failures;
            assert.deepEqual([failure?.property, more], ["bucket", []], name);
            assert.ok(failure?.reason.startsWith(`is "${name}"; AWS allows 3 to 63 lower-case letters`), name);
        }
        for (const name of ["abc", "a".repeat(63), "192.168.5.4.logs", "logs.old-1"]) {
            assert.deepEqual(stack.check(tokens.bucket, { bucket: name }).failures, [], name);
        }
        const { inputs } = stack.check(tokens.bucket, {}, {}, "Edge-log");
        assert.match(String(inputs.bucket), /^edge-log-[0-9a-f]{7}$/);
    });
    it("a website that the bucket itself is configured for has a name", async () => {
        const plain = await stack.create(tokens.bucket, { bucket: "site" });
        assert.equal(plain.properties.websiteEndpoint, "");
        const { websiteEndpoint, websiteDomain } = (
            await stack.update(plain, { bucket: "site", website: { indexDocument: "index.html" } })
        ).properties;
        assert.equal(websiteEndpoint, "site.s3-website.eu-central-1.amazonaws.com");
        assert.equal(websiteDomain, "s3-website.eu-central-1.amazonaws.com");
        const inputs = { bucket: "other", website: { indexDocument: "index.html" } };
        const { properties } = await stack.create(tokens.bucket, inputs, "other");
        assert.equal(properties.websiteEndpoint, "other.s3-website.eu-central-1.amazonaws.com");
    });

    it("a name that is taken", async () => {
        await stack.create(tokens.bucket, { bucket: "logs" });
        await assert.rejects(
            stack.create(tokens.bucket, { bucket: "logs" }),
            /CreateBucket, .*409, .*BucketAlreadyOwnedByYou/,
        );
    });
    it("deleting a bucket that holds something, unless that is to go with it", async () => {
        await stack.delete(await stack.create(tokens.bucket, { bucket: "empty" }));
        const bucket = await stack.create(tokens.bucket, { bucket: "logs" });
        await stack.create(tokens.object, { bucket: "logs", key: "a", content: "x" });
        await assert.rejects(stack.delete(bucket), /DeleteBucket, .*409, .*BucketNotEmpty: The bucket you tried/);
        await stack.delete(await stack.update(bucket, { bucket: "logs", forceDestroy: true }));
        assert.deepEqual([...stack.account.all("Bucket"), ...stack.account.all("BucketObject")], []);
    });
    it("no object without a key, which is called as its resource is", async () => {
        await stack.create(tokens.bucket, { bucket: "logs" });
        for (const name of ["index.html", "style.css"]) {
            const object = await stack.create(tokens.object, { bucket: "logs", content: name }, name);
            assert.equal(object.properties.key, name);
            assert.equal((await stack.read(object))?.inputs.content, name);
        }
    });
    it("settings of a bucket that is not there, by the operation that sets them", async () => {
        const bucket = "nowhere";
        const settings: [string, string, Values][] = [
            [tokens.policy, "PutBucketPolicy", policy(bucket, everybody({ Resource: "arn:aws:s3:::nowhere" }))],
            [tokens.publicAccessBlock, "PutPublicAccessBlock", { bucket }],
            [
                tokens.ownershipControls,
                "PutBucketOwnershipControls",
                { bucket, rule: { objectOwnership: "ObjectWriter" } },
            ],
            [
                tokens.lifecycle,
                "PutBucketLifecycleConfiguration",
                { bucket, rules: [{ id: "a", status: "Enabled", expiration: { days: 1 } }] },
            ],
            [tokens.encryption, "PutBucketEncryption", { bucket, rules: [{ bucketKeyEnabled: true }] }],
        ];
        for (const [token, operation, inputs] of settings) {
            await assert.rejects(
                stack.create(token, inputs),
                new RegExp(`S3: ${operation}, .*404, .*NoSuchBucket: The specified bucket does not exist`),
            );
        }
    });
    it("policies that are none, or of another bucket", async () => {
        await stack.create(tokens.bucket, { bucket: "logs" });
        const put = (text: string) => stack.create(tokens.policy, { bucket: "logs", policy: text });
        await assert.rejects(put("{"), /MalformedPolicy: This policy contains invalid Json/);
        await assert.rejects(put('{"Version":"2012-10-17"}'), /MalformedPolicy: Missing required field Statement/);
        for (const Resource of ["arn:aws:s3:::other/*", ["arn:aws:s3:::logs/*", "arn:aws:s3:::logs-too"]]) {
            await assert.rejects(
                stack.create(tokens.policy, policy("logs", [{ ...everybody(), Effect: "Deny", Resource }])),
                /MalformedPolicy: Policy has invalid resource/,
            );
        }
        const Resource = ["arn:aws:s3:::logs", "arn:aws:s3:::logs/*"];
        await stack.create(tokens.policy, policy("logs", { ...everybody(), Effect: "Deny", Resource }));
    });
    it("public policies, until a public access block lets them through", async () => {
        await stack.create(tokens.bucket, { bucket: "logs" });
        const put = (more: Values) =>
            stack.create(tokens.policy, policy("logs", everybody({ Resource: "arn:aws:s3:::logs/*", ...more })));
        const blocked = /PutBucketPolicy, .*403, .*AccessDenied: .* blocked by the BlockPublicPolicy block public/;
        await assert.rejects(put({}), blocked);
        await assert.rejects(put({ Principal: { AWS: "*" } }), blocked);
        await assert.rejects(put({ Condition: { Bool: { "aws:SecureTransport": "true" } } }), blocked);
        const block = await stack.create(tokens.publicAccessBlock, { bucket: "logs", blockPublicPolicy: true });
        await assert.rejects(put({}), blocked);
        await stack.delete(await put({ Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } } }));
        await stack.delete(await put({ Effect: "Deny" }));
        await stack.update(block, { bucket: "logs", blockPublicPolicy: false });
        const open = await put({});
        await stack.update(block, { bucket: "logs", blockPublicPolicy: true });
        await assert.rejects(stack.update(open, open.inputs), blocked);
    });
    it("ACLs, until the bucket's ownership allows them", async () => {
        await stack.create(tokens.bucket, { bucket: "logs" });
        const acl = () => stack.create(tokens.acl, { bucket: "logs", acl: "private" });
        await assert.rejects(acl(), /PutBucketAcl, .*AccessControlListNotSupported: The bucket does not allow ACLs/);
        const rule = { objectOwnership: "BucketOwnerPreferred" };
        const ownership = await stack.create(tokens.ownershipControls, { bucket: "logs", rule });
        await stack.delete(await acl());
        await stack.update(ownership, { bucket: "logs", rule: { objectOwnership: "BucketOwnerEnforced" } });
        await assert.rejects(acl(), /AccessControlListNotSupported/);
    });
    it("no end of ACLs while one grants something to others", async () => {
        await stack.create(tokens.bucket, { bucket: "logs" });
        const rule = { objectOwnership: "BucketOwnerPreferred" };
        const ownership = await stack.create(tokens.ownershipControls, { bucket: "logs", rule });
        const enforce = () =>
            stack.update(ownership, { bucket: "logs", rule: { objectOwnership: "BucketOwnerEnforced" } });
        const grant = (id: string) => ({ permission: "READ", grantee: { type: "CanonicalUser", id } });
        for (const granted of [
            { acl: "log-delivery-write" },
            { accessControlPolicy: { owner: { id: "me" }, grants: [grant("me"), grant("you")] } },
        ]) {
            const acl = await stack.create(tokens.acl, { bucket: "logs", ...granted });
            await assert.rejects(enforce(), /PutBucketOwnershipControls, .*InvalidBucketAclWithObjectOwnership/);
            await stack.delete(acl);
        }
        await stack.create(tokens.acl, {
            bucket: "logs",
            accessControlPolicy: { owner: { id: "me" }, grants: [grant("me")] },
        });
        await enforce();
    });
    it("an expiration of no days, and words that no setting has", async () => {
        await stack.create(tokens.bucket, { bucket: "logs" });
        const rule = (more: Values) => ({ id: "a", status: "Enabled", filter: {}, ...more });
        for (const days of [0, -1]) {
            await assert.rejects(
                stack.create(tokens.lifecycle, { bucket: "logs", rules: [rule({ expiration: { days } })] }),
                /expiration\.days: is -?\d; AWS allows 1 or more\. \(AWS: InvalidArgument\)/,
            );
        }
        await assert.rejects(
            stack.create(tokens.lifecycle, { bucket: "logs", rules: [rule({ status: "On" })] }),
            /rules\[0\]\.status: is "On"; AWS allows "Disabled", "Enabled"/,
        );
        await assert.rejects(
            stack.create(tokens.encryption, {
                bucket: "logs",
                rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "SSE-S3" } }],
            }),
            /sseAlgorithm: is "SSE-S3"; AWS allows "AES256", "aws:kms"/,
        );
        await assert.rejects(
            stack.create(tokens.ownershipControls, { bucket: "logs", rule: { objectOwnership: "Me" } }),
            /objectOwnership: is "Me"; AWS allows "BucketOwnerPreferred"/,
        );
        await stack.create(tokens.lifecycle, { bucket: "logs", rules: [rule({ expiration: { days: 1 } })] });
    });

    it("a bucket that has kept versions suspends them, and is never unversioned again", async () => {
        await stack.create("aws:s3/bucket:Bucket", { bucket: "logs" }, "logs");
        const versions = (status: string) => ({ bucket: "logs", versioningConfiguration: { status } });
        const made = await stack.create("aws:s3/bucketVersioning:BucketVersioning", versions("Enabled"), "versions");
        await assert.rejects(stack.update(made, versions("Disabled")), /IllegalVersioningConfigurationException/);
        await stack.update(made, versions("Suspended"));
    });
});
