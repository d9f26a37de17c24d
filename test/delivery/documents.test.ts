import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

const root = path.join(__dirname, "..", "..");

function tracked(pattern: RegExp): string[] {
    return execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
        cwd: root,
        encoding: "utf8",
    })
        .trim()
        .split("\n")
        .filter((file) => pattern.test(file) && fs.existsSync(path.join(root, file)));
}

const read = (file: string) => fs.readFileSync(path.join(root, file), "utf8");
const documents = tracked(/\.md$/).filter((file) => !file.startsWith("benchmarks/results/"));

/** GitHub's anchor of a heading. */
function anchor(title: string): string {
    return title
        .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-");
}

function anchorsOf(file: string): string[] {
    const withoutCode = read(file).replace(/^```[^]*?^```/gm, "");
    return [...withoutCode.matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) => anchor(title.trim()));
}

/** What a reader is told to type, line by line. */
function commandsOf(file: string): string[] {
    const blocks = [...read(file).matchAll(/^ *```(?:sh|bash|shell)\n([^]*?)^ *```/gm)].map(([, block = ""]) => block);
    return blocks
        .flatMap((block) => block.replace(/\\\n\s*/g, " ").split("\n"))
        .map((line) => line.replace(/\s+# .*$/, "").trim())
        .filter((line) => line !== "" && !line.startsWith("#"));
}

interface Manifest {
    readonly name: string;
    readonly workspaces?: readonly string[];
    readonly scripts?: Readonly<Record<string, string>>;
    readonly bin?: Readonly<Record<string, string>>;
    readonly dependencies?: Readonly<Record<string, string>>;
    readonly devDependencies?: Readonly<Record<string, string>>;
    readonly peerDependencies?: Readonly<Record<string, string>>;
}

const manifest = (folder: string) => JSON.parse(read(path.join(folder, "package.json"))) as Manifest;
const workspaces = manifest("").workspaces ?? [];

describe("the documents", () => {
    it("are found", () => {
        assert.ok(documents.length > 20);
    });

    for (const file of documents) {
        it(`${file} links to files and headings that are there`, () => {
            const text = read(file).replace(/^```[^]*?^```/gm, "");
            const links = [...text.matchAll(/\]\((?![a-z]+:)([^)#\s]*)(?:#([^)\s]*))?\)/g)];
            const images = [...text.matchAll(/<img src="([^"]+)"/g)];
            for (const [link, target = "", heading] of [...links, ...images]) {
                const linked = target === "" ? file : path.join(path.dirname(file), target);
                assert.ok(fs.existsSync(path.join(root, linked)), link);
                if (heading !== undefined) {
                    assert.ok(anchorsOf(linked).includes(heading), link);
                }
            }
        });
    }

    it("name only scripts that a package has", () => {
        const scripts = new Map(["", ...workspaces].map((folder) => [folder, manifest(folder).scripts ?? {}]));
        const named = documents.flatMap((file) =>
            [...read(file).matchAll(/npm run (?:--silent )?([\w:]+)(?:[^`\n]*--workspace (\w+))?/g)].map((match) => [
                file,
                ...match,
            ]),
        );
        assert.ok(named.length > 20);
        for (const [file, command, script = "", workspace = ""] of named) {
            assert.ok(scripts.get(workspace)?.[script], `${file}: ${command}`);
        }
    });

    it("name only scripts of the repository that are there", () => {
        const named = documents.flatMap((file) =>
            [...read(file).matchAll(/(?<![\w/])((?:\.github\/)?scripts\/[\w/-]+\.(?:mjs|sh|json|ts))/g)].map(
                ([, script = ""]) => [file, script],
            ),
        );
        assert.ok(named.length > 5);
        for (const [file = "", script = ""] of named) {
            const near = [root, path.join(root, path.dirname(file))];
            assert.ok(
                near.some((folder) => fs.existsSync(path.join(folder, script))),
                `${file}: ${script}`,
            );
        }
    });

    it("give a rehearsal only folders and stack files that are there", () => {
        const commands = documents
            .flatMap(commandsOf)
            .filter((command) =>
                /npm run (--silent )?rehearse -- |rehearse (up|preview|refresh|destroy) /.test(command),
            );
        assert.ok(commands.length > 10);
        for (const command of commands) {
            const [, cwd = "."] = /--cwd (\S+)/.exec(command) ?? [];
            assert.ok(fs.existsSync(path.join(root, cwd)), command);
            const [, pack] = /--policy-pack (\S+)/.exec(command) ?? [];
            const bases = [cwd, "examples/ten-lines"];
            assert.ok(pack === undefined || bases.some((base) => fs.existsSync(path.join(root, base, pack))), command);
        }
    });

    it("and the messages let no command fetch what a stranger has published under one of our names", () => {
        const ours = new Set(workspaces.flatMap((folder) => Object.keys(manifest(folder).bin ?? {})));
        assert.ok(ours.size >= 3);
        const fetching = new RegExp(`\\bnpx (?!--no-install )(?:-\\S+ \\S+ )*(${[...ours].join("|")})\\b`);
        const found = tracked(/\.(md|ts|mjs|cjs|js|sh|yml|yaml)$/)
            .filter((file) => file !== "test/delivery/documents.test.ts")
            .flatMap((file) =>
                read(file)
                    .split("\n")
                    .filter((line) => fetching.test(line))
                    .map((line) => `${file}: ${line.trim()}`),
            );
        assert.deepEqual(found, []);
    });

    it("install nothing of ours by a name that nobody has reserved", () => {
        const scope = /^@[\w-]+\//;
        for (const folder of workspaces) {
            assert.match(manifest(folder).name, scope, folder);
        }
        const bare =
            /\bnpm (?:install|i|add|exec|create)\b[^\n`|]*[\s@](?<![@/])encrypted-edge(?:-\w+)?(?:@[\d.]+)?(?=[\s`]|$)/;
        const found = documents.flatMap((file) =>
            commandsOf(file)
                .filter((command) => bare.test(command))
                .map((command) => `${file}: ${command}`),
        );
        assert.deepEqual(found, []);
    });

    it("give a reason for every dependency, and for nothing that is none", () => {
        const table = /^## Dependencies$([^]*?)^## /m.exec(read("README.md"))?.[1] ?? "";
        const rows = table.split("\n").filter((line) => line.startsWith("| `"));
        const named = new Set(
            rows.flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name)),
        );
        const needed = new Set(
            ["", ...workspaces].flatMap((folder) => {
                const { dependencies = {}, devDependencies = {}, peerDependencies = {} } = manifest(folder);
                return Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies });
            }),
        );
        const own = new Set(workspaces.map((folder) => manifest(folder).name));
        const typesOf = (name: string) => name.startsWith("@types/") && named.has("@types/*");
        assert.deepEqual(
            [...needed].filter((name) => !named.has(name) && !own.has(name) && !typesOf(name)),
            [],
            "these have no row",
        );
        assert.deepEqual(
            [...named].filter((name) => !needed.has(name) && /^(@[\w-]+\/)?[\w.-]+$/.test(name) && name !== "policy/"),
            [],
            "these are no dependencies",
        );
    });
});
