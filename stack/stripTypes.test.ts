import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as nodeModule from "node:module";
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
        return JSON.parse(run(script)) as { answer: number; compiled: boolean };
    }

    function run(script: string): string {
        // A folder that the environment names would come before the program's own.
        const env = { ...process.env };
        delete env.NODE_COMPILE_CACHE;
        return execFileSync(process.execPath, ["--require", "./stack/stripTypes.cjs", "-e", script], {
            cwd: project,
            encoding: "utf8",
            env,
        });
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

    it("looks up no source map for a stack, and keeps the lines of the program", () => {
        const linked = path.join(project, "node_modules");
        fs.symlinkSync(path.join(root, "node_modules", "source-map-support"), path.join(linked, "source-map-support"));
        fs.mkdirSync(path.join(linked, "compiled"));
        fs.writeFileSync(
            path.join(linked, "compiled", "index.js"),
            "\nexports.fail = () => {\n    throw new Error();\n};\n//# sourceMappingURL=index.js.map\n",
        );
        const map = { version: 3, file: "index.js", sources: ["source.ts"], names: [], mappings: ";;AAAA" };
        fs.writeFileSync(path.join(linked, "compiled", "index.js.map"), JSON.stringify(map));
        write('interface Removed {\n    answer: number;\n}\nrequire("compiled").fail();');
        // As Pulumi does before it loads the program.
        const script =
            'require("source-map-support/register"); try { require("./index.ts"); } catch (error) { console.log(error.stack); }';
        const lines = run(script).split("\n");
        assert.match(lines[1] ?? "", /compiled.index\.js:3:\d+\)$/);
        assert.match(lines[2] ?? "", /index\.ts:4:\d+\)$/);
    });

    it("keeps what Node compiled, where Node can", () => {
        load();
        const compiled = path.join(project, "node_modules", ".cache", "encrypted-edge", "compiled");
        const kept = fs.existsSync(compiled) ? fs.readdirSync(compiled) : [];
        assert.equal(kept.length > 0, "enableCompileCache" in nodeModule);
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
