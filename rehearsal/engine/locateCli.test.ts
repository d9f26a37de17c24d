import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { compareVersions, isCompatible, pinnedVersion } from "./cliVersion";
import { locateCli } from "./locateCli";

describe("rehearsal: finding the CLI", () => {
    let directory: string;
    let environment: NodeJS.ProcessEnv;

    beforeEach(() => {
        directory = mkdtempSync(path.join(tmpdir(), "cli-"));
        environment = { HOME: path.join(directory, "home"), PATH: folder("bin"), XDG_CACHE_HOME: folder("cache") };
    });
    afterEach(() => rmSync(directory, { recursive: true, force: true }));

    const folder = (name: string) => path.join(directory, name);

    /** An executable that answers `pulumi version`, with or without a language host beside it. */
    function fakeCli(where: string, version: string, languageHost = true): string {
        mkdirSync(where, { recursive: true });
        const executables = [
            ["pulumi", `echo ${version}`],
            ...(languageHost ? [["pulumi-language-nodejs", "exit 0"]] : []),
        ];
        for (const [name, body] of executables as [string, string][]) {
            writeFileSync(path.join(where, name), `#!/bin/sh\n${body}\n`);
            chmodSync(path.join(where, name), 0o755);
        }
        return path.join(where, "pulumi");
    }
    const built = () => path.join(folder("cache"), "encrypted-edge", `pulumi-v${pinnedVersion}`);
    const locate = (onProgress?: (line: string) => void) => locateCli({ environment, onProgress, obtain: false });

    it("takes the one on PATH before any other", async () => {
        const onPath = fakeCli(folder("bin"), "v3.270.1");
        fakeCli(path.join(folder("home"), ".pulumi", "bin"), "v3.280.0");
        fakeCli(built(), `v${pinnedVersion}`);
        assert.deepEqual(await locate(), { path: onPath, version: "3.270.1", origin: "installed" });
    });

    it("passes over one that is too old, or of another major version, and says so", async () => {
        const old = fakeCli(folder("bin"), "v3.100.0");
        const other = fakeCli(folder("other"), "v4.0.0");
        environment.PATH = [folder("bin"), folder("other")].join(path.delimiter);
        const installed = fakeCli(path.join(folder("home"), ".pulumi", "bin"), "v3.260.0");
        const lines: string[] = [];
        assert.equal((await locate((line) => lines.push(line))).path, installed);
        assert.deepEqual(
            lines.map((line) => line.split(" ")[0]),
            [old, other],
        );
    });

    it("passes over one without a Node language host, such as the npm launcher", async () => {
        fakeCli(folder("bin"), "v3.270.0", false);
        fakeCli(built(), `v${pinnedVersion}`);
        assert.equal((await locate()).origin, "built");
    });

    it("passes over one that does not answer with a version", async () => {
        fakeCli(folder("bin"), "not pulumi");
        fakeCli(built(), `v${pinnedVersion}`);
        assert.equal((await locate()).origin, "built");
    });

    it("gives one up that does not answer, says so, and does not wait for it a second time", async function () {
        this.timeout(15_000);
        const hanging = fakeCli(folder("bin"), "");
        writeFileSync(hanging, "#!/bin/sh\nsleep 60\n");
        fakeCli(built(), `v${pinnedVersion}`);
        const lines: string[] = [];
        assert.equal((await locate((line) => lines.push(line))).origin, "built");
        assert.deepEqual(lines, [
            `Asking ${hanging} for its version`,
            `"${hanging} version" did not answer within 5 s: it is not used, and not tried again for an hour.`,
        ]);
        const again: string[] = [];
        await locate((line) => again.push(line));
        assert.deepEqual(again, []);
        // One that was replaced is asked at once.
        rmSync(hanging);
        fakeCli(folder("bin"), "v3.270.1");
        assert.equal((await locate()).path, hanging);
    });

    it("takes the newest that the npm launcher has downloaded", async () => {
        const versions = path.join(folder("home"), ".pulumi", "versions");
        fakeCli(path.join(versions, "3.99.0", "bin"), "v3.99.0");
        fakeCli(path.join(versions, "3.265.0", "bin"), "v3.265.0");
        const newest = fakeCli(path.join(versions, "3.1000.0", "bin"), "v3.1000.0");
        assert.equal((await locate()).path, newest);
    });

    it("looks into the Pulumi home that the user has chosen", async () => {
        environment.PULUMI_HOME = folder("chosen");
        const chosen = fakeCli(path.join(folder("chosen"), "bin"), "v3.265.0");
        assert.equal((await locate()).path, chosen);
    });

    it("takes what was downloaded for the rehearsal before what was built", async () => {
        fakeCli(built(), `v${pinnedVersion}`);
        const home = path.join(folder("cache"), "encrypted-edge", "npm-launcher");
        const downloaded = fakeCli(path.join(home, "versions", pinnedVersion, "bin"), `v${pinnedVersion}`);
        assert.deepEqual(await locate(), { path: downloaded, version: pinnedVersion, origin: "launcher" });
    });

    it("says that there is none when it may not get one", async () => {
        await assert.rejects(locate(), /No Pulumi CLI .* was found/);
    });

    it("orders versions by number", () => {
        assert.ok(compareVersions("3.1000.0", "3.265.9") > 0);
        assert.ok(compareVersions("3.9.0", "3.10.0") < 0);
        assert.equal(compareVersions("v3.259.0", "3.259.0-alpha.1"), 0);
        assert.ok(isCompatible("3.249.0"));
        assert.ok(!isCompatible("3.248.9"));
        assert.ok(!isCompatible("4.249.0"));
    });
});
