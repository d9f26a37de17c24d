import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import * as path from "node:path";
import * as zlib from "node:zlib";

import { rules } from "../../rules";
import { auditSource } from "../auditSource";
import { findSources, nameOfSource, withoutPassword, type Source } from "../sources";
import { distribution, exported, fakePulumi, only, temporaryFolder } from "./estate";

const cli = { command: "no-such-pulumi" };
const none = () => Promise.resolve(new Uint8Array());

describe("audit: reading states", () => {
    const folder = temporaryFolder();
    after(() => folder.remove());

    const auditOf = async (source: Source, command = cli.command) => {
        const policyConfiguration = only("cloudfront-origin-https-only");
        const answer = await auditSource({ source, cli: { command }, policyConfiguration }, rules, new Set());
        assert.ok(answer.kind === "judged");
        return answer.stack;
    };
    const auditOfContent = (content: string | Uint8Array) =>
        auditOf({ kind: "standard input", content: Buffer.from(content) });

    const good = exported([distribution("dev", "web")]);
    // Node has Zstandard from 22.15 on.
    const { zstdCompressSync } = zlib as { zstdCompressSync?: (content: Uint8Array) => Uint8Array };
    const damagedZstandard =
        zstdCompressSync === undefined
            ? /^The file is compressed with Zstandard, which needs Node\.js 22\.15 or later\. Use that, or `unzstd`\.$/
            : /^The file is compressed with Zstandard, and damaged or cut off\. Fetch it again\.$/;
    const broken: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
        ["an empty file", "", /is empty/],
        ["a state that was cut off", good.slice(0, -20), /cut off: it ends in the middle of its JSON, after \d+ bytes/],
        ["a list that was cut off", ' \n[{"a": {}}, {"b": ', /cut off: it ends/],
        ["text that is no JSON", "error: no {stack} selected", /^The file is not valid JSON\. .*pulumi stack export/],
        ["short JSON with a mistake", '{"a" 1}\n', /^The file is not valid JSON \(after 5 characters\)\. Give/],
        [
            "JSON with a mistake, which is counted in characters",
            `{"é": "${"é".repeat(100)}" oops}`,
            /^The file is not valid JSON \(after 109 characters\)\. Give/,
        ],
        ["a list", "[]", /no deployment/],
        ["another JSON file", '{"name": "shop", "dependencies": {}}', /no list of resources/],
        ["null", "null", /no deployment/],
        ["resources that are no list", '{"version": 3, "deployment": {"resources": {"a": 1}}}', /no list of resources/],
        [
            "a version to come",
            '{"version": 5, "deployment": {"resources": []}}',
            /version 5; this release reads up to 4/,
        ],
        ["a checkpoint long gone", '{"version": 2, "checkpoint": {"latest": {"resources": []}}}', /version 2, older/],
        ["a version long gone", '{"version": 1, "deployment": {"resources": []}}', /version 1, older/],
        [
            "a version that is no number",
            '{"version": "3", "deployment": {}}',
            /"version" must be a number, but is string/,
        ],
        ["a file encrypted with age", "age-encryption.org/v1\n-> X25519 abc", /encrypted \(age\)/],
        ["a file encrypted with OpenPGP", "-----BEGIN PGP MESSAGE-----\n\nhQEM", /encrypted \(OpenPGP\)/],
        ["a file encrypted with SOPS", '{"data": "ENC[AES256_GCM]", "sops": {"version": "3.8"}}', /encrypted \(SOPS\)/],
        ["bytes that say nothing", new Uint8Array([0x7b, 0, 0xff, 0, 1, 2]), /binary/],
        ["a damaged gzip file", zlib.gzipSync(good).subarray(0, 60), /gzipped, and damaged or cut off/],
        ["a damaged Zstandard file", new Uint8Array([0x28, 0xb5, 0x2f, 0xfd, 1, 2]), damagedZstandard],
    ];
    for (const [name, content, problem] of broken) {
        it(`says what is wrong with ${name}`, async () => {
            const stack = await auditOfContent(content);
            assert.equal(stack.problems.length, 1);
            assert.match(stack.problems[0] as string, problem);
            assert.deepEqual(stack.results, []);
        });
    }

    it("judges what it can of a state with broken entries, and says what it left out", async () => {
        const stack = await auditOfContent(exported([distribution("dev", "web"), 7, { type: "aws:x" }]));
        assert.deepEqual(stack.problems, [
            "A part of the state was left out: resources[1] is not an object.",
            "A part of the state was left out: resources[2] has no urn.",
        ]);
        assert.equal(stack.results.length, 1);
    });

    const readable: readonly (readonly [string, string | Uint8Array])[] = [
        ["as exported", good],
        ["gzipped", zlib.gzipSync(good)],
        ...(zstdCompressSync === undefined
            ? []
            : [["compressed with Zstandard", zstdCompressSync(Buffer.from(good))] as const]),
        ["with a byte order mark", `\uFEFF${good}`],
        ["in UTF-16, as PowerShell 5 redirects", Buffer.from(`\uFEFF${good}`, "utf16le")],
        [
            "as a backend keeps it",
            JSON.stringify({
                version: 3,
                checkpoint: { latest: (JSON.parse(good) as { deployment: unknown }).deployment },
            }),
        ],
    ];
    for (const [name, content] of readable) {
        it(`reads a state ${name}`, async () => {
            const stack = await auditOfContent(content);
            assert.deepEqual(stack.problems, []);
            assert.equal(stack.stack, "shop/dev");
            assert.equal(stack.results.length, 1);
        });
    }

    it("reads what a shell puts in the place of a file, and says why it cannot read one", async () => {
        const problemsOf = async (place: string) => (await auditOf({ kind: "file", path: place })).problems;
        assert.deepEqual(await problemsOf("/dev/null"), ["The file is empty. Export the stack again."]);
        assert.deepEqual(await problemsOf(path.join(folder.path, "gone")), ["The file cannot be read (ENOENT)."]);
        assert.deepEqual(await problemsOf(folder.path), ["The file cannot be read (EISDIR)."]);
    });

    it("calls a state that names no stack by its place", async () => {
        assert.equal((await auditOfContent(exported([]))).stack, "standard input");
        const backend = "s3://key@states";
        const { stack } = await auditOf({ kind: "missing", target: backend, problem: "The backend holds no stack." });
        assert.equal(stack, "s3://[secret]@states");
    });

    it("never quotes a state that is no JSON, for it may hold a secret", async () => {
        const stack = await auditOfContent('{"password": "hunter2hunter2", oops}');
        assert.doesNotMatch(JSON.stringify(stack), /hunter2|oops/);
    });

    it("survives a resource that is its own ancestor", async () => {
        const { urn, ...rest } = distribution("dev", "web");
        const stack = await auditOfContent(exported([{ urn, ...rest, parent: urn }]));
        assert.deepEqual(stack.results[0]?.parents, [urn]);
    });

    it("says when the CLI is missing, fails or is asked for a stack that is not there", async () => {
        const missing = await auditOf({ kind: "backend", stack: "acme/shop/dev" });
        assert.match(
            missing.problems[0] as string,
            /"no-such-pulumi" was not found. Install the Pulumi CLI, or name it/,
        );
        const command = fakePulumi(folder.path, { "acme/shop/dev": good });
        const backend = "postgres://audit:hunter2@db/states";
        const unknown = await auditOf({ kind: "backend", stack: "acme/shop/prod", backend }, command);
        assert.match(unknown.problems[0] as string, /`pulumi stack export` failed: no stack named 'acme\/shop\/prod'/);
        assert.doesNotMatch(JSON.stringify(unknown), /hunter2/);
        const there = await auditOf({ kind: "backend", stack: "acme/shop/dev" }, command);
        assert.equal(there.stack, "acme/shop/dev");
        assert.equal(there.results.length, 1);
    });

    it("is known from a journal only where the stack was called by the same name", async () => {
        const command = fakePulumi(folder.path, { "acme/shop/dev": good, "organization/shop/dev": good });
        const file = path.join(folder.path, "exported.json");
        writeFileSync(file, good);
        const answerTo = (source: Source, known: ReadonlySet<string>) =>
            auditSource({ source, cli: { command } }, rules, known);
        const judged = await answerTo({ kind: "backend", stack: "acme/shop/dev" }, new Set());
        assert.ok(judged.hash !== undefined);
        const known = new Set([judged.hash]);
        const again = await answerTo({ kind: "backend", stack: "acme/shop/dev", backend: "s3://states" }, known);
        assert.deepEqual(again, { kind: "known", hash: judged.hash });
        for (const source of [
            { kind: "file", path: file },
            { kind: "backend", stack: "organization/shop/dev" },
        ] as const) {
            const answer = await answerTo(source, known);
            assert.ok(answer.kind === "judged" && answer.hash !== judged.hash);
            assert.equal(answer.stack.stack, "shop/dev");
        }
    });

    describe("finding them", () => {
        const find = (...targets: string[]) => findSources({ targets, stacks: [], cli, readStandardInput: none });
        const states = path.join(folder.path, "states");
        const backend = path.join(folder.path, "backend");

        before(() => {
            mkdirSync(path.join(states, "deep", "node_modules"), { recursive: true });
            for (const name of ["b.json", "a.json", "deep/c.json.gz", "deep/readme.md", "deep/node_modules/d.json"]) {
                writeFileSync(path.join(states, name), good);
            }
            mkdirSync(path.join(backend, ".pulumi", "stacks", "shop"), { recursive: true });
            mkdirSync(path.join(backend, ".pulumi", "backups", "shop"), { recursive: true });
            mkdirSync(path.join(backend, ".pulumi", "stacks", "shop", "old"));
            for (const name of [
                "stacks/shop/dev.json",
                "stacks/shop/dev.json.bak",
                "stacks/shop/dev.json.attrs",
                "stacks/shop/prod.json.gz",
                "stacks/old.json",
                "stacks/shop/old/dev.json",
                "backups/shop/dev.json",
            ]) {
                writeFileSync(path.join(backend, ".pulumi", name), good);
            }
        });

        it("takes every state of a folder, in a stable order", async () => {
            const names = (await find(states)).map((source) => nameOfSource(source).slice(states.length + 1));
            assert.deepEqual(names, ["a.json", "b.json", "deep/c.json.gz"]);
        });

        it("takes the current states of a backend, also of an old one without projects, and nothing else", async () => {
            // docs/enforcement.md names one by its URL.
            for (const target of [backend, `file://${backend}`, path.join(backend, ".pulumi")]) {
                const stacks = (await find(target)).map((source) => (source.kind === "file" ? source.stack : source));
                assert.deepEqual(stacks, ["old", "shop/dev", "shop/prod"]);
            }
        });

        it("takes what a pattern matches, as it is written, hidden files too, and each file once", async () => {
            const names = async (...targets: string[]) => (await find(...targets)).map(nameOfSource);
            const [a, b] = [path.join(states, "a.json"), path.join(states, "b.json")];
            assert.deepEqual(await names(path.join(states, "*.json"), a, path.relative(".", a)), [a, b]);
            assert.deepEqual(await names(a), [a]);
            const relative = path.relative(".", states);
            assert.deepEqual(
                await names(path.join(relative, "*.json")),
                [a, b].map((file) => path.relative(".", file)),
            );
            assert.deepEqual(await names(path.join(backend, "**", "o*.json")), [
                path.join(backend, ".pulumi", "stacks", "old.json"),
            ]);
            const of = (name: string) => path.join(backend, ".pulumi", "stacks", name);
            assert.deepEqual(await names(of("old.json"), backend), [
                of("old.json"),
                of(path.join("shop", "dev.json")),
                of(path.join("shop", "prod.json.gz")),
            ]);
        });

        it("takes files of every place in a stable order, whatever the order on disk", async () => {
            const many = path.join(folder.path, "many");
            const backend = path.join(folder.path, "many-in-backend");
            const stacks = path.join(backend, ".pulumi", "stacks");
            const names = ["0.json", "a/0.json", "a/1.json", "b.json", "c/0.json", "d.json"];
            for (const name of names.toReversed()) {
                for (const place of [many, stacks]) {
                    mkdirSync(path.dirname(path.join(place, name)), { recursive: true });
                    writeFileSync(path.join(place, name), good);
                }
            }
            // A folder whose name ends as a file's is none.
            mkdirSync(path.join(many, "folder.json"));
            // A project's own folder of this name is no backend.
            mkdirSync(path.join(many, ".pulumi"));
            for (const [target, base] of [
                [many, many],
                [path.join(many, "**", "*.json"), many],
                [backend, stacks],
            ] as const) {
                const found = (await find(target)).map((source) => path.relative(base, nameOfSource(source)));
                assert.deepEqual(found, names, target);
            }
        });

        it("asks the CLI for a backend in a folder where secrets are to be shown", async () => {
            const targets = [`file://${backend}`];
            const [source] = await findSources({
                targets,
                stacks: [],
                cli: { ...cli, showSecrets: true },
                readStandardInput: none,
            });
            assert.match(source?.kind === "missing" ? source.problem : "", /"no-such-pulumi" was not found/);
        });

        it("reports each target that gives nothing", async () => {
            const empty = path.join(folder.path, "empty");
            mkdirSync(empty);
            const targets = [
                path.join(states, "none.json"),
                path.join(states, "*.yaml"),
                empty,
                `file://${empty}`,
                "s3://states",
                path.join(states, "a.json", "b.json"),
                path.join(folder.path, "stat{es,us}"),
                "s3://states?endpoint=file://b",
            ];
            const problems = (await find(...targets)).map((source) =>
                source.kind === "missing" ? source.problem : source.kind,
            );
            assert.equal(problems[0], "There is no such file or folder.");
            assert.match(problems[1] ?? "", /No file matches/);
            assert.match(problems[2] ?? "", /neither state files .* nor a backend/);
            assert.match(problems[3] ?? "", /not a Pulumi backend/);
            assert.match(problems[4] ?? "", /"no-such-pulumi" was not found/);
            assert.equal(problems[5], "It cannot be opened (ENOTDIR).");
            assert.equal(problems[6], "No file matches.");
            assert.match(problems[7] ?? "", /"no-such-pulumi" was not found/);
        });

        it("says what is wrong with a file URL, and which folder it looked for", async () => {
            const ofHome = path.join("no-such-folder-of-encrypted-edge", ".pulumi", "stacks");
            const problems = (
                await find(
                    "file:///a%2Fb",
                    "file://~/no-such-folder-of-encrypted-edge",
                    "file://./no-such-folder",
                    "file://no-such-folder?metadata=skip",
                )
            ).map((source) => (source.kind === "missing" ? source.problem : source.kind));
            const relative = `There is no folder ${path.join("no-such-folder", ".pulumi", "stacks")}, so this is not a Pulumi backend.`;
            assert.deepEqual(problems, [
                "It is not a file URL. Write file:///absolute/folder, file://./folder or file://~.",
                `There is no folder ${path.relative(".", path.join(homedir(), ofHome))}, so this is not a Pulumi backend.`,
                relative,
                relative,
            ]);
        });

        it("says that a backend holds no stack", async () => {
            const nothing = path.join(folder.path, "nothing");
            mkdirSync(path.join(nothing, ".pulumi", "stacks"), { recursive: true });
            for (const target of [nothing, `file://${nothing}`]) {
                assert.deepEqual(await find(target), [
                    { kind: "missing", target, problem: "The backend holds no stack." },
                ]);
            }
        });

        it("reads standard input once, however often it is named", async () => {
            const content = Buffer.from(good);
            const readStandardInput = () => Promise.resolve(content);
            assert.deepEqual(await findSources({ targets: ["-", "-"], stacks: [], cli, readStandardInput }), [
                { kind: "standard input", content },
            ]);
        });

        it("lists other backends through the CLI", async () => {
            const command = fakePulumi(folder.path, { "acme/shop/dev": good, "acme/shop/prod": good });
            const options = {
                targets: ["s3://states"],
                stacks: ["acme/web/dev"],
                cli: { command },
                readStandardInput: none,
            };
            const names = (await findSources(options)).map(nameOfSource);
            assert.deepEqual(names, ["s3://states acme/shop/dev", "s3://states acme/shop/prod", "acme/web/dev"]);
        });
    });

    describe("what the CLI answers", () => {
        /** Says always the same, and writes down how it was called. */
        function answering(answer: string): { command: string; calls: () => string[] } {
            const log = path.join(folder.path, "calls.log");
            const command = path.join(folder.path, "answering");
            writeFileSync(log, "");
            const call = `require("fs").appendFileSync(${JSON.stringify(log)}, process.argv.slice(2).join(" ") + "\\n");`;
            writeFileSync(
                command,
                `#!${process.execPath}\n${call}\nprocess.stdout.write(${JSON.stringify(answer)});\n`,
            );
            chmodSync(command, 0o755);
            return { command, calls: () => readFileSync(log, "utf8").trim().split("\n") };
        }

        const listed = (command: string, showSecrets = false) =>
            findSources({
                targets: ["s3://states"],
                stacks: [],
                cli: { command, showSecrets },
                readStandardInput: none,
            });

        it("is asked for every stack, as JSON, without questions and colours", async () => {
            const { command, calls } = answering("[]");
            assert.deepEqual(await listed(command), [
                { kind: "missing", target: "s3://states", problem: "The backend holds no stack that can be seen." },
            ]);
            assert.deepEqual(calls(), ["stack ls --all --json --non-interactive --color never"]);
        });

        it("is no list of stacks: that is said", async () => {
            const problem = async (answer: string) => {
                const [source] = await listed(answering(answer).command);
                return source?.kind === "missing" ? source.problem : source;
            };
            assert.equal(
                await problem("NAME  LAST UPDATE"),
                "`pulumi stack ls --all --json` gave no JSON. Use Pulumi 3.249.0 or later.",
            );
            assert.equal(await problem('{"stacks": []}'), "`pulumi stack ls --all --json` gave no list of stacks.");
        });

        it("gives the time of the last update, unless another one runs, and a name or nothing", async () => {
            const lastUpdate = "2026-01-01T00:00:00Z";
            const answer = [
                { name: "a", lastUpdate },
                { name: "b", lastUpdate, updateInProgress: true },
                { name: 3 },
                { name: "c", lastUpdate: 5 },
            ];
            const [first, second, third, ...others] = await listed(answering(JSON.stringify(answer)).command);
            const backend = "s3://states";
            assert.deepEqual(first, { kind: "backend", stack: "a", backend, lastUpdate });
            assert.deepEqual(second, { kind: "backend", stack: "b", backend, lastUpdate: undefined });
            assert.deepEqual(third, { kind: "backend", stack: "c", backend, lastUpdate: undefined });
            assert.deepEqual(others, []);
        });

        it("has secrets in it only where they are asked for", async () => {
            const { command, calls } = answering(good);
            for (const showSecrets of [false, true]) {
                const source: Source = { kind: "backend", stack: "acme/shop/dev" };
                const policyConfiguration = only("cloudfront-origin-https-only");
                await auditSource({ source, cli: { command, showSecrets }, policyConfiguration }, rules, new Set());
            }
            assert.deepEqual(calls(), [
                "stack export --stack acme/shop/dev --non-interactive --color never",
                "stack export --stack acme/shop/dev --show-secrets --non-interactive --color never",
            ]);
        });
    });

    it("leaves passwords out of the names of backends", () => {
        assert.equal(withoutPassword("postgres://audit:hunter2@db/states"), "postgres://[secret]@db/states");
        assert.equal(withoutPassword("s3://states?region=eu-central-1"), "s3://states?region=eu-central-1");
    });
});
