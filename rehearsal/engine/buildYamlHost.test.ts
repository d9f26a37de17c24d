import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { modulesOf } from "./buildCli";
import { buildYamlHost, yamlVersion } from "./buildYamlHost";

describe("rehearsal: the language host for YAML", () => {
    let directory: string;
    let environment: NodeJS.ProcessEnv;
    const host = () => path.join(directory, "cli", "pulumi-language-yaml");
    const build = () => buildYamlHost(path.join(directory, "cli", "pulumi"), environment, () => undefined);

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

    it("is not there after a build that fails, and says why", async () => {
        fakeGo("echo 'no space left' >&2; exit 1");
        await assert.rejects(build(), /"go build" ended with exit code 1[^]*no space left/);
        assert.ok(!existsSync(host()));
    });

    it("names the ways to get it where there is no Go", async () => {
        environment = { PATH: directory };
        await assert.rejects(build(), /Install the Pulumi CLI, which brings it along.*or Go/);
    });

    it("is the version that its modules pin", () => {
        const modules = readFileSync(path.join(modulesOf("yaml"), "go.mod"), "utf8");
        assert.ok(modules.includes(`github.com/pulumi/pulumi-yaml v${yamlVersion}`));
    });
});
