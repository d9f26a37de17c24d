import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { root } from "./consumer";

const page = fs.readFileSync(path.join(root, "docs", "languages.md"), "utf8");

describe("docs/languages.md", () => {
    it("has no command but those that the tests follow", () => {
        const sections = page.split(/^(?=## )/m).filter((each) => each.includes("```sh\n"));
        assert.deepEqual(
            sections.map((each) => [/^## (.*)$/m.exec(each)?.[1], each.match(/^```sh$/gm)?.length]),
            [
                ["Python", 1],
                ["Java", 1],
            ],
        );
    });

    for (const language of ["go", "java"]) {
        it(`is true of ${language} as it says: Pulumi.yaml differs from Python's in name and runtime alone`, () => {
            const project = (of: string) => fs.readFileSync(path.join(root, "examples", of, "Pulumi.yaml"), "utf8");
            const rest = (text: string) => text.slice(text.indexOf("config:"));
            assert.equal(rest(project(language)), rest(project("python")));
            assert.match(project(language), new RegExp(`^runtime: ${language}$`, "m"));
        });
    }

    it("is linked from the README", () => {
        assert.ok(fs.readFileSync(path.join(root, "README.md"), "utf8").includes("(docs/languages.md)"));
    });
});
