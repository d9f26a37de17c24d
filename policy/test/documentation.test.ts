import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";

import { rules } from "../rules";
import { current, docsFolder, documents, pageFile, readmeFile } from "./documentation";
import { findingsOf, fixturesOf, programOf, resourcesOf } from "./yamlProgram";
import { forms, run } from "./harness";

describe("the documentation", () => {
    it("has one page for each rule and no other", () => {
        assert.deepEqual(readdirSync(docsFolder).sort(), rules.map((rule) => `${rule.name}.md`).sort());
    });

    it("says what the rules say (npm run docs)", () => {
        for (const [file, text] of documents()) {
            assert.equal(readFileSync(file, "utf8"), text, path.basename(file));
        }
    });

    it("fails on a file without the place for it", () => {
        assert.throws(() => current("# Page", { facts: "x" }), /No part between/);
        assert.equal(
            current("<!-- facts -->\nold\n<!-- end -->", { facts: "new" }),
            "<!-- facts -->\n\nnew\n\n<!-- end -->",
        );
    });

    it("links to files and headings that are there", () => {
        for (const [file, text] of documents()) {
            for (const [, target = "", heading] of text.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)) {
                const linked = target === "" ? file : path.join(file, "..", target);
                const headings = [...readFileSync(linked, "utf8").matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
                    title
                        .toLowerCase()
                        .replace(/[^a-z0-9 -]/g, "")
                        .replaceAll(" ", "-"),
                );
                if (heading !== undefined) {
                    assert.ok(headings.includes(heading), `${path.basename(file)}: #${heading}`);
                }
            }
        }
        assert.ok(documents().has(readmeFile));
    });

    for (const rule of rules) {
        describe(`the page of ${rule.name}`, () => {
            const text = readFileSync(pageFile(rule), "utf8");
            const example = (heading: string) => {
                const found = new RegExp(`^## ${heading}\n\n\`\`\`yaml\n([\\s\\S]*?)\n\`\`\`$`, "m").exec(text);
                return programOf(found?.[1] ?? assert.fail(`no example under "${heading}"`));
            };

            it("shows a bad example that the rule refuses", async () => {
                const program = example("Bad");
                for (const form of ["preview", "state"] as const) {
                    const kinds = findingsOf(rule, resourcesOf(program, form)).map(({ kind }) => kind);
                    assert.ok(kinds.includes("violation"), form);
                }
                for (const form of forms) {
                    const seen = await run(rule, fixturesOf(program), form);
                    assert.ok(
                        seen.some(({ kind }) => kind === "violation"),
                        `through the engine's messages, ${form}`,
                    );
                }
            });

            it("shows a good example of which the rule says nothing", async () => {
                const program = example("Good");
                for (const form of ["preview", "state"] as const) {
                    assert.deepEqual(findingsOf(rule, resourcesOf(program, form)), [], form);
                }
                for (const form of forms) {
                    assert.deepEqual(await run(rule, fixturesOf(program), form), [], form);
                }
            });
        });
    }
});
