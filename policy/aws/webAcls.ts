export const WEB_ACL_TYPES = ["aws:wafv2/webAcl:WebAcl", "aws-native:wafv2:WebAcl"] as const;

/** Rules of a web ACL that are resources of their own. */
export const WEB_ACL_RULE_TYPES = [
    "aws:wafv2/webAclRule:WebAclRule",
    "aws:wafv2/webAclRuleGroupAssociation:WebAclRuleGroupAssociation",
];
