export const WEB_ACL_TYPES = ["aws:wafv2/webAcl:WebAcl", "aws-native:wafv2:WebAcl"] as const;

/** Web ACLs of AWS WAF Classic: those for CloudFront, and those for the resources of a Region. */
export const CLASSIC_WEB_ACL_TYPES = {
    global: "aws:waf/webAcl:WebAcl",
    regional: "aws:wafregional/webAcl:WebAcl",
} as const;

/** Rules of a web ACL that are resources of their own. */
export const WEB_ACL_RULE_TYPES = [
    "aws:wafv2/webAclRule:WebAclRule",
    "aws:wafv2/webAclRuleGroupAssociation:WebAclRuleGroupAssociation",
];
