import assert from "node:assert/strict";

import { rules } from "../rules";
import { NotApplicable } from "./notApplicable";

describe("a rule that does not apply", () => {
    it("has the SDK make its exception once, with what the rule looks at, and throws it each time", () => {
        const [first] = rules;
        assert.ok(first);
        const reasons: (string | undefined)[] = [];
        const args = {
            notApplicable(reason?: string): never {
                reasons.push(reason);
                throw new Error(reason);
            },
        };
        const notApplicable = new NotApplicable({ ...first, types: ["one", "two", "three"] });
        const thrown = [1, 2, 3].map(() => {
            try {
                return notApplicable.answer(args);
            } catch (exception) {
                return exception;
            }
        });
        assert.deepEqual(reasons, ["The rule looks at one and 2 more"]);
        assert.ok(thrown[0] instanceof Error);
        assert.deepEqual([...new Set(thrown)], [thrown[0]]);
    });
});
