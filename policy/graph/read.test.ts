import assert from "node:assert/strict";

import { cannotTell, listed, oneOf, texts } from "../finding";
import { Read } from "./read";
import { UNKNOWN, type Value } from "./resource";
import type { Finding } from "../rule";
import { resource } from "../test/stack";

const at = (value: Value, ...names: string[]) => Read.of(resource("a:b:C", "one", { value })).at("value", ...names);

describe("reading a property", () => {
    it("takes texts, truth values and numbers for what they are, or for what they say", () => {
        assert.equal(at("x").text, "x");
        assert.equal(at(7).text, undefined);
        assert.deepEqual(
            [at(true), at("true"), at(false), at("false")].map((read) => read.flag),
            [true, true, false, false],
        );
        for (const value of ["", "yes", 0, null, UNKNOWN]) {
            assert.equal(at(value).flag, undefined);
        }
        assert.deepEqual(
            [at(7), at("7"), at(" 7 "), at(0)].map((read) => read.number),
            [7, 7, 7, 0],
        );
        for (const value of ["", " ", "x", NaN, Infinity, true, null, [7], UNKNOWN]) {
            assert.equal(at(value).number, undefined);
        }
    });

    it("takes an empty text for absent, and nothing else that is there", () => {
        for (const value of [undefined, null, ""]) {
            assert.ok(at(value).isAbsent);
        }
        for (const value of [0, false, [], {}, " ", UNKNOWN]) {
            assert.ok(!at(value).isAbsent);
        }
    });

    it("steps into objects, through lists of one, and no further", () => {
        assert.deepEqual([at({ a: 1 }, "a").value, at({ a: 1 }, "a").path], [1, "value.a"]);
        assert.deepEqual([at([{ a: 1 }], "a").value, at([{ a: 1 }], "a").path], [1, "value[0].a"]);
        for (const value of [[], [{ a: 1 }, { a: 2 }], "text", null, [[{ a: 1 }]], 7]) {
            assert.ok(at(value, "a").isAbsent);
        }
        assert.equal(at([{ a: 1 }, { a: 2 }], "a").path, "value.a");
        const unknown = at(UNKNOWN, "a", "b");
        assert.ok(unknown.isUnknown);
        assert.equal(unknown.path, "value");
    });

    it("finds the first of several names that is there", () => {
        assert.equal(at({ b: 2, c: 3 }).either("a", "b", "c").path, "value.b");
        assert.equal(at({}).either("a", "b").path, "value.a");
    });

    it("lists entries in either form", () => {
        const paths = (value: Value) =>
            at(value)
                .items()
                .map(({ path }) => path);
        assert.deepEqual(paths([1, null]), ["value[0]", "value[1]"]);
        assert.deepEqual(paths({ items: [1] }), ["value.items[0]"]);
        assert.deepEqual(paths("x"), ["value"]);
        assert.deepEqual(paths(UNKNOWN), ["value"]);
        assert.deepEqual(paths(null), []);
    });

    it("knows the top-level property that a path begins with", () => {
        assert.equal(
            at({ a: [1] })
                .at("a")
                .items()[0]?.topLevel,
            "value",
        );
        assert.equal(at([[1]]).items()[0]?.topLevel, "value");
        assert.equal(at(1).topLevel, "value");
    });

    it("takes what depends on something and has no value for hidden by the engine, and nothing else", () => {
        const other = resource("a:b:C", "other");
        const hiding = resource("a:b:C", "one", { seen: 1 }, { hidden: [other], seen: [other], given: [] });
        const properties = Read.of(hiding);
        assert.ok(properties.at("hidden").isUnknown);
        assert.equal(properties.at("seen").value, 1);
        assert.ok(properties.at("given").isAbsent);
        assert.ok(properties.at("other").isAbsent);
        const shown = resource("a:b:C", "one", { seen: 1 }, { seen: [other] });
        assert.equal(Read.of(shown).value, shown.properties);
    });
});

describe("what a message shows", () => {
    it("of a value, in one line and no longer than can be read", () => {
        for (const [value, expected] of [
            [UNKNOWN, "not known yet"],
            [undefined, "missing"],
            [null, "missing"],
            ["a\nb", '"a\\nb"'],
            ["x".repeat(100), `"${"x".repeat(100)}"`],
            ["x".repeat(101), `"${"x".repeat(100)}..."`],
            [7, "7"],
            [false, "false"],
            [{}, "an object"],
            [["a", 1, UNKNOWN], '["a", 1, not known yet]'],
            [Array.from({ length: 10 }, () => 1), "[1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"],
            [Array.from({ length: 11 }, () => 1), "a list"],
            [10n, "a bigint"],
        ] as const) {
            assert.equal(at(value).shown(), expected);
        }
    });

    it("of a list, ten at most", () => {
        const numbers = Array.from({ length: 11 }, (_, index) => String(index));
        assert.equal(listed(numbers.slice(0, 10)), "0, 1, 2, 3, 4, 5, 6, 7, 8, 9");
        assert.equal(listed(numbers), "0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 1 more");
        assert.equal(listed(["a", "b"], "; "), "a; b");
    });

    it("of what is allowed", () => {
        assert.equal(oneOf(["a"]), '"a"');
        assert.equal(oneOf(["a", "b", "c"]), '"a", "b" or "c"');
        assert.equal(oneOf([]), "");
    });

    it("of why something cannot be told", () => {
        const one = resource("a:b:C", "one", { value: UNKNOWN, wrong: 7 });
        const said = (read: Read, cause?: string) => {
            const findings: Finding[] = [];
            cannotTell((finding) => findings.push(finding), one, read, "it holds", cause);
            return findings;
        };
        const message = (text: string) => `Cannot tell whether it holds: ${text}.`;
        const properties = Read.of(one);
        assert.deepEqual(said(properties.at("value")), [
            { kind: "cannot tell", resource: one, path: "value", message: message("value is not known yet") },
        ]);
        assert.equal(said(properties.at("wrong"))[0]?.message, message("wrong cannot be read"));
        assert.equal(said(properties)[0]?.message, message("what decides it cannot be read"));
        assert.equal(said(properties, "so it is")[0]?.message, message("so it is"));
        const unknown = Read.of({ ...one, properties: UNKNOWN as never });
        assert.equal(said(unknown)[0]?.message, message("the resource is not known yet"));
    });
});

describe("a setting that is a list", () => {
    it("is its texts, or the default where it is not set", () => {
        assert.deepEqual(texts(["a", 7, "b"], ["c"]), ["a", "b"]);
        assert.deepEqual(texts([], ["c"]), []);
        assert.deepEqual(texts(undefined, ["c"]), ["c"]);
        assert.deepEqual(texts(undefined), []);
    });
});
