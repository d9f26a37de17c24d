import assert from "node:assert/strict";
import { tokens } from "./test/deployedEdge";
import { deploy, type Deployment } from "./test/deployment";

describe("The logs of an EncryptedEdge", () => {
    let deployment: Deployment;
    before(async () => {
        deployment = await deploy();
    });

    it("logs the web ACL's verdicts without credentials", () => {
        const logging = deployment.find(tokens.webAclLogging).inputs;
        const headers = ["authorization", "cookie", "x-origin-verify"];
        assert.deepEqual(
            logging.redactedFields,
            headers.map((name) => ({ singleHeader: { name } })),
        );
        assert.deepEqual(deployment.find(tokens.webAcl).inputs.dataProtectionConfig, {
            dataProtections: [{ action: "SUBSTITUTION", field: { fieldType: "SINGLE_HEADER", fieldKeys: headers } }],
        });
        const logGroup = deployment.find(tokens.logGroup, "web-acl-log").inputs;
        assert.deepEqual([logGroup.namePrefix, logGroup.retentionInDays], ["aws-waf-logs-edge-", 365]);
    });

    it("keeps the web ACL's log where the stack or the component is renamed", () => {
        const { inputs, options } = deployment.find(tokens.logGroup, "web-acl-log");
        assert.equal(inputs.name, undefined);
        assert.deepEqual(options.ignoreChanges, ["name", "namePrefix"]);
        assert.equal(deployment.find(tokens.webAclLogging).options.deleteBeforeReplace, true);
    });

    it("logs every request with its TLS version and cipher, without cookies", () => {
        const source = deployment.find(tokens.logDeliverySource).inputs;
        assert.deepEqual(
            [source.logType, source.resourceArn],
            ["ACCESS_LOGS", "arn:aws:mock:aws:cloudfront/distribution:Distribution:edge-distribution"],
        );
        assert.deepEqual(deployment.find(tokens.logDeliveryDestination).inputs.deliveryDestinationConfiguration, {
            destinationResourceArn: "arn:aws:mock:aws:cloudwatch/logGroup:LogGroup:edge-access-log",
        });
        const fields = deployment.find(tokens.logDelivery).inputs.recordFields as string[];
        assert.ok(["ssl-protocol", "ssl-cipher", "sc-status", "c-ip"].every((field) => fields.includes(field)));
        assert.ok(!fields.some((field) => /cookie/i.test(field)));
        assert.equal(deployment.find(tokens.logGroup, "access-log").inputs.retentionInDays, 365);
    });

    it("logs every request and connection of the load balancer to a bucket of its own", () => {
        const { accessLogs, connectionLogs } = deployment.find(tokens.loadBalancer).inputs;
        const bucket = "edge-load-balancer-log-0123456";
        assert.deepEqual(accessLogs, { bucket, prefix: "access-log", enabled: true });
        assert.deepEqual(connectionLogs, { bucket, prefix: "connection-log", enabled: true });
        assert.equal(deployment.outputs.loadBalancerLogBucketName, bucket);
        const [rule, ...others] = deployment.find(tokens.bucketLifecycle).inputs.rules as Record<string, unknown>[];
        assert.deepEqual([rule?.status, rule?.filter, rule?.expiration], ["Enabled", {}, { days: 365 }]);
        assert.deepEqual(others, []);
    });

    it("lets the load balancers of this account, and nobody in plaintext, at the bucket", () => {
        const { bucket, policy } = deployment.find(tokens.bucketPolicy).inputs;
        assert.equal(bucket, "edge-load-balancer-log-0123456");
        const arn = "arn:aws:s3:::edge-load-balancer-log-0123456";
        assert.deepEqual((JSON.parse(String(policy)) as { Statement: unknown }).Statement, [
            {
                Sid: "LoadBalancersOfThisAccountWrite",
                Effect: "Allow",
                Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
                Action: "s3:PutObject",
                Resource: [`${arn}/access-log/AWSLogs/111122223333/*`, `${arn}/connection-log/AWSLogs/111122223333/*`],
            },
            {
                Sid: "NobodyInPlaintext",
                Effect: "Deny",
                Principal: "*",
                Action: "s3:*",
                Resource: [arn, `${arn}/*`],
                Condition: { Bool: { "aws:SecureTransport": "false" } },
            },
        ]);
        const { bucket: blocked, ...blocks } = deployment.find(tokens.bucketPublicAccessBlock).inputs;
        assert.equal(blocked, bucket);
        assert.deepEqual(blocks, {
            blockPublicAcls: true,
            blockPublicPolicy: true,
            ignorePublicAcls: true,
            restrictPublicBuckets: true,
        });
        assert.deepEqual(deployment.find(tokens.bucketOwnershipControls).inputs.rule, {
            objectOwnership: "BucketOwnerEnforced",
        });
        assert.deepEqual(deployment.find(tokens.bucketEncryption).inputs.rules, [
            { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
        ]);
    });

    it("writes no access log where that is switched off", async () => {
        const deployment = await deploy({ accessLogEnabled: false });
        assert.deepEqual(deployment.all(tokens.logDelivery), []);
        assert.equal(deployment.all(tokens.logGroup).length, 1);
        assert.equal(deployment.outputs.accessLogGroupName, "");
    });

    it("writes no log of the load balancer where that is switched off, and says so to AWS", async () => {
        const deployment = await deploy({ loadBalancerLogEnabled: false });
        const { accessLogs, connectionLogs } = deployment.find(tokens.loadBalancer).inputs;
        assert.deepEqual([accessLogs, connectionLogs], Array(2).fill({ bucket: "", enabled: false }));
        assert.deepEqual(
            deployment.resources.filter(({ type }) => type.startsWith("aws:s3/")),
            [],
        );
        assert.equal(deployment.outputs.loadBalancerLogBucketName, "");
    });

    it("keeps the load balancer's logs as long as it is told", async () => {
        const deployment = await deploy({ loadBalancerLogRetentionInDays: 7 });
        const [rule] = deployment.find(tokens.bucketLifecycle).inputs.rules as { expiration: unknown }[];
        assert.deepEqual(rule?.expiration, { days: 7 });
    });

    it("lets the load balancer write to the bucket before it tries", async () => {
        const { events } = await deploy({}, { slowType: tokens.bucketPolicy });
        const allowed = events.indexOf(`answered ${tokens.bucketPolicy}`);
        const tries = events.indexOf(`asked ${tokens.loadBalancer}`);
        assert.ok(allowed !== -1 && allowed < tries, events.join("\n"));
    });

    it("keeps of the web ACL's records those of requests that a rule matched, unless all are asked for", async () => {
        const { defaultBehavior, filters } = deployment.find(tokens.webAclLogging).inputs.loggingFilter as {
            defaultBehavior: string;
            filters: { behavior: string; requirement: string; conditions: unknown[] }[];
        };
        assert.equal(defaultBehavior, "DROP");
        assert.deepEqual(filters, [
            {
                behavior: "KEEP",
                requirement: "MEETS_ANY",
                conditions: ["BLOCK", "COUNT", "EXCLUDED_AS_COUNT", "CAPTCHA", "CHALLENGE"].map((action) => ({
                    actionCondition: { action },
                })),
            },
        ]);
        const all = await deploy({ webAclLogRequests: "all" });
        assert.equal(all.find(tokens.webAclLogging).inputs.loggingFilter, undefined);
    });

    it("hands both logs of the edge to what a team has, and makes no log group", async () => {
        const webAclLogDestinationArn = "arn:aws:s3:::aws-waf-logs-acme";
        const accessLogDestinationArn = "arn:aws:firehose:us-east-1:111122223333:deliverystream/acme";
        const given = await deploy({ webAclLogDestinationArn, accessLogDestinationArn });
        assert.deepEqual(given.all(tokens.logGroup), []);
        assert.deepEqual(given.find(tokens.webAclLogging).inputs.logDestinationConfigs, [webAclLogDestinationArn]);
        assert.deepEqual(given.find(tokens.logDeliveryDestination).inputs.deliveryDestinationConfiguration, {
            destinationResourceArn: accessLogDestinationArn,
        });
        assert.deepEqual([given.outputs.webAclLogGroupName, given.outputs.accessLogGroupName], ["", ""]);
    });

    it("writes no log of the web ACL where that is switched off", async () => {
        const off = await deploy({ webAclLogEnabled: false });
        assert.deepEqual([off.all(tokens.webAclLogging), off.all(tokens.logGroup).length], [[], 1]);
        assert.equal(off.outputs.webAclLogGroupName, "");
    });

    it("redacts further headers in the log and in the samples", async () => {
        const more = await deploy({ redactedHeaders: ["x-api-key"] });
        assert.ok(JSON.stringify(more.find(tokens.webAclLogging).inputs.redactedFields).includes('"x-api-key"'));
        assert.ok(JSON.stringify(more.find(tokens.webAcl).inputs.dataProtectionConfig).includes('"x-api-key"'));
    });
});
