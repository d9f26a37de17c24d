import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { timeline } from "../../rehearsal";
import { type Figures, judge } from "./growth";

const committed = JSON.parse(readFileSync(path.join(__dirname, "..", "results", "deployment.json"), "utf8")) as Figures;

/** What a stack of two resources takes, the second of which waits for the first or does not. */
function measured(waitsFor: string[]): Figures {
    const created = "2026-01-02T00:00:00Z";
    const distribution = { urn: "cdn", type: "aws:cloudfront/distribution:Distribution", dependencies: waitsFor };
    const balancer = { urn: "alb", type: "aws:lb/loadBalancer:LoadBalancer", dependencies: [] };
    return {
        "first up of prod": timeline(
            [balancer, distribution].map((each) => ({ ...each, custom: true, created })),
            0,
        ),
    };
}

/** The exit code, and what was said. */
function judged(before: Figures, now: Figures): [number, string[]] {
    const said: string[] = [];
    return [judge(before, now, (sentence) => said.push(sentence)), said];
}

describe("the deployment benchmark", () => {
    it("fails where one dependency more makes the critical path longer, and says by what", () => {
        assert.deepEqual(judged(measured([]), measured(["alb"])), [
            1,
            [
                "The first up of prod takes 420 s on AWS; it took 270 s before. It waits for LoadBalancer alb (150 s), then Distribution cdn (270 s).",
            ],
        ]);
    });
    it("passes where the time is the same or shorter", () => {
        assert.deepEqual(judged(measured(["alb"]), measured(["alb"])), [0, []]);
        assert.deepEqual(judged(measured(["alb"]), measured([])), [0, []]);
        assert.deepEqual(judged(committed, committed), [0, []]);
    });
    it("fails where a stack was not measured, or was never committed", () => {
        const { "first up of prod": prod } = measured([]);
        assert.ok(prod !== undefined && Object.keys(committed).length > 0);
        assert.deepEqual(judged({ dev: prod, prod }, { prod }), [1, ["The dev was not measured."]]);
        assert.deepEqual(judged({ prod }, { prod, test: prod }), [
            1,
            ["There are no committed figures of the test: npm run benchmark:deployment -- --write"],
        ]);
    });
});
