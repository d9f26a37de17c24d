import assert from "node:assert/strict";
import { nearestName } from "./nearestName";

const allowed = ["rateLimit", "vpcId", "subnetIds", "healthCheckPath"];

describe("nearestName", () => {
    for (const [given, meant] of [
        ["rateLimt", "rateLimit"],
        ["ratelimit", "rateLimit"],
        ["VPCID", "vpcId"],
        ["healthcheckPaths", "healthCheckPath"],
        ["zzzz", undefined],
        ["", undefined],
        ["x", undefined],
    ] as const) {
        it(`"${given}" was meant to be ${meant ?? "none of them"}`, () => {
            assert.equal(nearestName(given, allowed), meant);
        });
    }

    it("knows no name where none is allowed", () => {
        assert.equal(nearestName("anything", []), undefined);
    });
});
