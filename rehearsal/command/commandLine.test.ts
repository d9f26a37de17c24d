import assert from "node:assert/strict";
import { readCommandLine } from "./commandLine";

describe("rehearse: the command line", () => {
    const cases: [given: string, expected: Partial<ReturnType<typeof readCommandLine>>][] = [
        ["up", { command: "up", stack: undefined, operands: [] }],
        ["update -s dev", { command: "up", stack: "dev" }],
        ["preview --stack=prod --json", { command: "preview", stack: "prod", json: true }],
        ["pre -sprod -j", { command: "preview", stack: "prod", json: true }],
        ["--color never up --yes", { command: "up" }],
        ["-v 9 --logtostderr destroy", { command: "destroy" }],
        ["-C examples/ten-lines preview", { command: "preview", directory: "examples/ten-lines" }],
        ["--cwd=examples/ten-lines preview", { command: "preview", directory: "examples/ten-lines" }],
        ["stack init test", { command: "stack init", operands: ["test"] }],
        ["stack init --secrets-provider awskms://k q", { operands: ["q"], secretsProvider: "awskms://k" }],
        ["stack new test", { command: "stack init", operands: ["test"] }],
        ["stack", { command: "stack", operands: [] }],
        ["stack --stack dev output url", { command: "stack output", stack: "dev", operands: ["url"] }],
        ["config set key value --stack dev", { command: "config set", stack: "dev", operands: ["key", "value"] }],
        ["package gen-sdk edge.json --language java --out sdks", { operands: ["edge.json", "sdks"], language: "java" }],
        ["up --help", { command: "up", help: true }],
        ["", { command: "" }],
        ["up --stack", { command: "up", stack: undefined }],
        ["config set key -- --stack", { command: "config set", stack: undefined }],
    ];
    for (const [given, expected] of cases) {
        it(`reads "pulumi ${given}"`, () => {
            const words = given.split(" ").filter((word) => word !== "");
            const found = readCommandLine(words);
            for (const [key, value] of Object.entries(expected)) {
                assert.deepEqual(found[key as keyof typeof found], value, key);
            }
            if (found.directory === undefined) {
                assert.deepEqual(found.arguments, words);
            }
        });
    }

    for (const words of [
        ["up", "--config-file", "other.yaml", "--yes"],
        ["up", "--config-file=other.yaml", "--yes"],
        ["up", "--cwd", "other.yaml", "--yes"],
        ["up", "--cwd=other.yaml", "--yes"],
        ["up", "-C", "other.yaml", "--yes"],
        ["up", "-Cother.yaml", "--yes"],
    ]) {
        it(`answers ${words.slice(1, -1).join(" ")} itself`, () => {
            const found = readCommandLine(words);
            assert.equal(found.configFile ?? found.directory, "other.yaml");
            assert.deepEqual(found.arguments, ["up", "--yes"]);
        });
    }
});
