import assert from "node:assert/strict";
import { stripVTControlCharacters, styleText } from "node:util";
import { fitted, fittedHelp, wrapped } from "./wrapped";

describe("text that fits a terminal", () => {
    const said = "x has one mistake:\n  - It is not valid JSON, first at line 2. Look at its brackets.";

    it("breaks between words, and what continues stands under the first word", () => {
        assert.equal(
            fitted(said, { isTTY: true, columns: 40 }),
            "x has one mistake:\n  - It is not valid JSON, first at line\n    2. Look at its brackets.",
        );
    });

    it("is as wide as it is seen, whatever its colours", () => {
        const painted = `  ${styleText("red", "mandatory")} ${styleText("bold", "cloudfront-origin-https-only")} (high) x 1,204`;
        assert.equal(stripVTControlCharacters(painted).length, 55);
        assert.equal(fitted(painted, { isTTY: true, columns: 55 }), painted);
        assert.equal(
            stripVTControlCharacters(fitted(painted, { isTTY: true, columns: 50 })),
            "  mandatory cloudfront-origin-https-only (high) x\n  1,204",
        );
    });

    it("stays one line for programs, and where a terminal is too narrow to be read", () => {
        assert.equal(fitted(said, { columns: 40 }), said);
        assert.equal(fitted(said, { isTTY: true }), said);
        assert.equal(fitted(said, { isTTY: true, columns: 39 }), said);
    });

    it("gives a word that is longer than a line one of its own", () => {
        assert.deepEqual(wrapped("see urn:pulumi:prod::shop there", 10), ["see", "urn:pulumi:prod::shop", "there"]);
        assert.deepEqual(wrapped("", 10), [""]);
        assert.deepEqual(wrapped("twelve and 1", 12), ["twelve and 1"]);
    });

    it("keeps a command to copy whole, but not a row that says what a command is for", () => {
        const command = `  rehearse up --stack dev ${"--option ".repeat(8)}`;
        assert.equal(fitted(command, { isTTY: true, columns: 60 }), command);
        assert.equal(
            fitted("  rehearse show   what a stack has created, and ids", { isTTY: true, columns: 40 }),
            "  rehearse show   what a stack has\n                  created, and ids",
        );
    });

    it("of a command's help is as wide as the terminal, or 80 columns, and never breaks a command to copy", () => {
        const help = `${"many words ".repeat(20)}\n  npx ${"--option ".repeat(20)}`;
        const [command, ...lines] = fittedHelp(help, { columns: 60 }).split("\n").reverse();
        assert.equal(command, help.split("\n")[1]);
        assert.ok(lines.every((line) => line.length <= 60));
        assert.ok(lines.some((line) => line.length > 48));
        assert.ok(
            fittedHelp(help, {})
                .split("\n")
                .some((line) => line.length > 68 && line.length <= 80),
        );
    });
});
