import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import * as path from "node:path";
import { deadHolder } from "./recovery";

describe("rehearse: locks of killed runs", () => {
    let directory: string;
    let file: string;

    beforeEach(() => {
        directory = mkdtempSync(path.join(tmpdir(), "lock-"));
        file = path.join(directory, "lock.json");
    });
    afterEach(() => rmSync(directory, { recursive: true, force: true }));

    const lock = (content: object) =>
        writeFileSync(file, JSON.stringify({ hostname: hostname(), timestamp: new Date().toISOString(), ...content }));
    /** The number of a process that has ended. */
    const deadProcess = () => spawnSync(process.execPath, ["--version"]).pid;

    it("names a holder that has ended", () => {
        const pid = deadProcess();
        lock({ pid });
        assert.equal(deadHolder(file), `process ${pid}`);
    });

    it("leaves the lock of a living process", () => {
        lock({ pid: process.pid });
        assert.equal(deadHolder(file), undefined);
    });

    it("leaves the lock of another machine", () => {
        lock({ pid: deadProcess(), hostname: "another-machine" });
        assert.equal(deadHolder(file), undefined);
    });

    it("does not take a process that started after the lock for its holder", async () => {
        const later = spawn(process.execPath, ["-e", "setTimeout(() => {}, 20000)"], { stdio: "ignore" });
        try {
            await new Promise((resolve) => later.once("spawn", resolve));
            lock({ pid: later.pid, timestamp: new Date(Date.now() - 60_000).toISOString() });
            assert.equal(deadHolder(file), `process ${later.pid}`);
        } finally {
            later.kill();
        }
    });

    it("leaves an unreadable lock that is being written, and names one that stays unreadable", () => {
        writeFileSync(file, "{");
        assert.equal(deadHolder(file), undefined);
        const old = Date.now() / 1000 - 60;
        utimesSync(file, old, old);
        assert.equal(deadHolder(file), "a process that was killed while it locked");
    });
});
