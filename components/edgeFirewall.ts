import * as cloudwatch from "@pulumi/aws/cloudwatch";
import type { input } from "@pulumi/aws/types";
import * as wafv2 from "@pulumi/aws/wafv2";
import * as pulumi from "@pulumi/pulumi";
import { managedRuleGroups, type ManagedRuleGroup } from "./managedRuleGroups";
import { originSecretHeaderName } from "./originSecret";
import { refusePart } from "./argumentProblems";
import { argumentSpecs } from "./argumentSpecs";
import type { OutputsOf } from "./outputsOf";

/** Web ACLs of CloudFront, and their logs, live in this region only. */
const region = "us-east-1";

/** Headers whose values a log must not hold, as WAF spells header names. */
const redactedHeaders = ["authorization", "cookie", originSecretHeaderName.toLowerCase()];

/** The arguments of EdgeFirewall; EncryptedEdgeArgs says what each of them means. */
export interface EdgeFirewallArgs {
    /** Requests of one IP address in five minutes. */
    rateLimit: number;

    /** Rules of managed groups that only count, each as `group:rule`. */
    countedRules: string[];

    /** Days that the log is kept. */
    logRetentionInDays: number;

    /** Whether the web ACL and its log are protected from deletion. */
    deletionProtection: boolean;
}

/** The web ACL that judges every request at the edge, and its log with credentials redacted. */
export class EdgeFirewall extends pulumi.ComponentResource {
    /** ARN of the web ACL, by which the distribution names it. */
    public readonly webAclArn!: pulumi.Output<string>;

    /** Name of the CloudWatch log group, in us-east-1. */
    public readonly logGroupName!: pulumi.Output<string>;

    constructor(name: string, args: EdgeFirewallArgs, opts?: pulumi.ComponentResourceOptions) {
        refusePart("EdgeFirewall", name, args, {
            rateLimit: argumentSpecs.rateLimit,
            countedRules: argumentSpecs.countedRules,
            logRetentionInDays: argumentSpecs.webAclLogRetentionInDays,
            deletionProtection: argumentSpecs.deletionProtection,
        });
        super("encrypted-edge:index:EdgeFirewall", name, {}, opts);
        const keep = { parent: this, protect: args.deletionProtection || undefined };

        const webAcl = new wafv2.WebAcl(
            `${name}-web-acl`,
            {
                region,
                scope: "CLOUDFRONT",
                description: "Judges requests at the edge",
                defaultAction: { allow: {} },
                rules: [
                    rateLimitRule(args.rateLimit),
                    ...managedRuleGroups.map((group, index) => managedRule(group, index + 1, args.countedRules)),
                ],
                visibilityConfig: visibility("web-acl"),
                // Redaction of the log leaves the sampled requests in the console as they were; this covers both.
                dataProtectionConfig: {
                    dataProtections: [
                        {
                            action: "SUBSTITUTION",
                            field: { fieldType: "SINGLE_HEADER", fieldKeys: redactedHeaders },
                        },
                    ],
                },
            },
            keep,
        );

        const logGroup = new cloudwatch.LogGroup(
            `${name}-web-acl-log`,
            // WAF writes only to groups whose names begin like this.
            { region, namePrefix: `aws-waf-logs-${name}-`, retentionInDays: args.logRetentionInDays },
            // A name, once made, stays: another one for a renamed stack or component would be another log.
            { ...keep, ignoreChanges: ["name", "namePrefix"] },
        );
        new wafv2.WebAclLoggingConfiguration(
            `${name}-web-acl-logging`,
            {
                region,
                resourceArn: webAcl.arn,
                logDestinationConfigs: [logGroup.arn],
                redactedFields: redactedHeaders.map((header) => ({ singleHeader: { name: header } })),
            },
            // A web ACL has one logging configuration: of two, the end of the first would be the end of both.
            { ...keep, deleteBeforeReplace: true },
        );

        const outputs: OutputsOf<EdgeFirewall> = { webAclArn: webAcl.arn, logGroupName: logGroup.name };
        Object.assign(this, outputs);
        this.registerOutputs(outputs);
    }
}

function rateLimitRule(limit: number): input.wafv2.WebAclRule {
    return {
        name: "rate-limit",
        priority: 0,
        action: { block: {} },
        statement: { rateBasedStatement: { aggregateKeyType: "IP", limit, evaluationWindowSec: 300 } },
        visibilityConfig: visibility("rate-limit"),
    };
}

function managedRule(group: ManagedRuleGroup, priority: number, countedRules: string[]): input.wafv2.WebAclRule {
    const counted = countedRules.filter((rule) => rule.startsWith(`${group.name}:`));
    return {
        name: group.ruleName,
        priority,
        overrideAction: { none: {} },
        statement: {
            managedRuleGroupStatement: {
                vendorName: "AWS",
                name: group.name,
                ruleActionOverrides: counted.map((rule) => ({
                    name: rule.slice(group.name.length + 1),
                    actionToUse: { count: {} },
                })),
            },
        },
        visibilityConfig: visibility(group.ruleName),
    };
}

function visibility(metricName: string) {
    return { metricName, cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true };
}
