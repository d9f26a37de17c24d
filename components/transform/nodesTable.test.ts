import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";
import { edgeNodes } from "./index";

const page = path.join(__dirname, "..", "..", "docs", "component.md");

/** The comment of each key, as editors show it. */
function comments(): Map<string, string> {
    const file = path.join(__dirname, "edgeNodes.ts");
    const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
    const found = new Map<string, string>();
    const visit = (node: ts.Node): void => {
        if (ts.isPropertyAssignment(node)) {
            const comment = ts.getTextOfJSDocComment(ts.getJSDocCommentsAndTags(node)[0]?.comment) ?? "";
            found.set(node.name.getText(), comment.replace(/\s+/g, " "));
        }
        ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
}

describe("The keys of transform and nodes", () => {
    it("have a comment each, and are in docs/component.md as they are", () => {
        const meanings = comments();
        const rows = Object.entries(edgeNodes).map(([key, { type, count }]) => {
            const meaning = meanings.get(key);
            assert.ok(meaning, key);
            const [provider = "", place = "", kind = ""] = type.split(":");
            const resource = `${provider}.${place.replace(/\/.*/, "")}.${kind}`.replace(".index.", ".");
            return `| \`${key}\` | ${meaning} \`${resource}\` | ${{ one: "one", optional: "one or none", many: "a list" }[count]} |`;
        });
        const table = ["| Key | What it is, and its type | How many |", "| --- | --- | --- |"];
        const wanted = `\n${[...table, ...rows].join("\n")}\n\n`;
        const text = readFileSync(page, "utf8");
        const [, before, shown, after] = /^(.*<!-- nodes -->\n)(.*)(<!-- \/nodes -->.*)$/s.exec(text) ?? [];
        assert.ok(before !== undefined && shown !== undefined && after !== undefined);
        if (process.env.UPDATE_DOCS) {
            writeFileSync(page, before + wanted + after);
            return;
        }
        assert.equal(shown, wanted, "Run UPDATE_DOCS=1 npx mocha components/transform/nodesTable.test.ts");
    });
});
