import { visibility } from "../../../rehearsedStack";
import type { CasesByType } from "..";
import { bytes, letters, rules, statement } from "../parts";

/** Programs with one mistake each. */
export const wafv2: CasesByType = {
    "aws:wafv2/webAcl:WebAcl": {
        refused: [
            [
                "no field at all",
                statement(bytes({ fieldToMatch: undefined })),
                /rules\[0\]\.statement\.byteMatchStatement\.fieldToMatch: is missing\. Say which part of a reques/,
            ],
            [
                "11 transformations",
                statement(
                    bytes({
                        textTransformations: [...Array(11).keys()].map((priority) => ({ priority, type: "LOWERCASE" })),
                    }),
                ),
                /rules\[0\]\.statement\.byteMatchStatement\.textTransformations: has 11 textTransformations; AWS/,
            ],
            [
                "header upper case",
                statement(bytes({ fieldToMatch: { singleHeader: { name: "X-Secret" } } })),
                /rules\[0\]\.statement\.byteMatchStatement\.fieldToMatch\.singleHeader\.name: is "X-Secret"; AWS a/,
            ],
            [
                "json body without pattern",
                statement(bytes({ fieldToMatch: { jsonBody: { matchScope: "ALL", matchPattern: {} } } })),
                /rules\[0\]\.statement\.byteMatchStatement\.fieldToMatch\.jsonBody\.matchPattern\.all: One of "all"/,
            ],
            [
                "cookies two patterns",
                statement(
                    bytes({
                        fieldToMatch: {
                            cookies: {
                                matchScope: "ALL",
                                oversizeHandling: "CONTINUE",
                                matchPatterns: [{ all: {}, includedCookies: ["a"] }],
                            },
                        },
                    }),
                ),
                /rules\[0\]\.statement\.byteMatchStatement\.fieldToMatch\.cookies\.matchPatterns\[0\]\.includedCookie/,
            ],
            [
                "ja3 contains",
                statement(
                    bytes({
                        positionalConstraint: "CONTAINS",
                        fieldToMatch: { ja3Fingerprint: { fallbackBehavior: "MATCH" } },
                    }),
                ),
                /rules\[0\]\.statement\.byteMatchStatement\.fieldToMatch\.ja3Fingerprint: goes with the positiona/,
            ],
            [
                "key ip alone",
                statement({
                    rateBasedStatement: { limit: 100, aggregateKeyType: "CUSTOM_KEYS", customKeys: [{ ip: {} }] },
                }),
                /rules\[0\]\.statement\.rateBasedStatement\.customKeys: has the key "ip" alone\. Write the type "/,
            ],
            [
                "reserved label",
                rules({ statement: bytes(), ruleLabels: [{ name: "awswaf:managed:a" }] }),
                /rules\[0\]\.ruleLabels\[0\]\.name: is "awswaf:managed:a"; AWS allows labels outside AWS's own na/,
            ],
            [
                "insert none",
                rules({ statement: bytes(), action: { allow: { customRequestHandling: { insertHeaders: [] } } } }),
                /rules\[0\]\.action\.allow\.customRequestHandling\.insertHeaders: is empty\. .* one item at least\./,
            ],
            [
                "metric reserved",
                { visibilityConfig: { ...visibility, metricName: "All" } },
                /visibilityConfig\.metricName: is "All"; AWS allows up to 128 letters, digits, hyphens and u/,
            ],
            [
                "metric 129",
                { visibilityConfig: { ...visibility, metricName: letters(129) } },
                /visibilityConfig\.metricName: is a text of 129 characters; AWS allows up to 128 letters, di/,
            ],
            [
                "challenge 299",
                { challengeConfig: { immunityTimeProperty: { immunityTime: 299 } } },
                /challengeConfig\.immunityTimeProperty\.immunityTime: is 299; AWS allows 300 to 259200 second/,
            ],
            [
                "body twice",
                {
                    customResponseBodies: [
                        { key: "a", content: "b", contentType: "TEXT_PLAIN" },
                        { key: "a", content: "c", contentType: "TEXT_PLAIN" },
                    ],
                },
                /customResponseBodies: has the key a twice\./,
            ],
            [
                "capacity over",
                rules(
                    ...[...Array(60).keys()].map(() => ({
                        statement: {
                            regexMatchStatement: {
                                regexString: "a",
                                fieldToMatch: { body: {} },
                                textTransformations: [...Array(10).keys()].map((priority) => ({
                                    priority,
                                    type: "URL_DECODE",
                                })),
                            },
                        },
                    })),
                ),
                /WAFLimitsExceededException: AWS WAF couldn’t perform the operation/,
            ],
        ],
    },
};
