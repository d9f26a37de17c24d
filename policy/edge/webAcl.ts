export const WEB_ACL_TYPES = ["aws:wafv2/webAcl:WebAcl", "aws-native:wafv2:WebAcl"] as const;
