import assert from "node:assert/strict";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { gzipSync } from "node:zlib";

import { rules } from "../../rules";
import { auditSource } from "../auditSource";
import { FileBytes } from "../sources/bytes";
import { parseInParts } from "../sources/parseInParts";

const urn = (name: string, type = "aws:s3/bucket:Bucket") => `urn:pulumi:prod::shop::${type}::${name}`;
const references = [{ urn: urn("a") }, { urn: urn("b") }, { urn: urn("c") }];
const resource = (index: number, inputs: object = {}) => ({
    urn: urn(`bucket${index}`),
    type: "aws:s3/bucket:Bucket",
    inputs,
});
const state = (resources: readonly unknown[], more: object = {}) => ({
    version: 3,
    deployment: { manifest: {}, resources, ...more },
});
const twenty = Array.from({ length: 20 }, (_, index) => resource(index));

describe("audit: a large state", () => {
    describe("is parsed in parts to what it is as a whole", () => {
        const states: Readonly<Record<string, unknown>> = {
            "as an export": state(twenty),
            "as a checkpoint": { version: 3, checkpoint: { stack: "prod", latest: { resources: twenty } } },
            "as a bare deployment": { manifest: {}, resources: twenty },
            "with operations that are pending": state(twenty, {
                pending_operations: [{ resource: resource(30), type: "creating" }],
            }),
            "with other lists that begin with a URN": state(twenty, { others: references }),
            "with such a list before the resources": { others: [...references, ...references], ...state(twenty) },
            "with references in every resource": state(twenty.map((_, index) => resource(index, { references }))),
            "with references of which one has a list": state(
                twenty.map((_, index) =>
                    resource(index, { references: [{ urn: urn("a"), references }, ...references] }),
                ),
            ),
            "with texts that look like its end": state(
                twenty.map((_, index) => resource(index, { text: `},{"urn":"${urn("a")}"},\n{ "urn": "${urn("b")}"` })),
            ),
            "with letters of more than one byte": state(
                twenty.map((_, index) => resource(index, { text: "ö€😀".repeat(index) })),
            ),
            "with entries that are no resources": state([...twenty, null, 5, "text", {}, ...twenty]),
        };
        for (const [title, value] of Object.entries(states)) {
            it(title, () => {
                let inParts = 0;
                for (const text of [JSON.stringify(value), JSON.stringify(value, null, 4)]) {
                    for (let size = 1; size < 3000; size += 7) {
                        const parsed = parseInParts(Buffer.from(text), (resource) => resource, size);
                        assert.deepEqual(parsed ?? value, value, `parts of ${size} bytes`);
                        inParts += parsed === undefined ? 0 : 1;
                    }
                }
                assert.ok(inParts > 0, "no size of parts fits");
            });
        }
    });

    it("is left to who parses it as a whole where it cannot be cut", () => {
        const sorted = state(twenty.map(({ urn, type, inputs }) => ({ inputs, type, urn })));
        const cutOff = JSON.stringify(state(twenty)).slice(0, -30);
        const doubled = `${JSON.stringify(state(twenty))},${JSON.stringify(state(twenty))}`;
        for (const text of [JSON.stringify(sorted), cutOff, doubled, "[", "", JSON.stringify(references)]) {
            assert.equal(
                parseInParts(Buffer.from(text), (resource) => resource, 200),
                undefined,
                text.slice(0, 60),
            );
        }
    });

    describe("in a file", () => {
        let folder: string;
        before(() => {
            folder = mkdtempSync(path.join(tmpdir(), "large-state-"));
        });
        after(() => {
            rmSync(folder, { recursive: true });
        });

        it("is judged like the same state in memory, whatever is left out of what no rule reads", async () => {
            const padding = resource(0, { text: "x".repeat(500) });
            const distribution = (name: string) => ({
                urn: urn(name, "aws:cloudfront/distribution:Distribution"),
                type: "aws:cloudfront/distribution:Distribution",
                inputs: {
                    origins: [
                        {
                            originId: "web",
                            domainName: "web.example.com",
                            customOriginConfig: { originProtocolPolicy: "http-only" },
                        },
                    ],
                },
            });
            const many = (count: number) => Array.from({ length: count }, () => padding);
            const resources = [...many(30_000), distribution("first"), ...many(25_000), distribution("last")];
            const text = JSON.stringify(state(resources), null, 4);
            assert.ok(text.length > 33 * 1024 * 1024);
            const file = path.join(folder, "large.json");
            writeFileSync(file, text);
            writeFileSync(`${file}.gz`, gzipSync(text, { level: 1 }));
            const judged = async (source: string) => {
                const task = { source: { kind: "file", path: source } as const, cli: { command: "pulumi" } };
                const answer = await auditSource(task, rules, new Set());
                assert.equal(answer.kind, "judged");
                return answer.stack;
            };
            const { results, ...stack } = await judged(file);
            assert.deepEqual(
                results.filter(({ rule }) => rule === "cloudfront-origin-https-only").map(({ name }) => name),
                ["first", "last"],
            );
            assert.deepEqual([stack.stack, stack.resources, stack.problems], ["shop/prod", 55_002, []]);
            const zipped = await judged(`${file}.gz`);
            assert.deepEqual(zipped.results, results);

            truncateSync(file, text.length - 100);
            assert.match((await judged(file)).problems.join(), /^The file is cut off/);
        });

        it("that becomes shorter meanwhile is not read as if it were whole", () => {
            const file = path.join(folder, "shrinking.json");
            writeFileSync(file, "0123456789");
            const bytes = new FileBytes(file);
            assert.equal(bytes.subarray(-3).toString(), Buffer.from("789").toString());
            truncateSync(file, 5);
            assert.equal(Buffer.from(bytes.subarray(0, 5)).toString(), "01234");
            assert.throws(() => bytes.subarray(), { code: "changed while it was read" });
            bytes.close();
        });
    });
});
