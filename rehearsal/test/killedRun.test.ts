import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import {
    appendFileSync,
    chmodSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    realpathSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { openAccount } from "../aws/account";
import { locateCli } from "../engine";
import { processIsRunning } from "../command/processes";

const repository = path.resolve(__dirname, "..", "..");

/** A project whose four resources are made one after another, each slowly. */
class Project {
    readonly directory = realpathSync(mkdtempSync(path.join(tmpdir(), "killed-run-")));
    readonly #root = path.join(this.directory, ".rehearsal");

    constructor(milliseconds = 1000) {
        const write = (file: string, text: string): void => {
            mkdirSync(path.dirname(path.join(this.directory, file)), { recursive: true });
            writeFileSync(path.join(this.directory, file), text);
        };
        symlinkSync(path.join(repository, "node_modules"), path.join(this.directory, "node_modules"));
        write("Pulumi.yaml", "name: killed\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n");
        write("Pulumi.dev.yaml", `config:\n  killed:milliseconds: ${milliseconds}\n`);
        write("package.json", JSON.stringify({ name: "killed", main: "index.js" }));
        write(
            "index.js",
            `const pulumi = require("@pulumi/pulumi");
const milliseconds = new pulumi.Config().requireNumber("milliseconds");
let before = [];
for (const name of ["one", "two", "three", "four"]) {
    before = [new pulumi.CustomResource("slow:index:Thing", name, { milliseconds }, { version: "1.0.0", dependsOn: before })];
}
`,
        );
        const plugin = ".rehearsal/home/plugins/resource-slow-v1.0.0/pulumi-resource-slow";
        const preload = path.join(repository, "rehearsal", "bin", "engine", "endWithParent.js");
        const program = path.join(repository, "rehearsal", "test", "slowProvider.cjs");
        write(plugin, `#!/bin/sh\nexec "$REHEARSAL_NODE" --require '${preload}' '${program}' "$@"\n`);
        chmodSync(path.join(this.directory, plugin), 0o755);
    }

    rehearse(...words: string[]): { process: ChildProcess; ended: Promise<{ code: number | null; output: string }> } {
        const child = spawn(process.execPath, [path.join(repository, "rehearsal", "rehearse.js"), ...words], {
            cwd: this.directory,
            stdio: ["ignore", "pipe", "pipe"],
        });
        let output = "";
        child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
        child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
        return {
            process: child,
            ended: new Promise((resolve) =>
                child.on("exit", (code) => setTimeout(() => resolve({ code, output }), 100)),
            ),
        };
    }

    up() {
        return this.rehearse("up", "--yes", "--skip-preview", "--stack", "dev");
    }

    /** Ids of what the account holds. */
    inAccount(): string[] {
        return openAccount(path.join(this.#root, "account"))
            .list("slow:index:Thing")
            .map(({ id }) => id)
            .sort();
    }

    /** Ids of what the engine has recorded. */
    inState(): string[] {
        const file = path.join(this.#root, "backend", ".pulumi", "stacks", "killed", "dev.json");
        const { checkpoint } = JSON.parse(readFileSync(file, "utf8")) as {
            checkpoint: { latest: { resources: { type: string; id: string }[]; pending_operations?: unknown[] } };
        };
        assert.deepEqual(checkpoint.latest.pending_operations ?? [], []);
        return checkpoint.latest.resources
            .filter(({ type }) => type === "slow:index:Thing")
            .map(({ id }) => id)
            .sort();
    }

    /** Files in which providers note what a run sees, and which end with it. */
    notedSubjects(): string[] {
        return readdirSync(this.#root).filter((name) => name.startsWith("subjects."));
    }

    /** As a provider does for the `rehearse` of this number. */
    noteSubject(rehearse: number | undefined): void {
        appendFileSync(path.join(this.#root, `subjects.${rehearse}`), "{}\n");
    }

    /** The process of the CLI that works on the stack now. */
    cli(): number {
        const [note] = readdirSync(path.join(this.#root, "running", "dev"));
        return Number(path.basename(note as string, ".json"));
    }

    /** Processes that the engine has started for this project and that still run: provider, language host, program. */
    leftBehind(): number[] {
        if (process.platform !== "linux") {
            return readdirSync(path.join(this.#root, "account"))
                .filter((name) => name.startsWith("provider-"))
                .map((name) => Number(name.slice("provider-".length)))
                .filter(processIsRunning);
        }
        return readdirSync("/proc")
            .map(Number)
            .filter((pid) => pid > 0 && environmentOf(pid).includes(`REHEARSAL_ACCOUNT=${this.#root}`));
    }

    remove(): void {
        rmSync(this.directory, { recursive: true, force: true });
    }
}

function environmentOf(pid: number): string {
    try {
        return readFileSync(`/proc/${pid}/environ`, "utf8");
    } catch {
        return "";
    }
}

async function until(condition: () => boolean, what: string): Promise<void> {
    for (const start = Date.now(); !condition();) {
        assert.ok(Date.now() - start < 60_000, `${what} did not happen`);
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
}

describe("rehearsal: a run that is killed", () => {
    let project: Project;

    before(async function () {
        // Where no CLI is installed the first run builds one.
        this.timeout(30 * 60_000);
        await locateCli({ onProgress: (doing) => process.stderr.write(`${doing}\n`) });
    });
    beforeEach(() => {
        project = new Project();
    });
    afterEach(() => project.remove());

    async function recovers(expected: RegExp): Promise<void> {
        const { code, output } = await project.up().ended;
        assert.equal(code, 0, output);
        assert.match(output, expected);
        assert.equal(project.inAccount().length, 4, output);
        assert.deepEqual(project.inAccount(), project.inState());
        assert.deepEqual(project.notedSubjects(), []);
    }

    it("kill -9 of the CLI in the middle of an up: the next up recovers, and nothing is left behind", async function () {
        this.timeout(120_000);
        const first = project.up();
        await until(() => project.inAccount().length === 2, "the second resource");
        assert.ok(project.leftBehind().length >= (process.platform === "linux" ? 4 : 1));
        process.kill(project.cli(), "SIGKILL");
        const { code, output } = await first.ended;
        assert.equal(code, 128 + 9);
        assert.match(output, /updating\.+\n/, "what follows begins a line of its own");
        await until(() => project.leftBehind().length === 0, "the end of what the engine had started");
        assert.equal(project.inAccount().length, 2);
        await recovers(/Removed the lock that process \d+ left[^]*Removed slow:index:Thing two .* did not record it/);
    });

    it("kill -9 of rehearse alone: the next up cancels what goes on unseen, then recovers", async function () {
        this.timeout(120_000);
        const first = project.up();
        await until(() => project.inAccount().length === 1, "the first resource");
        const cli = project.cli();
        project.noteSubject(first.process.pid);
        first.process.kill("SIGKILL");
        await first.ended;
        assert.ok(processIsRunning(cli));
        await recovers(/has lost its terminal and is still running/);
        assert.ok(!processIsRunning(cli));
    });

    it("Ctrl-C: the engine cancels in order, and the next up goes on", async function () {
        this.timeout(120_000);
        const first = project.up();
        await until(() => project.inAccount().length === 1, "the first resource");
        first.process.kill("SIGINT");
        const { code, output } = await first.ended;
        assert.notEqual(code, 0);
        assert.match(output, /\^C received; cancelling/);
        assert.deepEqual(project.inAccount(), project.inState());
        await recovers(/^ {4}\+ 3 created$/m);
    });

    it("a run that lives keeps its lock: a second one is refused by the engine's own message", async function () {
        this.timeout(180_000);
        project.remove();
        // On a busy machine the second one takes its time to start.
        project = new Project(10_000);
        const first = project.up();
        await until(() => project.inAccount().length === 1, "the first resource");
        const second = await project.up().ended;
        assert.notEqual(second.code, 0);
        assert.match(second.output, /the stack is currently locked by 1 lock/);
        assert.equal((await first.ended).code, 0);
        assert.deepEqual(project.inAccount(), project.inState());
    });
});
