import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { MistakeError } from "./mistake";
import { configuredStacks, findProject, requireProject, stackFile } from "./project";

describe("rehearse: the project", () => {
    let directory: string;

    beforeEach(() => {
        directory = realpathSync(mkdtempSync(path.join(tmpdir(), "project-")));
    });
    afterEach(() => rmSync(directory, { recursive: true, force: true }));

    const write = (file: string, text: string) => writeFileSync(path.join(directory, file), text);

    it("is found from a folder below it, with its stacks", () => {
        write("Pulumi.yaml", "name: shop\nruntime: nodejs\n");
        write("Pulumi.prod.yaml", "");
        write("Pulumi.dev.yaml", "");
        mkdirSync(path.join(directory, "a", "b"), { recursive: true });
        const project = findProject(path.join(directory, "a", "b"));
        assert.ok(project);
        assert.equal(project.directory, directory);
        assert.deepEqual(configuredStacks(project), ["dev", "prod"]);
        assert.equal(stackFile(project, "dev"), path.join(directory, "Pulumi.dev.yaml"));
    });

    it("keeps its stack files where stackConfigDir says, and spells them as the project file", () => {
        write("Pulumi.yml", "name: shop\nruntime: nodejs\nstackConfigDir: stacks\n");
        const project = findProject(directory);
        assert.ok(project);
        assert.equal(stackFile(project, "dev"), path.join(directory, "stacks", "Pulumi.dev.yml"));
    });

    it("is refused in words when Pulumi.yaml has no name, has no runtime or is no YAML", () => {
        for (const text of ["runtime: nodejs\n", "name: shop\n", "name: shop\nruntime: {}\n", "name: [\n", ""]) {
            write("Pulumi.yaml", text);
            assert.throws(() => findProject(directory), MistakeError);
        }
    });

    it("says of what is no file, or no text, what it is, in one short line", () => {
        write("Pulumi.yaml", `\u0001\u001b]0;title ${"x".repeat(500)}`);
        assert.throws(
            () => findProject(directory),
            (error: Error) =>
                /must hold keys.*it holds ".{50,60}\.\.\.\.$/.test(error.message) && !/\p{Cc}/u.test(error.message),
        );
        rmSync(path.join(directory, "Pulumi.yaml"));
        mkdirSync(path.join(directory, "Pulumi.yaml"));
        assert.throws(() => findProject(directory), /Pulumi\.yaml is a folder; it must be a file/);
    });

    it("is in no file, and in no folder that is missing", () => {
        write("Pulumi.yaml", "name: shop\nruntime: nodejs\n");
        for (const [cwd, problem] of [
            ["Pulumi.yaml", /^MistakeError: The directory .*Pulumi\.yaml \(--cwd\) is a file; name the folder/],
            ["Pulumi.yaml/below", /^MistakeError: The directory .*below \(--cwd\) does not exist/],
            ["nowhere", /^MistakeError: The directory .*nowhere \(--cwd\) does not exist/],
        ] as const) {
            assert.throws(() => requireProject(directory, cwd), problem);
        }
    });
});
