import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

const root = path.join(__dirname, "..");

describe("stripTypes", () => {
    let project: string;

    beforeEach(() => {
        project = fs.mkdtempSync(path.join(tmpdir(), "strip-types-"));
        fs.mkdirSync(path.join(project, "stack"));
        fs.mkdirSync(path.join(project, "node_modules"));
        fs.copyFileSync(path.join(root, "stack", "stripTypes.cjs"), path.join(project, "stack", "stripTypes.cjs"));
        fs.symlinkSync(path.join(root, "node_modules", "sucrase"), path.join(project, "node_modules", "sucrase"));
        write("export const answer: number = 41;");
    });
    afterEach(() => fs.rmSync(project, { recursive: true, force: true }));

    function write(source: string): void {
        fs.writeFileSync(path.join(project, "index.ts"), source);
    }

    /** What the program exports, and whether the compiler was loaded for it. */
    function load(): { answer: number; compiled: boolean } {
        const script =
            'const { answer } = require("./index.ts"); const compiled = Object.keys(require.cache).some((file) => /sucrase.dist/.test(file)); console.log(JSON.stringify({ answer, compiled }))';
        const output = execFileSync(process.execPath, ["--require", "./stack/stripTypes.cjs", "-e", script], {
            cwd: project,
            encoding: "utf8",
        });
        return JSON.parse(output) as { answer: number; compiled: boolean };
    }

    it("compiles a file once and then loads no compiler", () => {
        assert.deepEqual(
            [load(), load()],
            [
                { answer: 41, compiled: true },
                { answer: 41, compiled: false },
            ],
        );
    });

    it("compiles what has changed", () => {
        load();
        write("export const answer: number = 42;");
        assert.deepEqual(load(), { answer: 42, compiled: true });
    });

    it("compiles each time where nothing can be kept", () => {
        fs.writeFileSync(path.join(project, "node_modules", ".cache"), "in the way");
        assert.deepEqual(
            [load(), load()],
            [
                { answer: 41, compiled: true },
                { answer: 41, compiled: true },
            ],
        );
    });
});
