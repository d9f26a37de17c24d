/** A rule group that AWS maintains, without charge beyond the web ACL's own. */
export interface ManagedRuleGroup {
    /** AWS's name of the group. */
    readonly name: string;
    /** Name of the rule in the web ACL and of its metric. */
    readonly ruleName: string;
}

/**
 * The managed rule groups of the web ACL in the order in which they are asked: cheap and certain first. Bot Control and
 * Anonymous IP are not among them: the first is charged, the second blocks callers that stand in clouds.
 *
 * Source: AWS WAF developer guide, "AWS Managed Rules rule groups list".
 */
export const managedRuleGroups: readonly ManagedRuleGroup[] = [
    { name: "AWSManagedRulesAmazonIpReputationList", ruleName: "amazon-ip-reputation-list" },
    { name: "AWSManagedRulesCommonRuleSet", ruleName: "common-rule-set" },
    { name: "AWSManagedRulesKnownBadInputsRuleSet", ruleName: "known-bad-inputs-rule-set" },
    { name: "AWSManagedRulesSQLiRuleSet", ruleName: "sql-injection-rule-set" },
];
