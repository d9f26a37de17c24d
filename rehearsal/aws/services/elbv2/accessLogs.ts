import { type Account, accountId, object, objects, text } from "../../account";
import type { Values } from "../../../provider";
import { policyAllows, readPolicy } from "../s3";
import { logAccounts } from "../../facts";
import { refusals } from "../resource";

const { refuseIf } = refusals("Elastic Load Balancing v2", "ModifyLoadBalancerAttributes");

/** The logs of a load balancer by the input that sets them, and the file that AWS writes to try each bucket. */
const testFiles = {
    accessLogs: "ELBAccessLogTestFile",
    connectionLogs: "ELBConnectionLogTestFile",
    healthCheckLogs: "ELBHealthCheckLogTestFile",
} as const;

/** The inputs of a load balancer that set its logs. */
export const logInputs = Object.keys(testFiles) as (keyof typeof testFiles)[];

/**
 * Refuses logs that a load balancer could not write, and writes the test file of each that it can.
 * Source: Elastic Load Balancing user guide, "Enable access logs for your Application Load Balancer" and "Enable
 * connection logs for your Application Load Balancer"; for network load balancers "Enable access logs for your Network
 * Load Balancer".
 * @param inputs the logs, and the type of the load balancer
 */
export function enableLogs(account: Account, region: string, inputs: Values): void {
    const isNetwork = inputs.loadBalancerType === "network";
    const wanted = logInputs
        // The provider takes logs that say nothing of `enabled` for off.
        .map((input) => ({ input, log: object(inputs[input]) }))
        .filter(({ log }) => log.enabled === true);
    const files = wanted.map(({ input, log }) => {
        const [bucket, prefix] = [text(log.bucket), text(log.prefix)];
        refuseIf(
            prefix.includes("AWSLogs"),
            "InvalidConfigurationRequest",
            `The prefix '${prefix}' must not include the string 'AWSLogs'`,
        );
        const key = `${prefix === "" ? "" : `${prefix}/`}AWSLogs/${accountId}/${testFiles[input]}`;
        refuseIf(
            !mayWrite(account, region, bucket, key, isNetwork),
            "InvalidConfigurationRequest",
            `Access Denied for bucket: ${bucket}. Please check S3bucket permission`,
        );
        return { bucket, key };
    });
    // The documents name a test file of application load balancers only.
    for (const { bucket, key } of isNetwork ? [] : files) {
        account.put({
            type: "aws:s3/bucketObject:BucketObject",
            id: `${bucket}/${key}`,
            region,
            properties: { id: `${bucket}/${key}`, bucket, key },
        });
    }
}

/** One answer for every reason, as AWS gives: no such bucket, another region, a KMS key, a policy that does not allow it. */
function mayWrite(account: Account, region: string, bucket: string, key: string, isNetwork: boolean): boolean {
    const settings = (kind: string) =>
        account.all(kind).find(({ properties }) => properties.bucket === bucket)?.properties ?? {};
    const encryption = objects(settings("BucketServerSideEncryptionConfiguration").rules).map((rule) =>
        text(object(rule.applyServerSideEncryptionByDefault).sseAlgorithm),
    );
    const legacyAccount = logAccounts[region];
    const writers = isNetwork
        ? ["delivery.logs.amazonaws.com"]
        : [
              "logdelivery.elasticloadbalancing.amazonaws.com",
              ...(legacyAccount === undefined ? [] : [legacyAccount, `arn:aws:iam::${legacyAccount}:root`]),
          ];
    const source = { "aws:SourceAccount": accountId, "aws:SourceArn": `arn:aws:logs:${region}:${accountId}:` };
    return (
        account.all("Bucket").find(({ id }) => id === bucket)?.region === region &&
        encryption.every((algorithm) => isNetwork || algorithm === "" || algorithm === "AES256") &&
        policyAllows(readPolicy(settings("BucketPolicy").policy) ?? [], {
            principals: writers,
            action: "s3:PutObject",
            resource: `arn:aws:s3:::${bucket}/${key}`,
            context: {
                "aws:SecureTransport": "true",
                "s3:x-amz-acl": "bucket-owner-full-control",
                ...(isNetwork ? source : {}),
            },
        })
    );
}
