import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { ProgramInfo, RunRequest } from "@pulumi/pulumi/proto/language_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { ChildProcesses } from "./childProcesses";
import { go } from "./goLanguage";
import type { Language } from "./language";
import { python } from "./pythonLanguage";

describe("language host: Python and Go", () => {
    let program: string;
    const place = (file: string) => path.join(program, file);
    const write = (file: string, text: string): void => {
        mkdirSync(path.dirname(place(file)), { recursive: true });
        writeFileSync(place(file), text);
    };

    beforeEach(() => {
        program = mkdtempSync(path.join(tmpdir(), "languages-"));
    });
    afterEach(() => rmSync(program, { recursive: true, force: true }));

    async function run(language: Language, options: Record<string, string> = {}): Promise<string> {
        const info = new ProgramInfo()
            .setProgramDirectory(program)
            .setEntryPoint(".")
            .setOptions(Struct.fromJavaScript(options));
        const request = new RunRequest().setPwd(program).setInfo(info);
        return (await language.run(request, "127.0.0.1:1", new ChildProcesses())).getError();
    }

    it("makes the virtual environment that Pulumi.yaml names, once, and installs there", () => {
        const commands = () =>
            python
                .installation(program, { virtualenv: "venv" })
                .map(({ command, arguments: words }) =>
                    [path.relative(program, command), ...words.slice(0, 3)].join(" "),
                );
        const install = "venv/bin/python -m pip install";
        assert.deepEqual(commands().slice(1), [install]);
        assert.match(commands()[0] ?? "", /python3 -m venv /);
        write("venv/bin/python", "");
        assert.deepEqual(commands(), [install]);
    });

    it("says what is missing where the virtual environment is not there yet", async () => {
        assert.match(await run(python, { virtualenv: "venv" }), /There is no Python in .*venv\/bin.*rehearse install/);
    });

    it("refuses a tool for Python packages that it does not know, instead of running without the packages", async () => {
        assert.match(await run(python, { toolchain: "conda" }), /knows the toolchains pip, poetry and uv, not "conda"/);
    });

    it("has Poetry and uv install the packages, run the program and add a generated SDK", async () => {
        const { PATH } = process.env;
        try {
            process.env.PATH = `${place("bin")}:${PATH}`;
            for (const [toolchain, install] of [
                ["poetry", "install --no-ansi"],
                ["uv", "sync"],
            ] as const) {
                const [command, ...others] = python.installation(program, { toolchain, virtualenv: "venv" });
                assert.deepEqual(others, []);
                assert.equal(`${command?.command} ${command?.arguments.join(" ")}`, `${toolchain} ${install}`);
                write(`bin/${toolchain}`, `#!/bin/sh\necho "$@" > ${JSON.stringify(place(toolchain))}\n`);
                chmodSync(place(`bin/${toolchain}`), 0o755);
                assert.equal(await run(python, { toolchain }), "");
                assert.match(readFileSync(place(toolchain), "utf8"), /^run python -u .*runProgram\.py /);
                const link = () => python.link(program, { path: "sdks/edge", name: "edge" }, { toolchain });
                rmSync(place("pyproject.toml"), { force: true });
                write("requirements.txt", "");
                assert.match(await link(), /import edge\n/);
                assert.equal(readFileSync(place("requirements.txt"), "utf8"), "./sdks/edge\n");
                write("pyproject.toml", "");
                write("requirements.txt", "");
                assert.match(await link(), /import edge\n/);
                assert.equal(readFileSync(place("requirements.txt"), "utf8"), "");
                assert.match(
                    readFileSync(place(toolchain), "utf8"),
                    /^add --(lock|no-sync --no-workspace) \.\/sdks\/edge$/m,
                );
            }
        } finally {
            process.env.PATH = PATH;
        }
    });

    it("puts a generated SDK into requirements.txt once, and names its module", async () => {
        write("requirements.txt", "pulumi");
        write("sdks/acme-edge/acme_edge/__init__.py", "");
        const sdk = { path: "sdks/acme-edge", name: "edge" };
        assert.match(await python.link(program, sdk, {}), /import acme_edge\n/);
        await python.link(program, sdk, {});
        assert.equal(readFileSync(place("requirements.txt"), "utf8"), "pulumi\n./sdks/acme-edge\n");
    });

    it("says that an SDK for Go without its module has to be generated again", async () => {
        await assert.rejects(go.link(program, { path: "sdks/edge", name: "edge" }, {}), /go\.mod names no module/);
    });

    it("takes the program in Go that Pulumi.yaml names instead of compiling one", async () => {
        writeFileSync(place("program"), "#!/bin/sh\nexit 3\n", { mode: 0o755 });
        assert.equal(await run(go, { binary: "program" }), "The program ended with exit code 3.");
    });
});
