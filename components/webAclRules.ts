import type * as pulumi from "@pulumi/pulumi";
import type { input } from "@pulumi/aws/types";
import type { Resolved } from "./checks/index";
import {
    type argumentSpecs,
    type FirewallArgs,
    type FirewallExceptionArgs,
    countedByDefault,
    labelOf,
    managedRuleGroups,
    type ManagedRuleGroup,
} from "./arguments/index";

type Rule = Omit<input.wafv2.WebAclRule, "priority" | "visibilityConfig" | "name"> & { readonly name: string };
type Statement = input.wafv2.WebAclRuleStatement;

export type FirewallSettings = Resolved<FirewallArgs, typeof argumentSpecs.firewall.fields>;

/** Addresses as AWS WAF holds them: a set for each family. */
export interface AddressSets {
    readonly allowed: readonly pulumi.Input<string>[];
    readonly blocked: readonly pulumi.Input<string>[];
}

/**
 * The rules in the order in which they run: who may come at all, how often, what AWS knows to be bad, each group followed
 * by those of its rules that have exceptions, and last the team's own groups. Source: AWS WAF best practices, "order of rules".
 */
export function webAclRules(
    rateLimit: number,
    countedRules: readonly string[],
    settings: FirewallSettings,
    sets: AddressSets,
): input.wafv2.WebAclRule[] {
    const counts = settings.mode === "count";
    const own = (name: string, statement: Statement): Rule => ({
        name,
        action: counts ? { count: {} } : { block: {} },
        statement,
    });
    const rules: Rule[] = [
        ...whenAny(sets.allowed, (arns) => own("allowed-addresses", all(arns.map((arn) => not(inSet(arn)))))),
        ...whenAny(sets.blocked, (arns) => own("blocked-addresses", any(arns.map(inSet)))),
        ...whenAny(settings.allowedCountries, (codes) => own("allowed-countries", not(fromCountry(codes)))),
        ...whenAny(settings.blockedCountries, (codes) => own("blocked-countries", fromCountry(codes))),
        own("rate-limit", {
            rateBasedStatement: { aggregateKeyType: "IP", limit: rateLimit, evaluationWindowSec: 300 },
        }),
        ...managedRuleGroups.flatMap((group) => [
            managedRule(group, countedRules, settings),
            ...exceptedRules(group, settings).map((rule) =>
                own(exceptedName(group, rule), blockedElsewhere(group, rule, settings)),
            ),
        ]),
        ...settings.ruleGroupArns.map((arn, index) => ({
            name: `own-rule-group-${index + 1}`,
            overrideAction: counts ? { count: {} } : { none: {} },
            statement: { ruleGroupReferenceStatement: { arn } },
        })),
    ];
    return rules.map((rule, priority) => ({ ...rule, priority, visibilityConfig: visibility(rule.name) }));
}

/** What CloudWatch and the console show of a rule. */
export function visibility(metricName: string) {
    return { metricName, cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true };
}

function managedRule(group: ManagedRuleGroup, countedRules: readonly string[], settings: FirewallSettings): Rule {
    const { mode, countedGroups, blockedRules, exceptions, versions } = settings;
    const excepted = exceptedRules(group, settings).map((rule) => `${group.name}:${rule}`);
    const counted = [...countedByDefault.filter((rule) => !blockedRules.includes(rule)), ...countedRules, ...excepted]
        .filter((rule, index, list) => rule.startsWith(`${group.name}:`) && list.indexOf(rule) === index)
        .map((rule) => rule.slice(group.name.length + 1));
    const paths = exceptions.filter(({ ruleGroup, rule }) => ruleGroup === group.name && !rule);
    return {
        name: group.ruleName,
        overrideAction: mode === "count" || countedGroups.includes(group.name) ? { count: {} } : { none: {} },
        statement: {
            managedRuleGroupStatement: {
                vendorName: "AWS",
                name: group.name,
                version: versions[group.name],
                ruleActionOverrides: counted.map((name) => ({ name, actionToUse: { count: {} } })),
                scopeDownStatement: paths.length === 0 ? undefined : not(any(paths.map(onPath))),
            },
        },
    };
}

/** The rules of a group that do not block on some path. */
function exceptedRules({ name }: ManagedRuleGroup, { exceptions }: FirewallSettings): string[] {
    const rules = exceptions.flatMap(({ ruleGroup, rule }) => (ruleGroup === name && rule ? [rule] : []));
    return [...new Set(rules)];
}

/** Each such rule counts within its group, and is asked for once more after it. */
function exceptedName(group: ManagedRuleGroup, rule: string): string {
    return `${group.ruleName}-${rule}`;
}

function blockedElsewhere(group: ManagedRuleGroup, rule: string, { exceptions }: FirewallSettings): Statement {
    const paths = exceptions.filter((one) => one.ruleGroup === group.name && one.rule === rule);
    return all([{ labelMatchStatement: { scope: "LABEL", key: labelOf(group, rule) } }, not(any(paths.map(onPath)))]);
}

/** The path as the application will read it: decoded, and without detours by which it would look like another one. */
function onPath({ path }: FirewallExceptionArgs): Statement {
    return {
        byteMatchStatement: {
            fieldToMatch: { uriPath: {} },
            positionalConstraint: path.endsWith("*") ? "STARTS_WITH" : "EXACTLY",
            searchString: path.replace(/\*$/, ""),
            textTransformations: [
                { priority: 0, type: "URL_DECODE" },
                { priority: 1, type: "NORMALIZE_PATH" },
            ],
        },
    };
}

function whenAny<Item>(list: readonly Item[], rule: (items: readonly Item[]) => Rule): Rule[] {
    return list.length === 0 ? [] : [rule(list)];
}

function inSet(arn: pulumi.Input<string>): Statement {
    return { ipSetReferenceStatement: { arn } };
}

function fromCountry(countryCodes: readonly string[]): Statement {
    return { geoMatchStatement: { countryCodes: [...countryCodes] } };
}

function not(statement: Statement): Statement {
    return { notStatement: { statement } };
}

/** AWS joins two statements or more; one stands alone. */
function all(statements: Statement[]): Statement {
    return statements.length === 1 ? (statements[0] ?? {}) : { andStatement: { statements } };
}

function any(statements: Statement[]): Statement {
    return statements.length === 1 ? (statements[0] ?? {}) : { orStatement: { statements } };
}
