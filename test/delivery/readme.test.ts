import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { deploy } from "../../components/test/deployment";
import type { EncryptedEdgeArgs } from "../../components/arguments/index";
import { RehearsedProject } from "../rehearsal/rehearsedProject";

const root = path.join(__dirname, "..", "..");
const text = fs.readFileSync(path.join(root, "README.md"), "utf8");

function blocks(language: string): string[] {
    return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, "gm"))].map(([, block = ""]) => block);
}

const commands = blocks("sh").flatMap((block) =>
    block
        .split("\n")
        .map((line) => line.replace(/\s+# .*$/, "").trim())
        .filter((line) => line !== ""),
);

/** What a command of the README is held to: by running it here, by another test, or not, for it needs an account. */
type Proof =
    | { readonly run: readonly string[]; readonly code: number; readonly says: RegExp }
    | { readonly test: string }
    | { readonly needs: "an account" | "a registry" };

const proofs: Readonly<Record<string, Proof>> = {
    "npm start": { test: "test/rehearsal/install.test.ts" },
    "npm test": { test: "test/delivery/workflows.test.ts" },
    "npm run rehearse -- preview --stack prod --policy-pack policy": {
        run: [],
        code: 0,
        says: /\+ \d+ to create/,
    },
    "npm run rehearse -- up --stack prod --policy-pack policy": { test: "test/rehearsal/lifecycle.test.ts" },
    "npm run rehearse -- serve --stack prod": { test: "test/rehearsal/serve.test.ts" },
    "npm run rehearse -- destroy --stack dev": { run: ["--yes"], code: 0, says: /dev/ },
    "npm run rehearse -- preview --cwd examples/origin-not-https --policy-pack ../../policy": {
        run: [],
        code: 1,
        says: /\[mandatory\].*cloudfront-origin-https-only/,
    },
    "npm run rehearse -- preview --cwd examples/load-balancer-open --policy-pack ../../policy": {
        run: [],
        code: 1,
        says: /\[mandatory\].*alb-no-public-ingress/,
    },
    "npm ci": { needs: "a registry" },
    "pulumi stack init prod": { needs: "an account" },
    "pulumi up --stack prod --policy-pack policy": { needs: "an account" },
    "pulumi preview --policy-pack node_modules/@encrypted-edge/policy": { test: "policy/test/foreignStacks.test.ts" },
    "npx --no-install encrypted-edge-policy audit exported-states/": { test: "policy/audit/test/command.test.ts" },
    "pulumi stack output --json | npm run --silent verify -- --outputs - --html /tmp/evidence.html": {
        test: "verify/command.test.ts",
    },
};

describe("README.md", function () {
    this.timeout("5m");

    it("has no command of which nobody knows whether it works", () => {
        assert.deepEqual([...new Set(commands)].sort(), Object.keys(proofs).sort());
        for (const [command, proof] of Object.entries(proofs)) {
            assert.ok(!("test" in proof) || fs.existsSync(path.join(root, proof.test)), command);
        }
    });

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

    describe("in a fresh folder", () => {
        let project: RehearsedProject;

        before(() => {
            project = new RehearsedProject();
            for (const folder of ["policy", "rehearsal"]) {
                fs.symlinkSync(path.join(root, folder), path.join(project.folder, folder));
            }
            const isRehearsed = (file: string) => /[/\\]\.rehearsal$/.test(file);
            fs.cpSync(path.join(root, "examples"), path.join(project.folder, "examples"), {
                recursive: true,
                filter: (file) => !isRehearsed(file),
            });
            fs.copyFileSync(path.join(root, "tsconfig.json"), path.join(project.folder, "tsconfig.json"));
        });

        after(() => {
            fs.rmSync(project.folder, { recursive: true, force: true });
        });

        for (const [command, proof] of Object.entries(proofs)) {
            if ("run" in proof) {
                it(`${command} does what it says`, () => {
                    const [program = "", ...args] = [...command.split(" "), ...proof.run];
                    const result = spawnSync(program, args, {
                        cwd: project.folder,
                        encoding: "utf8",
                        maxBuffer: 1e8,
                        timeout: 240_000,
                    });
                    assert.equal(result.status, proof.code, result.stdout + result.stderr);
                    assert.match(result.stdout + result.stderr, proof.says);
                });
            }
        }
    });
});
