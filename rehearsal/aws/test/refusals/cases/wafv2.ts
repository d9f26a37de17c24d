import { visibility } from "../../rehearsedStack";
import type { Cases, CasesByType } from "./index";

const rule = (statement: object, more: object = {}) => ({
    name: "a",
    priority: 0,
    action: { block: {} },
    statement,
    visibilityConfig: visibility,
    ...more,
});
const rules = (statement: object, more: object = {}) => ({ rules: [rule(statement, more)] });
const none = [{ priority: 0, type: "NONE" }];
const match = (more: object = {}) => ({
    byteMatchStatement: {
        searchString: "admin",
        positionalConstraint: "CONTAINS",
        fieldToMatch: { uriPath: {} },
        textTransformations: none,
        ...more,
    },
});
const geo = (...countryCodes: string[]) => ({ geoMatchStatement: { countryCodes } });
const rate = (more: object) => ({ rateBasedStatement: { limit: 100, aggregateKeyType: "IP", ...more } });
const expression = (regexString: string) => ({
    regexMatchStatement: { regexString, fieldToMatch: { uriPath: {} }, textTransformations: none },
});
const managed = { managedRuleGroupStatement: { vendorName: "AWS", name: "AWSManagedRulesCommonRuleSet" } };
const label = (scope: string, key: string) => ({ labelMatchStatement: { scope, key } });
/** `not` negates a statement in the way of one of the two types: in a list or not. */
const statements = (not: (statement: object) => object): Required<Cases> => ({
    refused: [
        [
            "no statement",
            rules({}),
            /rules\[0\]\.statement: Exactly one kind of statement must be given; there is none/,
        ],
        ["two statements", rules({ ...geo("DE"), ...match() }), /there are geoMatchStatement, byteMatchStatement/],
        [
            "one statement joined",
            rules({ andStatement: { statements: [geo("DE")] } }),
            /andStatement\.statements: has 1 statement; two at least/,
        ],
        [
            "a rate within another statement",
            rules(not(rate({}))),
            /rateBasedStatement: A statement of this kind must not be within/,
        ],
        [
            "custom keys that are missing",
            rules(rate({ aggregateKeyType: "CUSTOM_KEYS" })),
            /customKeys: is missing, which the aggregateKeyType "CUSTOM_KEYS" needs/,
        ],
        [
            "custom keys of another type",
            rules(rate({ customKeys: [{ ip: {} }] })),
            /customKeys: goes with "aggregateKeyType" "CUSTOM_KEYS" only/,
        ],
        [
            "two keys in one",
            rules(rate({ aggregateKeyType: "CUSTOM_KEYS", customKeys: [{ ip: {}, httpMethod: {} }] })),
            /conflicts with/,
        ],
        [
            "a forwarded address without its header",
            rules(rate({ aggregateKeyType: "FORWARDED_IP" })),
            /forwardedIpConfig: is missing/,
        ],
        ["a constant without a scope", rules(rate({ aggregateKeyType: "CONSTANT" })), /scopeDownStatement: is missing/],
        ["a window that does not exist", rules(rate({ evaluationWindowSec: 90 })), /evaluationWindowSec: is 90/],
        ["a limit below the bounds", rules(rate({ limit: 9 })), /limit: is 9; AWS allows 10 to 2000000000/],
        ["no field", rules(match({ fieldToMatch: {} })), /fieldToMatch\.allQueryArguments: One of/],
        ["two fields", rules(match({ fieldToMatch: { uriPath: {}, method: {} } })), /uriPath: conflicts with "method"/],
        [
            "an empty search string",
            rules(match({ searchString: "" })),
            /searchString: is ""; AWS allows 1 to 200 bytes/,
        ],
        [
            "a search string that is too long",
            rules(match({ searchString: "a".repeat(201) })),
            /AWS allows 1 to 200 bytes/,
        ],
        [
            "a position that does not exist",
            rules(match({ positionalConstraint: "PREFIX" })),
            /positionalConstraint: is "PREFIX"/,
        ],
        ["no transformation", rules(match({ textTransformations: [] })), /textTransformations: is empty/],
        [
            "a transformation that does not exist",
            rules(match({ textTransformations: [{ priority: 0, type: "SHOUT" }] })),
            /type: is "SHOUT"/,
        ],
        [
            "transformations of one priority",
            rules(match({ textTransformations: [...none, { priority: 0, type: "LOWERCASE" }] })),
            /has the priority 0 twice/,
        ],
        ["an expression that does not end", rules(expression("(a")), /regexString: is "\(a"/],
        [
            "an expression with a look-ahead",
            rules(expression("(?=a)b")),
            /regexString: is "\(\?=a\)b"; AWS allows .*, without lookarounds and backreferences/,
        ],
        [
            "a country that does not exist",
            rules(geo("XX")),
            /countryCodes\[0\]: is "XX"; AWS allows "\w\w", "\w\w", "\w\w" and \d+ more/,
        ],
        ["no country", rules(geo()), /countryCodes: is empty/],
        ["a namespace without its colon", rules(label("NAMESPACE", "awswaf:managed")), /a namespace ends with a colon/],
        [
            "a set that does not exist",
            rules({ ipSetReferenceStatement: { arn: "arn:aws:wafv2:eu-central-1:111122223333:regional/ipset/a/b" } }),
            /WAFNonexistentItemException/,
        ],
        [
            "a mistake within others",
            rules({
                orStatement: {
                    statements: [geo("DE"), not(match({ positionalConstraint: "X" }))],
                },
            }),
            /orStatement\.statements\[1\]\.notStatement\.statements?(\[0\])?\.byteMatchStatement\.positionalConstraint: is "X"/,
        ],
        ["two actions", rules(geo("DE"), { action: { block: {}, count: {} } }), /action\.\w+: conflicts with "block"/],
        [
            "a response code beyond the bounds",
            rules(geo("DE"), { action: { block: { customResponse: { responseCode: 700 } } } }),
            /responseCode: is 700; AWS allows 200 to 599/,
        ],
        [
            "a body that is not defined",
            rules(geo("DE"), {
                action: { block: { customResponse: { responseCode: 403, customResponseBodyKey: "gone" } } },
            }),
            /customResponseBodyKey: is "gone", which no "customResponseBodies" defines/,
        ],
        [
            "a metric's name that WAF uses",
            rules(geo("DE"), { visibilityConfig: { ...visibility, metricName: "All" } }),
            /metricName: is "All"/,
        ],
        [
            "a metric's name with a space",
            rules(geo("DE"), { visibilityConfig: { ...visibility, metricName: "a b" } }),
            /metricName: is "a b"/,
        ],
        ["a rule's name with a space", rules(geo("DE"), { name: "a b" }), /rules\[0\]\.name: is "a b"/],
    ],
    accepted: [
        [
            "statements within statements",
            {
                ...rules({ andStatement: { statements: [geo("DE"), not(match())] } }),
            },
        ],
        [
            "a rate by custom keys",
            {
                ...rules(rate({ aggregateKeyType: "CUSTOM_KEYS", customKeys: [{ ip: {} }, { httpMethod: {} }] })),
            },
        ],
        ["a rate of some requests", { ...rules(rate({ aggregateKeyType: "CONSTANT", scopeDownStatement: match() })) }],
        ["an expression", { ...rules(expression("(?i)^/(admin|login)$")) }],
        ["a label", { ...rules(label("NAMESPACE", "awswaf:managed:")) }],
    ],
});

const inList = (statement: object) => ({ notStatement: { statements: [statement] } });
const alone = (statement: object) => ({ notStatement: { statement } });

export const wafv2: CasesByType = {
    "aws:wafv2/webAcl:WebAcl": {
        refused: [
            ...statements(alone).refused,
            [
                "two default actions",
                { defaultAction: { allow: {}, block: {} } },
                /defaultAction\.block: conflicts with "allow"/,
            ],
            ["a group with an action", rules(managed), /needs "overrideAction" and no "action"/],
            ["a scope that does not exist", { scope: "GLOBAL" }, /scope: is "GLOBAL"/],
            ["a description of one letter", { description: "a" }, /description: is "a"/],
        ],
        accepted: [
            ...statements(alone).accepted,
            [
                "an answer with a body of its own",
                {
                    ...rules(geo("DE"), {
                        action: { block: { customResponse: { responseCode: 451, customResponseBodyKey: "gone" } } },
                    }),
                    customResponseBodies: [{ key: "gone", content: "no", contentType: "TEXT_PLAIN" }],
                },
            ],
            [
                "a managed group within a scope",
                rules(
                    {
                        managedRuleGroupStatement: {
                            vendorName: "AWS",
                            name: "AWSManagedRulesCommonRuleSet",
                            scopeDownStatement: match(),
                        },
                    },
                    { action: undefined, overrideAction: { count: {} } },
                ),
            ],
            [
                "a set of addresses",
                async (stack) => {
                    const { properties } = await stack.create("aws:wafv2/ipSet:IpSet", {
                        scope: "REGIONAL",
                        ipAddressVersion: "IPV4",
                        addresses: ["192.0.2.0/24"],
                    });
                    return rules({ ipSetReferenceStatement: { arn: properties.arn } });
                },
            ],
        ],
    },
    "aws:wafv2/ruleGroup:RuleGroup": {
        refused: [
            ...statements(inList).refused,
            [
                "rules that need more capacity",
                { capacity: 1, ...rules(match()) },
                /WAFLimitsExceededException.*the group has 1/,
            ],
            ["no capacity", { capacity: 0 }, /capacity: is 0; AWS allows 1 to 5000/],
        ],
        accepted: statements(inList).accepted.map(([what, patch]) => [what, { ...patch, capacity: 500 }] as const),
    },
    "aws:wafv2/ipSet:IpSet": {
        refused: [
            [
                "an address without a prefix",
                { addresses: ["192.0.2.1"] },
                /addresses\[0\]: is "192\.0\.2\.1"; a range with a prefix length/,
            ],
            ["everything", { addresses: ["0.0.0.0/0"] }, /prefix lengths from 1 to 32/],
            ["the wrong family", { addresses: ["2001:db8::/32"] }, /a range of IPV4 is needed/],
            ["a family that does not exist", { ipAddressVersion: "ipv4" }, /ipAddressVersion: is "ipv4"/],
        ],
        accepted: [
            ["no addresses", { addresses: [] }],
            ["IPv6", { ipAddressVersion: "IPV6", addresses: ["2001:db8::/32"] }],
        ],
    },
    "aws:wafv2/regexPatternSet:RegexPatternSet": {
        refused: [
            [
                "an expression that does not end",
                { regularExpressions: [{ regexString: "[a" }] },
                /regexString: is "\[a"/,
            ],
            [
                "eleven expressions",
                { regularExpressions: [..."abcdefghijk"].map((regexString) => ({ regexString })) },
                /has 11 regularExpressions; AWS allows 10/,
            ],
        ],
    },
};
