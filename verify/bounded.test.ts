import assert from "node:assert/strict";
import { bounded, OutOfTime, Pace } from "./bounded";
import { findingOf } from "./probe";

describe("an exchange", () => {
    it("that settles on nothing is rejected when its time is over, and ended", async () => {
        let ended = false;
        await assert.rejects(
            bounded(20, "too late", () => () => (ended = true)),
            OutOfTime,
        );
        await new Promise(setImmediate);
        assert.ok(ended);
    });

    it("that settles before it has begun is ended, too", async () => {
        let ended = false;
        const settled = bounded<number>(1000, "too late", (resolve) => {
            resolve(7);
            return () => (ended = true);
        });
        assert.equal(await settled, 7);
        await new Promise(setImmediate);
        assert.ok(ended);
    });

    it("never gets more time than the run has, and never none", () => {
        const over = new Pace(10_000, -10_000, 1);
        assert.ok(over.now <= 501 && over.left === 1);
        assert.ok(new Pace(10_000, 2000, 1).now <= 2500);
        assert.equal(new Pace(100, 60_000, 1).now, 100);
    });

    it("waits for its turn, and gives it on whatever happens", async () => {
        const pace = new Pace(1000, 1000, 2);
        let [open, most] = [0, 0];
        const work = async () => {
            most = Math.max(most, ++open);
            await new Promise((resolve) => setTimeout(resolve, 5));
            open--;
            throw new Error("failed");
        };
        await Promise.allSettled(Array.from({ length: 7 }, () => pace.turn(work)));
        assert.deepEqual([open, most], [0, 2]);
    });
});

describe("a probe", () => {
    const probe = {
        probe: "p",
        hop: "names",
        name: "www.example.com",
        expected: "",
        source: "",
        reproduce: "",
    } as const;

    it("that never settles is a finding that says so", async () => {
        const finding = await findingOf({ ...probe, run: () => new Promise(() => undefined) }, new Pace(10, 50, 1));
        assert.equal(finding.verdict, "cannot tell");
        assert.match(finding.seen, /the time for the whole run was over/);
    });

    it("that fails itself is a finding that says so", async () => {
        const run = () => Promise.reject(new Error("no such \u009bthing"));
        const finding = await findingOf({ ...probe, run }, new Pace(10, 50, 1));
        assert.deepEqual([finding.verdict, finding.seen], ["cannot tell", "no such \\u009bthing"]);
    });
});
