import type * as pulumi from "@pulumi/pulumi";
import type { FirewallArgs } from "./firewallArgs";

/** What the web ACL does with the requests of viewers, and whose it is. */
export interface WebAclArgs {
    /**
     * Requests that one IP address may send within five minutes before AWS WAF blocks it, 10 to 2,000,000,000. Defaults
     * to 2000.
     * Source: AWS WAF API reference, RateBasedStatement.
     */
    rateLimit?: number;

    /**
     * Rules of the managed rule groups that only count instead of block, each written as group and rule with a colon
     * between. Defaults to none. `AWSManagedRulesCommonRuleSet:SizeRestrictions_BODY`, which would block every upload over
     * 8 KB, counts besides these; see `firewall.blockedRules`. AWS WAF takes a rule that does not exist without an error.
     * Source: AWS WAF developer guide, "Baseline rule groups".
     */
    countedRules?: string[];

    /** Who may come, what only counts, exceptions by path, and rules of your own. Defaults to the values below. */
    firewall?: FirewallArgs;

    /**
     * ARN of a web ACL of yours, in us-east-1 with scope `CLOUDFRONT`, also one that AWS Firewall Manager made. Defaults to
     * one that is made here. With it, `rateLimit`, `countedRules`, `firewall` and the arguments of its log have no effect:
     * its rules and its log are yours.
     * Source: CloudFront developer guide, "Use AWS WAF protections".
     */
    webAclArn?: pulumi.Input<string>;

    /**
     * Whether the distribution keeps a web ACL that somebody else puts on it later, as a policy of AWS Firewall Manager
     * does. Defaults to false: `pulumi up` puts the edge's own back. When true, another `webAclArn` has no effect on a
     * distribution that exists, either.
     * Source: AWS Firewall Manager developer guide, "Using AWS WAF policies with Firewall Manager".
     */
    webAclChangesIgnored?: boolean;
}
