import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import * as path from "node:path";
import { openAccount } from "../aws/account";
import { rehearsalPaths } from "../engine";
import { checkpointFile, type StackResource } from "./checkpoint";
import { findProject } from "./project";
import { deadHolder, recover } from "./recovery";

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

describe("rehearse: what a killed run created and did not record", () => {
    const urn = "urn:pulumi:dev::logs::aws:cloudwatch/logGroup:LogGroup::requests";
    const group = { type: "aws:cloudwatch/logGroup:LogGroup", id: "requests" };
    const recorded = (outputs: Record<string, unknown>): StackResource => ({ ...group, urn, custom: true, outputs });

    /** The Regions whose log group is left after a run was killed that had made one in each of two Regions. */
    async function leftAfter(resource: StackResource): Promise<(string | undefined)[]> {
        const directory = mkdtempSync(path.join(tmpdir(), "recovery-"));
        try {
            writeFileSync(path.join(directory, "Pulumi.yaml"), "name: logs\nruntime: nodejs\n");
            const project = findProject(directory) ?? assert.fail("no project");
            const rehearsed = { paths: rehearsalPaths(directory), project, stack: "dev" };
            const state = checkpointFile(rehearsed);
            const running = path.join(rehearsed.paths.root, "running", "dev");
            [path.dirname(state), running].forEach((folder) => mkdirSync(folder, { recursive: true }));
            writeFileSync(state, JSON.stringify({ checkpoint: { latest: { resources: [resource] } } }));
            const pid = spawnSync(process.execPath, ["--version"]).pid;
            writeFileSync(path.join(running, `${pid}.json`), JSON.stringify({ cli: pid, rehearse: pid, since: 0 }));
            const account = openAccount(rehearsed.paths.account);
            for (const region of ["us-east-1", "eu-central-1"]) {
                account.put({ ...group, region, urn, properties: {} });
            }
            await recover({ ...rehearsed, run: () => Promise.resolve(0), report: () => undefined });
            return account.list(group.type).map(({ region }) => region);
        } finally {
            rmSync(directory, { recursive: true, force: true });
        }
    }

    it("is removed in its own Region, though another holds a recorded one of the same name", async () => {
        assert.deepEqual(await leftAfter(recorded({ region: "us-east-1" })), ["us-east-1"]);
    });

    it("is left where the record names no Region, as with an SDK before 7", async () => {
        assert.equal((await leftAfter(recorded({}))).length, 2);
    });
});
