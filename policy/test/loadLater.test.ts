import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

import { temporaryFolder } from "../audit/test/estate";

const policy = path.resolve(__dirname, "..");

describe("a package that is loaded later", () => {
    const folder = temporaryFolder();

    before(() => {
        const write = (file: string, text: string) => {
            const place = path.join(folder.path, file);
            fs.mkdirSync(path.dirname(place), { recursive: true });
            fs.writeFileSync(place, text);
        };
        fs.copyFileSync(path.join(policy, "loadLater.js"), path.join(folder.path, "loadLater.js"));
        write("node_modules/near/index.js", 'exports.far = () => require("far").answer();');
        write(
            "node_modules/near/node_modules/far/index.js",
            'console.log("loading"); class Far { static answer() { return 42; } } module.exports = Far;',
        );
    });
    after(() => folder.remove());

    function output(script: string, cwd = folder.path): string[] {
        const { stdout, stderr, status } = spawnSync(process.execPath, ["-e", script], { cwd, encoding: "utf8" });
        assert.equal(status, 0, stderr);
        return stdout.trim().split("\n");
    }

    it("is loaded once, by who first uses it", () => {
        const script = `require("./loadLater").loadLater("far", "near");
            const { far } = require("near"); console.log("required"); console.log(far()); console.log(far());`;
        assert.deepEqual(output(script), ["required", "loading", "42", "42"]);
    });

    it("is what it was where it is there already, and nothing where it is not installed", () => {
        const script = `const { loadLater } = require("./loadLater"); loadLater("farther", "near"); loadLater("far", "no");
            const { far } = require("near"); console.log(far()); loadLater("far", "near"); console.log(far());`;
        assert.deepEqual(output(script), ["loading", "42", "42"]);
    });

    it("is the SDK's reader of packages in the engine's pack, and works there all the same", () => {
        const manifest = { name: "program", version: "1.0.0", dependencies: { near: "1.0.0" } };
        fs.writeFileSync(path.join(folder.path, "package.json"), JSON.stringify(manifest));
        const near = JSON.stringify({ name: "near", version: "1.0.0" });
        fs.writeFileSync(path.join(folder.path, "node_modules", "near", "package.json"), near);
        const script = `require(${JSON.stringify(path.join(policy, "pack.js"))});
            const { createRequire } = require("node:module");
            const loaded = () => Object.keys(require.cache).filter((file) => /@npmcli.arborist.lib/.test(file)).length;
            const before = loaded();
            const sdk = createRequire(${JSON.stringify(path.join(policy, "pack.js"))})("@pulumi/pulumi");
            sdk.runtime.computeCodePaths().then((paths) => {
                console.log(JSON.stringify({ before, areMore: loaded() > 10, paths: [...paths.keys()] }));
                process.exit(0);
            });`;
        // The line before is the port at which the engine would reach the pack.
        const paths = [path.join("node_modules", "near")];
        assert.deepEqual(JSON.parse(output(script).at(-1) ?? ""), { before: 1, areMore: true, paths });
    });
});
