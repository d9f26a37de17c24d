import { securityHub } from "./controls";
import { referredTo, Read } from "../graph";
import { WEB_ACL_RULE_TYPES, WEB_ACL_TYPES } from "../aws";
import { cannotTell, violation } from "../finding";
import type { StackRule } from "../rule";

/** A web ACL without rules inspects nothing. */
export const webAclNotEmpty: StackRule = {
    scope: "stack",
    name: "web-acl-not-empty",
    displayName: "A web ACL has rules",
    description: "Every WAFv2 web ACL has at least one rule or rule group.",
    level: "advisory",
    severity: "medium",
    controls: securityHub("WAF.10"),
    remediationSteps:
        "Add rules: AWSManagedRulesAmazonIpReputationList, AWSManagedRulesCommonRuleSet and AWSManagedRulesKnownBadInputsRuleSet are a free start, with a rate-based rule.",
    types: [...WEB_ACL_TYPES, ...WEB_ACL_RULE_TYPES],
    evaluate(graph, report) {
        const separate = referredTo(graph, WEB_ACL_RULE_TYPES, "webAclArn", WEB_ACL_TYPES);
        for (const acl of graph.ofType(...WEB_ACL_TYPES)) {
            const rules = Read.of(acl).at("rules");
            const json = Read.of(acl).at("ruleJson");
            const known = rules
                .items()
                .some((rule) => !rule.isUnknown && !rule.isAbsent && typeof rule.value === "object");
            if (known || holdsRules(json.text) || separate.by.has(acl)) {
                continue;
            }
            const unknown = [rules, ...rules.items(), json].find((read) => read.isUnknown);
            if (unknown !== undefined) {
                cannotTell(report, acl, unknown, "the web ACL has rules");
            } else if (separate.unknown.length > 0) {
                const cause = `a rule of this stack belongs to a web ACL that is not known yet`;
                cannotTell(report, acl, rules, "the web ACL has rules", cause);
            } else {
                violation(
                    report,
                    acl,
                    rules,
                    `rules is ${rules.isAbsent ? "missing" : rules.shown()}: a web ACL without rules inspects nothing. Add rule groups to rules, ruleJson, or as WebAclRule resources.`,
                );
            }
        }
    },
};

function holdsRules(json: string | undefined): boolean {
    if (json === undefined) {
        return false;
    }
    try {
        const rules: unknown = JSON.parse(json);
        return Array.isArray(rules) && rules.length > 0;
    } catch {
        return false;
    }
}
