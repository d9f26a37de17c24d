import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { rehearsalPaths, type RehearsalPaths } from "../engine";
import { checkpointFile, pruneBackups, readCheckpoint, refuseDamaged, restoreCheckpoint } from "./checkpoint";
import type { Project } from "./project";

describe("rehearse: the engine's checkpoint of a stack", () => {
    let project: Project;
    let paths: RehearsalPaths;
    let file: string;

    beforeEach(() => {
        const directory = mkdtempSync(path.join(tmpdir(), "checkpoint-"));
        project = { directory, file: path.join(directory, "Pulumi.yaml"), name: "shop", content: {} };
        paths = rehearsalPaths(directory);
        file = checkpointFile({ paths, project, stack: "dev" });
    });
    afterEach(() => rmSync(project.directory, { recursive: true, force: true }));

    const saved = (...names: string[]) =>
        JSON.stringify({
            version: 3,
            checkpoint: {
                latest: {
                    resources: names.map((name) => ({ urn: `urn:pulumi:dev::shop::t::${name}`, type: "t", id: name })),
                },
            },
        });
    function write(where: string, content: string, minutesAgo = 0): void {
        mkdirSync(path.dirname(where), { recursive: true });
        writeFileSync(where, content);
        const time = Date.now() / 1000 - minutesAgo * 60;
        utimesSync(where, time, time);
    }
    const inBackend = (...names: string[]) => path.join(paths.backend, ".pulumi", ...names);
    const ids = () => readCheckpoint(file).resources.map(({ id }) => id);
    function restore(): { time: number | undefined; lines: string[] } {
        const lines: string[] = [];
        const time = restoreCheckpoint({ paths, project, stack: "dev" }, (line) => lines.push(line));
        return { time, lines };
    }

    const withNulls = saved("one").replace('"id"', '"dependencies":null,"outputs":null,"other":5,"id"');
    for (const whole of [
        saved("one"),
        withNulls,
        '{"version":3,"checkpoint":{"stack":"organization/shop/dev"}}',
        undefined,
    ]) {
        it(`leaves one alone that is ${whole === undefined ? "not there" : whole === withNulls ? "whole and holds nulls" : "whole"}`, () => {
            if (whole !== undefined) {
                write(file, whole);
            }
            write(`${file}.bak`, saved("older"));
            assert.deepEqual(restore(), { time: undefined, lines: [] });
            refuseDamaged({ paths, project, stack: "dev" });
        });
    }

    for (const damaged of [
        "",
        saved("one", "two").slice(0, 60),
        "null",
        "[]",
        '{"version":3,"checkpoint":{"latest":{"resources":"x"}}}',
        '{"version":3,"checkpoint":{"latest":{"resources":[5,null]}}}',
        '{"version":3,"checkpoint":{"latest":{"resources":[],"pending_operations":[{"type":"creating"}]}}}',
        ...['"inputs":"x"', '"outputs":[]', '"dependencies":"x"', '"id":5', '"custom":"yes"', '"parent":{}'].map(
            (wrong) => `{"version":3,"checkpoint":{"latest":{"resources":[{"urn":"u","type":"t",${wrong}}]}}}`,
        ),
        "5",
        '{"version":3}',
        '{"checkpoint":null}',
    ]) {
        it(`puts back the last whole one where it holds "${damaged.slice(-40)}"`, () => {
            write(file, damaged);
            write(`${file}.bak`, saved("one"), 1);
            write(inBackend("history", "shop", "dev", "dev-1.checkpoint.json"), saved(), 2);
            const { time, lines } = restore();
            assert.deepEqual(ids(), ["one"]);
            assert.ok(Math.abs(Number(time) - (Date.now() - 60_000)) < 10_000);
            assert.match(
                lines.join("\n"),
                /^The state of the stack dev was damaged, perhaps by a full disk\. Put back that of 20/,
            );
            const [kept] = readdirSync(path.join(paths.root, "damaged"));
            assert.equal(readFileSync(path.join(paths.root, "damaged", kept as string), "utf8"), damaged);
        });
    }

    it("passes over a copy that is damaged too", () => {
        write(file, "{");
        write(`${file}.bak`, "{", 1);
        write(inBackend("backups", "shop", "dev", "dev.100.json"), saved("one"), 2);
        write(inBackend("history", "shop", "dev", "dev-1.history.json"), JSON.stringify({ checkpoint: {} }), 1);
        write(inBackend("history", "shop", "dev", "dev-1.checkpoint.json"), saved(), 3);
        restore();
        assert.deepEqual(ids(), ["one"]);
    });

    it("starts anew where no state was saved before", () => {
        write(file, "{");
        const { time, lines } = restore();
        assert.equal(time, 0);
        assert.deepEqual(ids(), []);
        assert.match(lines.join("\n"), /the stack starts anew, and what it had created is removed from the account/);
    });

    it("tells commands that only read how it is put back", () => {
        write(file, "{");
        assert.throws(
            () => refuseDamaged({ paths, project, stack: "dev" }),
            /The state of the stack dev is damaged[^]*rehearse refresh --stack dev/,
        );
    });

    it("keeps the engine's five newest backups", () => {
        for (const number of [101, 102, 103, 104, 105, 106, 107]) {
            write(inBackend("backups", "shop", "dev", `dev.${number}.json`), saved());
            write(inBackend("backups", "shop", "dev", `dev.${number}.json.attrs`), "");
        }
        pruneBackups({ paths, project, stack: "dev" });
        const kept = [103, 104, 105, 106, 107].flatMap((number) => [`dev.${number}.json`, `dev.${number}.json.attrs`]);
        assert.deepEqual(readdirSync(inBackend("backups", "shop", "dev")).sort(), kept);
    });
});
