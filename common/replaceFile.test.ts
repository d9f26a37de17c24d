import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { replaceFile } from "./replaceFile";

describe("replaceFile", () => {
    let folder: string;
    beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "replace-file-"))));
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    it("writes the content, with the folders that are missing", () => {
        const file = path.join(folder, "a", "b", "file.txt");
        replaceFile(file, "first");
        replaceFile(file, "second");
        assert.equal(readFileSync(file, "utf8"), "second");
        assert.deepEqual(readdirSync(path.dirname(file)), ["file.txt"]);
    });

    it("writes a content of pieces, one after the other", () => {
        const file = path.join(folder, "pieces");
        replaceFile(file, new Set(["one ", "two ", "three"]));
        assert.equal(readFileSync(file, "utf8"), "one two three");
    });

    it("keeps the permissions that were asked for", () => {
        const file = path.join(folder, "secret");
        replaceFile(file, "x", { mode: 0o600 });
        assert.equal(statSync(file).mode & 0o777, 0o600);
    });

    it("leaves nothing beside a file that it could not replace", () => {
        const file = path.join(folder, "taken");
        mkdirSync(path.join(file, "inside"), { recursive: true });
        assert.throws(() => replaceFile(file, "x"), /EISDIR|ENOTEMPTY|EEXIST/);
        assert.deepEqual(readdirSync(folder), ["taken"]);
    });
});
