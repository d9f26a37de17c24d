import assert from "node:assert/strict";

import { escapePattern } from "./escapePattern";

describe("a text in a regular expression", () => {
    it("matches itself, whatever stands in it, and nothing else", () => {
        const text = "a.b*c+d?e^f$g{1}(h)|[i]\\j";
        const pattern = new RegExp(`^${escapePattern(text)}$`);
        assert.match(text, pattern);
        for (let index = 0; index < text.length; index++) {
            assert.doesNotMatch(`${text.slice(0, index)}~${text.slice(index + 1)}`, pattern);
        }
    });
});
