import { isObject, unknownValue, type Values } from "../../../provider";
import { object, objects, text } from "../../account";
import { ruleGroupFacts } from "../../facts";
import { isKnown, namesOf, type Operation, pluck, type Report, type Rule, ruleForms } from "../resource";
import { missing } from "./refusals";
import { checkReferences, checkStatement, statementsIn } from "./statements";

/** Web ACL capacity units of one ACL; not raisable. Source: WAF developer guide, "AWS WAF quotas". */
const capacityCap = 5000;

/** What joins an action and the statement of each rule, and the parts of statements. */
export function checkEach({ rules }: Values, report: Report): void {
    objects(rules).forEach((rule, index) => checkRule(rule, `rules[${index}]`, report));
}

function checkRule(rule: Values, path: string, report: Report): void {
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
}

const { form, rule } = ruleForms("WAFInvalidParameterException");

/** Namespaces of labels that AWS keeps. Source: WAF API reference, Label. */
const reserved = /^(.*:)?(awswaf|aws|waf|rulegroup|webacl|regexpatternset|ipset|managed):/i;

/** What a web ACL and a rule group share. Sources: WAF API reference, VisibilityConfig and its neighbours; the provider. */
export const scopedRules: readonly Rule[] = [
    form(
        "rules.ruleLabels.name",
        (name) => !reserved.test(name),
        "labels outside AWS's own namespaces, such as awswaf:",
    ),
    // Source: WAF API reference, CustomResponse.
    ...["rules.action", "defaultAction"].map((place) =>
        rule(`${place}.block.customResponse.customResponseBodyKey`, (key, _, { customResponseBodies: bodies = [] }) =>
            text(key) !== "" && isKnown(bodies) && !pluck(bodies, "key").includes(key)
                ? `is "${text(key)}", which no "customResponseBodies" defines.`
                : undefined,
        ),
    ),
];

/** Refuses rules that refer to what is missing or weigh too much, and says what they weigh. */
export function weighed(operation: Operation): Values {
    const { inputs, refuseIf } = operation;
    const rules = objects(inputs.rules);
    rules.forEach((rule) => checkReferences(operation, object(rule.statement)));
    const capacity = rules.reduce((sum, rule) => sum + weight(operation, object(rule.statement)), 0);
    refuseIf(
        capacity > capacityCap,
        "WAFLimitsExceededException",
        `AWS WAF couldn’t perform the operation because you exceeded your resource limit: the rules need ${capacity} web ACL capacity units of ${capacityCap}.`,
    );
    return { capacity };
}

/** Base costs of statements. Source: WAF developer guide, "Using match rule statements" and the statements' own pages. */
const baseWeights: Readonly<Record<string, (statement: Values) => number>> = {
    asnMatchStatement: () => 1,
    byteMatchStatement: ({ positionalConstraint }) => (/^CONTAINS/.test(text(positionalConstraint)) ? 10 : 2),
    geoMatchStatement: () => 1,
    ipSetReferenceStatement: ({ ipSetForwardedIpConfig }) =>
        object(ipSetForwardedIpConfig).position === "ANY" ? 5 : 1,
    labelMatchStatement: () => 1,
    rateBasedStatement: ({ customKeys }) => 2 + 30 * objects(customKeys).length,
    regexMatchStatement: () => 3,
    regexPatternSetReferenceStatement: () => 25,
    sizeConstraintStatement: () => 1,
    sqliMatchStatement: ({ sensitivityLevel }) => (sensitivityLevel === "HIGH" ? 30 : 20),
    xssMatchStatement: () => 40,
};

/** Capacity units of a statement: a JSON body doubles its base, all query parameters and each transformation add ten. */
function weight(operation: Operation, statement: Values): number {
    return namesOf(statement).reduce((sum, kind) => {
        const inner = object(statement[kind]);
        const nested = statementsIn(inner).reduce((total, each) => total + weight(operation, each), 0);
        if (kind === "managedRuleGroupStatement") {
            return sum + managedWeight(operation, inner) + nested;
        }
        if (kind === "ruleGroupReferenceStatement") {
            return sum + Number(operation.account.find("RuleGroup", inner.arn)?.properties.capacity ?? 0);
        }
        const field = object(inner.fieldToMatch);
        const transformed = [inner, ...objects(inner.customKeys).flatMap((key) => Object.values(key).map(object))]
            .flatMap(({ textTransformations }) => objects(textTransformations))
            .filter(({ type }) => type !== "NONE").length;
        const base = (baseWeights[kind]?.(inner) ?? 0) * (field.jsonBody === undefined ? 1 : 2);
        return sum + base + (field.allQueryArguments === undefined ? 0 : 10) + 10 * transformed + nested;
    }, 0);
}

function managedWeight({ refuse, refuseIf }: Operation, group: Values): number {
    const name = text(group.name);
    refuseIf(
        group.version !== undefined && /^AWS/.test(name) && !/^Version_\d+\.\d+$/.test(text(group.version)),
        ...missing(`The version ${text(group.version)} of ${name}; AWS names them as in Version_1.0.`),
    );
    if (text(group.vendorName) !== "AWS" && !name.startsWith("AWSManagedRules")) {
        // Groups of the marketplace: their weight is not published.
        return 1000;
    }
    const known = Object.keys(ruleGroupFacts).join(", ");
    return (
        (text(group.vendorName) === "AWS" ? ruleGroupFacts[name]?.capacity : undefined) ??
        refuse(...missing(`The managed rule group ${name}; AWS has ${known}.`))
    );
}
