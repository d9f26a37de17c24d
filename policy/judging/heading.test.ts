import assert from "node:assert/strict";

import { heading, standingIn, type Result } from "./index";

describe("the first line of a result in the engine", () => {
    const exemption = { urn: "*", reason: "known", expires: "2099-01-01" };

    for (const description of ["Encrypt (every) hop.", "Encrypt it (cannot tell)", "exempted", ""]) {
        it(`says of what standing a result is, under the description ${JSON.stringify(description)}`, () => {
            const stands = (result: Pick<Result, "kind" | "exempted">) =>
                standingIn(heading(description, result), description);
            assert.equal(stands({ kind: "violation" }), "violation");
            assert.equal(stands({ kind: "cannot tell" }), "cannot tell");
            assert.equal(stands({ kind: "violation", exempted: exemption }), "exempted");
            assert.equal(stands({ kind: "cannot tell", exempted: exemption }), "exempted");
        });
    }

    it("is the description with what the engine has no field for", () => {
        assert.equal(heading("Encrypt.", { kind: "violation" }), "Encrypt.");
        assert.equal(heading("Encrypt.", { kind: "cannot tell" }), "Encrypt. (cannot tell)");
        assert.equal(heading("Encrypt.", { kind: "violation", exempted: exemption }), "Encrypt. (exempted)");
    });

    it("is of a violation where it says something else", () => {
        for (const line of ["", "Encrypt. (other)", "Other. (exempted)", "(exempted)", "Encrypt. exempted)"]) {
            assert.equal(standingIn(line, "Encrypt."), "violation", line);
        }
    });
});
