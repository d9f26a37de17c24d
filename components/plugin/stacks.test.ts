import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

describe("plugin: stacks", () => {
    let folder: string;
    before(() => (folder = fs.mkdtempSync(path.join(tmpdir(), "plugin-stacks-"))));
    after(() => fs.rmSync(folder, { recursive: true, force: true }));

    it("are looked up in no source map, which Pulumi does several times for each resource", () => {
        const mapped = path.join(folder, "mapped.js");
        const map = { version: 3, file: "mapped.js", sources: ["source.ts"], names: [], mappings: "AAAA" };
        fs.writeFileSync(mapped, "exports.stack = () => new Error().stack;\n//# sourceMappingURL=mapped.js.map\n");
        fs.writeFileSync(`${mapped}.map`, JSON.stringify(map));
        const script = `
            const { stack } = require(${JSON.stringify(mapped)});
            const serve = require(${JSON.stringify(path.join(__dirname, "..", "bin", "plugin"))});
            void serve();
            process.stderr.write(stack());
            process.exit();
        `;
        const { stderr } = spawnSync(process.execPath, ["-e", script, "127.0.0.1:1"], { encoding: "utf8" });
        assert.match(stderr.split("\n")[1] ?? "", /mapped\.js:1:\d+\)$/);
    });
});
