import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import { refusePart } from "./checks/index";
import { argumentSpecs } from "./arguments/index";
import type { OutputsOf } from "./outputsOf";

/** CloudFront delivers its logs from this region only. */
const region = "us-east-1";

/**
 * What is written of each request: who asked for what, what CloudFront answered, and by which TLS version and cipher.
 * Cookies are left out; they hold sessions. Source: CloudFront developer guide, "Standard logging reference".
 */
const recordFields = [
    "timestamp(ms)",
    "x-edge-location",
    "c-ip",
    "c-country",
    "cs-method",
    "cs(Host)",
    "x-host-header",
    "cs-uri-stem",
    "sc-status",
    "sc-bytes",
    "cs-bytes",
    "time-taken",
    "time-to-first-byte",
    "cs(Referer)",
    "cs(User-Agent)",
    "cs-protocol",
    "cs-protocol-version",
    "ssl-protocol",
    "ssl-cipher",
    "x-edge-request-id",
    "x-edge-result-type",
    "x-edge-response-result-type",
    "x-edge-detailed-result-type",
    "sc-content-type",
    "sc-content-len",
];

/** The arguments of EdgeAccessLog; EncryptedEdgeArgs says what each of them means. */
export interface EdgeAccessLogArgs {
    /** ARN of the distribution. */
    distributionArn: pulumi.Input<string>;

    /** ARN of the log's destination. Defaults to a new log group. */
    destinationArn?: pulumi.Input<string>;

    /** Days that the new log group keeps the log. */
    retentionInDays: number;

    /** Whether the log is protected from deletion. */
    deletionProtection: boolean;
}

/** The distribution's standard log: one line for each request, in CloudWatch Logs. */
export class EdgeAccessLog extends pulumi.ComponentResource {
    /** Name of the CloudWatch log group, in us-east-1; empty where none was made. */
    public readonly logGroupName!: pulumi.Output<string>;

    constructor(name: string, args: EdgeAccessLogArgs, opts?: pulumi.ComponentResourceOptions) {
        refusePart("EdgeAccessLog", name, args, {
            destinationArn: argumentSpecs.accessLogDestinationArn,
            retentionInDays: argumentSpecs.accessLogRetentionInDays,
            deletionProtection: argumentSpecs.deletionProtection,
        });
        super("encrypted-edge:index:EdgeAccessLog", name, {}, opts);
        const child = { parent: this };
        const keep = { ...child, protect: args.deletionProtection || undefined };

        const logGroup =
            args.destinationArn === undefined
                ? new cloudwatch.LogGroup(`${name}-access-log`, { region, retentionInDays: args.retentionInDays }, keep)
                : undefined;
        const source = new cloudwatch.LogDeliverySource(
            `${name}-access-log-source`,
            { region, logType: "ACCESS_LOGS", resourceArn: args.distributionArn },
            child,
        );
        const destination = new cloudwatch.LogDeliveryDestination(
            `${name}-access-log-destination`,
            {
                region,
                outputFormat: "json",
                deliveryDestinationConfiguration: {
                    destinationResourceArn: args.destinationArn ?? logGroup?.arn ?? "",
                },
            },
            child,
        );
        new cloudwatch.LogDelivery(
            `${name}-access-log-delivery`,
            { region, deliverySourceName: source.name, deliveryDestinationArn: destination.arn, recordFields },
            keep,
        );

        const outputs: OutputsOf<EdgeAccessLog> = { logGroupName: logGroup?.name ?? pulumi.output("") };
        Object.assign(this, outputs);
        this.registerOutputs(outputs);
    }
}
