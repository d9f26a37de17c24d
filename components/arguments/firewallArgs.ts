import type * as pulumi from "@pulumi/pulumi";

/** What the web ACL lets through, and what it only counts. */
export interface FirewallArgs {
    /**
     * What happens to a request that a rule matches: `block`, or `count`, with which the log and the metrics show what
     * would be blocked and nothing is. Defaults to `block`.
     * Source: AWS WAF developer guide, "Testing and tuning your AWS WAF protections".
     */
    mode?: string;

    /** Managed rule groups that only count, for example `AWSManagedRulesSQLiRuleSet`. Defaults to none. */
    countedGroups?: string[];

    /**
     * Rules that block although they count by default, each written as group and rule with a colon between. Defaults to
     * none.
     */
    blockedRules?: string[];

    /**
     * The only address ranges from which viewers may come, for example `192.0.2.0/24`; everybody else is blocked, and what
     * comes from these is inspected like any other request. Viewers use IPv6 where they have it, so a list needs ranges of
     * both families. Defaults to none: viewers may come from everywhere.
     * Source: AWS WAF API reference, IPSet (CIDR notation, no /0, 10,000 ranges).
     */
    allowedAddresses?: string[];

    /** Address ranges from which nobody may come. Defaults to none. */
    blockedAddresses?: string[];

    /**
     * The only countries from which viewers may come, as two capital letters each, for example `DE`. Defaults to none:
     * viewers may come from everywhere.
     * Source: AWS WAF API reference, GeoMatchStatement (ISO 3166-1 alpha-2).
     */
    allowedCountries?: string[];

    /** Countries from which nobody may come, as two capital letters each. Defaults to none. */
    blockedCountries?: string[];

    /**
     * Paths on which a managed rule group, or one rule of it, does not block, for example an upload or an editor. Defaults
     * to none. Each takes up to 23 web ACL capacity units; 1,500 are in the price, and 5,000 is the most.
     * Source: AWS WAF developer guide, "Web ACL capacity units (WCUs)".
     */
    exceptions?: FirewallExceptionArgs[];

    /**
     * ARNs of rule groups of your own, in us-east-1 with scope `CLOUDFRONT`, asked last and in this order. Defaults to
     * none.
     */
    ruleGroupArns?: pulumi.Input<string>[];

    /**
     * Versions of managed rule groups by group, for example `Version_1.10`. Defaults to AWS's current default version of
     * each, which AWS changes from time to time; a version that is pinned expires, and AWS WAF then takes the default.
     * Source: AWS WAF developer guide, "Working with managed rule group versions".
     */
    versions?: { [group: string]: string };
}

/** A path on which a managed rule group, or one rule of it, does not block. */
export interface FirewallExceptionArgs {
    /** The path, or, with an asterisk at its end, all paths that begin like it, for example `/upload/*`. */
    path: string;

    /** Name of the managed rule group, for example `AWSManagedRulesCommonRuleSet`. */
    ruleGroup: string;

    /**
     * Name of one rule of the group, for example `CrossSiteScripting_BODY`, which only counts on that path and blocks on
     * every other. Defaults to none: the whole group is not asked on that path.
     * Source: AWS WAF developer guide, "Label match rule statement" (mitigating false positives).
     */
    rule?: string;
}
