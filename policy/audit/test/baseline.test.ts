import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import { own } from "../../graph";
import type { AuditedResult, AuditedStack } from "../auditedStack";
import { baselineOf, compare, readBaseline, writeBaseline, type BaselineEntry } from "../baseline";
import { temporaryFolder } from "./estate";

const none: ReadonlySet<string> = new Set();

function result(rule: string, urn: string, path = "origins[0]", more: Partial<AuditedResult> = {}): AuditedResult {
    return {
        rule,
        severity: "high",
        level: "mandatory",
        ruleLevel: "mandatory",
        kind: "violation",
        urn,
        path,
        message: "m",
        parents: [],
        ...more,
    };
}

function stack(name: string, ...results: AuditedResult[]): AuditedStack {
    return { stack: name, source: `${name}.json`, resources: 1, problems: [], results };
}

function entry(stack: string, rule: string, urn: string, count = 1): BaselineEntry {
    return { stack, rule, urn, path: "origins[0]", count };
}

describe("audit: baseline", () => {
    const folder = temporaryFolder();
    const file = path.join(folder.path, "baseline.json");
    after(() => folder.remove());

    it("is written for people and version control: sorted, the same for the same findings", () => {
        const stacks = [
            stack("b", result("r", "u2"), result("r", "u1")),
            stack("a", result("r", "u"), result("r", "u")),
        ];
        writeBaseline(file, baselineOf(stacks));
        const first = readFileSync(file, "utf8");
        writeBaseline(file, baselineOf([...stacks].reverse()));
        assert.equal(readFileSync(file, "utf8"), first);
        const { stacks: written } = JSON.parse(first) as { stacks: unknown };
        assert.deepEqual(written, {
            a: [{ rule: "r", urn: "u", path: "origins[0]", count: 2 }],
            b: [
                { rule: "r", urn: "u1", path: "origins[0]" },
                { rule: "r", urn: "u2", path: "origins[0]" },
            ],
        });
        assert.ok(first.split("\n").length > 10);
        assert.deepEqual(
            new Set((readBaseline(file) as BaselineEntry[]).map((each) => JSON.stringify(each))),
            new Set(baselineOf(stacks).map((each) => JSON.stringify(each))),
        );
    });

    it("knows a violation again whatever its words, and none beside it", () => {
        const now = stack(
            "a",
            result("r", "u", "origins[0]", { message: "other words" }),
            result("r", "u", "origins[1]"),
            result("other", "u"),
            result("r", "v"),
        );
        const other = stack("b", result("r", "u"));
        const { isBaselined } = compare([entry("a", "r", "u")], [now, other], none);
        assert.deepEqual(
            now.results.map((_, index) => isBaselined(now, index)),
            [true, false, false, false],
        );
        assert.equal(isBaselined(other, 0), false);
    });

    it("covers a violation as often as it was known, not more often", () => {
        const now = stack("a", result("r", "u"), result("r", "u"), result("r", "u"));
        const { isBaselined, fixed } = compare([entry("a", "r", "u", 2)], [now], none);
        assert.deepEqual(
            now.results.map((_, index) => isBaselined(now, index)),
            [true, true, false],
        );
        assert.deepEqual(fixed, []);
    });

    it("shrinks by what was fixed and never takes up what is new", () => {
        const known = [entry("a", "r", "u", 3), entry("a", "r", "gone"), entry("b", "r", "unread")];
        const { fixed, shrunk } = compare(known, [stack("a", result("r", "u"), result("r", "new"))], none);
        assert.deepEqual(fixed, [entry("a", "r", "u", 2), entry("a", "r", "gone")]);
        assert.deepEqual(shrunk, [entry("a", "r", "u"), entry("b", "r", "unread")]);
    });

    it("takes nothing for fixed in a stack that could not be read, nor for a rule that did not run", () => {
        const unreadable = { ...stack("a"), problems: ["The file is empty."] };
        const known = [entry("a", "r", "u"), entry("b", "off", "u")];
        const { fixed, shrunk } = compare(known, [unreadable, stack("b")], new Set(["off"]));
        assert.deepEqual(fixed, []);
        assert.deepEqual(shrunk, known);
    });

    it("leaves out what an exemption covers, and exemptions without use", () => {
        const exempted = { urn: "u", reason: "soon gone", expires: "2027-01-01" };
        const now = stack(
            "a",
            result("r", "u", "p", { exempted }),
            result("x", "v", "p", { kind: "unused exemption" }),
        );
        assert.deepEqual(baselineOf([now]), []);
    });

    it("takes up nothing that a mandatory rule could not tell, and covers no such result either", () => {
        const untold = { kind: "cannot tell", level: "advisory" } as const;
        const now = stack("a", result("r", "u", "origins[0]", untold));
        assert.deepEqual(baselineOf([now]), []);
        assert.equal(compare([entry("a", "r", "u")], [now], none).isBaselined(now, 0), false);
        const advisory = stack("a", result("r", "u", "origins[0]", { ...untold, ruleLevel: "advisory" }));
        assert.deepEqual(baselineOf([advisory]), [entry("a", "r", "u")]);
    });

    const wrong: readonly (readonly [string, string, RegExp])[] = [
        ["is no JSON", "<<<<<<< HEAD", /not valid JSON. Restore it/],
        ["has another version", '{"version": 2, "stacks": {}}', /must hold "version": 1/],
        ["holds no stacks", '{"version": 1, "stacks": []}', /an object "stacks"/],
        ["holds no list", '{"version": 1, "stacks": {"a": {}}}', /stacks\["a"\]\[0\] must be/],
        [
            "has an entry without a rule",
            '{"version": 1, "stacks": {"a": [{"rule": "r"}, {"urn": "u"}]}}',
            /stacks\["a"\]\[1\]/,
        ],
        ["has a URN that is no text", '{"version": 1, "stacks": {"a": [{"rule": "r", "urn": 1}]}}', /rule, urn, path/],
        [
            "has a path that is no text",
            '{"version": 1, "stacks": {"a": [{"rule": "r", "path": 1}]}}',
            /rule, urn, path/,
        ],
        ["has a count that is a text", '{"version": 1, "stacks": {"a": [{"rule": "r", "count": "2"}]}}', /and count/],
        ["has a part of a count", '{"version": 1, "stacks": {"a": [{"rule": "r", "count": 1.5}]}}', /and count/],
        ["has a count of none", '{"version": 1, "stacks": {"a": [{"rule": "r", "count": 0}]}}', /stacks\["a"\]\[0\]/],
    ];
    for (const [name, content, problem] of wrong) {
        it(`is refused where it ${name}`, () => {
            writeFileSync(file, content);
            const read = readBaseline(file);
            assert.ok("problem" in read);
            assert.match(read.problem, problem);
        });
    }

    it("is read back as it was written, without what an entry does not have", () => {
        const whole = { stack: "a", rule: "r", urn: "", path: "", count: 1 };
        writeBaseline(file, [whole]);
        assert.deepEqual(own(JSON.parse(readFileSync(file, "utf8")), "stacks"), { a: [{ rule: "r" }] });
        assert.deepEqual(readBaseline(file), [whole]);
    });

    it("counts one finding for each entry, though a file lists the same one twice", () => {
        const twice = [entry("a", "r", "u"), entry("a", "r", "u")];
        const now = stack("a", result("r", "u"));
        const { fixed, shrunk } = compare(twice, [now], none);
        assert.deepEqual([fixed, shrunk], [[entry("a", "r", "u")], [entry("a", "r", "u")]]);
        assert.equal(compare(twice, [now], none).isBaselined(stack("a", result("r", "u")), 0), false);
    });

    it("is asked for where it does not exist", () => {
        const read = readBaseline(path.join(folder.path, "none.json"));
        assert.ok("problem" in read);
        assert.match(read.problem, /does not exist. Write it once with --create-baseline/);
    });
});
