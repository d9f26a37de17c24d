import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

import { distribution, exported, temporaryFolder } from "../audit/test/estate";

const policy = path.resolve(__dirname, "..");
const program = "encrypted-edge-policy.js";

describe("audit: what it and its threads compile", () => {
    const folder = temporaryFolder();
    const bundle = path.join(folder.path, "bundle");
    const kept = path.join(bundle, "worker.cache");
    const protocols = { dev: "match-viewer", prod: "https-only", test: "match-viewer" };
    const mandatory = { dev: 1, prod: 0, test: 1 };

    before(() => {
        const files = [program, "compiledBundle.js", "worker.js", "package.json", "PulumiPolicy.yaml"];
        const bundles = ["cli.js", "worker.js"].map((file) => path.join("bundle", file));
        fs.mkdirSync(bundle);
        [...files, ...bundles].forEach((file) =>
            fs.copyFileSync(path.join(policy, file), path.join(folder.path, file)),
        );
        fs.symlinkSync(path.join(policy, "..", "node_modules"), path.join(folder.path, "node_modules"));
        for (const [stack, protocol] of Object.entries(protocols)) {
            fs.writeFileSync(path.join(folder.path, `${stack}.json`), exported([distribution(stack, "cdn", protocol)]));
        }
    });
    beforeEach(() =>
        ["cli.cache", "worker.cache"].forEach((file) =>
            fs.rmSync(path.join(bundle, file), { recursive: true, force: true }),
        ),
    );
    after(() => folder.remove());

    /** How many mandatory results each state has. */
    async function audit(): Promise<Record<string, number>> {
        const args = [program, "audit", "dev.json", "prod.json", "test.json", "--parallel", "2", "--json"];
        const output = await new Promise<string>((done) =>
            execFile(process.execPath, args, { cwd: folder.path }, (_error, stdout, stderr) => done(stdout || stderr)),
        );
        const { stacks } = JSON.parse(output) as { stacks: { source: string; results: { standing: string }[] }[] };
        return Object.fromEntries(
            stacks.map(({ source, results }) => [
                path.basename(source, ".json"),
                results.filter(({ standing }) => standing === "mandatory").length,
            ]),
        );
    }

    it("is kept for the next audit", async () => {
        assert.deepEqual(await audit(), mandatory);
        const { ino, size } = fs.statSync(kept);
        const main = path.join(bundle, "cli.cache");
        const mainFile = fs.statSync(main).ino;
        // Both the bundle and the code of the functions that a state called.
        assert.ok(size > 2 * fs.statSync(path.join(bundle, "worker.js")).size, String(size));
        assert.deepEqual(await audit(), mandatory);
        assert.equal(fs.statSync(kept).ino, ino);
        assert.equal(fs.statSync(main).ino, mainFile);
        assert.deepEqual(fs.readdirSync(bundle).sort(), ["cli.cache", "cli.js", "worker.cache", "worker.js"]);
    });

    it("costs time and nothing else where it cannot be kept", async () => {
        ["cli.cache", "worker.cache"].forEach((file) => fs.mkdirSync(path.join(bundle, file)));
        assert.deepEqual(await audit(), mandatory);
        assert.deepEqual(fs.readdirSync(bundle).sort(), ["cli.cache", "cli.js", "worker.cache", "worker.js"]);
    });
});
