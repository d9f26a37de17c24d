import assert from "node:assert/strict";
import type { Values } from "../provider";
import { RandomProvider } from "./randomProvider";

describe("the random provider of the rehearsal", () => {
    const provider = new RandomProvider(__dirname);
    const check = (inputs: Values) => {
        const type = "random:index/randomPassword:RandomPassword";
        return provider.check({ type, name: "secret", urn: `urn:pulumi:dev::p::${type}::secret` }, {}, inputs);
    };

    it("takes numbers and switches as text, as configuration has them", () => {
        const { inputs, failures } = check({ length: "16", special: "false", keepers: { generation: 1 } });
        assert.deepEqual(failures, []);
        assert.deepEqual(inputs, { length: 16, special: false, keepers: { generation: "1" } });
    });
    it("says of every input at once what is wrong with it", () => {
        const reasons = (inputs: Values) => check(inputs).failures.map(({ property, reason }) => [property, reason]);
        assert.deepEqual(reasons({ length: "long", specials: true, keepers: "a" }), [
            ["length", 'is the string "long"; a number is needed.'],
            [
                "specials",
                '"specials" is no property of random:index/randomPassword:RandomPassword. Did you mean "special"?',
            ],
            ["keepers", 'is the string "a"; a map is needed.'],
        ]);
        assert.deepEqual(reasons({}), [["length", 'Missing required property "length". Give it a number.']]);
        assert.deepEqual(reasons({ length: "0" }), [["length", "is 0; a whole number of 1 or more is needed."]]);
    });
});
