import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { makeFolder } from "./makeFolder";

describe("makeFolder", () => {
    let folder: string;
    beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "make-folder-"))));
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    it("makes what is missing above the folder, too, and leaves a folder that is there", () => {
        const deep = path.join(folder, "a", "b");
        makeFolder(deep);
        makeFolder(deep);
        assert.ok(statSync(deep).isDirectory());
    });

    it("says that a file is in the way", () => {
        const file = path.join(folder, "file");
        writeFileSync(file, "");
        assert.throws(() => makeFolder(path.join(file, "b")), { code: "ENOTDIR" });
    });

    it("ends where the system makes no folder although the one above is there", () => {
        // In a process of its own: one that never ends would end no test either.
        const script = `require(${JSON.stringify(__dirname)}).makeFolder("/proc/none/folder")`;
        const { signal, stderr } = spawnSync(process.execPath, ["-e", script], { encoding: "utf8", timeout: 10_000 });
        assert.equal(signal, null);
        assert.match(stderr, /Error: E[A-Z]+: .*mkdir/);
    });
});
