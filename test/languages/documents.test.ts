import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { root } from "./consumer";

const page = fs.readFileSync(path.join(root, "docs", "languages.md"), "utf8");

describe("docs/languages.md", () => {
    it("has no command but those that the tests follow", () => {
        assert.equal(page.match(/^```sh$/gm)?.length, 1);
    });

    it("is true of Go as it says: Pulumi.yaml differs from Python's in name and runtime alone", () => {
        const project = (language: string) =>
            fs.readFileSync(path.join(root, "examples", language, "Pulumi.yaml"), "utf8");
        const rest = (text: string) => text.slice(text.indexOf("config:"));
        assert.equal(rest(project("go")), rest(project("python")));
        assert.match(project("go"), /^runtime: go$/m);
    });

    it("is linked from the README", () => {
        assert.ok(fs.readFileSync(path.join(root, "README.md"), "utf8").includes("(docs/languages.md)"));
    });
});
