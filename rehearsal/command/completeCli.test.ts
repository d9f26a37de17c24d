import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { readCommandLine } from "./commandLine";
import { completeCli, toolsFor } from "./completeCli";
import type { Project } from "./project";

describe("rehearse: what a CLI that was built needs beside it", () => {
    const project = (runtime: string, packages?: object): Project => ({
        directory: "/acme",
        file: "/acme/Pulumi.yaml",
        name: "acme",
        content: { name: "acme", runtime, ...(packages === undefined ? {} : { packages }) },
    });
    const line = (words: string) => readCommandLine(words.split(" "));

    for (const [words, runtime, executables] of [
        ["up", "nodejs", []],
        ["up", "yaml", ["pulumi-language-yaml"]],
        ["up", "java", ["pulumi-language-java"]],
        ["install", "java", ["pulumi-language-java"]],
        ["package add edge.json", "python", ["generate-sdk"]],
        ["package add edge.json", "yaml", ["pulumi-language-yaml", "generate-sdk"]],
        ["package gen-sdk edge.json --language java", "java", ["pulumi-language-java"]],
        ["package gen-sdk edge.json --language=java", "nodejs", ["pulumi-language-java"]],
        ["package gen-sdk edge.json --language go", "java", ["pulumi-language-java", "generate-sdk"]],
    ] as const) {
        it(`"${words}" of a program in ${runtime}: ${executables.join(", ") || "nothing"}`, () => {
            assert.deepEqual(
                toolsFor(line(words), project(runtime)).map(({ executable }) => executable),
                executables,
            );
        });
    }

    it("are the generators where a fresh clone of a program in Go is installed", () => {
        const packages = { edge: "./edge.json" };
        assert.deepEqual(
            toolsFor(line("install"), project("go", packages)).map(({ executable }) => executable),
            ["generate-sdk"],
        );
    });

    it("is the generator that is asked for where there is no project", () => {
        assert.deepEqual(
            toolsFor(line("package gen-sdk edge.json --language java"), undefined).map(({ executable }) => executable),
            ["pulumi-language-java"],
        );
    });

    it("has no way to put a package into a program in Java, and says what to write instead", async () => {
        const complete = (words: string, packages?: object) =>
            completeCli("/acme/pulumi", line(words), project("java", packages), () => undefined);
        await assert.rejects(complete("package add ./edge.json"), {
            name: "MistakeError",
            message:
                /"package add" cannot [^]*\n {2}rehearse package gen-sdk \.\/edge\.json --language java --local --out sdks\n/,
        });
        await assert.rejects(
            complete("install", { edge: "./edge.json" }),
            /Take "packages" out of \/acme\/Pulumi\.yaml/,
        );
    });

    it("refuses to run a program in a language without a host", async () => {
        const cli = path.join(mkdtempSync(path.join(tmpdir(), "complete-")), "pulumi");
        const complete = (words: string) => completeCli(cli, line(words), project("node"), () => undefined);
        await assert.rejects(complete("preview"), {
            name: "MistakeError",
            message:
                /^"runtime" in \/acme\/Pulumi\.yaml is "node", and [^]* Write one of nodejs, python, go, java, yaml;/,
        });
        await complete("stack ls");
        rmSync(path.dirname(cli), { recursive: true });
    });
});
