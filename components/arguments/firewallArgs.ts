import type * as pulumi from "@pulumi/pulumi";

/** What the web ACL lets through, and what it only counts. */
export interface FirewallArgs {
    /**
     * What happens to a request that a rule matches: `block`, or `count`, which blocks nothing and shows in the log and
     * the metrics what would be blocked. Defaults to `block`.
     * Source: AWS WAF developer guide, "Testing and tuning your AWS WAF protections".
     */
    mode?: string;

    /** Managed rule groups that only count, for example `AWSManagedRulesSQLiRuleSet`. Defaults to none. */
    countedGroups?: string[];

    /** Rules that count by default and should block, each written as `group:rule`. Defaults to none. */
    blockedRules?: string[];

    /**
     * The only address ranges that viewers may come from, for example `192.0.2.0/24`. Everybody else is blocked;
     * requests from these ranges are inspected like any others. Viewers use IPv6 if they have it, so the list needs
     * ranges of both families. Defaults to none: viewers may come from everywhere.
     * Source: AWS WAF API reference, IPSet (CIDR notation, no /0, 10,000 ranges).
     */
    allowedAddresses?: string[];

    /** Address ranges whose requests are blocked. Defaults to none. */
    blockedAddresses?: string[];

    /**
     * The only countries that viewers may come from, each as two capital letters, for example `DE`. Defaults to none:
     * viewers may come from everywhere.
     * Source: AWS WAF API reference, GeoMatchStatement (ISO 3166-1 alpha-2).
     */
    allowedCountries?: string[];

    /** Countries whose requests are blocked, each as two capital letters. Defaults to none. */
    blockedCountries?: string[];

    /**
     * Paths on which a managed rule group, or one of its rules, does not block, for example an upload or an editor.
     * Defaults to none. Each takes up to 23 web ACL capacity units; the price includes 1,500, and a web ACL has at most
     * 5,000.
     * Source: AWS WAF developer guide, "Web ACL capacity units (WCUs)".
     */
    exceptions?: FirewallExceptionArgs[];

    /**
     * ARNs of your own rule groups, in us-east-1 with scope `CLOUDFRONT`. They run last, in this order. Defaults to
     * none.
     */
    ruleGroupArns?: pulumi.Input<string>[];

    /**
     * Versions of managed rule groups, for example `Version_1.10`, with the group's name as the key. Defaults to AWS's
     * current default version of each group, which AWS changes from time to time. A version that you choose expires;
     * AWS WAF then uses the default.
     * Source: AWS WAF developer guide, "Working with managed rule group versions".
     */
    versions?: { [group: string]: string };
}

/** A path on which a managed rule group, or one of its rules, does not block. */
export interface FirewallExceptionArgs {
    /** The path, or, with an asterisk at its end, all paths that begin with it, for example `/upload/*`. */
    path: string;

    /** Name of the managed rule group, for example `AWSManagedRulesCommonRuleSet`. */
    ruleGroup: string;

    /**
     * Name of one rule of the group, for example `CrossSiteScripting_BODY`, which only counts on this path and still
     * blocks on all others. Defaults to none: the whole group is skipped on this path.
     * Source: AWS WAF developer guide, "Label match rule statement" (mitigating false positives).
     */
    rule?: string;
}
