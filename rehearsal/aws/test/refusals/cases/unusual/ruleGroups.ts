import type { CasesByType } from "..";
import { bytes, managed, none, rules } from "../parts";

/** Unusual programs without any mistake. */
export const ruleGroups: CasesByType = {
    "aws:wafv2/webAcl:WebAcl": {
        accepted: [
            [
                "waf managed with version and overrides",
                {
                    rules: [
                        managed({
                            name: "AWSManagedRulesCommonRuleSet",
                            version: "Version_1.10",
                            ruleActionOverrides: [{ name: "SizeRestrictions_BODY", actionToUse: { count: {} } }],
                            scopeDownStatement: bytes(),
                        }),
                    ],
                },
            ],
            [
                "waf managed count all",
                {
                    rules: [
                        managed({ name: "AWSManagedRulesKnownBadInputsRuleSet" }, { overrideAction: { count: {} } }),
                    ],
                },
            ],
            [
                "waf bot control",
                {
                    rules: [
                        managed({
                            name: "AWSManagedRulesBotControlRuleSet",
                            managedRuleGroupConfigs: [
                                {
                                    awsManagedRulesBotControlRuleSet: {
                                        inspectionLevel: "TARGETED",
                                        enableMachineLearning: true,
                                    },
                                },
                            ],
                        }),
                    ],
                },
            ],
            [
                "waf anti ddos",
                {
                    rules: [
                        managed({
                            name: "AWSManagedRulesAntiDDoSRuleSet",
                            managedRuleGroupConfigs: [
                                {
                                    awsManagedRulesAntiDdosRuleSet: {
                                        sensitivityToBlock: "LOW",
                                        clientSideActionConfig: {
                                            challenge: {
                                                usageOfAction: "ENABLED",
                                                sensitivity: "HIGH",
                                                exemptUriRegularExpressions: [{ regexString: "\\/api\\/" }],
                                            },
                                        },
                                    },
                                },
                            ],
                        }),
                    ],
                },
            ],
            [
                "waf atp",
                {
                    rules: [
                        managed({
                            name: "AWSManagedRulesATPRuleSet",
                            managedRuleGroupConfigs: [
                                {
                                    awsManagedRulesAtpRuleSet: {
                                        loginPath: "/login",
                                        requestInspection: {
                                            payloadType: "JSON",
                                            usernameField: { identifier: "/u" },
                                            passwordField: { identifier: "/p" },
                                        },
                                    },
                                },
                            ],
                        }),
                    ],
                },
            ],
            ["waf marketplace", { rules: [managed({ vendorName: "F5", name: "OWASP_Managed" })] }],
        ],
    },
    "aws:wafv2/ruleGroup:RuleGroup": {
        accepted: [
            [
                "rule group with rules",
                {
                    capacity: 100,
                    ...rules({
                        statement: {
                            xssMatchStatement: {
                                fieldToMatch: { body: { oversizeHandling: "MATCH" } },
                                textTransformations: none,
                            },
                        },
                    }),
                },
            ],
        ],
    },
    "aws:wafv2/ipSet:IpSet": {
        accepted: [
            ["ip set empty", { addresses: [] }],
            ["ip set big", { addresses: ["10.0.0.0/8", "192.0.2.44/32", "128.0.0.0/1"], name: "a-b_c" }],
            ["ip set v6", { ipAddressVersion: "IPV6", addresses: ["2001:db8:0:0:0:0:0:0/32", "::1/128"] }],
        ],
    },
};
