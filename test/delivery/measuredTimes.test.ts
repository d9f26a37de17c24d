import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { rowsOf } from "./documentTables";
import { root } from "./packed";

interface Preview {
    readonly variants: readonly {
        readonly name: string;
        readonly median: {
            readonly wallSeconds: number;
            readonly programLoad: number;
            readonly packStart: number;
        };
    }[];
}

interface Policy {
    readonly rows: readonly {
        readonly subject: string;
        readonly estate: string;
        readonly size: number;
        readonly wallSeconds?: number;
    }[];
}

/** What the first cell of a row of the README is in the results. */
const variants: Readonly<Record<string, string>> = {
    "this project": "this project",
    "an empty program, an empty pack": "empty program, empty pack",
    "the textbook way: `import * as aws` type-checked at run time, a TypeScript pack": "textbook",
};
const subjects: Readonly<Record<string, readonly [subject: string, estate: string]>> = {
    "`encrypted-edge-policy audit`": ["direct", "kept"],
    "the same, with two findings for each resource": ["direct", "neglected"],
    "the same, of this project's stack as the engine exports it, over and over": ["direct", "exported"],
    "`pulumi policy analyze`, this pack": ["pack", "kept"],
    "`pulumi policy analyze`, an empty pack": ["floor", "kept"],
};

function results<Content>(name: string): Content {
    const file = path.join(root, "benchmarks", "results", `${name}.json`);
    return JSON.parse(fs.readFileSync(file, "utf8")) as Content;
}

const seconds = (value?: number) => (value === undefined ? "-" : `${value.toFixed(1)} s`);

describe("the README's times", () => {
    it("of a preview are those that were measured", () => {
        const measured = results<Preview>("preview").variants;
        const rows = rowsOf(
            "README.md",
            "| preview of dev (52 resources) under the pack | wall | program load | pack start | the rest |",
        );
        const expected = rows.map(([title = ""]) => {
            const found = measured.find(({ name }) => name === variants[title]);
            assert.ok(found, `benchmarks/results/preview.json has nothing of ${title}`);
            const { wallSeconds, programLoad, packStart } = found.median;
            const parts = [wallSeconds, programLoad, packStart, wallSeconds - programLoad - packStart];
            return [title, ...parts.map(seconds)];
        });
        assert.deepEqual(rows, expected);
        assert.ok(rows.length >= 2);
    });

    it("of a judgement are those that were measured", () => {
        const measured = results<Policy>("policy").rows;
        const rows = rowsOf("README.md", "| judging an exported state | 1,000 resources | 10,000 | 100,000 |");
        const expected = rows.map(([title = ""]) => {
            const [subject, estate] = subjects[title] ?? [];
            assert.ok(subject, `benchmarks/results/policy.json has nothing of ${title}`);
            const times = [1_000, 10_000, 100_000].map((size) =>
                measured.find((row) => row.subject === subject && row.estate === estate && row.size === size),
            );
            return [title, ...times.map((row) => seconds(row?.wallSeconds))];
        });
        assert.deepEqual(rows, expected);
        assert.ok(rows.length >= 2);
    });
});
