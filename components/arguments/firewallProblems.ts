import { nearestName } from "@encrypted-edge/common";
import {
    type Given,
    type InnerProblem,
    isDeferred,
    itemProblems,
    listOf,
    listProblem,
    pathProblem,
    plainValueNeeded,
    shown,
    textOf,
} from "../checks/index";
import { countedByDefault, managedRuleGroups } from "./managedRuleGroups";

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
                  "is given besides allowedCountries, with which every other country is blocked. Leave one of them out.",
              ],
          ]
        : [];
}

export function exceptionsProblems(exceptions: unknown): string | readonly InnerProblem[] {
    if (isDeferred(exceptions)) {
        return plainValueNeeded;
    }
    const list = listOf(exceptions);
    const example = `{ path: "/upload/*", ruleGroup: "AWSManagedRulesCommonRuleSet" }`;
    if (list === undefined) {
        return `is ${shown(exceptions)}; a list is needed. Write, for example, [${example}].`;
    }
    return list.flatMap((exception, index): InnerProblem[] => {
        if (typeof exception !== "object" || exception === null || Array.isArray(exception) || isDeferred(exception)) {
            return [
                [
                    `[${index}]`,
                    `is ${shown(exception)}; a path and a rule group are needed. Write, for example, ${example}.`,
                ],
            ];
        }
        const { path, ruleGroup, ...others } = exception as Given;
        const inner: [string, string | undefined][] = [
            ["path", exceptionPathProblem(path)],
            ["ruleGroup", ruleGroupProblem(ruleGroup)],
            ...Object.keys(others).map((name): [string, string] => [
                name,
                "is no argument of an exception. Write path and ruleGroup.",
            ]),
        ];
        return inner.flatMap(([name, reason]): InnerProblem[] =>
            reason === undefined ? [] : [[`[${index}].${name}`, reason]],
        );
    });
}

export function ruleGroupArnsProblems(arns: unknown): string | readonly InnerProblem[] {
    const example = "arn:aws:wafv2:us-east-1:111122223333:global/rulegroup/own/0123456789ab";
    return (
        listProblem(arns, example) ??
        itemProblems(arns, (arn) =>
            isDeferred(arn) ||
            (typeof arn === "string" && /^arn:aws[\w-]*:wafv2:us-east-1:\d{12}:global\/rulegroup\/./.test(arn))
                ? undefined
                : `is ${shown(arn)}; it is the ARN of a rule group of CloudFront's, which lives in us-east-1. Write, for example, "${example}".`,
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
                ? `is no managed rule group of the web ACL. Write one of ${groupNames()}.`
                : !known.versioned
                  ? "is a group of which AWS publishes no versions. Leave it out."
                  : typeof version === "string" && /^Version_\d+\.\d+$/.test(version)
                    ? undefined
                    : `is ${shown(version)}; versions are called "Version_1.10" and the like. Write one that "aws wafv2 list-available-managed-rule-group-versions" shows.`;
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

function exceptionPathProblem(path: unknown): string | undefined {
    const wrong = pathProblem(path ?? null, { longest: 200, marks: ".~%!$&'()*+,;=:@", example: "/upload/*" });
    if (wrong !== undefined) {
        return wrong;
    }
    return /\*./.test(textOf(path)) || textOf(path) === "/*"
        ? `is ${shown(path)}; an asterisk ends the path, and not every path is an exception. Write, for example, "/upload/*".`
        : undefined;
}

const countryNames = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });

/** Source: ISO 3166-1 alpha-2, of which AWS WAF takes the codes and no groups of countries. */
function countryProblem(code: unknown): string | undefined {
    const legal = typeof code === "string" && /^[A-Z]{2}$/.test(code) && !["EU", "EZ", "UN", "ZZ"].includes(code);
    return legal && countryNames.of(code) !== undefined
        ? undefined
        : `is ${shown(code)}; a country is two capital letters of ISO 3166-1. Write, for example, "DE".`;
}
