import { securityHub } from "./controls";
import { referredTo, Read } from "../graph";
import { WEB_ACL_RULE_TYPES, WEB_ACL_TYPES } from "../aws";
import { cannotTell, violation } from "../finding";
import type { StackRule } from "../rule";

/** What the rule says. */
export const messages = {
    noRules: (rules: Read) =>
        `rules is ${rules.isAbsent ? "missing" : rules.shown()}: a web ACL without rules inspects nothing. Add rule groups to rules, ruleJson, or as WebAclRule resources.`,
    /** Cannot tell whether. */
    hasRules: "the web ACL has rules",
    /** Why not. */
    webAclUnknown: "a rule of this stack belongs to a web ACL that is not known yet",
};

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
        "Add rules. A free start: AWSManagedRulesAmazonIpReputationList, AWSManagedRulesCommonRuleSet and AWSManagedRulesKnownBadInputsRuleSet, together with a rate-based rule.",
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
                cannotTell(report, acl, unknown, messages.hasRules);
            } else if (separate.unknown.length > 0) {
                cannotTell(report, acl, rules, messages.hasRules, messages.webAclUnknown);
            } else {
                violation(report, acl, rules, messages.noRules(rules));
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
