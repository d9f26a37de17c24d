import assert from "node:assert/strict";

import { longestValidity } from "./longestValidity";

describe("how long a public certificate may be valid", () => {
    for (const [from, days] of [
        ["2026-03-14T23:59:59Z", 398],
        ["2026-03-15T00:00:00Z", 200],
        ["2027-03-14T23:59:59Z", 200],
        ["2027-03-15T00:00:00Z", 100],
        ["2029-03-15T00:00:00Z", 47],
    ] as const) {
        it(`${days} days from ${from} on`, () => assert.equal(longestValidity(Date.parse(from)), days));
    }
});
