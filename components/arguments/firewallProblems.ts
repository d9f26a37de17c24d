import { nearestName } from "@encrypted-edge/common";
import {
    type Given,
    groupsProblems,
    type InnerProblem,
    isDeferred,
    itemProblems,
    listOf,
    listProblem,
    pathProblem,
    plainValueNeeded,
    shown,
    textOf,
    type ValueSpec,
} from "../checks/index";
import type { FirewallExceptionArgs } from "./firewallArgs";
import { countedByAws, countedByDefault, managedRuleGroups } from "./managedRuleGroups";

/**
 * A web ACL has 5,000 capacity units and no more. The managed groups take most, the rules on addresses, countries and rates
 * twenty at most, an exception 23: a path (2), decoded and normalised (10 each), and the label of a rule.
 * Source: AWS WAF developer guide, "Web ACL capacity units (WCUs)", and the pages of the statements.
 */
const mostExceptions = Math.floor((5_000 - managedRuleGroups.reduce((sum, { capacity }) => sum + capacity, 20)) / 23);

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
        return `is ${shown(given)}; it is one of the groups ${groups}, a colon, and one of its rules. Write, for example, "${exampleRule}".`;
    }
    const meant = nearestName(rule, known.rules);
    return meant === undefined || meant === rule || known.rules.includes(rule)
        ? undefined
        : `is ${shown(given)}; the rule is spelt "${meant}", and AWS WAF ignores other spellings. Write "${known.name}:${meant}".`;
}

/** Rules that count by default. */
export function blockedRulesProblems(rules: unknown): string | readonly InnerProblem[] {
    return (
        listProblem(rules, exampleRule) ??
        itemProblems(rules, (rule) =>
            countedByDefault.some((known) => known === rule)
                ? undefined
                : `is ${shown(rule)}; by default only ${countedByDefault.join(", ")} counts. Leave it out; other rules block anyway.`,
        )
    );
}

export function ruleGroupsProblems(groups: unknown): string | readonly InnerProblem[] {
    return listProblem(groups, "AWSManagedRulesSQLiRuleSet") ?? itemProblems(groups, ruleGroupProblem);
}

export function countriesProblems(countries: unknown): string | readonly InnerProblem[] {
    return listProblem(countries, "DE") ?? itemProblems(countries, countryProblem);
}

/** Of two lists one would be without effect. */
export function countriesTogetherProblems({ allowedCountries, blockedCountries }: Given): readonly InnerProblem[] {
    const both = (listOf(allowedCountries) ?? []).length > 0 && (listOf(blockedCountries) ?? []).length > 0;
    return both
        ? [
              [
                  ".blockedCountries",
                  "is given together with allowedCountries, which already blocks every other country. Leave one of them out.",
              ],
          ]
        : [];
}

const exceptionFields: Readonly<Record<keyof FirewallExceptionArgs, ValueSpec>> = {
    path: { form: "text", required: true, check: exceptionPathProblem },
    ruleGroup: { form: "text", required: true, check: ruleGroupProblem },
    rule: { form: "text", check: (rule, { ruleGroup }) => exceptedRuleProblem(ruleGroup, rule) },
};

export function exceptionsProblems(exceptions: unknown): string | readonly InnerProblem[] {
    const count = listOf(exceptions)?.length ?? 0;
    const reason = `has ${count} exceptions; the web ACL's capacity has room for ${mostExceptions}. Use paths with an asterisk.`;
    const problems = groupsProblems(exceptions, {
        owner: "an exception",
        example: `{ path: "/upload/*", ruleGroup: "AWSManagedRulesCommonRuleSet" }`,
        fields: exceptionFields,
    });
    return typeof problems === "string" || count <= mostExceptions ? problems : [["", reason], ...problems];
}

export function ruleGroupArnsProblems(arns: unknown): string | readonly InnerProblem[] {
    const example = "arn:aws:wafv2:us-east-1:111122223333:global/rulegroup/own/0123456789ab";
    return (
        listProblem(arns, example) ??
        itemProblems(arns, (arn) =>
            isDeferred(arn) ||
            (typeof arn === "string" && /^arn:aws[\w-]*:wafv2:us-east-1:\d{12}:global\/rulegroup\/./.test(arn))
                ? undefined
                : `is ${shown(arn)}; it is the ARN of a rule group with scope CLOUDFRONT, in us-east-1. Write, for example, "${example}".`,
        )
    );
}

export function versionsProblems(versions: unknown): string | readonly InnerProblem[] {
    if (typeof versions !== "object" || versions === null || Array.isArray(versions) || isDeferred(versions)) {
        return isDeferred(versions)
            ? plainValueNeeded
            : `is ${shown(versions)}; a version for each group is needed. Write, for example, { AWSManagedRulesCommonRuleSet: "Version_1.10" }.`;
    }
    return Object.entries(versions).flatMap(([group, version]: [string, unknown]): InnerProblem[] => {
        const known = managedRuleGroups.find(({ name }) => name === group);
        const reason =
            known === undefined
                ? `is not a managed rule group of the web ACL. Write one of ${groupNames()}.`
                : !known.versioned
                  ? "is a group that AWS publishes without versions. Leave it out."
                  : typeof version === "string" && /^Version_\d+\.\d+$/.test(version)
                    ? undefined
                    : `is ${shown(version)}; a version looks like "Version_1.10". Write one that "aws wafv2 list-available-managed-rule-group-versions" lists.`;
        return reason === undefined ? [] : [[`.${group}`, reason]];
    });
}

function groupNames(): string {
    return managedRuleGroups.map(({ name }) => name).join(", ");
}

function ruleGroupProblem(group: unknown): string | undefined {
    if (managedRuleGroups.some(({ name }) => name === group)) {
        return undefined;
    }
    const meant = nearestName(
        textOf(group),
        managedRuleGroups.map(({ name }) => name),
    );
    return `is ${shown(group)}; the web ACL has the groups ${groupNames()}. Write ${meant === undefined ? "one of them" : `"${meant}"`}.`;
}

/** The label of a rule has to be known: one that is misspelt would make the rule count everywhere. */
function exceptedRuleProblem(ruleGroup: unknown, rule: unknown): string | undefined {
    const group = managedRuleGroups.find(({ name }) => name === ruleGroup);
    if (rule === undefined || group === undefined || group.rules.some((known) => known === rule)) {
        return undefined;
    }
    const meant = nearestName(textOf(rule), group.rules);
    return `is ${shown(rule)}; the group ${group.name} has the rules ${group.rules.join(", ")}. Write ${meant === undefined ? "one of them" : `"${meant}"`}.`;
}

/** Exceptions of rules that block nowhere: they would be without effect, or make them block. */
export function countedExceptionsProblems(countedRules: readonly string[], firewall: Given): InnerProblem[] {
    const { exceptions, blockedRules, countedGroups } = firewall;
    const blocked = listOf(blockedRules) ?? [];
    const counted = [...countedByAws, ...countedByDefault.filter((one) => !blocked.includes(one)), ...countedRules];
    return ((listOf(exceptions) ?? []) as Given[]).flatMap(({ ruleGroup, rule }, index): InnerProblem[] => {
        const name = `${textOf(ruleGroup)}:${textOf(rule)}`;
        const place = `firewall.exceptions[${index}]`;
        if ((listOf(countedGroups) ?? []).includes(ruleGroup)) {
            return [
                [
                    place,
                    `names ${textOf(ruleGroup)}, which only counts because of countedGroups. Leave one of them out.`,
                ],
            ];
        }
        return counted.includes(name)
            ? [
                  [
                      `${place}.rule`,
                      countedByDefault.includes(name)
                          ? `is ${shown(rule)}, which counts everywhere by default. Leave the exception out, or write "${name}" in firewall.blockedRules.`
                          : `is ${shown(rule)}, which only counts. Leave the exception out.`,
                  ],
              ]
            : [];
    });
}

function exceptionPathProblem(path: unknown): string | undefined {
    return /\*.|^\/?\*/.test(textOf(path))
        ? `is ${shown(path)}; an asterisk can only end the path, and not every path can be an exception. Write, for example, "/upload/*".`
        : pathProblem(path ?? null, { longest: 200, marks: ".~%!$&'()*+,;=:@", example: "/upload/*" });
}

const countryNames = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });

/** Source: ISO 3166-1 alpha-2, of which AWS WAF takes the codes and no groups of countries. */
function countryProblem(code: unknown): string | undefined {
    const legal = typeof code === "string" && /^[A-Z]{2}$/.test(code) && !["EU", "EZ", "UN", "ZZ"].includes(code);
    return legal && countryNames.of(code) !== undefined
        ? undefined
        : `is ${shown(code)}; a country is a code of ISO 3166-1 in two capital letters. Write, for example, "DE".`;
}
