import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { type Block, blocksOf, commandsOf, documentsOf, exceptionOf, needs } from "./documentBlocks";
import { DocumentScene } from "./documentScene";

const root = path.join(__dirname, "..", "..");

/** Where the commands of each document are run; one that is not named here cannot have a command that is run. */
const places: Readonly<Record<string, "clone" | "project">> = {
    "README.md": "clone",
    "docs/first-deployment.md": "clone",
    "docs/upgrade.md": "clone",
    "docs/attach.md": "clone",
    "docs/adopt-a-live-site.md": "clone",
    "docs/delivery.md": "clone",
    "verify/README.md": "clone",
    "rehearsal/README.md": "clone",
    "bootstrap/README.md": "clone",
    "rehearsal/traffic/README.md": "clone",
    "docs/component.md": "clone",
    "policy/README.md": "project",
    "docs/enforcement.md": "project",
};

const blocks = documentsOf(root).flatMap((document) => blocksOf(root, document));
const shells = blocks.filter(({ language }) => ["sh", "bash", "shell", "console"].includes(language));
const at = ({ document, line }: Block) => `${document}:${line}`;
/** Commands that serve until somebody ends them. */
const serves = /(?:run|--|rehearse) serve\b/;

describe("the commands of the documents", function () {
    this.timeout("10m");

    it("are found, and every fenced block has a language", () => {
        assert.ok(shells.length > 30, String(shells.length));
        assert.deepEqual(blocks.filter(({ language }) => language === "").map(at), []);
    });

    it("are run, or have a mark beside them that says why not", () => {
        for (const block of shells) {
            assert.deepEqual(block.unread, [], `${at(block)}: this comment is no mark`);
            const commands = commandsOf(block);
            const run = commands.filter((command) => exceptionOf(block, command) === undefined);
            assert.ok(
                run.length === 0 || places[block.document] !== undefined,
                `${at(block)}: say in this test where "${run[0]}" runs, or beside it why it is not run`,
            );
            for (const { lines, needs: needed, test } of block.exceptions) {
                assert.ok(
                    commands.some((command) => command.startsWith(lines)),
                    `${at(block)}: no command begins with "${lines}"`,
                );
                assert.ok(needed === undefined || needs.test(needed), `${at(block)}: "${needed}" is no reason`);
                assert.ok(test === undefined || isRun(block, lines, test), `${at(block)}: not run by ${test}`);
            }
        }
    });

    describe("in a clone and in a project beside it", () => {
        let scene: DocumentScene;

        before(() => {
            scene = new DocumentScene();
            prepare(scene);
        });

        after(async () => scene.remove());

        for (const [document, place] of Object.entries(places)) {
            for (const block of shells.filter((each) => each.document === document)) {
                const commands = commandsOf(block).filter((command) => exceptionOf(block, command) === undefined);
                const inOrder = apart(commands);
                if (commands.length > 0) {
                    it(`${at(block)} does what it says: ${commands.join("; ")}`, async () => {
                        let output = "";
                        for (const commands of inOrder) {
                            const [first = ""] = commands;
                            if (serves.test(first)) {
                                assert.match(await scene.serve(place, first), /https:\/\/\S+/);
                                continue;
                            }
                            const ended = scene.run(place, commands);
                            output += ended.output;
                            const wanted = commands.map((command) => (command.startsWith("cd ") ? 0 : block.code));
                            assert.deepEqual(ended.codes, wanted, ended.output);
                        }
                        for (const said of block.prints) {
                            assert.ok(output.includes(said), `"${said}" is not in:\n${output}`);
                        }
                    });
                }
            }
        }
    });
});

/** Commands that run in one shell together; one that serves stands alone. */
function apart(commands: readonly string[]): string[][] {
    const groups: string[][] = [];
    for (const command of commands) {
        const last = groups.at(-1);
        if (last === undefined || serves.test(command) || serves.test(last[0] ?? "")) {
            groups.push([command]);
        } else {
            last.push(command);
        }
    }
    return groups;
}

/** What the documents take for given: a project that was deployed, its states, a policy pack of its own. */
function prepare(scene: DocumentScene): void {
    for (const { document, text, places: marks } of blocks) {
        for (const { of } of marks.filter(({ kind }) => kind === "written to")) {
            scene.write(path.join(places[document] ?? assert.fail(`${document} has no place`), of), text);
        }
    }
    fs.copyFileSync(path.join(scene.project, "Pulumi.dev.yaml"), path.join(scene.project, "Pulumi.prod.yaml"));
    const { codes, output } = scene.run("project", [
        "pulumi up --stack dev",
        "mkdir states exported-states",
        "pulumi stack export --stack dev --file exported-states/dev.json",
        "cp exported-states/dev.json states",
        "cp -r exported-states ../encrypted-edge",
    ]);
    assert.deepEqual(codes, [0, 0, 0, 0, 0], output);
}

/** Whether a test or a workflow exists that runs these commands: it names them, or the document that it follows. */
function isRun({ document }: Block, lines: string, file: string): boolean {
    const place = path.join(root, file);
    const text = fs.existsSync(place) ? fs.readFileSync(place, "utf8") : "";
    return lines === "" ? text.includes(path.basename(document)) : text.includes(lines) || text.includes(document);
}
