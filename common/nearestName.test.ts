import assert from "node:assert/strict";
import { nearestName } from "./nearestName";

const allowed = ["rateLimit", "vpcId", "subnetIds", "healthCheckPath", "for", "prod", "DE"];

describe("nearestName", () => {
    for (const [given, meant] of [
        ["rateLimt", "rateLimit"],
        ["ratelimit", "rateLimit"],
        ["VPCID", "vpcId"],
        ["healthcheckPaths", "healthCheckPath"],
        ["prdo", "prod"],
        ["prodd", "prod"],
        ["de", "DE"],
        ["dd", undefined],
        ["port", undefined],
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
