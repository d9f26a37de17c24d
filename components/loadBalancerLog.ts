import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { refusePart } from "./checks/index";
import { argumentSpecs } from "./arguments/index";
import type { EdgeSettings } from "./edgeSettings";
import type { OutputsOf } from "./outputsOf";
import { bucketPolicy, privateBucket } from "./privateBucket";

/**
 * Where each of the two logs lies in the bucket; AWS adds `/AWSLogs/`, the account, region and date.
 * Source: Elastic Load Balancing user guide, "Access logs for your Application Load Balancer" and "Connection logs for
 * your Application Load Balancer".
 */
export const logPrefixes = { access: "access-log", connection: "connection-log" };

/** The arguments of LoadBalancerLog; EncryptedEdgeArgs says what each of them means. */
export interface LoadBalancerLogArgs {
    /** Days that the logs are kept. */
    retentionInDays: number;

    /** Whether the bucket is protected from deletion. When it is not, it is deleted with everything in it. */
    deletionProtection: boolean;
}

/** The bucket for the load balancer's access log and connection log, which only the load balancers of this account fill. */
export class LoadBalancerLog extends pulumi.ComponentResource {
    /** Name of the bucket, known once load balancers may write to it. */
    public readonly bucketName!: pulumi.Output<string>;

    constructor(name: string, args: LoadBalancerLogArgs, opts?: pulumi.ComponentResourceOptions) {
        refusePart("LoadBalancerLog", name, args, {
            retentionInDays: argumentSpecs.loadBalancerLogRetentionInDays,
            deletionProtection: argumentSpecs.deletionProtection,
        });
        super("encrypted-edge:index:LoadBalancerLog", name, {}, opts);
        // The settings too: a bucket that is kept must not lose its expiration or its block of public access.
        const keep = { parent: this, protect: args.deletionProtection || undefined };

        // S3 deletes no bucket that holds anything, and the first test files are written at once.
        const { bucket, settled } = privateBucket(
            `${name}-load-balancer-log`,
            { forceDestroy: !args.deletionProtection },
            keep,
        );
        new s3.BucketLifecycleConfiguration(
            `${name}-load-balancer-log-lifecycle`,
            {
                bucket: bucket.bucket,
                rules: [
                    {
                        id: "expiration",
                        status: "Enabled",
                        filter: {},
                        expiration: { days: args.retentionInDays },
                        abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
                    },
                ],
            },
            keep,
        );
        const accountId = getCallerIdentityOutput({}, { parent: this }).accountId;
        const policy = new s3.BucketPolicy(
            `${name}-load-balancer-log-policy`,
            { bucket: bucket.bucket, policy: bucketPolicy(bucket.arn, [loadBalancersWrite(bucket.arn, accountId)]) },
            { ...keep, dependsOn: [settled] },
        );

        // Of the policy, not of the bucket: AWS tries to write as soon as a load balancer names the bucket.
        const outputs: OutputsOf<LoadBalancerLog> = { bucketName: policy.bucket };
        Object.assign(this, outputs);
        this.registerOutputs(outputs);
    }
}

/**
 * One principal for every region. AWS recommends it in the place of the account that each of the older regions has for
 * its load balancers; regions since August 2022 have none. The account in the path keeps other accounts' load balancers
 * out. Source: Elastic Load Balancing user guide, "Enable access logs for your Application Load Balancer", step 2.
 */
function loadBalancersWrite(bucketArn: pulumi.Output<string>, accountId: pulumi.Output<string>): object {
    return {
        Sid: "LoadBalancersOfThisAccountWrite",
        Effect: "Allow",
        Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: Object.values(logPrefixes).map(
            (prefix) => pulumi.interpolate`${bucketArn}/${prefix}/AWSLogs/${accountId}/*`,
        ),
    };
}

/** Name of the bucket for the logs: the one that is given, or one that is made; none where another load balancer logs. */
export function logBucketOf(
    name: string,
    settings: EdgeSettings,
    child: pulumi.ComponentResourceOptions,
): pulumi.Input<string> | undefined {
    if (!settings.loadBalancerLogEnabled || settings.existingLoadBalancer !== undefined) {
        return undefined;
    }
    const { loadBalancerLogBucketName: given, loadBalancerLogRetentionInDays: retentionInDays } = settings;
    return given ?? new LoadBalancerLog(name, { ...settings, retentionInDays }, child).bucketName;
}
