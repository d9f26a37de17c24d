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
        ruleName: "amazon-ip-reputation-list",
        versioned: false,
        rules: ["AWSManagedIPReputationList", "AWSManagedReconnaissanceList", "AWSManagedIPDDoSList"],
    },
    {
        name: "AWSManagedRulesCommonRuleSet",
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
        ruleName: "sql-injection-rule-set",
        versioned: true,
        rules: [
            ...at("SQLi", "QUERYARGUMENTS", "BODY", "COOKIE", "URIPATH"),
            ...at("SQLiExtendedPatterns", "QUERYARGUMENTS", "BODY"),
        ],
    },
];

/** Names of rules that look for one thing in several places of a request. */
function at(what: string, ...places: string[]): string[] {
    return places.map((place) => `${what}_${place}`);
}
