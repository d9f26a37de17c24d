import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { type Change, logicalName, RehearsedProject } from "../rehearsal/rehearsedProject";
import { restoreState } from "../rehearsal/storedState";
import { LiveProject } from "./liveProject";

const host = "www.dev.example.com";

describe("an edge of an earlier version, protected and in use", function () {
    // The first of these may build the CLI from source where none can be found.
    this.timeout(1_800_000);

    let live: LiveProject;
    let program: string;

    before(async () => {
        const project = new RehearsedProject();
        program = readFileSync(path.join(project.folder, "index.ts"), "utf8");
        restoreState(project, "0.1.0");
        await project.succeed("seed", "--hosted-zone", "example.com");
        live = await LiveProject.serve(project);
    });

    after(() => live.close());

    /** Everything that a preview changes but the inputs that the edge itself was given. */
    async function changes(): Promise<string[]> {
        const all: Change[] = await live.project.changes("dev");
        return all
            .filter(({ urn }) => !urn.endsWith("encrypted-edge:index:EncryptedEdge::edge"))
            .map(({ op, urn }) => `${op} ${logicalName(urn)}`)
            .sort();
    }

    /** Writes the program with the edge built otherwise. */
    function rewrite(construction: string, before = ""): void {
        const built = "const edge = new EncryptedEdge(name, { ...configuration, ...network(configuration) });";
        assert.ok(program.includes(built));
        const text = `import * as pulumi from "@pulumi/pulumi";\n${program.replace(built, `${before}\nconst edge = ${construction};`)}`;
        writeFileSync(path.join(live.project.folder, "index.ts"), text);
    }

    it("is brought to this one: nothing is replaced or deleted, no request is refused", async () => {
        const planned = await changes();
        assert.deepEqual(
            planned.filter((change) => !change.startsWith("update ")),
            ["create edge-deletion-protection"],
        );
        const answers = await live.answersDuring([host], () =>
            live.project.succeed("up", "--stack", "dev", "--yes", "--skip-preview"),
        );
        assert.deepEqual(answers, [200], live.served.problems.join("\n"));
        assert.deepEqual(await changes(), []);
    });

    it("stays as it is when it is renamed, with an alias", async () => {
        rewrite(
            'new EncryptedEdge("front", { ...configuration, ...network(configuration) }, { aliases: [{ name: "edge" }] })',
        );
        assert.deepEqual(await changes(), []);
    });

    it("stays as it is when it is moved into another component, with an alias", async () => {
        rewrite(
            "new EncryptedEdge(name, { ...configuration, ...network(configuration) }, { parent: platform, aliases: [{ parent: pulumi.rootStackResource }] })",
            'const platform = new pulumi.ComponentResource("company:index:Platform", "platform");',
        );
        assert.deepEqual(await changes(), ["create platform"]);
    });

    it("stays as it is when it is renamed and moved at once, and in use", async () => {
        rewrite(
            'new EncryptedEdge("front", { ...configuration, ...network(configuration) }, { parent: platform, aliases: [{ name: "edge", parent: pulumi.rootStackResource }] })',
            'const platform = new pulumi.ComponentResource("company:index:Platform", "platform");',
        );
        const before = live.project.accountText();
        const answers = await live.answersDuring([host], () =>
            live.project.succeed("up", "--stack", "dev", "--yes", "--skip-preview"),
        );
        assert.deepEqual(answers, [200], live.served.problems.join("\n"));
        assert.equal(live.project.accountText(), before);
    });
});
