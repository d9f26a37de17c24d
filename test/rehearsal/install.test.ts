import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
    copyFileSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    rmSync,
    utimesSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const repository = path.join(__dirname, "..", "..");

/** scripts/install.mjs in a checkout of its own, with an npm that does what a test needs. */
describe("npm start: the install", () => {
    let checkout: string;

    beforeEach(() => {
        checkout = mkdtempSync(path.join(tmpdir(), "install-"));
        mkdirSync(path.join(checkout, "scripts"));
        copyFileSync(path.join(repository, "scripts", "install.mjs"), path.join(checkout, "scripts", "install.mjs"));
        const packages = { "": {}, "node_modules/typescript": { version: "1.0.0" } };
        write("package-lock.json", JSON.stringify({ packages }));
        write("node_modules/.package-lock.json", JSON.stringify({ packages }));
        write("node_modules/typescript/package.json", "{}");
        write("node_modules/typescript/bin/tsc", "");
    });
    afterEach(() => rmSync(checkout, { recursive: true, force: true }));

    function write(file: string, content: string): void {
        mkdirSync(path.dirname(path.join(checkout, file)), { recursive: true });
        writeFileSync(path.join(checkout, file), content);
    }

    function install() {
        const child = spawn(process.execPath, [path.join(checkout, "scripts", "install.mjs")], {
            stdio: ["ignore", "ignore", "pipe"],
            env: { ...process.env, npm_execpath: path.join(checkout, "npm-cli.js"), npm_command: undefined },
        });
        let errors = "";
        child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
        const ended = new Promise<{ code: number | null; errors: string }>((resolve) =>
            child.on("close", (code) => resolve({ code, errors })),
        );
        return { child, ended };
    }

    async function until(condition: () => boolean): Promise<void> {
        for (let tries = 0; !condition(); tries += 1) {
            assert.ok(tries < 200, "it did not happen");
            await sleep(50);
        }
    }
    const isRunning = (pid: number): boolean => {
        try {
            return process.kill(pid, 0);
        } catch {
            return false;
        }
    };

    it("makes the pack's one file where it is missing or older than what was compiled", async () => {
        write("npm-cli.js", "process.exit(9);");
        write("policy/bin/.tsbuildinfo", "{}");
        write(
            "policy/bundle.mjs",
            'import { mkdirSync, appendFileSync } from "node:fs"; mkdirSync("policy/bundle", { recursive: true }); appendFileSync("policy/bundle/pack.js", "made ");',
        );
        const bundle = path.join(checkout, "policy", "bundle", "pack.js");
        assert.equal((await install().ended).code, 0);
        await install().ended;
        assert.equal(readFileSync(bundle, "utf8"), "made ");
        const past = new Date(Date.now() - 3_600_000);
        utimesSync(bundle, past, past);
        await install().ended;
        assert.equal(readFileSync(bundle, "utf8"), "made made ");
        write("common/bin/.tsbuildinfo", "{}");
        const future = new Date(Date.now() + 3_600_000);
        utimesSync(path.join(checkout, "common/bin/.tsbuildinfo"), future, future);
        await install().ended;
        assert.equal(readFileSync(bundle, "utf8"), "made made made ", "what it shares with other rooms is in it");
    });

    it("installs nothing where nothing is missing", async () => {
        write("npm-cli.js", "process.exit(9);");
        const { code, errors } = await install().ended;
        assert.equal(code, 0, errors);
        assert.doesNotMatch(errors, /Installing/);
    });

    it("installs a package that was deleted from node_modules", async () => {
        rmSync(path.join(checkout, "node_modules/typescript/package.json"));
        write("npm-cli.js", `require("node:fs").writeFileSync(${JSON.stringify(path.join(checkout, "asked"))}, "");`);
        const { code, errors } = await install().ended;
        assert.equal(code, 0, errors);
        assert.match(errors, /Installing the packages of the lock file \(missing: typescript\)/);
        assert.ok(existsSync(path.join(checkout, "asked")));
    });

    for (const [signal, exitCode] of [
        ["SIGINT", 130],
        ["SIGTERM", 143],
    ] as const) {
        it(`${signal} ends npm and all that it has started`, async () => {
            rmSync(path.join(checkout, "node_modules/typescript/package.json"));
            const pids = path.join(checkout, "pids");
            write(
                "npm-cli.js",
                `const child = require("node:child_process").spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"]);
require("node:fs").writeFileSync(${JSON.stringify(pids)}, process.pid + " " + child.pid);
setTimeout(() => {}, 60000);`,
            );
            const { child, ended } = install();
            await until(() => existsSync(pids) && readFileSync(pids, "utf8").includes(" "));
            const started = readFileSync(pids, "utf8").split(" ").map(Number);
            assert.ok(started.every(isRunning));
            child.kill(signal);
            const { code, errors } = await ended;
            assert.equal(code, exitCode);
            assert.match(errors, /Interrupted while installing the packages\. Run the same command again/);
            await until(() => !started.some(isRunning));
        });
    }
});
