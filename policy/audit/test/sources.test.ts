import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import * as path from "node:path";

import { rules } from "../../rules";
import { auditSource } from "../auditSource";
import { findSources, nameOfSource, withoutPassword, type Source } from "../sources";
import { distribution, exported, fakePulumi, only, temporaryFolder } from "./estate";

const cli = { command: "no-such-pulumi" };
const none = () => Promise.resolve(new Uint8Array());

describe("audit: finding states", () => {
    const folder = temporaryFolder();
    after(() => folder.remove());

    const good = exported([distribution("dev", "web")]);

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
