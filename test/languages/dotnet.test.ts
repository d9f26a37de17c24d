import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import schema from "../../components/schema.json";
import { missing, root } from "./consumer";

const lacks = missing("go", "version");

/** No .NET SDK is needed: the sources are generated and read, not compiled. */
describe(`the component's SDK for .NET${lacks === undefined ? "" : `: not tried, ${lacks}`}`, function () {
    // Downloads and compiles the generator where Go has not done so yet.
    this.timeout("20m");
    let folder: string;
    const source = (file: string) => fs.readFileSync(path.join(folder, file), "utf8");
    const sources = () =>
        fs
            .readdirSync(folder, { recursive: true, encoding: "utf8" })
            .filter((file) => file.endsWith(".cs"))
            .map(source);

    before(function () {
        if (lacks !== undefined) {
            this.skip();
        }
        folder = fs.mkdtempSync(path.join(os.tmpdir(), "dotnet-"));
        const { status, stderr } = spawnSync("go", ["run", ".", folder], {
            cwd: path.join(__dirname, "dotnet"),
            env: { ...process.env, GOFLAGS: "-mod=readonly", GOWORK: "off", CGO_ENABLED: "0" },
            input: JSON.stringify(schema),
            encoding: "utf8",
        });
        assert.equal(status, 0, stderr);
    });

    after(() => {
        if (folder !== undefined) {
            fs.rmSync(folder, { recursive: true, force: true });
        }
    });

    it("has the namespace, and is by the generator, that docs/languages.md names", () => {
        const page = fs.readFileSync(path.join(root, "docs", "languages.md"), "utf8");
        const modules = fs.readFileSync(path.join(__dirname, "dotnet", "go.mod"), "utf8");
        const [, version] = /pulumi\/pkg\/v3 v(\S+)/.exec(modules) ?? [];
        assert.ok(page.includes(`the generator of Pulumi ${version}`) && page.includes("`Pulumi.EncryptedEdge`"));
        const namespaces = sources().map((text) => /^namespace (\S+)$/m.exec(text)?.[1]);
        assert.ok(namespaces.length > 20);
        assert.deepEqual(
            [...new Set(namespaces)].sort(),
            ["", ".Inputs", ".Outputs"].map((end) => `Pulumi.EncryptedEdge${end}`),
        );
        assert.ok(fs.existsSync(path.join(folder, "Pulumi.EncryptedEdge.csproj")));
    });

    it("has no type named as the root of its namespace: C# would take every full name for a member of that type", () => {
        const types = sources().flatMap((text) =>
            [...text.matchAll(/^ {4}public [\w ]*(?:class|struct|enum) (\w+)/gm)].map(([, name]) => name),
        );
        assert.ok(types.includes("EncryptedEdge") && types.includes("TargetProtocol"), types.join(" "));
        const first = /^namespace (\w+)/m.exec(source("EncryptedEdge.cs"))?.[1];
        assert.ok(!types.includes(first), `${first} is a type, too`);
    });

    for (const [token, { inputProperties, properties }] of Object.entries(schema.resources)) {
        const name = token.split(":")[2] ?? "";

        it(`has every argument and output of ${name}, in the spelling of .NET`, () => {
            const text = source(`${name}.cs`);
            for (const [attribute, described] of [
                ["Input", inputProperties],
                ["Output", properties],
            ] as const) {
                for (const property of Object.keys(described)) {
                    const member = `${property.charAt(0).toUpperCase()}${property.slice(1)}`;
                    const start = text.indexOf(`[${attribute}("${property}"`);
                    assert.notEqual(start, -1, `${name} ${property}`);
                    const [, declared = ""] = /^ {8}public (.*)$/m.exec(text.slice(start)) ?? [];
                    assert.ok(
                        declared
                            .replace(/[{=].*/, "")
                            .trim()
                            .endsWith(` ${member}`),
                        declared,
                    );
                }
            }
        });
    }
});
