import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as sns from "@pulumi/aws/sns";
import * as pulumi from "@pulumi/pulumi";
import { refusePart, resolved } from "./checks/index";
import { argumentSpecs, type AlarmsArgs } from "./arguments/index";
import type { OutputsOf } from "./outputsOf";

/** CloudFront, its web ACLs and its certificates report to this region. */
const edgeRegion = "us-east-1";

/** The arguments of EdgeAlarms; EncryptedEdgeArgs says what the thresholds mean. */
export interface EdgeAlarmsArgs {
    /** Thresholds and topics. Defaults to what AlarmsArgs says. */
    alarms?: AlarmsArgs;

    /** Id of the distribution. */
    distributionId: pulumi.Input<string>;

    /** Value of CloudWatch's dimension `LoadBalancer`. */
    loadBalancerArnSuffix: pulumi.Input<string>;

    /** Value of CloudWatch's dimension `TargetGroup`. */
    targetGroupArnSuffix: pulumi.Input<string>;

    /** Value of CloudWatch's dimension `WebACL`: the metric name of the web ACL. Defaults to none: its metrics are not watched. */
    webAclMetricName?: pulumi.Input<string>;

    /** ARN of the viewers' certificate, in us-east-1. */
    viewerCertificateArn: pulumi.Input<string>;

    /** ARN of the load balancer's certificate, in its region. */
    originCertificateArn: pulumi.Input<string>;
}

type Metric = Pick<
    cloudwatch.MetricAlarmArgs,
    "namespace" | "metricName" | "dimensions" | "statistic" | "extendedStatistic" | "period" | "evaluationPeriods"
> & {
    readonly description: string;
    readonly threshold: number;
    readonly below?: true;
};

/** Alarms on errors, slow responses, unhealthy targets, blocked requests and expiring certificates. */
export class EdgeAlarms extends pulumi.ComponentResource {
    /** ARN of the topic that the load balancer's alarms notify. */
    public readonly topicArn!: pulumi.Output<string>;

    /** ARN of the topic in us-east-1 that the alarms of the edge notify: an alarm can only notify topics in its own region. */
    public readonly edgeTopicArn!: pulumi.Output<string>;

    constructor(name: string, args: EdgeAlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
        refusePart("EdgeAlarms", name, args, { alarms: argumentSpecs.alarms });
        super("encrypted-edge:index:EdgeAlarms", name, {}, opts);
        const settings = resolved(args.alarms ?? {}, argumentSpecs.alarms.fields);
        const edgeTopicArn =
            settings.edgeTopicArn ?? new sns.Topic(`${name}-edge-alarms`, { region: edgeRegion }, { parent: this }).arn;
        const topicArn = settings.topicArn ?? new sns.Topic(`${name}-alarms`, {}, { parent: this }).arn;

        this.#alarms(name, edgeTopicArn, edgeRegion, {
            "edge-errors": {
                description: "Viewers get server errors (percent of the requests in five minutes)",
                namespace: "AWS/CloudFront",
                metricName: "5xxErrorRate",
                dimensions: { DistributionId: args.distributionId, Region: "Global" },
                statistic: "Average",
                period: 300,
                evaluationPeriods: 2,
                threshold: settings.serverErrorPercent,
            },
            ...(args.webAclMetricName === undefined
                ? {}
                : { "blocked-requests": blocked(args.webAclMetricName, settings.blockedRequests) }),
            "viewer-certificate": daysToExpiry("viewers'", args.viewerCertificateArn, settings.daysToExpiry),
        });
        const loadBalancer = { LoadBalancer: args.loadBalancerArnSuffix };
        const errors = { statistic: "Sum", period: 300, evaluationPeriods: 1, threshold: settings.loadBalancerErrors };
        this.#alarms(name, topicArn, undefined, {
            "load-balancer-errors": {
                description: "The load balancer answers with server errors of its own (in five minutes)",
                namespace: "AWS/ApplicationELB",
                metricName: "HTTPCode_ELB_5XX_Count",
                dimensions: loadBalancer,
                ...errors,
            },
            "target-errors": {
                description: "Targets answer with server errors (in five minutes)",
                namespace: "AWS/ApplicationELB",
                metricName: "HTTPCode_Target_5XX_Count",
                dimensions: loadBalancer,
                ...errors,
            },
            "response-time": {
                description: "Targets answer slowly (seconds, of the slowest in twenty)",
                namespace: "AWS/ApplicationELB",
                metricName: "TargetResponseTime",
                dimensions: loadBalancer,
                extendedStatistic: "p95",
                period: 300,
                evaluationPeriods: 2,
                threshold: settings.responseTime,
            },
            "unhealthy-targets": {
                description: "Targets fail their health checks",
                namespace: "AWS/ApplicationELB",
                metricName: "UnHealthyHostCount",
                dimensions: { ...loadBalancer, TargetGroup: args.targetGroupArnSuffix },
                statistic: "Maximum",
                period: 60,
                evaluationPeriods: 5,
                threshold: 0,
            },
            "origin-certificate": daysToExpiry("load balancer's", args.originCertificateArn, settings.daysToExpiry),
        });

        const outputs: OutputsOf<EdgeAlarms> = {
            topicArn: pulumi.output(topicArn),
            edgeTopicArn: pulumi.output(edgeTopicArn),
        };
        Object.assign(this, outputs);
        this.registerOutputs(outputs);
    }

    #alarms(
        name: string,
        topicArn: pulumi.Input<string>,
        region: string | undefined,
        metrics: Readonly<Record<string, Metric>>,
    ): void {
        for (const [suffix, { description, below, ...metric }] of Object.entries(metrics)) {
            new cloudwatch.MetricAlarm(
                `${name}-${suffix}`,
                {
                    ...metric,
                    region,
                    alarmDescription: description,
                    comparisonOperator: below ? "LessThanThreshold" : "GreaterThanThreshold",
                    // A night without requests is no failure.
                    treatMissingData: "notBreaching",
                    alarmActions: [topicArn],
                    okActions: [topicArn],
                },
                { parent: this },
            );
        }
    }
}

function blocked(WebACL: pulumi.Input<string>, threshold: number): Metric {
    return {
        description: "AWS WAF blocks unusually many requests (in five minutes)",
        namespace: "AWS/WAFV2",
        metricName: "BlockedRequests",
        dimensions: { WebACL, Rule: "ALL" },
        statistic: "Sum",
        period: 300,
        evaluationPeriods: 1,
        threshold,
    };
}

/** ACM reports twice a day. Source: ACM user guide, "Supported CloudWatch metrics". */
function daysToExpiry(whose: string, CertificateArn: pulumi.Input<string>, threshold: number): Metric {
    return {
        description: `The ${whose} certificate is not renewed (days until it ends)`,
        namespace: "AWS/CertificateManager",
        metricName: "DaysToExpiry",
        dimensions: { CertificateArn },
        statistic: "Minimum",
        period: 86_400,
        evaluationPeriods: 1,
        threshold,
        below: true,
    };
}
