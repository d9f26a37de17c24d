import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { pinnedVersion } from "./cliVersion";
import { modulesOf } from "./goBuild";
import { buildGoTool, javaHost, sdkGenerator, yamlHost } from "./goTools";

describe("rehearsal: a tool that is built beside the CLI", () => {
    let directory: string;
    let environment: NodeJS.ProcessEnv;
    const host = () => path.join(directory, "cli", "pulumi-language-yaml");
    const build = () => buildGoTool(yamlHost, path.join(directory, "cli", "pulumi"), environment, () => undefined);

    beforeEach(() => {
        directory = mkdtempSync(path.join(tmpdir(), "yaml-host-"));
        mkdirSync(path.join(directory, "cli"));
        environment = { PATH: `${directory}:/usr/bin:/bin` };
    });
    afterEach(() => rmSync(directory, { recursive: true, force: true }));

    /** A `go` that notes how it was called and then runs `body`, with the file to write as $output. */
    function fakeGo(body: string): void {
        const script = `#!/bin/sh\necho "$1 $GOFLAGS $(ls | tr '\\n' ' ')" >> "${directory}/calls"\nfor each; do [ "$last" = -o ] && output=$each; last=$each; done\n${body}\n`;
        writeFileSync(path.join(directory, "go"), script);
        chmodSync(path.join(directory, "go"), 0o755);
    }

    it("is built beside the CLI, once", async () => {
        fakeGo('echo built > "$output"');
        await Promise.all([build(), build()]);
        await build();
        assert.equal(readFileSync(host(), "utf8"), "built\n");
        assert.equal(readFileSync(path.join(directory, "calls"), "utf8"), "build -mod=readonly go.mod go.sum \n");
    });

    for (const [what, change] of [
        ["was cut off", () => writeFileSync(host(), "bu")],
        ["was made of other sources", () => writeFileSync(`${host()}.built-from`, "of another checkout")],
        ["has no note of what it was made of", () => rmSync(`${host()}.built-from`)],
    ] as const) {
        it(`is built again where it ${what}`, async () => {
            fakeGo('echo built > "$output"');
            await build();
            change();
            await build();
            assert.equal(readFileSync(host(), "utf8"), "built\n");
            assert.equal(readFileSync(path.join(directory, "calls"), "utf8").split("\n").length - 1, 2);
        });
    }

    it("is not there after a build that fails, and says why", async () => {
        fakeGo("echo 'no space left' >&2; exit 1");
        await assert.rejects(
            build(),
            /"go build" ended with exit code 1 while Pulumi's language host[^]*no space left/,
        );
        assert.ok(!existsSync(host()));
    });

    it("names the ways to get it where there is no Go", async () => {
        environment = { PATH: directory };
        await assert.rejects(build(), /Install the Pulumi CLI, which includes it.*or Go/);
    });

    it("is the version that its modules pin, and generates as the CLI that is built", () => {
        const modules = (of: Parameters<typeof modulesOf>[0]) =>
            readFileSync(path.join(modulesOf(of), "go.mod"), "utf8");
        for (const [host, module] of [
            [yamlHost, "github.com/pulumi/pulumi-yaml"],
            [javaHost, "github.com/pulumi/pulumi-java/pkg"],
        ] as const) {
            const [, version = "none"] = /(\d+\.\d+\.\d+)$/.exec(host.title) ?? [];
            assert.ok(modules(host.modules).includes(`${module} v${version}`));
        }
        for (const file of sdkGenerator.sources) {
            assert.ok(existsSync(path.join(modulesOf("sdk"), file)), file);
        }
        assert.ok(modules("sdk").includes(`github.com/pulumi/pulumi/pkg/v3 v${pinnedVersion}`));
        assert.ok(modules("cli").includes(`github.com/pulumi/pulumi/pkg/v3 v${pinnedVersion}`));
    });
});
