import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";

const page = path.join(__dirname, "..", "docs", "component.md");

/** The table of arguments, from the comments of the interface. */
function argumentsTable(): string {
    const file = path.join(__dirname, "encryptedEdgeArgs.ts");
    const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
    const args = source.statements
        .filter(ts.isInterfaceDeclaration)
        .find(({ name }) => name.text === "EncryptedEdgeArgs");
    assert.ok(args);
    const rows = args.members.filter(ts.isPropertySignature).map((member) => {
        const comment = ts.getTextOfJSDocComment(ts.getJSDocCommentsAndTags(member)[0]?.comment) ?? "";
        const [meaning = "", source = ""] = comment.replace(/\s+/g, " ").split(/ Sources?: /);
        const type = (member.type?.getText() ?? "")
            .replace(/pulumi\.Input<(.*)>$/, "$1")
            .replace(/pulumi\.Input<(.*)>/, "$1");
        const need = member.questionToken === undefined ? ", required" : "";
        return `| \`${member.name.getText()}\` | ${type}${need} | ${meaning} | ${source.replace(/\.$/, "")} |`;
    });
    return ["| Argument | Type | Meaning and default | Source |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

describe("docs/component.md", () => {
    it("has the table of arguments as they are", () => {
        const text = readFileSync(page, "utf8");
        const [, before, table, after] = /^(.*<!-- arguments -->\n)(.*)(<!-- \/arguments -->.*)$/s.exec(text) ?? [];
        assert.ok(before !== undefined && table !== undefined && after !== undefined);
        const wanted = `\n${argumentsTable()}\n\n`;
        if (process.env.UPDATE_DOCS) {
            writeFileSync(page, before + wanted + after);
            return;
        }
        assert.equal(table, wanted, "Run UPDATE_DOCS=1 npx mocha components/argumentsTable.test.ts");
    });
});
