import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { openAccount } from "./account";

describe("rehearsed account: damaged files", () => {
    let directory: string;
    let file: string;

    beforeEach(() => {
        directory = mkdtempSync(path.join(tmpdir(), "account-"));
        openAccount(directory);
        file = path.join(directory, "resources", "Zone-1.json");
    });
    afterEach(() => rmSync(directory, { recursive: true, force: true }));

    const record = { type: "aws:route53/zone:Zone", id: "Z1", inputs: {}, properties: {}, createdAt: "2026-01-01" };

    it("reads a whole one", () => {
        writeFileSync(file, JSON.stringify(record));
        assert.equal(openAccount(directory).list()[0]?.id, "Z1");
    });

    for (const [text, problem] of [
        ["", "is empty"],
        ['{"type": "aws:', "is not valid JSON"],
        ["null", "holds null, not a resource"],
        ["[]", "holds [], not a resource"],
        ["5", "holds 5, not a resource"],
        ['"text"', 'holds "text", not a resource'],
        ["{}", 'has no valid "type", "id", "createdAt", "inputs", "properties"'],
        [JSON.stringify({ ...record, id: 5 }), 'has no valid "id"'],
        [JSON.stringify({ ...record, properties: null }), 'has no valid "properties"'],
        [JSON.stringify({ ...record, inputs: [] }), 'has no valid "inputs"'],
        [JSON.stringify({ ...record, region: 1 }), 'has no valid "region"'],
        [JSON.stringify({ ...record, urn: {} }), 'has no valid "urn"'],
    ] as const) {
        it(`names the file that holds ${text === "" ? "nothing" : text}`, () => {
            writeFileSync(file, text);
            assert.throws(() => openAccount(directory).list(), {
                message: `${file}, a resource of the rehearsed account, ${problem}. Delete that file and run "rehearse refresh", or start over: delete the folder .rehearsal.`,
            });
        });
    }
});
