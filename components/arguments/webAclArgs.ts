import type * as pulumi from "@pulumi/pulumi";
import type { FirewallArgs } from "./firewallArgs";

/** What the web ACL does with viewers' requests, and whose it is. */
export interface WebAclArgs {
    /**
     * Requests that one IP address may send in five minutes before AWS WAF blocks it, 10 to 2,000,000,000. Defaults to
     * 2000.
     * Source: AWS WAF API reference, RateBasedStatement.
     */
    rateLimit?: number;

    /**
     * Rules of the managed rule groups that only count and do not block, each written as `group:rule`. Defaults to
     * none. `AWSManagedRulesCommonRuleSet:SizeRestrictions_BODY`, which would block every upload over 8 KB, counts by
     * default as well (see `firewall.blockedRules`). AWS WAF accepts a rule that does not exist without an error.
     * Source: AWS WAF developer guide, "Baseline rule groups".
     */
    countedRules?: string[];

    /**
     * Allowed and blocked addresses and countries, what only counts, exceptions by path, and your own rule groups.
     * Defaults to its fields' defaults.
     */
    firewall?: FirewallArgs;

    /**
     * ARN of your own web ACL, in us-east-1 with scope `CLOUDFRONT`, which can be one that AWS Firewall Manager made.
     * Defaults to a new one. Your own web ACL keeps its rules and its log, so `rateLimit`, `countedRules`, `firewall`
     * and the arguments of the log have no effect.
     * Source: CloudFront developer guide, "Use AWS WAF protections".
     */
    webAclArn?: pulumi.Input<string>;

    /**
     * Whether to leave the distribution's web ACL alone if somebody replaces it later, as a policy of AWS Firewall
     * Manager does. Defaults to false: `pulumi up` puts the edge's own back. When true, a change of `webAclArn` has no
     * effect on an existing distribution either.
     * Source: AWS Firewall Manager developer guide, "Using AWS WAF policies with Firewall Manager".
     */
    webAclChangesIgnored?: boolean;
}
