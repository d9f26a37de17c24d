import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as wafv2 from "@pulumi/aws/wafv2";
import * as pulumi from "@pulumi/pulumi";
import { resolved, refusePart } from "./checks/index";
import { type FirewallArgs, argumentSpecs } from "./arguments/index";
import type { EdgeSettings } from "./edgeSettings";
import { originSecretHeaderName } from "./originSecret";
import type { OutputsOf } from "./outputsOf";
import { visibility, webAclRules } from "./webAclRules";

/** Web ACLs of CloudFront, and their logs, live in this region only. */
const region = "us-east-1";

/** Headers whose values a log must not hold, as WAF spells header names. */
const redactedHeaders = ["authorization", "cookie", originSecretHeaderName.toLowerCase()];

/** The arguments of EdgeFirewall; EncryptedEdgeArgs says what each of them means. */
export interface EdgeFirewallArgs {
    /** Requests of one IP address in five minutes. */
    rateLimit: number;

    /** Further rules of managed groups that only count, each as `group:rule`. */
    countedRules: string[];

    /** Who may come, what only counts, exceptions and own rules. Defaults to what EncryptedEdgeArgs says. */
    firewall?: FirewallArgs;

    /** Whether AWS WAF logs what the web ACL decides. Defaults to true. */
    logEnabled?: boolean;

    /** Requests of which the log holds a record, `matched` or `all`. Defaults to `matched`. */
    logRequests?: string;

    /** ARN of the log's destination. Defaults to a new log group. */
    logDestinationArn?: pulumi.Input<string>;

    /** Days that the new log group keeps the log. */
    logRetentionInDays: number;

    /** Further headers whose values are kept out of the log and the samples. Defaults to none. */
    redactedHeaders?: string[];

    /** Whether the web ACL and its log are protected from deletion. */
    deletionProtection: boolean;
}

/** The arguments of the part among those of the edge, whose logs have longer names. */
export function edgeFirewallArgs(settings: EdgeSettings): EdgeFirewallArgs {
    return {
        ...settings,
        logEnabled: settings.webAclLogEnabled,
        logRequests: settings.webAclLogRequests,
        logDestinationArn: settings.webAclLogDestinationArn,
        logRetentionInDays: settings.webAclLogRetentionInDays,
    };
}

/** The web ACL that judges every request at the edge, and its log with credentials redacted. */
export class EdgeFirewall extends pulumi.ComponentResource {
    /** ARN of the web ACL, by which the distribution names it. */
    public readonly webAclArn!: pulumi.Output<string>;

    /** Value of CloudWatch's dimension `WebACL`. */
    public readonly webAclMetricName!: pulumi.Output<string>;

    /** Name of the CloudWatch log group, in us-east-1; empty where none was made. */
    public readonly logGroupName!: pulumi.Output<string>;

    constructor(name: string, args: EdgeFirewallArgs, opts?: pulumi.ComponentResourceOptions) {
        refusePart("EdgeFirewall", name, args, {
            rateLimit: argumentSpecs.rateLimit,
            countedRules: argumentSpecs.countedRules,
            firewall: argumentSpecs.firewall,
            logEnabled: argumentSpecs.webAclLogEnabled,
            logRequests: argumentSpecs.webAclLogRequests,
            logDestinationArn: argumentSpecs.webAclLogDestinationArn,
            logRetentionInDays: argumentSpecs.webAclLogRetentionInDays,
            redactedHeaders: argumentSpecs.redactedHeaders,
            deletionProtection: argumentSpecs.deletionProtection,
        });
        super("encrypted-edge:index:EdgeFirewall", name, {}, opts);
        const keep = { parent: this, protect: args.deletionProtection || undefined };

        const metricName = webAclMetricName(name);
        const fieldKeys = [...redactedHeaders, ...(args.redactedHeaders ?? [])];
        const settings = resolved(args.firewall ?? {}, argumentSpecs.firewall.fields);
        const webAcl = new wafv2.WebAcl(
            `${name}-web-acl`,
            {
                region,
                scope: "CLOUDFRONT",
                description: "Judges requests at the edge",
                defaultAction: { allow: {} },
                rules: webAclRules(args.rateLimit, args.countedRules, settings, {
                    allowed: addressSets(`${name}-allowed-addresses`, settings.allowedAddresses, { parent: this }),
                    blocked: addressSets(`${name}-blocked-addresses`, settings.blockedAddresses, { parent: this }),
                }),
                visibilityConfig: visibility(metricName),
                // Redaction of the log leaves the sampled requests in the console as they were; this covers both.
                dataProtectionConfig: {
                    dataProtections: [
                        {
                            action: "SUBSTITUTION",
                            field: { fieldType: "SINGLE_HEADER", fieldKeys },
                        },
                    ],
                },
            },
            // Renaming the stack or the component keeps the metrics, and what looks at them.
            { ...keep, ignoreChanges: ["visibilityConfig.metricName"] },
        );

        const isLogged = args.logEnabled !== false;
        const logGroup =
            isLogged && args.logDestinationArn === undefined
                ? new cloudwatch.LogGroup(
                      `${name}-web-acl-log`,
                      // WAF writes only to groups whose names begin like this.
                      { region, namePrefix: `aws-waf-logs-${name}-`, retentionInDays: args.logRetentionInDays },
                      // A name, once made, stays: another one for a renamed stack or component would be another log.
                      { ...keep, ignoreChanges: ["name", "namePrefix"] },
                  )
                : undefined;
        if (isLogged) {
            new wafv2.WebAclLoggingConfiguration(
                `${name}-web-acl-logging`,
                {
                    region,
                    resourceArn: webAcl.arn,
                    logDestinationConfigs: [args.logDestinationArn ?? logGroup?.arn ?? ""],
                    loggingFilter: args.logRequests === "all" ? undefined : onlyMatched,
                    redactedFields: fieldKeys.map((header) => ({ singleHeader: { name: header } })),
                },
                // A web ACL has one logging configuration: of two, the end of the first would be the end of both.
                { ...keep, deleteBeforeReplace: true },
            );
        }

        const outputs: OutputsOf<EdgeFirewall> = {
            webAclArn: webAcl.arn,
            webAclMetricName: webAcl.visibilityConfig.metricName,
            logGroupName: logGroup?.name ?? pulumi.output(""),
        };
        Object.assign(this, outputs);
        this.registerOutputs(outputs);
    }
}

/**
 * Requests that a rule matched: by its own action, or, within a managed group, by one that an override turned into a count.
 * Source: AWS WAF API reference, ActionCondition.
 */
const onlyMatched = {
    defaultBehavior: "DROP",
    filters: [
        {
            behavior: "KEEP",
            requirement: "MEETS_ANY",
            conditions: ["BLOCK", "COUNT", "EXCLUDED_AS_COUNT", "CAPTCHA", "CHALLENGE"].map((action) => ({
                actionCondition: { action },
            })),
        },
    ],
};

/** Metrics of web ACLs are told apart by this name alone: two edges of an account need two. */
function webAclMetricName(name: string): string {
    return `${pulumi.getProject()}-${pulumi.getStack()}-${name}`.replace(/[^\w-]/g, "-").slice(-128);
}

/** One set for each family of addresses; AWS WAF keeps them apart. */
function addressSets(
    logicalName: string,
    addresses: readonly string[],
    options: pulumi.CustomResourceOptions,
): pulumi.Output<string>[] {
    const families = {
        IPV4: addresses.filter((range) => !range.includes(":")),
        IPV6: addresses.filter((range) => range.includes(":")),
    };
    return Object.entries(families)
        .filter(([, ranges]) => ranges.length > 0)
        .map(
            ([ipAddressVersion, ranges]) =>
                new wafv2.IpSet(
                    `${logicalName}-${ipAddressVersion.toLowerCase()}`,
                    { region, scope: "CLOUDFRONT", ipAddressVersion, addresses: ranges },
                    options,
                ).arn,
        );
}
