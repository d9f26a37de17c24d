import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { fileSystemProblem, refuseFullDisk } from "./systemErrors";

describe("rehearse: errors of the file system in words", () => {
    const environment = { HOME: "/home/me", XDG_CACHE_HOME: "/cache" };
    const problem = (code: string, syscall: string, path?: string, dest?: string) =>
        fileSystemProblem(Object.assign(new Error(code), { code, syscall, path, dest }), environment);

    for (const [given, expected] of [
        [
            ["EROFS", "mkdir", "/p/.rehearsal"],
            /^Cannot use \/p\/\.rehearsal: its file system is read-only\.\nA rehearsal keeps/,
        ],
        [
            ["EACCES", "scandir", "/p/.rehearsal"],
            /^Cannot read \/p\/\.rehearsal: you have no permission\.\n.*work on a copy/,
        ],
        [["EACCES", "spawn /bin/pulumi", "/bin/pulumi"], /^Cannot run \/bin\/pulumi: you have no permission\./],
        [["ENOSPC", "write"], /^Cannot go on: no space is left on its device \(ENOSPC\)\.\nFree some space/],
        [["EROFS", "mkdir", "/cache"], /Set XDG_CACHE_HOME to a folder that you may write to/],
        [["EACCES", "mkdir", "/cache/encrypted-edge/pulumi-v1"], /Set XDG_CACHE_HOME/],
        [
            ["EROFS", "open", "/p/Pulumi.dev.yaml.46028b5c-a0ca-4bf5-b2e6-efb442339897.new"],
            /^Cannot use \/p\/Pulumi\.dev\.yaml: its file system is read-only\./,
        ],
    ] as [Parameters<typeof problem>, RegExp][]) {
        it(given.join(" "), () => assert.match(problem(...given) ?? "", expected));
    }

    it("a file where a folder has to be, and the other way round", () => {
        const folder = mkdtempSync(path.join(tmpdir(), "in-the-way-"));
        try {
            const file = path.join(folder, "file");
            writeFileSync(file, "");
            const said = (work: () => unknown) => {
                try {
                    work();
                } catch (error) {
                    return fileSystemProblem(error, environment);
                }
                return undefined;
            };
            const isFile = `Cannot use ${file}: a file lies where a folder has to be.\nMove it away, or give it another name, then run the same command again.`;
            assert.equal(
                said(() => mkdirSync(path.join(file, "a", "b"), { recursive: true })),
                isFile,
            );
            assert.equal(
                said(() => mkdirSync(file, { recursive: true })),
                isFile,
            );
            assert.match(
                said(() => writeFileSync(folder, "")) ?? "",
                /in-the-way-.*: a folder lies where a file has to be\.\nMove it away/,
            );
        } finally {
            rmSync(folder, { recursive: true });
        }
    });

    it("a disk that is nearly full, before the run", () => {
        assert.throws(
            () => refuseFullDisk("/p", { bavail: 4095, bsize: 4096 }),
            /Only 15 MiB are free in \/p; a rehearsal needs 16\.\nFree some space/,
        );
        refuseFullDisk("/p", { bavail: 4096, bsize: 4096 });
    });

    it("leaves every other error alone", () => {
        assert.equal(problem("ENOENT", "open", "/p/file"), undefined);
        assert.equal(problem("ENOENT", "mkdir", "/tmp/a/b"), undefined);
        assert.equal(fileSystemProblem(new Error("else")), undefined);
    });
});
