import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { buildCli } from "./buildCli";
import { pinnedVersion } from "./cliVersion";

/** With a `go` that writes down how it is called: the real one needs minutes. */
describe("rehearsal: building the CLI", () => {
    let directory: string;
    let environment: NodeJS.ProcessEnv;

    beforeEach(() => {
        directory = mkdtempSync(path.join(tmpdir(), "build-"));
        mkdirSync(path.join(directory, "bin"));
        environment = {
            PATH: [path.join(directory, "bin"), "/usr/bin", "/bin"].join(path.delimiter),
            HOME: directory,
            XDG_CACHE_HOME: path.join(directory, "cache"),
            GOFLAGS: "-mod=mod",
        };
    });
    afterEach(() => rmSync(directory, { recursive: true, force: true }));

    const folder = () => path.join(directory, "cache", "encrypted-edge", `pulumi-v${pinnedVersion}`);
    const calls = () => readFileSync(path.join(directory, "calls"), "utf8").trim().split("\n");

    function fakeGo(build: string): void {
        const file = path.join(directory, "bin", "go");
        writeFileSync(
            file,
            `#!/bin/sh
[ "$1" = version ] && exit 0
echo "$1 $GOFLAGS $GOWORK $(ls)" | tr '\\n' ' ' >> ${directory}/calls; echo >> ${directory}/calls
[ "$1" = list ] && { echo one; echo two; exit 0; }
while [ "$1" != -o ]; do shift; done
${build}
`,
        );
        chmodSync(file, 0o755);
    }
    const cliOf = (version: string) => `sleep 0.3; printf '#!/bin/sh\\necho ${version}\\n' > "$2"; chmod +x "$2"`;

    it("builds from the pinned modules only, and puts the language host beside the CLI", async () => {
        fakeGo(cliOf(`v${pinnedVersion}`));
        const cli = await buildCli(environment, () => undefined);
        assert.equal(cli, path.join(folder(), "pulumi"));
        assert.deepEqual(
            calls().map((line) => line.trim()),
            ["list -mod=readonly off go.mod go.sum", "build -mod=readonly off go.mod go.sum"],
        );
        for (const language of ["nodejs", "python", "go"]) {
            const host = spawnSync(path.join(folder(), `pulumi-language-${language}`), ["127.0.0.1:1"], {
                env: { PATH: environment.PATH, REHEARSAL_NODE: "/bin/echo", REHEARSAL_LANGUAGE_HOST: "host.js" },
                encoding: "utf8",
            });
            assert.equal(host.stdout, `host.js --language=${language} 127.0.0.1:1\n`);
        }
        const alone = spawnSync(path.join(folder(), "pulumi-language-nodejs"), { env: {}, encoding: "utf8" });
        assert.notEqual(alone.status, 0);
        assert.match(alone.stderr, /belongs to a rehearsal: start it with "npx --no-install rehearse"/);
    });

    it("builds once for two that ask at the same time", async () => {
        fakeGo(cliOf(`v${pinnedVersion}`));
        const none = () => undefined;
        const [one, other] = await Promise.all([buildCli(environment, none), buildCli(environment, none)]);
        assert.equal(one, other);
        assert.equal(calls().filter((line) => line.startsWith("build")).length, 1);
    });

    it("leaves nothing that looks finished when the build fails, and says why; the next try goes on", async () => {
        fakeGo('echo "compile: no space left on device" >&2; exit 1');
        await assert.rejects(
            buildCli(environment, () => undefined),
            /"go build" ended with exit code 1 .*\nIts last lines:\n {2}compile: no space left on device\nRun the same command again/,
        );
        assert.ok(!existsSync(folder()));
        fakeGo(cliOf(`v${pinnedVersion}`));
        assert.ok(existsSync(await buildCli(environment, () => undefined)));
    });

    it("does not keep a CLI that is not what was asked for", async () => {
        fakeGo(cliOf("v0.0.1"));
        await assert.rejects(
            buildCli(environment, () => undefined),
            /says that it is 0\.0\.1, not 3/,
        );
        assert.ok(!existsSync(folder()));
    });

    it("names the ways to get a CLI where there is no Go", async () => {
        environment.PATH = path.join(directory, "bin");
        await assert.rejects(
            buildCli(environment, () => undefined),
            /1\. install the Pulumi CLI[^]*2\. allow the npm launcher[^]*3\. install Go/,
        );
    });
});
