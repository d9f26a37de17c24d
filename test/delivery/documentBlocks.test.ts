import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { deploy } from "../../components/test/deployment";
import { checkConfiguration, rules, unusedExemption } from "../../policy/index";
import { type Block, blocksOf, documentsOf, needs, spansOf } from "./documentBlocks";
import { elsewhere, isElsewhere, placeOf, places } from "./documentPlaces";
import { edgesOf, isArguments, isProgram, typeErrors } from "./documentPrograms";
import { root } from "./packed";

const documents = documentsOf(root);
const blocks = documents.flatMap((document) => blocksOf(root, document));
// Commands have a test of their own: documentCommands.test.ts.
const shown = blocks.filter(({ language }) => !["sh", "bash", "shell", "console"].includes(language));
const at = ({ document, line }: Block) => `${document}:${line}`;

/** Programs in TypeScript, and pieces of them; what is shown of a file is compiled and run where that file is. */
const programs = shown.filter(
    (block) => ["ts", "typescript"].includes(block.language) && block.places.length === 0 && !isElsewhere(block),
);

/** Settings in sentences, such as `mode: "count"`, as blocks of one line. */
const settings = ["docs/component.md", "docs/adopt-a-live-site.md", "docs/attach.md"]
    .flatMap((document) => spansOf(root, document))
    .filter(({ text }) => /^(\{ )?\w+: /.test(text))
    .map(({ text, ...span }): Block => {
        const bare = text.replace(/^\{ (.*) \}$/, "$1").replaceAll("[...]", "[]");
        const marks = { exceptions: [], code: 0, prints: [], given: [], places: [], unread: [] };
        return { ...span, ...marks, textLine: span.line, language: "setting", text: bare, heading: "", part: "" };
    });

/** Policy configuration in sentences, whole or one entry of it. */
const configurations = documents
    .flatMap((document) => spansOf(root, document))
    .filter(({ text }) => /^(\{ *)?"[\w-]+": /.test(text));

const how = `It needs a mark on the line before it, one of
${Object.keys(places)
    .map((place) => `  <!-- ${place} -->`)
    .join("\n")}
  <!-- not run: needs an AWS account -->
  <!-- run by: FILE of a test that compares what is printed with the block -->
or a line in \`elsewhere\` of documentPlaces.ts, which names the test that compares or runs it.`;

describe("the blocks of the documents", function () {
    this.timeout("2m");

    it("are all found", () => {
        assert.ok(shown.length > 100, String(shown.length));
        for (const document of documents) {
            const text = fs.readFileSync(path.join(root, document), "utf8");
            const fences = text.match(/^[ >]*(?:```|~~~).*$/gm) ?? [];
            const found = blocks.filter((block) => block.document === document);
            assert.equal(fences.length, 2 * found.length, `${document} has a fence that begins or ends no block`);
        }
    });

    it("are each held to something", () => {
        for (const block of shown) {
            assert.deepEqual(block.unread, [], `${at(block)}: this comment is no mark.\n${how}`);
            for (const place of block.places) {
                assert.ok(places[placeOf(place)], `${at(block)}: "${place.kind} ${place.of}" is no mark.\n${how}`);
            }
            for (const { needs: reason = "", test } of block.exceptions) {
                assert.ok(
                    test === undefined ? needs.test(reason) : isNamedBy(block, test),
                    `${at(block)}: "${test ?? reason}" is no reason, or does not name the document.\n${how}`,
                );
            }
        }
        const lost = shown.filter(
            (block) =>
                block.places.length + block.exceptions.length === 0 && !isElsewhere(block) && !programs.includes(block),
        );
        assert.deepEqual(lost.map(at), [], how);
    });

    it("that a test of their own holds are there, and that test reads them", () => {
        for (const { document, part = "", heading, test } of elsewhere) {
            const held = shown.filter(
                (block) =>
                    document.test(block.document) && (heading?.test(block.heading) ?? true) && block.part === part,
            );
            assert.ok(held.length > 0, `${document} ${part}`);
            const text = fs.readFileSync(path.join(root, test), "utf8");
            const words = part === "" ? ["Bad", "Good"] : part.split(" ");
            assert.deepEqual(
                words.filter((word) => !text.includes(word)),
                [],
                test,
            );
        }
    });

    it("begin with ten lines in the README", () => {
        const [first] = programs.filter(({ document }) => document === "README.md");
        const lines = first?.text.split("\n").filter((line) => line !== "") ?? [];
        assert.ok(lines.length > 0 && lines.length <= 10, first?.text);
    });

    it("and settings in TypeScript have no type error in the strictest program", () => {
        assert.ok(settings.length > 30, String(settings.length));
        assert.deepEqual(typeErrors([...programs, ...settings]), []);
    });

    it("and policy configuration in sentences is what the pack takes", async () => {
        assert.ok(configurations.length > 1, String(configurations.length));
        for (const { document, line, text } of configurations) {
            const json = text.startsWith("{") ? text : `{ ${text} }`;
            const problems = await checkConfiguration(JSON.parse(json), [...rules, unusedExemption]);
            assert.deepEqual(problems, [], `${document}:${line}`);
        }
    });

    for (const block of shown) {
        for (const place of block.places) {
            it(`${at(block)} holds: ${place.kind} ${place.of}`, async () => {
                assert.deepEqual(await places[placeOf(place)]?.(block, place.of), []);
            });
        }
    }

    for (const block of programs.filter((each) => isArguments(each) || isProgram(each))) {
        it(`${at(block)} is what an edge takes`, async () => {
            pulumi.runtime.setAllConfig({ "encrypted-edge:clientSecret": "secret" });
            const edges = edgesOf(block);
            assert.ok(edges.length > 0);
            for (const { name, args } of edges) {
                const { resources } = await deploy(args, { name });
                assert.ok(resources.length > 0);
            }
        });
    }
});

function isNamedBy({ document }: Block, test: string): boolean {
    const file = path.join(root, test);
    return /\.test\.ts$/.test(test) && fs.existsSync(file) && fs.readFileSync(file, "utf8").includes(document);
}
