import { managedRuleLabel } from "@encrypted-edge/common";

/** A rule group that AWS maintains, without charge beyond the web ACL's own. */
export interface ManagedRuleGroup {
    /** AWS's name of the group. */
    readonly name: string;
    /** Name of the rule in the web ACL and of its metric. */
    readonly ruleName: string;
    /**
     * Its rules. AWS adds some now and then; this list is there to find misspellings, which AWS WAF takes without an
     * error and without effect.
     */
    readonly rules: readonly string[];
    /** Whether AWS publishes versions of it, so that one can be chosen. */
    readonly versioned: boolean;
    /** What stands before the name of its labels. */
    readonly labelNamespace: string;
    /** Web ACL capacity units that it takes. */
    readonly capacity: number;
}

/** Rules that would refuse what web applications do every day: this one refuses bodies, that is uploads, over 8 KB. */
export const countedByDefault: readonly string[] = ["AWSManagedRulesCommonRuleSet:SizeRestrictions_BODY"];

/**
 * The managed rule groups of the web ACL in the order in which they are asked: cheap and certain first. Bot Control and
 * Anonymous IP are not among them: the first is charged, the second blocks callers that stand in clouds.
 *
 * Source: AWS WAF developer guide, "AWS Managed Rules rule groups list".
 */
export const managedRuleGroups: readonly ManagedRuleGroup[] = [
    {
        name: "AWSManagedRulesAmazonIpReputationList",
        labelNamespace: "awswaf:managed:aws:amazon-ip-list:",
        capacity: 25,
        ruleName: "amazon-ip-reputation-list",
        versioned: false,
        rules: ["AWSManagedIPReputationList", "AWSManagedReconnaissanceList", "AWSManagedIPDDoSList"],
    },
    {
        name: "AWSManagedRulesCommonRuleSet",
        labelNamespace: "awswaf:managed:aws:core-rule-set:",
        capacity: 700,
        ruleName: "common-rule-set",
        versioned: true,
        rules: [
            "NoUserAgent_HEADER",
            "UserAgent_BadBots_HEADER",
            ...at("SizeRestrictions", "QUERYSTRING", "Cookie_HEADER", "BODY", "URIPATH"),
            ...at("EC2MetaDataSSRF", "BODY", "COOKIE", "URIPATH", "QUERYARGUMENTS"),
            ...at("GenericLFI", "QUERYARGUMENTS", "URIPATH", "BODY"),
            ...at("RestrictedExtensions", "URIPATH", "QUERYARGUMENTS"),
            ...at("GenericRFI", "QUERYARGUMENTS", "BODY", "URIPATH"),
            ...at("CrossSiteScripting", "COOKIE", "QUERYARGUMENTS", "BODY", "URIPATH"),
        ],
    },
    {
        name: "AWSManagedRulesKnownBadInputsRuleSet",
        labelNamespace: "awswaf:managed:aws:known-bad-inputs:",
        capacity: 200,
        ruleName: "known-bad-inputs-rule-set",
        versioned: true,
        rules: [
            ...at("JavaDeserializationRCE", "HEADER", "BODY", "URIPATH", "QUERYSTRING"),
            "Host_localhost_HEADER",
            "PROPFIND_METHOD",
            "ExploitablePaths_URIPATH",
            ...at("Log4JRCE", "HEADER", "QUERYSTRING", "BODY", "URIPATH"),
            "ReactJSRCE_BODY",
        ],
    },
    {
        name: "AWSManagedRulesSQLiRuleSet",
        labelNamespace: "awswaf:managed:aws:sql-database:",
        capacity: 200,
        ruleName: "sql-injection-rule-set",
        versioned: true,
        rules: [
            ...at("SQLi", "QUERYARGUMENTS", "BODY", "COOKIE", "URIPATH"),
            ...at("SQLiExtendedPatterns", "QUERYARGUMENTS", "BODY"),
        ],
    },
];

/** Rules that count as AWS publishes them. Source: AWS WAF developer guide, "IP reputation rule groups". */
export const countedByAws: readonly string[] = ["AWSManagedRulesAmazonIpReputationList:AWSManagedIPDDoSList"];

/** The label that a rule gives each request which it matches, whatever its action, as rules asked later may know it. */
export function labelOf(group: ManagedRuleGroup, rule: string): string {
    return group.labelNamespace + managedRuleLabel(rule);
}

/** Names of rules that look for one thing in several places of a request. */
function at(what: string, ...places: string[]): string[] {
    return places.map((place) => `${what}_${place}`);
}
