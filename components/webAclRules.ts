import type * as pulumi from "@pulumi/pulumi";
import type { input } from "@pulumi/aws/types";
import type { Resolved } from "./checks/index";
import {
    type argumentSpecs,
    type FirewallArgs,
    type FirewallExceptionArgs,
    countedByDefault,
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
 * The rules in the order in which they are asked: who may come at all, how often, what AWS knows to be bad, and last the
 * team's own groups. Source: AWS WAF best practices, "order of rules".
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
        ...managedRuleGroups.map((group) => managedRule(group, countedRules, settings)),
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
    const counted = [...countedByDefault.filter((rule) => !blockedRules.includes(rule)), ...countedRules]
        .filter((rule, index, list) => rule.startsWith(`${group.name}:`) && list.indexOf(rule) === index)
        .map((rule) => rule.slice(group.name.length + 1));
    const paths = exceptions.filter(({ ruleGroup }) => ruleGroup === group.name);
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
