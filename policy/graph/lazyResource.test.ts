import assert from "node:assert/strict";

import { LazyResource, nameOf, withInputs } from ".";
import { UNKNOWN } from "./resource";
import { urn } from "../test/stack";

describe("outputs with inputs", () => {
    it("prefers outputs, and fills in what they leave out, hold as null or do not know yet", () => {
        const outputs = { a: "output", b: null, d: null, e: UNKNOWN, f: UNKNOWN, g: UNKNOWN };
        assert.deepEqual(withInputs(outputs, { a: "input", b: "input", c: "input", e: "input", g: null }), {
            a: "output",
            b: "input",
            c: "input",
            d: null,
            e: "input",
            f: UNKNOWN,
            g: UNKNOWN,
        });
    });
});

describe("a lazy resource", () => {
    it("reads its properties once, when they are first asked for", () => {
        let reads = 0;
        const lazy = new LazyResource(
            { urn: urn("a"), type: "t", name: "a", protect: false, parent: undefined },
            () => {
                reads += 1;
                return { a: 1 };
            },
        );
        assert.equal(reads, 0);
        assert.deepEqual([lazy.properties, lazy.properties, lazy.dependencies], [{ a: 1 }, { a: 1 }, []]);
        assert.equal(reads, 1);
    });

    it("is named by all that follows the type", () => {
        assert.equal(nameOf("urn:pulumi:dev::shop::a:b:C::x::y"), "x::y");
        assert.equal(nameOf(""), "");
    });
});
