import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import * as path from "node:path";
import * as zlib from "node:zlib";

import { rules } from "../../rules";
import { auditSource } from "../auditSource";
import type { Source } from "../sources";
import { distribution, exported, fakePulumi, only, temporaryFolder } from "./estate";

const cli = { command: "no-such-pulumi" };

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

    it("does not take a stack for read whose update was interrupted", async () => {
        const resource = distribution("dev", "web");
        const pending = (...types: string[]) =>
            auditOfContent(exported([resource], { pending_operations: types.map((type) => ({ type, resource })) }));
        const { problems, results } = await pending("creating", "updating", "importing", "creating");
        const named = ["creating", "updating", "importing"]
            .map((each) => `${each} ${String(resource.type)} "web"`)
            .join(", ");
        assert.deepEqual(problems, [
            `The last update was interrupted (${named} and 1 more): the state does not say what AWS has of it. ` +
                "Run `pulumi refresh`, and export the stack again.",
        ]);
        assert.equal(results.length, 1);
        assert.deepEqual((await pending("deleting", "reading")).problems, []);
        const other = { type: "creating", resource: { ...resource, type: "aws:sqs/queue:Queue" } };
        assert.deepEqual((await auditOfContent(exported([resource], { pending_operations: [other] }))).problems, []);
        assert.deepEqual((await auditOfContent(exported([resource], { pending_operations: null }))).problems, []);
    });

    it("does not take a stack for read whose operations cannot be read", async () => {
        const resource = distribution("dev", "web");
        const problemsOf = async (pending_operations: unknown) =>
            (await auditOfContent(exported([resource], { pending_operations }))).problems;
        const leftOut = (index: number) =>
            `A part of the state was left out: pending_operations[${index}] is no operation on a resource.`;
        const right = { type: "deleting", resource };
        const wrong = [
            null,
            {},
            { type: 1, resource },
            { type: "creating" },
            { type: "creating", resource: { urn: 1 } },
        ];
        assert.deepEqual(
            await problemsOf([right, ...wrong]),
            wrong.map((_, index) => leftOut(index + 1)),
        );
        assert.deepEqual(await problemsOf("lost"), [leftOut(0)]);
    });

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
});
