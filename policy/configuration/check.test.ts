import assert from "node:assert/strict";

import { checkConfiguration, type Configurable } from ".";

const rule: Configurable = {
    name: "rule-alpha",
    displayName: "Alpha",
    description: "Alpha holds.",
    level: "mandatory",
    severity: "high",
    settings: {
        group: { type: "string", pattern: "^sg-[0-9a-f]+$" },
        allowed: { type: "array", minItems: 1, uniqueItems: true, items: { type: "string", pattern: "^pl-" } },
        limit: { type: "integer", minimum: 1, maximum: 9 },
        share: { type: "number" },
        strict: { type: "boolean" },
        mode: { type: "string", enum: ["plain", "tls"] },
        partner: { type: "object", properties: { ports: { type: "array", items: { type: "integer" } } } },
    },
};

/** Title: the settings of the rule, and what is said of them. */
const cases: Readonly<Record<string, readonly [settings: Readonly<Record<string, unknown>>, ...problems: string[]]>> = {
    "what fits": [{ allowed: ["pl-1"], limit: 9, share: 0.5, strict: true, mode: "tls", partner: { ports: [443] } }],
    "a value of the wrong type": [
        { allowed: "pl-1", limit: "1", share: "0.5", strict: "true", mode: 7, partner: 443 },
        'rule-alpha.allowed must be a list, written ["..."], but is "pl-1".',
        'rule-alpha.limit must be a whole number, without quotation marks, but is "1".',
        'rule-alpha.share must be a number, without quotation marks, but is "0.5".',
        'rule-alpha.strict must be true or false, without quotation marks, but is "true".',
        "rule-alpha.mode must be a text, but is 7.",
        'rule-alpha.mode must be one of ["plain","tls"], but is 7.',
        "rule-alpha.partner must be an object, but is 443.",
    ],
    "a number below the least": [{ limit: 0 }, "rule-alpha.limit must be at least 1, but is 0."],
    "a number above the greatest": [{ limit: 10 }, "rule-alpha.limit must be at most 9, but is 10."],
    "a list of nothing": [{ allowed: [] }, "rule-alpha.allowed must list something, but is []."],
    "a text of another form, with its place in a long list": [
        { allowed: [...Array.from({ length: 12 }, (_, index) => `pl-${index}`), "sg-1"] },
        'rule-alpha.allowed[12] must match ^pl-, but is "sg-1".',
    ],
    "an id of another kind": [
        { group: "pl-1" },
        'rule-alpha.group must be an id that AWS gives, "sg-" and then only digits and the letters a to f, but is "pl-1".',
    ],
    "a value in an object": [
        { partner: { ports: ["443"] } },
        'rule-alpha.partner.ports[0] must be a whole number, without quotation marks, but is "443".',
    ],
    "what only the schema has words for": [
        { allowed: ["pl-1", "pl-1"] },
        'rule-alpha.allowed must NOT have duplicate items (items ## 1 and 0 are identical), but is ["pl-1","pl-1"].',
    ],
};

describe("the check of a configuration's values", () => {
    for (const [title, [settings, ...problems]] of Object.entries(cases)) {
        it(`says of ${title} what has to stand there`, async () => {
            assert.deepEqual(await checkConfiguration({ "rule-alpha": settings }, [rule]), problems);
        });
    }

    it("comes with the mistakes in names, and says nothing of values where there is no configuration to read", async () => {
        assert.deepEqual(await checkConfiguration({ "rule-alpha": { strict: 1 }, x: "advisory" }, [rule]), [
            '"x" is not a rule of this pack. Allowed are: "rule-alpha", "all".',
            "rule-alpha.strict must be true or false, without quotation marks, but is 1.",
        ]);
        assert.equal((await checkConfiguration([], [rule])).length, 1);
    });
});
