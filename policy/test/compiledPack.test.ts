import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

import { locateCli, rehearsalEnvironment } from "../../rehearsal/bin/engine";
import { distribution, exported, temporaryFolder } from "../audit/test/estate";

const policy = path.resolve(__dirname, "..");

describe("the pack in the engine: what it compiles", function () {
    this.timeout(120_000);
    const folder = temporaryFolder();
    const pack = path.join(folder.path, "policy");
    const bundle = path.join(pack, "bundle");
    const kept = path.join(bundle, "pack.cache");
    let cli: string;

    before(async () => {
        fs.mkdirSync(bundle, { recursive: true });
        for (const file of [
            "pack.js",
            "compiledBundle.js",
            "loadLater.js",
            "package.json",
            "PulumiPolicy.yaml",
            "bundle/pack.js",
        ]) {
            fs.copyFileSync(path.join(policy, file), path.join(pack, file));
        }
        fs.symlinkSync(path.join(policy, "..", "node_modules"), path.join(pack, "node_modules"));
        fs.writeFileSync(path.join(folder.path, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
        fs.writeFileSync(path.join(folder.path, "bad.json"), exported([distribution("dev", "cdn", "match-viewer")]));
        ({ path: cli } = await locateCli());
    });
    beforeEach(() => fs.rmSync(kept, { recursive: true, force: true }));
    after(() => folder.remove());

    async function assertJudged(): Promise<void> {
        const args = ["policy", "analyze", "--file", "bad.json", "--policy-pack", pack, "--non-interactive"];
        const env = rehearsalEnvironment(folder.path);
        const { code, output } = await new Promise<{ code: unknown; output: string }>((done) =>
            execFile(cli, args, { cwd: folder.path, env }, (error, stdout, stderr) =>
                done({ code: error?.code, output: stdout + stderr }),
            ),
        );
        assert.notEqual(code, undefined, output);
        assert.match(output, /\[mandatory\] \[severity: high\] {2}cloudfront-origin-https-only/);
    }

    it("is kept for the next run, the functions that judged the stack included", async () => {
        await assertJudged();
        const { ino, size } = fs.statSync(kept);
        assert.ok(size > 2.5 * fs.statSync(path.join(bundle, "pack.js")).size, String(size));
        await assertJudged();
        assert.equal(fs.statSync(kept).ino, ino);
        assert.deepEqual(fs.readdirSync(bundle).sort(), ["pack.cache", "pack.js"]);
    });

    it("costs time and nothing else where it cannot be kept", async () => {
        fs.mkdirSync(kept);
        await assertJudged();
        assert.deepEqual(fs.readdirSync(bundle).sort(), ["pack.cache", "pack.js"]);
    });
});
