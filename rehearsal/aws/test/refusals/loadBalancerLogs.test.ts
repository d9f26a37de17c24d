import assert from "node:assert/strict";
import type { Values } from "../../../provider";
import { RehearsedStack } from "../rehearsedStack";

const encryption = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const denied = (bucket: string) =>
    new RegExp(
        `ModifyLoadBalancerAttributes, .*InvalidConfigurationRequest: Access Denied for bucket: ${bucket}\\. Please check S3bucket permission`,
    );

describe("refusals of the rehearsed AWS: logs of load balancers", () => {
    let stack: RehearsedStack;
    beforeEach(async () => {
        stack = await new RehearsedStack().seed();
    });
    afterEach(() => stack.remove());

    const logTo = (bucket: string, prefix?: string) => ({ bucket, prefix, enabled: true });
    const accessLogs = async (bucket: string, prefix?: string) => {
        const made = await stack.loadBalancer({ accessLogs: logTo(bucket, prefix) });
        await stack.delete(made);
    };
    /** Tries an access log to a bucket with a policy of its own. */
    const tried = async (bucket: string, statement: Values, prefix?: string) => {
        await stack.logBucket(bucket, statement);
        return accessLogs(bucket, prefix);
    };

    it("a bucket that is not there, without a policy, or in another region", async () => {
        await assert.rejects(accessLogs("nowhere"), denied("nowhere"));
        await stack.create("aws:s3/bucket:Bucket", { bucket: "silent" });
        await assert.rejects(accessLogs("silent"), denied("silent"));
        await stack.create("aws:s3/bucket:Bucket", { bucket: "abroad", region: "us-east-1" });
        await stack.create("aws:s3/bucketPolicy:BucketPolicy", {
            bucket: "abroad",
            region: "us-east-1",
            policy: JSON.stringify({
                Statement: {
                    Effect: "Allow",
                    Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
                    Action: "s3:*",
                    Resource: "arn:aws:s3:::abroad/*",
                },
            }),
        });
        await assert.rejects(accessLogs("abroad"), denied("abroad"));
    });
    it("each of the three logs, by itself", async () => {
        for (const log of ["accessLogs", "connectionLogs", "healthCheckLogs"]) {
            await assert.rejects(stack.loadBalancer({ [log]: logTo("nowhere") }), denied("nowhere"), log);
        }
    });
    it("a bucket that encrypts with a KMS key", async () => {
        await stack.logBucket("logs");
        const rules = (sseAlgorithm: string) => ({
            bucket: "logs",
            rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm } }],
        });
        const set = await stack.create(encryption, rules("aws:kms"));
        await assert.rejects(accessLogs("logs"), denied("logs"));
        await stack.update(set, rules("AES256"));
        await accessLogs("logs");
    });
    it("a policy that lets somebody else write, or something else be done", async () => {
        const refused: Record<string, Values> = {
            service: { Principal: { Service: "delivery.logs.amazonaws.com" } },
            "other-region": { Principal: { AWS: "arn:aws:iam::127311923021:root" } },
            action: { Action: "s3:GetObject" },
            account: { Resource: "arn:aws:s3:::account/AWSLogs/999999999999/*" },
            prefix: { Resource: "arn:aws:s3:::prefix/lb/AWSLogs/111122223333/*" },
            condition: { Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" } } },
        };
        for (const [bucket, statement] of Object.entries(refused)) {
            await assert.rejects(tried(bucket, statement), denied(bucket), bucket);
        }
    });
    it("a policy that denies what it allows, but not one that denies only plaintext", async () => {
        const deny = (bucket: string, value: string) => [
            {
                Effect: "Allow",
                Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
                Action: "s3:PutObject",
                Resource: `arn:aws:s3:::${bucket}/*`,
            },
            {
                Effect: "Deny",
                Principal: "*",
                Action: "s3:*",
                Resource: `arn:aws:s3:::${bucket}/*`,
                Condition: { Bool: { "aws:SecureTransport": value } },
            },
        ];
        for (const [bucket, value] of [
            ["plaintext", "false"],
            ["encrypted", "true"],
        ] as const) {
            await stack.create("aws:s3/bucket:Bucket", { bucket });
            const policy = JSON.stringify({ Statement: deny(bucket, value) });
            await stack.create("aws:s3/bucketPolicy:BucketPolicy", { bucket, policy });
        }
        await accessLogs("plaintext");
        await assert.rejects(accessLogs("encrypted"), denied("encrypted"));
    });
    it("nothing of what AWS documents", async () => {
        const own = "AWSLogs/111122223333/*";
        await tried("service-only", { Resource: `arn:aws:s3:::service-only/${own}` });
        await tried("with-prefix", { Resource: [`arn:aws:s3:::with-prefix/lb/${own}`] }, "lb");
        await tried("legacy", { Principal: { AWS: "arn:aws:iam::054676820928:root" }, Action: ["s3:Put*"] });
        await tried("acl", { Condition: { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control" } } });
    });
    it("nothing of what AWS documents for a network load balancer, and a policy for the other kind", async () => {
        const write = async (bucket: string, statement: Values) => {
            await stack.logBucket(bucket, statement);
            const more = { loadBalancerType: "network", securityGroups: undefined, accessLogs: logTo(bucket) };
            await stack.delete(await stack.loadBalancer(more));
        };
        const Principal = { Service: "delivery.logs.amazonaws.com" };
        await write("network", {
            Principal,
            Condition: {
                StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control", "aws:SourceAccount": ["111122223333"] },
                ArnLike: { "aws:SourceArn": ["arn:aws:logs:eu-central-1:111122223333:*"] },
            },
        });
        await stack.create(encryption, {
            bucket: "network",
            rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } }],
        });
        const more = { loadBalancerType: "network", securityGroups: undefined, accessLogs: logTo("network") };
        await stack.delete(await stack.loadBalancer(more));
        await assert.rejects(write("application", {}), denied("application"));
        const elsewhere = { StringEquals: { "aws:SourceAccount": "999999999999" } };
        await assert.rejects(write("elsewhere", { Principal, Condition: elsewhere }), denied("elsewhere"));
    });
    it("a prefix with the folder that AWS adds itself", async () => {
        await stack.logBucket("logs");
        await assert.rejects(accessLogs("logs", "lb/AWSLogs"), /InvalidConfigurationRequest: .* 'AWSLogs'/);
    });
    it("nothing where a log is off, or says nothing of it", async () => {
        for (const accessLogs of [{ bucket: "nowhere" }, { bucket: "", enabled: false }]) {
            await stack.delete(await stack.loadBalancer({ accessLogs }));
        }
    });
    it("deleting the bucket, in which the test files lie already", async () => {
        const bucket = await stack.logBucket("logs");
        await stack.loadBalancer({ accessLogs: logTo("logs", "a"), connectionLogs: logTo("logs", "b") });
        assert.deepEqual(
            stack.account.all("BucketObject").map(({ properties }) => properties.key),
            ["a/AWSLogs/111122223333/ELBAccessLogTestFile", "b/AWSLogs/111122223333/ELBConnectionLogTestFile"],
        );
        await assert.rejects(stack.delete(bucket), /BucketNotEmpty/);
    });
    it("no update that leaves the logs as they are, whatever has become of the bucket", async () => {
        await stack.logBucket("logs");
        const balancer = await stack.loadBalancer({ accessLogs: logTo("logs") });
        const [policy] = stack.account.all("BucketPolicy");
        assert.ok(policy !== undefined);
        stack.account.delete(policy.type, policy.id);
        const updated = await stack.update(balancer, { ...balancer.inputs, idleTimeout: 30 });
        assert.equal(updated.properties.idleTimeout, 30);
        await assert.rejects(
            stack.update(updated, { ...updated.inputs, accessLogs: logTo("logs", "elsewhere") }),
            denied("logs"),
        );
    });
    it("an update that names a bucket it may not write, and keeps logs that are left out", async () => {
        await stack.logBucket("logs");
        const balancer = await stack.loadBalancer({ accessLogs: logTo("logs") });
        const without = Object.fromEntries(Object.entries(balancer.inputs).filter(([name]) => name !== "accessLogs"));
        const stated = balancer.properties.accessLogs;
        assert.ok(stated !== undefined);
        await assert.rejects(stack.update(balancer, { ...without, accessLogs: logTo("nowhere") }), denied("nowhere"));
        assert.deepEqual(stack.diff(balancer, without).differences, []);
        const kept = await stack.update(balancer, { ...without, idleTimeout: 30 });
        assert.deepEqual(kept.properties.accessLogs, stated);
        const off = { ...without, accessLogs: { bucket: "", enabled: false } };
        assert.deepEqual(stack.diff({ ...kept, inputs: without }, off).differences, [
            { path: "accessLogs", kind: "add", replaces: false },
        ]);
        assert.deepEqual((await stack.update(kept, off)).properties.accessLogs, off.accessLogs);
    });
});
