import { areRefused, type Mistake } from "../test/mistakes";

/** What can be wrong with the firewall: its web ACL, rules, addresses, countries and exceptions. */
const mistakes: Mistake[] = [
    [
        { webAclArn: "arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/a/b" },
        "webAclArn",
        /scope CLOUDFRONT, in us-east-1/,
    ],
    [{ rateLimit: 9 }, "rateLimit", /is 9 .*from 10 to 2000000000.*Write 10/],
    [{ rateLimit: 2_000_000_001 }, "rateLimit", /Write 2000000000/],
    [{ rateLimit: Number.NaN }, "rateLimit", /whole number/],
    [{ rateLimit: "2000" }, "rateLimit", /is "2000"/],
    [
        { countedRules: ["SizeRestrictions_BODY"] },
        "countedRules[0]",
        /AWSManagedRulesCommonRuleSet:SizeRestrictions_BODY/,
    ],
    [{ countedRules: ["AWSManagedRulesBotControlRuleSet:X"] }, "countedRules[0]", /one of the groups/],
    [{ countedRules: ["AWSManagedRulesSQLiRuleSet:A", "AWSManagedRulesSQLiRuleSet:A"] }, "countedRules[1]", /already/],
    [{ firewall: { mode: "off" } }, "firewall.mode", /allowed values are block, count/],
    [
        { firewall: { countedGroups: ["CommonRuleSet"] } },
        "firewall.countedGroups[0]",
        /has the groups .*Write one of them/,
    ],
    [
        { firewall: { countedGroups: ["AWSManagedRulesSQLRuleSet"] } },
        "firewall.countedGroups[0]",
        /Write "AWSManagedRulesSQLiRuleSet"/,
    ],
    [
        { firewall: { blockedRules: ["AWSManagedRulesSQLiRuleSet:SQLi_BODY"] } },
        "firewall.blockedRules[0]",
        /only AWSManagedRulesCommonRuleSet:SizeRestrictions_BODY counts/,
    ],
    [{ firewall: { allowedAddresses: ["192.0.2.0/24"] } }, "firewall.allowedAddresses", /no IPv6 range.*"100::\/64"/],
    [{ firewall: { allowedAddresses: ["2001:db8::/32"] } }, "firewall.allowedAddresses", /no IPv4 range/],
    [
        { firewall: { allowedAddresses: ["192.0.2.0/24", "192.0.2.7"] } },
        "firewall.allowedAddresses[1]",
        /is "192\.0\.2\.7"; .*Write "192\.0\.2\.7\/32"/,
    ],
    [{ firewall: { blockedAddresses: ["2001:db8::1"] } }, "firewall.blockedAddresses[0]", /Write "2001:db8::1\/128"/],
    [{ firewall: { blockedAddresses: ["0.0.0.0/0"] } }, "firewall.blockedAddresses[0]", /every address/],
    [
        { firewall: { blockedAddresses: ["192.0.2.7/24"] } },
        "firewall.blockedAddresses[0]",
        /"192\.0\.2\.0\/24", or "192\.0\.2\.7\/32"/,
    ],
    [{ firewall: { blockedAddresses: ["192.0.2.0/33"] } }, "firewall.blockedAddresses[0]", /not a range/],
    [{ firewall: { blockedAddresses: [7] } }, "firewall.blockedAddresses[0]", /is 7; a range/],
    [{ firewall: { blockedAddresses: "192.0.2.0/24" } }, "firewall.blockedAddresses", /a list is needed/],
    [{ firewall: { allowedCountries: ["de"] } }, "firewall.allowedCountries[0]", /two capital letters/],
    [{ firewall: { blockedCountries: ["EU"] } }, "firewall.blockedCountries[0]", /two capital letters/],
    [{ firewall: { blockedCountries: ["QX"] } }, "firewall.blockedCountries[0]", /is "QX"/],
    [
        { firewall: { allowedCountries: ["DE"], blockedCountries: ["FR"] } },
        "firewall.blockedCountries",
        /Leave one of them out/,
    ],
    [{ firewall: { exceptions: ["/upload"] } }, "firewall.exceptions[0]", /is "\/upload"; an exception is a group/],
    [
        { firewall: { exceptions: [{ path: "upload/*", ruleGroup: "AWSManagedRulesCommonRuleSet" }] } },
        "firewall.exceptions[0].path",
        /Write "\/upload\/\*"/,
    ],
    [
        { firewall: { exceptions: [{ path: "/*", ruleGroup: "AWSManagedRulesCommonRuleSet" }] } },
        "firewall.exceptions[0].path",
        /not every path/,
    ],
    [
        { firewall: { exceptions: [{ path: "*", ruleGroup: "AWSManagedRulesCommonRuleSet" }] } },
        "firewall.exceptions[0].path",
        /not every path/,
    ],
    [
        { firewall: { exceptions: [{ path: "/a/*/b", ruleGroup: "AWSManagedRulesCommonRuleSet" }] } },
        "firewall.exceptions[0].path",
        /an asterisk can only end the path/,
    ],
    [{ firewall: { exceptions: [{ path: "/a", ruleGroup: "x" }] } }, "firewall.exceptions[0].ruleGroup", /is "x"/],
    [
        { firewall: { exceptions: [{ path: "/a", ruleGroup: "AWSManagedRulesSQLiRuleSet", group: "x" }] } },
        "firewall.exceptions[0].group",
        /not an argument of an exception\. .*write one of path, ruleGroup, rule/,
    ],
    [
        {
            firewall: {
                exceptions: Array.from({ length: 168 }, (_, index) => ({
                    path: `/${index}`,
                    ruleGroup: "AWSManagedRulesSQLiRuleSet",
                })),
            },
        },
        "firewall.exceptions",
        /has 168 exceptions; .* room for 167/,
    ],
    [
        { firewall: { ruleGroupArns: ["arn:aws:wafv2:eu-central-1:111122223333:regional/rulegroup/a/b"] } },
        "firewall.ruleGroupArns[0]",
        /in us-east-1/,
    ],
    [
        { firewall: { versions: { AWSManagedRulesCommonRuleSet: "1.10" } } },
        "firewall.versions.AWSManagedRulesCommonRuleSet",
        /Version_1\.10/,
    ],
    [
        { firewall: { versions: { AWSManagedRulesAmazonIpReputationList: "Version_1.0" } } },
        "firewall.versions.AWSManagedRulesAmazonIpReputationList",
        /without versions/,
    ],
    [{ firewall: { versions: { Common: "Version_1.0" } } }, "firewall.versions.Common", /Write one of/],
    [{ firewall: { versions: [] } }, "firewall.versions", /is a list/],
    [
        { firewall: { exceptions: [{ path: "/a", ruleGroup: "AWSManagedRulesSQLiRuleSet", rule: "SQLi_Body" }] } },
        "firewall.exceptions[0].rule",
        /is "SQLi_Body"; the group AWSManagedRulesSQLiRuleSet has .*Write "SQLi_BODY"/,
    ],
    [
        {
            firewall: {
                exceptions: [{ path: "/a", ruleGroup: "AWSManagedRulesCommonRuleSet", rule: "SizeRestrictions_BODY" }],
            },
        },
        "firewall.exceptions[0].rule",
        /counts everywhere by default.* write "AWSManagedRulesCommonRuleSet:SizeRestrictions_BODY" in firewall.blockedRules/,
    ],
    [
        {
            countedRules: ["AWSManagedRulesSQLiRuleSet:SQLi_BODY"],
            firewall: { exceptions: [{ path: "/a", ruleGroup: "AWSManagedRulesSQLiRuleSet", rule: "SQLi_BODY" }] },
        },
        "firewall.exceptions[0].rule",
        /is "SQLi_BODY", which only counts/,
    ],
    [
        {
            firewall: {
                countedGroups: ["AWSManagedRulesSQLiRuleSet"],
                exceptions: [{ path: "/a", ruleGroup: "AWSManagedRulesSQLiRuleSet" }],
            },
        },
        "firewall.exceptions[0]",
        /names AWSManagedRulesSQLiRuleSet, which only counts/,
    ],
    [{ rateLimit: 10.5 }, "rateLimit", /is 10.5 .*Write 11\./],
    [{ rateLimit: Infinity }, "rateLimit", /is Infinity .*Write 2000000000/],
    [{ rateLimit: -Infinity }, "rateLimit", /is -Infinity .*Write 10\./],
    [{ rateLimit: 10n }, "rateLimit", /is 10n /],
    [{ rateLimit: Symbol("s") }, "rateLimit", /is Symbol\(s\)/],
    [{ rateLimit: [2000] }, "rateLimit", /is a list/],
    [{ rateLimit: () => 5 }, "rateLimit", /is a function/],
    [{ countedRules: "AWSManagedRulesSQLiRuleSet:SQLi_BODY" }, "countedRules", /a list is needed/],
    [{ countedRules: [7] }, "countedRules[0]", /is 7; it is one of the groups/],
    [{ countedRules: ["AWSManagedRulesSQLiRuleSet:"] }, "countedRules[0]", /one of the groups/],
    [{ countedRules: ["AWSManagedRulesSQLiRuleSet:a:b"] }, "countedRules[0]", /one of the groups/],
    [
        { countedRules: ["AWSManagedRulesSQLiRuleSet:SQLi_Body"] },
        "countedRules[0]",
        /ignores other spellings\. Write "AWSManagedRulesSQLiRuleSet:SQLi_BODY"/,
    ],
];

describe("The arguments of EncryptedEdge", () => areRefused(mistakes));
