import { isObject, unknownValue, type Values } from "../../../provider";
import { type Account, object, objects, text } from "../../account";
import { namesOf, type Operation, type Report } from "../resource";
import { invalid, refuse } from "./refusals";
import { checkReferences, checkStatement, missingBody } from "./statements";

/** Web ACL capacity units of one ACL; not raisable. Source: WAF developer guide, "AWS WAF quotas". */
const capacityCap = 5000;

/** AWS's managed rule groups and what they weigh. Source: WAF developer guide, "AWS Managed Rules rule groups list". */
const managedGroups: Readonly<Record<string, number>> = {
    AWSManagedRulesCommonRuleSet: 700,
    AWSManagedRulesAdminProtectionRuleSet: 100,
    AWSManagedRulesKnownBadInputsRuleSet: 200,
    AWSManagedRulesSQLiRuleSet: 200,
    AWSManagedRulesLinuxRuleSet: 200,
    AWSManagedRulesUnixRuleSet: 100,
    AWSManagedRulesWindowsRuleSet: 200,
    AWSManagedRulesPHPRuleSet: 100,
    AWSManagedRulesWordPressRuleSet: 100,
    AWSManagedRulesAmazonIpReputationList: 25,
    AWSManagedRulesAnonymousIpList: 50,
    AWSManagedRulesACFPRuleSet: 50,
    AWSManagedRulesATPRuleSet: 50,
    AWSManagedRulesBotControlRuleSet: 50,
    AWSManagedRulesAntiDDoSRuleSet: 50,
};

export function checkRule(rule: Values, path: string, report: Report): void {
    const statement = object(rule.statement);
    const isGroup =
        statement.managedRuleGroupStatement !== undefined || statement.ruleGroupReferenceStatement !== undefined;
    const [needed, other] = isGroup ? ["overrideAction", "action"] : ["action", "overrideAction"];
    if (
        rule.statement !== undefined &&
        rule.statement !== unknownValue &&
        (rule[needed] === undefined || rule[other] !== undefined)
    ) {
        report(
            path,
            `A rule with ${isGroup ? "a rule group" : "a statement of its own"} needs "${needed}" and no "${other}".`,
        );
    }
    if (isObject(rule.statement)) {
        checkStatement(rule.statement, `${path}.statement`, report);
    }
    for (const name of ["action", "overrideAction"]) {
        const chosen = namesOf(rule[name]);
        if (isObject(rule[name]) && chosen.length !== 1) {
            report(
                `${path}.${name}`,
                `Exactly one action must be given; there ${chosen.length === 0 ? "is none" : `are ${chosen.join(", ")}`}.`,
            );
        }
    }
    const metric = text(object(rule.visibilityConfig).metricName);
    // Source: WAF API reference, VisibilityConfig.
    if (metric === "All" || metric === "Default_Action") {
        report(`${path}.visibilityConfig.metricName`, `is "${metric}", which AWS WAF uses itself. Write another name.`);
    }
}

/** Refuses rules that contradict each other or weigh too much, and says what they weigh. */
export function weighed({ account, inputs }: Pick<Operation, "account" | "inputs">, action: string): Values {
    const rules = objects(inputs.rules);
    for (const rule of rules) {
        checkReferences(object(rule.statement), text(inputs.scope), account, action);
    }
    const body = missingBody(inputs);
    if (body !== undefined) {
        invalid(action, "The custom response body is not defined", "CUSTOM_RESPONSE_BODY", body);
    }
    const doubled = (name: string) =>
        rules.map((rule) => rule[name]).find((value, index, all) => all.indexOf(value) !== index);
    if (doubled("priority") !== undefined) {
        invalid(
            action,
            "You have used the same priority for more than one rule",
            "RULE",
            String(Number(doubled("priority"))),
        );
    }
    if (doubled("name") !== undefined) {
        invalid(action, "You have used the same name for more than one rule", "RULE", text(doubled("name")));
    }
    const capacity = rules.reduce((sum, rule) => sum + weight(account, object(rule.statement), action), 0);
    if (capacity > capacityCap) {
        refuse(
            action,
            "WAFLimitsExceededException",
            `AWS WAF couldn’t perform the operation because you exceeded your resource limit: the rules need ${capacity} web ACL capacity units of ${capacityCap}.`,
        );
    }
    return { capacity };
}

/** Capacity units of a statement. Source: WAF developer guide, "Web ACL capacity units (WCUs)" and the statements' own pages. */
function weight(account: Account, statement: Values, action: string): number {
    return Object.entries(statement).reduce((sum, [kind, value]) => {
        const inner = object(value);
        const nested = [...objects(inner.statements), object(inner.statement), object(inner.scopeDownStatement)].reduce(
            (total, each) => total + weight(account, each, action),
            0,
        );
        switch (kind) {
            case "managedRuleGroupStatement":
                return sum + managedWeight(inner, action) + nested;
            case "ruleGroupReferenceStatement":
                return sum + Number(account.find("RuleGroup", inner.arn)?.properties.capacity ?? 0);
            case "rateBasedStatement":
                return sum + 2 + 30 * objects(inner.customKeys).length + nested;
            case "byteMatchStatement":
                return (
                    sum +
                    (inner.positionalConstraint === "CONTAINS"
                        ? 10
                        : inner.positionalConstraint === "CONTAINS_WORD"
                          ? 10
                          : 2) +
                    10 * objects(inner.textTransformations).filter(({ type }) => type !== "NONE").length
                );
            case "regexPatternSetReferenceStatement":
            case "sqliMatchStatement":
                return sum + (inner.sensitivityLevel === "HIGH" ? 30 : 20);
            case "xssMatchStatement":
                return sum + 40;
            case "regexMatchStatement":
                return sum + 3;
            default:
                return sum + (isObject(value) && nested > 0 ? nested : kind.startsWith("__") ? 0 : 1);
        }
    }, 0);
}

function managedWeight(group: Values, action: string): number {
    const name = text(group.name);
    if (text(group.vendorName) !== "AWS") {
        // Groups of the marketplace: their weight is not published.
        return 1000;
    }
    const weight = managedGroups[name];
    return (
        weight ??
        refuse(
            action,
            "WAFNonexistentItemException",
            `AWS WAF couldn't perform the operation because your resource doesn't exist. (The managed rule group ${name}; AWS has ${Object.keys(managedGroups).join(", ")}.)`,
        )
    );
}
