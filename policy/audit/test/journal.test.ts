import assert from "node:assert/strict";
import { appendFileSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import type { AuditedStack } from "../auditedStack";
import { Journal, type Conditions } from "../journal";
import { temporaryFolder } from "./estate";

const conditions: Conditions = {
    packVersion: "1.0.0",
    ruleNames: ["rule"],
    policyConfiguration: {},
    engine: false,
    showSecrets: false,
    day: "2026-01-01",
};

function stack(name: string): AuditedStack {
    return { stack: name, source: `${name}.json`, resources: 1, problems: [], results: [] };
}

describe("audit: journal", () => {
    const folder = temporaryFolder();
    after(() => folder.remove());
    let count = 0;
    const fresh = () => path.join(folder.path, `journal-${count++}`);
    const open = (file: string, more: Partial<Conditions> = {}) =>
        new Journal(file, assert.fail, { ...conditions, ...more });

    it("gives back every verdict that was added, though the audit never ended", () => {
        const file = fresh();
        const first = open(file);
        first.add(["hash-a", "place-a"], stack("a"));
        first.add(["hash-b"], stack("b"));
        const next = open(file);
        assert.deepEqual([...next.keys].sort(), ["hash-a", "hash-b", "place-a"]);
        assert.deepEqual(next.get("place-a"), stack("a"));
        assert.deepEqual(next.get("hash-b"), stack("b"));
        assert.equal(next.get("hash-c"), undefined);
        assert.equal(statSync(file).mode & 0o777, 0o600);
    });

    it("leaves out a line that was cut off, and what is no verdict, and goes on after it", () => {
        const file = fresh();
        open(file).add(["a"], stack("a"));
        appendFileSync(file, '{"key":"x"}\n{"key":"y","stack":{}}\n{"stack":{"results":[]}}\n{"key":"b","stack":{"res');
        const next = open(file);
        assert.deepEqual([...next.keys], ["a"]);
        next.add(["c"], stack("c"));
        assert.deepEqual([...open(file).keys], ["a", "c"]);
    });

    it("starts over under other conditions", () => {
        const file = fresh();
        open(file).add(["a"], stack("a"));
        const others: Partial<Conditions>[] = [
            { packVersion: "1.0.1" },
            { ruleNames: [] },
            { policyConfiguration: { all: "advisory" } },
            { engine: true },
            { showSecrets: true },
            { day: "2026-01-02" },
        ];
        for (const other of others) {
            assert.deepEqual([...open(file, other).keys], [], JSON.stringify(other));
        }
        open(file, { engine: true }).add(["b"], stack("b"));
        assert.deepEqual([...open(file).keys], []);
        assert.deepEqual([...open(file, { engine: true }).keys], ["b"]);
    });

    it("keeps after a whole audit what that audit used, and writes a known verdict no second time", () => {
        const file = fresh();
        open(file).add(["old", "kept"], stack("a"));
        const next = open(file);
        const before = readFileSync(file, "utf8");
        next.add(["kept"], stack("a"));
        assert.equal(readFileSync(file, "utf8"), before);
        next.add(["new"], stack("b"));
        next.finish();
        assert.deepEqual([...open(file).keys], ["kept", "new"]);
    });

    it("is kept nowhere where no file is named", () => {
        const journal = new Journal(undefined, assert.fail, conditions);
        journal.add(["a"], stack("a"));
        journal.finish();
        assert.deepEqual([...journal.keys], []);
    });

    it("says once that it cannot be written, and keeps every verdict of this run", () => {
        const problems: string[] = [];
        const file = path.join(folder.path, "no-folder-but-a-file", "journal");
        writeFileSync(path.dirname(file), "");
        const journal = new Journal(file, (problem) => problems.push(problem), conditions);
        journal.add(["a"], stack("a"));
        journal.add(["b"], stack("b"));
        journal.finish();
        assert.deepEqual([...journal.keys], ["a", "b"]);
        assert.equal(problems.length, 1);
        assert.match(problems[0] ?? "", /journal could not be written: .*\. The audit goes on without its journal\.$/);
    });

    it("is a new file, in a folder that is made for it, or one that was a journal", () => {
        const file = path.join(fresh(), "deep", "journal");
        assert.equal(Journal.problem(file), undefined);
        assert.ok(existsSync(file));
        assert.equal(Journal.problem(file), undefined, "an empty file");
        writeFileSync(file, " \n");
        assert.equal(Journal.problem(file), undefined, "a file of blanks");
        open(file).add(["a"], stack("a"));
        assert.equal(Journal.problem(file), undefined);
    });

    it("is never a file that holds something else, nor one that cannot be written", () => {
        const file = fresh();
        for (const content of [
            "{}",
            '{"format":"other"}',
            "text",
            '\n{"format":"encrypted-edge-policy audit journal"}',
        ]) {
            writeFileSync(file, content);
            assert.equal(
                Journal.problem(file),
                `--resume ${file} exists but is not the journal of an audit, so it is left as it is. Name another file.`,
            );
            assert.equal(readFileSync(file, "utf8"), content);
        }
        const inFile = path.join(file, "journal");
        for (const place of [folder.path, inFile]) {
            assert.equal(
                Journal.problem(place),
                `--resume ${place} cannot be written. Name a file in a folder that you can write to.`,
            );
        }
    });
});
