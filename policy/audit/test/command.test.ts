import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { gzipSync } from "node:zlib";

import { command, startAudit } from "./auditProcess";
import { distribution, exported, only, temporaryFolder, urnOf } from "./estate";

describe("audit: command", function () {
    this.timeout(60_000);
    const folder = temporaryFolder();
    const at = (...parts: string[]) => path.join(folder.path, ...parts);
    const run = (args: readonly string[], input?: string) => startAudit(folder.path, args, input).outcome;
    const config = ["--policy-config", "only.json"];
    after(() => folder.remove());

    before(() => {
        mkdirSync(at("states"));
        writeFileSync(at("states", "bad.json"), exported([distribution("dev", "web"), distribution("dev", "api")]));
        writeFileSync(at("states", "good.json"), exported([distribution("prod", "web", "https-only")]));
        writeFileSync(at("broken.json"), "{");
        writeFileSync(at("only.json"), JSON.stringify(only("cloudfront-origin-https-only")));
    });

    it("gives one verdict over all stacks, in every form at once", async () => {
        const files = ["--json", "a.json", "--sarif", "a.sarif", "--junit", "a.xml", "--html", "reports/today/a.html"];
        const { code, stdout, stderr } = await run(["states", "broken.json", ...config, ...files]);
        assert.match(stderr, /^(Audited \d+ of \d+ stacks\.\n)*$/);
        assert.match(stdout, /^shop\/dev {2}2 mandatory/);
        assert.match(stdout, /3 stacks, 3 resources: 2 mandatory; 1 stack without any finding/);
        assert.match(stdout, /broken.json {2}unreadable/);
        assert.equal(code, 1);
        const { totals } = JSON.parse(readFileSync(at("a.json"), "utf8")) as { totals: Record<string, number> };
        assert.deepEqual([totals.stacks, totals.mandatory, totals.unreadable], [3, 2, 1]);
        assert.match(readFileSync(at("a.sarif"), "utf8"), /"version": "2.1.0"/);
        assert.match(readFileSync(at("a.xml"), "utf8"), /<testsuites /);
        assert.match(readFileSync(at("reports", "today", "a.html"), "utf8"), /^<!doctype html>/);
    });

    it("shows its verdict where a file cannot be written, names each such file, and is never content", () => {
        // No process may write a file of more than 0 bytes here, as on a full disk; pipes are not limited.
        const limited = (...args: string[]) =>
            spawnSync("bash", ["-c", 'ulimit -f 0; exec "$0" "$@"', process.execPath, command, "audit", ...args], {
                cwd: folder.path,
                encoding: "utf8",
            });
        const limit = "the file would be larger than your limit allows";
        const files = [
            "--json",
            "limited.json",
            "--html",
            "limited.html",
            "--create-baseline",
            "--baseline",
            "limited",
        ];
        const clean = limited("states/good.json", "--resume", "limited.journal", ...config, ...files);
        assert.match(clean.stdout, /1 stack, 1 resource: nothing found/);
        for (const file of ["limited.json", "limited.html", "limited", "limited.journal"]) {
            assert.match(clean.stderr, new RegExp(`^${file} could not be written: ${limit}\\.`, "m"));
            assert.equal(existsSync(at(file)) && readFileSync(at(file), "utf8") !== "", false, file);
        }
        assert.equal(clean.status, 3);
        const full = spawnSync(
            "bash",
            ["-c", 'exec "$0" "$1" audit states/bad.json >/dev/full', process.execPath, command],
            {
                cwd: folder.path,
                encoding: "utf8",
            },
        );
        assert.equal(full.stderr, "standard output could not be written: no space is left on its device.\n");
        assert.equal(full.status, 3);
        assert.equal(limited("states/bad.json", "--json", "limited.json", ...config).status, 1);
    });

    it("reads standard input and writes standard output for machines, with nothing beside it", async () => {
        const { code, stdout } = await run(["-", "--json", ...config], readFileSync(at("states", "good.json"), "utf8"));
        const parsed = JSON.parse(stdout) as { exitCode: number; stacks: { stack: string }[] };
        assert.deepEqual([code, parsed.exitCode, parsed.stacks[0]?.stack], [0, 0, "shop/prod"]);
    });

    it("loads for one file without options no more than it needs", () => {
        const list = at("loaded.json");
        // Node loads a part of its own modules before anything runs; the list of them is not documented.
        writeFileSync(
            at("hook.cjs"),
            `const before = new Set(process.moduleLoadList);
            process.on("exit", () => {
                const modules = process.moduleLoadList.filter((name) => !before.has(name));
                require("fs").writeFileSync(${JSON.stringify(list)}, JSON.stringify([...Object.keys(require.cache), ...modules]));
            });`,
        );
        const loaded = (...args: string[]) => {
            const all = ["--require", at("hook.cjs"), command, ...args];
            const { status, stdout } = spawnSync(process.execPath, all, { cwd: folder.path, encoding: "utf8" });
            const files = JSON.parse(readFileSync(list, "utf8")) as string[];
            const libraries = ["commander", "piscina", "tinyglobby", "yaml", "acorn", "@pulumi/pulumi"];
            const used = libraries.filter((name) => files.some((file) => file.includes(`/node_modules/${name}/`)));
            const costly = ["stream", "net", "tty", "fs/promises", "child_process", "worker_threads", "crypto", "v8"];
            const builtin = costly.filter((name) => files.includes(`NativeModule ${name}`));
            return { status, stdout, used, builtin };
        };
        // On Node.js 20 alone, a flag of V8 is set by what loads streams; it saves more time than that takes.
        const isFlagSet = process.version.startsWith("v20.");
        const plain = loaded("audit", "states/good.json");
        assert.deepEqual([plain.status, plain.used, plain.builtin], [0, [], isFlagSet ? ["stream", "v8"] : []]);
        const forMachines = loaded("audit", "states/good.json", "--json");
        // A fingerprint is a hash, and Node's hashes are streams.
        const forHashes = ["stream", "crypto", ...(isFlagSet ? ["v8"] : [])];
        assert.deepEqual([forMachines.status, forMachines.used, forMachines.builtin], [0, [], forHashes]);
        const optioned = loaded("audit", "states/good.json", "--fail-on", "mandatory");
        assert.deepEqual(optioned.used, []);
        const joined = loaded("audit", "states/good.json", "--fail-on=mandatory");
        assert.deepEqual(joined.used, ["commander"]);
        for (const { stdout } of [optioned, joined]) {
            assert.equal(stdout, plain.stdout);
        }
        assert.deepEqual(loaded("audit", "states").used, ["piscina", "tinyglobby"]);
    });

    it("ends as any other where the reader of its output has seen enough, and has written its files before", async () => {
        const many = Array.from({ length: 2_000 }, (_, index) => distribution("dev", `web${index}`));
        writeFileSync(at("many.json"), exported(many));
        for (const args of [
            ["--json"],
            ["--json", "--sarif", "left.sarif", "--baseline", "left.json", "--create-baseline"],
        ]) {
            const { child } = startAudit(folder.path, ["many.json", ...args]);
            child.stdout.once("data", () => child.stdout.destroy());
            const [code] = (await once(child, "exit")) as [number | null];
            assert.equal(code, 141, args.join(" "));
        }
        assert.ok(existsSync(at("left.json")) && existsSync(at("left.sarif")));
    });

    it("waits for a reader that is slow, also where another process has set the pipe not to wait", () => {
        const node = JSON.stringify(process.execPath);
        // Node does so with a pipe that it writes to.
        const other = `${node} -e 'process.stdout; setInterval(() => {}, 1000)'`;
        const shared = `{ ${other} & sleep 1; ${node} ${JSON.stringify(command)} audit many.json --json; kill $!; }`;
        const { stdout } = spawnSync("sh", ["-c", `${shared} | { sleep 3; cat; }`], {
            cwd: folder.path,
            encoding: "utf8",
            maxBuffer: 64 * 1024 * 1024,
        });
        const { totals } = JSON.parse(stdout) as { totals: { resources: number } };
        assert.equal(totals.resources, 2_000);
    });

    it("fails by level: 3 where only reading failed, 1 for advisory findings where asked", async () => {
        writeFileSync(at("advisory.json"), JSON.stringify(only("cloudfront-origin-https-only", "advisory")));
        assert.equal((await run(["states/good.json", "broken.json", ...config])).code, 3);
        const advisory = ["states", "--policy-config", "advisory.json"];
        assert.equal((await run(advisory)).code, 0);
        assert.equal((await run([...advisory, "--fail-on", "advisory"])).code, 1);
    });

    it("says every wrong option at once, without a stack trace, and audits nothing", async () => {
        writeFileSync(at("wrong.json"), '{"cloudfront-origin-http-only": "mandatory"}');
        writeFileSync(at("journal"), "precious notes\n");
        const { code, stdout, stderr } = await run([
            "--fail-on",
            "all",
            "--parallel",
            "0",
            "--stack",
            "a/b/c/d",
            "--update-baseline",
            "--create-baseline",
            "--json",
            "--sarif",
            "--html",
            "broken.json/a.html",
            "--policy-config",
            "wrong.json",
            "--resume",
            "journal",
        ]);
        assert.deepEqual([code, stdout], [2, ""]);
        for (const problem of [
            /--stack "a\/b\/c\/d" is not a stack name/,
            /--fail-on must be mandatory, cannot-tell or advisory, but is "all"/,
            /--parallel must be a whole number from 1 to 256, but is "0"/,
            /--create-baseline needs --baseline FILE/,
            /--create-baseline and --update-baseline exclude each other/,
            /--json and --sarif cannot both be written to standard output/,
            /broken\.json\/a\.html cannot be written\. Name a file in a folder/,
            /"cloudfront-origin-http-only" is not a rule of this pack. Did you mean "cloudfront-origin-https-only"/,
            /journal exists but is not the journal of an audit/,
        ]) {
            assert.match(stderr, problem);
        }
        assert.doesNotMatch(stderr, /\n\s+at /);
        assert.equal(readFileSync(at("journal"), "utf8"), "precious notes\n");
        assert.deepEqual(
            [(await run([])).code, (await run(["--no-such-option"])).code, (await run(["--help"])).code],
            [2, 2, 0],
        );
    });

    it("writes no report over a state, however the state is named", async () => {
        const state = readFileSync(at("states", "good.json"), "utf8");
        mkdirSync(at("backend", ".pulumi", "stacks"), { recursive: true });
        writeFileSync(at("backend", ".pulumi", "stacks", "good.json"), state);
        for (const [target, file] of [
            ["states/good.json", "./states/good.json"],
            ["states", at("states", "good.json")],
            ["sta*/*.json", "states/good.json"],
            [`file://${at("backend")}`, "backend/.pulumi/stacks/good.json"],
        ] as const) {
            const { code, stdout, stderr } = await run([target, "--json", file]);
            assert.match(
                stderr,
                /--json would overwrite .*good\.json, which is one of the files to audit\. Name another file\./,
            );
            assert.deepEqual([code, stdout], [2, ""], target);
        }
        assert.equal(readFileSync(at("states", "good.json"), "utf8"), state);
    });

    it("writes no report over a state that an option took for its file", async () => {
        const state = readFileSync(at("states", "good.json"), "utf8");
        const sorted = JSON.stringify({ deployment: {}, version: 3 });
        writeFileSync(at("taken.json"), state);
        writeFileSync(at("sorted.json"), sorted);
        writeFileSync(at("taken.json.gz"), gzipSync(state));
        for (const [option, file] of [
            ["--json", "taken.json"],
            ["--sarif", "sorted.json"],
            ["--html", "taken.json.gz"],
        ] as const) {
            const before = readFileSync(at(file));
            const { code, stdout, stderr } = await run([option, file, "states/good.json"]);
            assert.match(stderr, new RegExp(`^  - ${option} would overwrite ${file}, which holds a state`, "m"));
            assert.deepEqual([code, stdout, readFileSync(at(file))], [2, "", before], file);
        }
        const { code, stderr } = await run(["--junit", "taken.json"]);
        assert.match(stderr, /Nothing to audit[^]*write it before --junit, or give the report its own file/);
        assert.deepEqual([code, readFileSync(at("taken.json"), "utf8")], [2, state]);
        const again = ["states/good.json", "--json", "report.json"];
        assert.deepEqual([(await run(again)).code, (await run(again)).code], [0, 0]);
    });

    it("adopts an estate by a baseline that only shrinks", async () => {
        const baseline = ["--baseline", "baseline.json"];
        assert.equal((await run(["states", ...config, ...baseline])).code, 2);
        const created = await run(["states", ...config, ...baseline, "--create-baseline"]);
        assert.deepEqual([created.code, existsSync(at("baseline.json"))], [0, true]);
        const first = readFileSync(at("baseline.json"), "utf8");
        assert.equal((await run(["states", ...config, ...baseline])).code, 0);
        assert.equal((await run(["states", ...config, ...baseline, "--create-baseline"])).code, 2);

        // One is fixed, one is new.
        writeFileSync(at("states", "bad.json"), exported([distribution("dev", "web"), distribution("dev", "new")]));
        const compared = await run(["states", ...config, ...baseline]);
        assert.equal(compared.code, 1);
        assert.match(compared.stdout, /1 mandatory, 1 baselined/);
        assert.match(compared.stdout, /1 entry of the baseline no longer occurs: --update-baseline removes it/);
        assert.equal(readFileSync(at("baseline.json"), "utf8"), first);
        assert.equal((await run(["states", ...config, ...baseline, "--update-baseline"])).code, 1);
        const { stacks } = JSON.parse(readFileSync(at("baseline.json"), "utf8")) as {
            stacks: Record<string, { urn: string }[]>;
        };
        assert.deepEqual(
            stacks["shop/dev"]?.map((entry) => entry.urn),
            [urnOf("dev", "web")],
        );
    });
});
