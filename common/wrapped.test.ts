import assert from "node:assert/strict";
import { fitted, wrapped } from "./wrapped";

describe("text that fits a terminal", () => {
    const said = "x has one mistake:\n  - It is not valid JSON, first at line 2. Look at its brackets.";

    it("breaks between words, and what continues stands under the first word", () => {
        assert.equal(
            fitted(said, { isTTY: true, columns: 40 }),
            "x has one mistake:\n  - It is not valid JSON, first at line\n    2. Look at its brackets.",
        );
    });

    it("stays one line for programs, and where a terminal is too narrow to be read", () => {
        assert.equal(fitted(said, { columns: 40 }), said);
        assert.equal(fitted(said, { isTTY: true }), said);
        assert.equal(fitted(said, { isTTY: true, columns: 39 }), said);
    });

    it("gives a word that is longer than a line one of its own", () => {
        assert.deepEqual(wrapped("see urn:pulumi:prod::shop there", 10), ["see", "urn:pulumi:prod::shop", "there"]);
        assert.deepEqual(wrapped("", 10), [""]);
        assert.deepEqual(wrapped("twelve and 1", 12), ["twelve and 1"]);
    });
});
