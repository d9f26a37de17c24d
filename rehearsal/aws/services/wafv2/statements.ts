import { object, objects, text } from "../../account";
import { isObject, type Values } from "../../../provider";
import {
    checkRules,
    isAddress,
    isExpression,
    isKnown,
    namesOf,
    type Operation,
    pluck,
    type Report,
    type Rule,
    ruleForms,
} from "../resource";
import { invalid, missing } from "./refusals";

/** Statements within which others stand, by the property that holds them. */
const logical = ["andStatement", "orStatement"];

/** What may only stand at the top of a rule. Source: WAF developer guide, "Using rule statements". */
const topOnly = ["managedRuleGroupStatement", "ruleGroupReferenceStatement", "rateBasedStatement"];

const { filled, form, most, needed, numbers, only, rule, unique } = ruleForms("WAFInvalidParameterException");

const fields = `allQueryArguments body cookies headerOrders headers ja3Fingerprint ja4Fingerprint jsonBody method
    queryString singleHeader singleQueryArgument uriFragment uriPath`.split(/\s+/);

const keyKinds = `asn cookie forwardedIp header httpMethod ip ja3Fingerprint ja4Fingerprint labelNamespace queryArgument
    queryString uriPath`.split(/\s+/);

/** Of a statement that looks at a part of the request. Sources: WAF API reference, FieldToMatch; the provider. */
const fieldRules: readonly Rule[] = [
    rule("fieldToMatch", (field) =>
        field === undefined ? 'is missing. Say which part of a request is meant: { "uriPath": {} }.' : undefined,
    ),
    { at: "fieldToMatch", exactlyOne: fields },
    { at: "fieldToMatch.jsonBody.matchPattern", exactlyOne: ["all", "includedPaths"] },
    { at: "fieldToMatch.headers.matchPattern", exactlyOne: ["all", "excludedHeaders", "includedHeaders"] },
    { at: "fieldToMatch.cookies.matchPatterns", exactlyOne: ["all", "excludedCookies", "includedCookies"] },
    ...["singleHeader", "singleQueryArgument"].map((part) =>
        form(`fieldToMatch.${part}.name`, /^[^A-Z]{1,40}$/, "up to 40 characters in lower case"),
    ),
    ...["ja3Fingerprint", "ja4Fingerprint"].map((part) =>
        rule(`fieldToMatch.${part}`, (print, _, { positionalConstraint }) =>
            print !== undefined && isKnown(positionalConstraint) && positionalConstraint !== "EXACTLY"
                ? 'goes with the positional constraint "EXACTLY" only.'
                : undefined,
        ),
    ),
    most("textTransformations", 10),
    // Source: WAF API reference, TextTransformation: the order is that of the priorities, which must differ.
    unique("textTransformations", "priority"),
];

/** What joins the properties of one statement, by its kind. Source: WAF API reference, Statement and its parts. */
const rules: Readonly<Record<string, readonly Rule[]>> = {
    byteMatchStatement: [
        ...fieldRules,
        form(
            "searchString",
            (value) => Buffer.byteLength(value) >= 1 && Buffer.byteLength(value) <= 200,
            "1 to 200 bytes",
        ),
    ],
    regexMatchStatement: [
        ...fieldRules,
        form(
            "regexString",
            isExpression,
            "regular expressions of 1 to 512 characters, without lookarounds and backreferences",
        ),
    ],
    regexPatternSetReferenceStatement: fieldRules,
    sizeConstraintStatement: fieldRules,
    sqliMatchStatement: fieldRules,
    xssMatchStatement: fieldRules,
    notStatement: [{ exactlyOne: ["statement", "statements"] }, most("statements", 1)],
    geoMatchStatement: [filled("countryCodes")],
    asnMatchStatement: [filled("asnLists")],
    labelMatchStatement: [
        rule("key", (key, { scope }) =>
            scope === "NAMESPACE" && isKnown(key) && !text(key).endsWith(":")
                ? `is "${text(key)}"; a namespace ends with a colon.`
                : scope === "LABEL" && isKnown(key) && text(key).endsWith(":")
                  ? `is "${text(key)}"; a label does not end with a colon. Write the scope "NAMESPACE" for one.`
                  : undefined,
        ),
    ],
    managedRuleGroupStatement: [
        // Source: WAF API reference, ManagedRuleGroupStatement: the groups that need a configuration.
        rule("managedRuleGroupConfigs", (configs, { name }) =>
            /^AWSManagedRules(ATP|ACFP)RuleSet$/.test(text(name)) &&
            objects(configs).length === 0 &&
            isKnown(configs ?? [])
                ? `is missing, which ${text(name)} needs.`
                : undefined,
        ),
        rule("managedRuleGroupConfigs", (configs, { name }) => {
            const other = objects(configs)
                .flatMap(namesOf)
                .find((own) => own.startsWith("aws") && own.toLowerCase() !== text(name).toLowerCase());
            return other === undefined || !isKnown(name)
                ? undefined
                : `has "${other}", which is no configuration of ${text(name)}.`;
        }),
        most("ruleActionOverrides", 100),
        unique("ruleActionOverrides", "name"),
    ],
    ruleGroupReferenceStatement: [most("ruleActionOverrides", 100), unique("ruleActionOverrides", "name")],
    rateBasedStatement: [
        needed("customKeys", "aggregateKeyType", ["CUSTOM_KEYS"]),
        filled("customKeys"),
        only("customKeys", "aggregateKeyType", ["CUSTOM_KEYS"]),
        // Source: WAF API reference, RateBasedStatementCustomKey, IP and ForwardedIP: never alone.
        rule("customKeys", (customKeys) => {
            const [key, ...others] = objects(customKeys);
            const [kind = ""] = namesOf(key);
            return /^(ip|forwardedIp)$/.test(kind) && others.length === 0
                ? `has the key "${kind}" alone. Write the type "${kind === "ip" ? "IP" : "FORWARDED_IP"}" instead.`
                : undefined;
        }),
        needed("forwardedIpConfig", "aggregateKeyType", ["FORWARDED_IP"]),
        needed("scopeDownStatement", "aggregateKeyType", ["CONSTANT"]),
        numbers("evaluationWindowSec", [60, 120, 300, 600], "seconds"),
        {
            at: "customKeys",
            exactlyOne: keyKinds,
        },
        rule("forwardedIpConfig", (config, { customKeys }) =>
            objects(customKeys).some(({ forwardedIp }) => forwardedIp !== undefined) && config === undefined
                ? 'is missing, which the key "forwardedIp" needs.'
                : undefined,
        ),
    ],
};

/** Reports what is wrong with a statement and those within it. `depth` is 0 at the top of a rule. */
export function checkStatement(statement: Values, path: string, report: Report, depth = 0): void {
    const kinds = namesOf(statement);
    if (kinds.length !== 1) {
        const what = kinds.length === 0 ? "there is none" : `there are ${kinds.join(", ")}`;
        report(path, `Exactly one kind of statement must be given; ${what}. Join several in an "andStatement".`);
        return;
    }
    const [kind = ""] = kinds;
    const inner = object(statement[kind]);
    const place = `${path}.${kind}`;
    const local: Report = (property, reason) => report(property === "" ? place : `${place}.${property}`, reason);
    if (depth > 0 && topOnly.includes(kind)) {
        report(place, `A statement of this kind must not be within another one. (AWS: WAFInvalidParameterException)`);
    }
    checkRules(rules[kind] ?? [], inner, local);
    const { statements, statement: negated } = inner;
    if (logical.includes(kind) && Array.isArray(statements) && statements.length < 2) {
        local(
            "statements",
            `has ${statements.length} ${statements.length === 1 ? "statement" : "statements"}; two at least are needed. (AWS: WAFInvalidParameterException)`,
        );
    }
    objects(statements).forEach((each, index) =>
        checkStatement(each, `${place}.statements[${index}]`, report, depth + 1),
    );
    if (isObject(negated)) {
        checkStatement(negated, `${place}.statement`, report, depth + 1);
    }
    if (isObject(inner.scopeDownStatement)) {
        checkStatement(inner.scopeDownStatement, `${place}.scopeDownStatement`, report, depth + 1);
    }
}

/** The statements within one. */
export function statementsIn(inner: Values): Values[] {
    return [...objects(inner.statements), object(inner.statement), object(inner.scopeDownStatement)];
}

const sets: Readonly<Record<string, string>> = {
    ipSetReferenceStatement: "IpSet",
    regexPatternSetReferenceStatement: "RegexPatternSet",
    ruleGroupReferenceStatement: "RuleGroup",
};

/** Refuses sets and groups that are missing or of another scope. */
export function checkReferences(operation: Operation, statement: Values): void {
    const { account, inputs, refuseIf } = operation;
    for (const [name, value] of Object.entries(statement)) {
        const inner = object(value);
        const kind = sets[name];
        refuseIf(
            kind !== undefined && account.find(kind, inner.arn)?.properties.scope !== inputs.scope,
            ...missing(`${text(inner.arn)}, of scope ${text(inputs.scope)}`),
        );
        // Source: WAF API reference, RuleActionOverride: of AWS's own groups, WAF ignores a name that no rule has.
        const own = pluck(account.find("RuleGroup", inner.arn)?.properties.rules, "name");
        const unknown = pluck(inner.ruleActionOverrides, "name").find((each) => !own.includes(each));
        refuseIf(
            name === "ruleGroupReferenceStatement" && unknown !== undefined,
            ...invalid(`The rule group has no rule of the name ${text(unknown)}`, "RULE_NAME", text(unknown)),
        );
        statementsIn(inner).forEach((each) => checkReferences(operation, each));
    }
}

/** Ranges of an IP set. Source: WAF API reference, CreateIPSet: every range but /0. */
export function addressProblem(address: string, version: unknown): string | undefined {
    const bits = Number(address.split("/")[1]);
    const most = address.includes(":") ? 128 : 32;
    const isOfFamily = address.includes(":") === (version === "IPV6");
    return !/^[^/]+\/\d{1,3}$/.test(address) || !isAddress(address.split("/")[0] ?? "")
        ? "a range with a prefix length is needed, such as 192.0.2.44/32"
        : !isOfFamily && isKnown(version)
          ? `a range of ${text(version)} is needed`
          : bits === 0 || bits > most
            ? `AWS allows prefix lengths from 1 to ${most}`
            : undefined;
}
