import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";

import { locateCli, rehearsalEnvironment } from "../../rehearsal/bin/engine";
import { distribution, exported } from "../audit/test/estate";

const repository = path.join(__dirname, "..", "..");

function run(file: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv) {
    return new Promise<{ code: number; output: string }>((done) => {
        execFile(file, args, { cwd, env, maxBuffer: 1e8 }, (error, stdout, stderr) =>
            done({ code: error === null ? 0 : Number(error.code ?? 1), output: stdout + stderr }),
        );
    });
}

/** examples/adopt-the-pack in a folder of somebody else, with the packed pack in place of the published one. */
describe("the three-file starter", function () {
    this.timeout(300_000);
    let folder: string;
    before(async () => {
        folder = await mkdtemp(path.join(tmpdir(), "starter-"));
    });
    after(() => rm(folder, { recursive: true, force: true }));

    it("is all that another repository needs to enforce the pack", async () => {
        const pack = path.join(folder, "policy");
        await cp(path.join(repository, "examples", "adopt-the-pack"), pack, { recursive: true });
        assert.equal((await readdir(pack)).length, 3);
        const packed = await run(
            "npm",
            [
                "pack",
                "--ignore-scripts",
                "--pack-destination",
                folder,
                "--workspace",
                "common",
                "--workspace",
                "policy",
            ],
            repository,
            process.env,
        );
        assert.equal(packed.code, 0, packed.output);
        const tarball = (name: string) => `file:../${name.replace("@", "").replace("/", "-")}-${version}.tgz`;
        const manifest = JSON.parse(await readFile(path.join(pack, "package.json"), "utf8")) as {
            dependencies: Record<string, string>;
        };
        const { version } = JSON.parse(await readFile(path.join(repository, "policy", "package.json"), "utf8")) as {
            version: string;
        };
        assert.deepEqual(manifest.dependencies, { "@encrypted-edge/policy": version });
        manifest.dependencies = Object.fromEntries(
            ["@encrypted-edge/common", "@encrypted-edge/policy"].map((name) => [name, tarball(name)]),
        );
        await writeFile(path.join(pack, "package.json"), JSON.stringify(manifest));
        const installed = await run(
            "npm",
            ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"],
            pack,
            process.env,
        );
        assert.equal(installed.code, 0, installed.output);

        const { path: cli } = await locateCli();
        const project = path.join(folder, "project");
        await mkdir(project);
        await writeFile(path.join(project, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
        const analyze = async (name: string, protocol: string) => {
            await writeFile(path.join(project, name), exported([distribution("dev", "web", protocol)]));
            const args = [
                "policy",
                "analyze",
                "--file",
                name,
                "--policy-pack",
                pack,
                "--non-interactive",
                "--color",
                "never",
            ];
            return run(cli, args, project, rehearsalEnvironment(project));
        };
        const bad = await analyze("bad.json", "match-viewer");
        assert.notEqual(bad.code, 0, bad.output);
        assert.match(bad.output, /\[mandatory\].*cloudfront-origin-https-only/);
        const good = await analyze("good.json", "https-only");
        assert.equal(good.code, 0, good.output);
        assert.match(good.output, /encrypted-edge/);
    });
});
