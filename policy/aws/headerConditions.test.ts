import assert from "node:assert/strict";

import { resource } from "../test/stack";
import { UNKNOWN } from "../graph";
import { headerConditions, requiredText, type HeaderPattern } from "./headerConditions";

function patternOf(header: Record<string, unknown>): HeaderPattern {
    const rule = resource("aws:lb/listenerRule:ListenerRule", "rule", {
        conditions: [{ httpHeader: { httpHeaderName: "X-A", ...header } }],
    });
    return headerConditions(rule)[0]?.patterns[0] ?? assert.fail();
}

describe("what a listener rule demands of a header", () => {
    it("is values or regular expressions, in each provider's words", () => {
        for (const [block, list] of [
            ["httpHeader", "values"],
            ["httpHeader", "regexValues"],
            ["httpHeaderConfig", "values"],
            ["httpHeaderConfig", "regexValues"],
        ] as const) {
            const condition = { [block]: { httpHeaderName: "X-A", [list]: ["b", "c"] } };
            const rule = resource("aws:lb/listenerRule:ListenerRule", "rule", {
                conditions: [{ pathPattern: { values: ["/*"] } }, condition],
            });
            assert.deepEqual(
                headerConditions(rule).map(({ name, patterns }) => [name.text, patterns.map(({ read }) => read.path)]),
                [["X-A", [0, 1].map((index) => `conditions[1].${block}.${list}[${index}]`)]],
            );
        }
    });

    it("is a text that has to be known, or one that anybody can write", () => {
        for (const value of ["*", "**", "?*", "*?", "?", "????????", "*?*"]) {
            assert.ok(patternOf({ values: [value] }).isOpen, value);
        }
        for (const value of ["a*", "*0123456789abcdef*", "0123456789abcdef", ".*", ""]) {
            assert.ok(!patternOf({ values: [value] }).isOpen, value);
        }
        for (const regex of [
            ...[".*", ".+", "^.*$", ".*?", ".{0,}", ".{8,64}", "(.*)", "(?:.*)", "(?<all>.*)", "[a-z0-9]+", "[^]]*"],
            ...["\\S+", "\\w{16}", "a*", "(secret)?", "(secret|.*)", "secret|.*", "(|secret)", "(a|(b|.))", "", "^$"],
            ...["x{0}", "x{0,9}", "[\\]]+", "(?i).*", "(?i:.*)"],
            ...["(?im).*", "(?im:.*)", "(?P<all>.*)", "(?:secret)?", "(a(?i)b)?", "a*b*", "\\x41*", ".{100,200}"],
        ]) {
            assert.ok(patternOf({ regexValues: [regex] }).isOpen, regex);
        }
        for (const regex of [
            ...[
                "^0123456789abcdef$",
                "(abcdef|fedcba)",
                "abc.*",
                "\\.",
                "secret{2}",
                "a+",
                "(secret)+",
                "[a-z]x",
                "12,3",
            ],
            ...["(?i)secret", "\\[\\]", "^\\x41\\x42$", "1}", "a[0-9]*", "a\\d*", "a.*", "\\*", "a(b)*", "a(b*)"],
        ]) {
            assert.ok(!patternOf({ regexValues: [regex] }).isOpen, regex);
        }
        assert.equal(requiredText("ab(cd|e)f?").length, 3);
    });

    it("is compared as the listener compares it: a regular expression is none of wildcards", () => {
        assert.equal(patternOf({ regexValues: ["^s3cr3t-[0-9]+$"] }).accepts("s3cr3t-12"), true);
        assert.equal(patternOf({ regexValues: ["^s3cr3t$"] }).accepts("S3CR3T"), true);
        assert.equal(patternOf({ regexValues: ["^s3cr3t$"] }).accepts("other"), false);
        assert.equal(patternOf({ regexValues: ["s3cr*t"] }).accepts("s3cRRt"), true);
        assert.equal(patternOf({ values: ["s3cr*t"] }).accepts("s3crXXXt"), true);
        assert.equal(patternOf({ values: ["*abc"] }).accepts("abc"), true);
        assert.equal(patternOf({ values: ["^s3cr3t$"] }).accepts("s3cr3t"), false);
    });

    it("cannot be told where it is unknown, not of JavaScript's grammar, or takes too long", () => {
        assert.equal(patternOf({ regexValues: [UNKNOWN] }).accepts("x"), undefined);
        assert.equal(patternOf({ values: [UNKNOWN] }).accepts("x"), undefined);
        assert.equal(patternOf({ regexValues: ["(?i)secret"] }).accepts("secret"), undefined);
        assert.equal(patternOf({ regexValues: ["^(a+)+$"] }).accepts(`${"a".repeat(40)}!`), undefined);
        assert.equal(patternOf({ regexValues: [7] }).accepts("7"), false);
        assert.equal(patternOf({ regexValues: [7] }).isOpen, false);
    });
});
