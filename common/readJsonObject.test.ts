import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { readJsonObject } from "./readJsonObject";

describe("the object that a JSON file holds", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "json-"));
    const file = path.join(folder, "file.json");
    after(() => rmSync(folder, { recursive: true }));

    it("is read", () => {
        writeFileSync(file, '{ "one": [1] }');
        assert.deepEqual(readJsonObject(file), { one: [1] });
    });

    it("is undefined where there is no file, or a folder", () => {
        assert.equal(readJsonObject(path.join(folder, "missing.json")), undefined);
        assert.equal(readJsonObject(folder), undefined);
    });

    for (const content of ["", '{ "one": ', "null", "[]", "1", '"text"']) {
        it(`is undefined where the file holds ${content || "nothing"}`, () => {
            writeFileSync(file, content);
            assert.equal(readJsonObject(file), undefined);
        });
    }
});
