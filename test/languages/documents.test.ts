import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { root } from "./consumer";

const page = fs.readFileSync(path.join(root, "docs", "languages.md"), "utf8");

function blocks(language: string): string[] {
    return [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, "gm"))].map(([, block = ""]) => block);
}

const example = (file: string) =>
    fs.readFileSync(path.join(root, "examples", file), "utf8").replaceAll("../../node_modules", "node_modules");

describe("docs/languages.md", () => {
    it("shows programs that the tests deploy, word for word", () => {
        assert.deepEqual(blocks("ts"), [example("ten-lines/index.ts")]);
        assert.deepEqual(blocks("yaml"), [example("yaml/Pulumi.yaml"), example("python/Pulumi.yaml")]);
        assert.deepEqual(blocks("python"), [example("python/__main__.py")]);
        assert.deepEqual(blocks("go"), [example("go/main.go")]);
    });

    it("has no command but those that the tests follow", () => {
        assert.equal(blocks("sh").length, 1);
    });

    it("is true of Go as it says: Pulumi.yaml differs from Python's in name and runtime alone", () => {
        const rest = (text: string) => text.slice(text.indexOf("config:"));
        assert.equal(rest(example("go/Pulumi.yaml")), rest(example("python/Pulumi.yaml")));
        assert.match(example("go/Pulumi.yaml"), /^runtime: go$/m);
    });

    it("is linked from the README", () => {
        assert.ok(fs.readFileSync(path.join(root, "README.md"), "utf8").includes("(docs/languages.md)"));
    });
});
