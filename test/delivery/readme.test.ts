import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { deploy } from "../../components/test/deployment";
import type { EncryptedEdgeArgs } from "../../components/arguments/index";

const root = path.join(__dirname, "..", "..");
const text = fs.readFileSync(path.join(root, "README.md"), "utf8");

function blocks(language: string): string[] {
    return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, "gm"))].map(([, block = ""]) => block);
}

describe("README.md", function () {
    this.timeout("5m");

    it("shows ten lines that the component takes as they are written", async () => {
        const [snippet = ""] = blocks("ts");
        const [, literal = ""] = /new EncryptedEdge\("edge", (\{[^]*?\n\})\);/.exec(snippet) ?? [];
        // The snippet is a literal of strings and lists, which is JSON but for its keys and last commas.
        const args = JSON.parse(
            literal.replace(/^(\s*)(\w+):/gm, '$1"$2":').replace(/,(\s*[}\]])/g, "$1"),
        ) as EncryptedEdgeArgs;
        const { outputs } = await deploy(args);
        const [, exported = ""] = /export const \{ ([^}]+) \} = edge;/.exec(snippet) ?? [];
        const names = exported.split(", ");
        assert.ok(names.length >= 3);
        for (const name of names) {
            assert.ok(name in outputs, name);
        }
        assert.ok(snippet.trim().split("\n").filter(Boolean).length <= 10);
    });

    for (const page of ["components/README.md", "docs/component.md"]) {
        it(`shows the same lines as ${page}`, () => {
            assert.ok(fs.readFileSync(path.join(root, page), "utf8").includes(blocks("ts")[0] ?? "-"));
        });
    }
});
