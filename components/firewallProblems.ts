import { nearestName } from "encrypted-edge-common";
import type { InnerProblem } from "./argumentSpec";
import { managedRuleGroups } from "./managedRuleGroups";
import { itemProblems, listProblem, shown } from "./valueProblems";

const exampleRule = "AWSManagedRulesCommonRuleSet:SizeRestrictions_BODY";

/** Rules of managed groups, each as `group:rule`. */
export function countedRulesProblems(countedRules: unknown): string | readonly InnerProblem[] {
    return listProblem(countedRules, exampleRule) ?? itemProblems(countedRules, countedRuleProblem);
}

function countedRuleProblem(given: unknown): string | undefined {
    const [group, rule, ...rest] = typeof given === "string" ? given.split(":") : [];
    const known = managedRuleGroups.find((candidate) => candidate.name === group);
    if (known === undefined || !rule || !/^[\w-]{1,128}$/.test(rule) || rest.length > 0) {
        const groups = managedRuleGroups.map((candidate) => candidate.name).join(", ");
        return `is ${shown(given)}; it is one of the groups ${groups}, a colon, and a rule of it. Write, for example, "${exampleRule}".`;
    }
    const meant = nearestName(rule, known.rules);
    return meant === undefined || meant === rule || known.rules.includes(rule)
        ? undefined
        : `is ${shown(given)}; the rule is spelt "${meant}", and AWS WAF ignores other spellings. Write "${known.name}:${meant}".`;
}
