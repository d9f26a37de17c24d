import assert from "node:assert/strict";

import { fitting, shareOf, type Answer } from "./answer";

describe("what fits into an answer", () => {
    const result = (message: string, level: Answer["level"] = "mandatory", urn?: string): Answer => ({
        kind: "violation",
        level,
        message,
        urn,
    });
    /** Bytes of one result with this message and URN, for a rule whose description has 10 bytes. */
    const size = (message: number, urn: number) => message + urn + 2 * 10 + 200;

    it("is as many results as there are bytes for, and one less with a byte less", () => {
        const results = [result("abc", "mandatory", "urn"), result("äöü"), result("x", "advisory")];
        const all = size(3, 3) + size(6, 0) + size(1, 0);
        assert.deepEqual(fitting(results, all, 10), { shown: results, hidden: 0, hiddenViolations: 0 });
        assert.deepEqual(fitting(results, all - 1, 10), {
            shown: results.slice(0, 2),
            hidden: 1,
            hiddenViolations: 0,
        });
        const two = size(3, 3) + size(6, 0);
        assert.equal(fitting(results, two, 10).shown.length, 2);
        assert.deepEqual(fitting(results, two - 1, 10), {
            shown: results.slice(0, 1),
            hidden: 2,
            hiddenViolations: 1,
        });
        assert.deepEqual(fitting([], 0, 10), { shown: [], hidden: 0, hiddenViolations: 0 });
    });

    it("is shared by the policies", () => {
        assert.equal(shareOf(3), 1024 * 1024);
        assert.equal(shareOf(0), 3 * 1024 * 1024);
    });
});
