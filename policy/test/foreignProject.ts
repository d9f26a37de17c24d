import { execFile, type ExecFileException } from "node:child_process";
import { copyFile, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";

import { locateCli, rehearsalEnvironment } from "../../rehearsal/bin/engine";

const policyFolder = path.join(__dirname, "..");

export interface Answer {
    readonly code: number;
    readonly output: string;
}

/** A policy event as the engine says it. */
export interface PolicyEvent {
    readonly policyName: string;
    readonly enforcementLevel: string;
    readonly message: string;
    readonly resourceUrn?: string;
}

/** An empty folder of somebody else, in which the packed pack is installed from npm as anyone would. */
export class ForeignProject {
    readonly #cli: string;

    private constructor(
        readonly folder: string,
        cli: string,
    ) {
        this.#cli = cli;
    }

    static async make(): Promise<ForeignProject> {
        const { path: cli } = await locateCli();
        const project = new ForeignProject(await mkdtemp(path.join(tmpdir(), "foreign-")), cli);
        const { folder } = project;
        const shared = path.join(policyFolder, "..", "common");
        for (const packed of [shared, policyFolder]) {
            await project.#npm(packed, "pack", "--ignore-scripts", "--pack-destination", folder);
        }
        const tarballs = (await readdir(folder)).filter((name) => name.endsWith(".tgz"));
        if (tarballs.length !== 2) {
            throw new Error(`npm pack wrote ${tarballs.length} tarballs instead of 2.`);
        }
        await writeFile(path.join(folder, "package.json"), JSON.stringify({ name: "foreign", private: true }));
        const quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"];
        await project.#npm(folder, "install", ...quiet, ...tarballs.map((tarball) => `./${tarball}`));
        await project.#installProvider();
        return project;
    }

    /** Makes a Pulumi project of one of the programs beside this file, and a stack for it. */
    async program(name: string, runtime: string, file: string): Promise<void> {
        const folder = path.join(this.folder, name);
        await mkdir(folder);
        await copyFile(path.join(__dirname, "foreign", file), path.join(folder, file));
        await writeFile(path.join(folder, "Pulumi.yaml"), `name: ${name}\nruntime: ${runtime}\nmain: ${file}\n`);
        const created = await this.pulumi(folder, "stack", "init", "test");
        if (created.code !== 0) {
            throw new Error(created.output);
        }
    }

    /** Runs pulumi with the installed pack; gives what it printed and what the pack said. */
    async run(name: string, ...args: string[]): Promise<Answer & { readonly events: readonly PolicyEvent[] }> {
        const folder = path.join(this.folder, name);
        const log = path.join(folder, "events.json");
        await rm(log, { force: true });
        const answer = await this.pulumi(
            folder,
            ...args,
            ...["--policy-pack", "../node_modules/@encrypted-edge/policy", "--event-log", log],
        );
        const lines = (await readFile(log, "utf8").catch(() => "")).split("\n").filter((line) => line !== "");
        const events = lines.map((line) => JSON.parse(line) as { policyEvent?: PolicyEvent });
        return { ...answer, events: events.flatMap(({ policyEvent }) => policyEvent ?? []) };
    }

    async pulumi(folder: string, ...args: string[]): Promise<Answer> {
        const environment = { ...rehearsalEnvironment(this.folder), PULUMI_DEBUG_COMMANDS: "true" };
        return run(this.#cli, ["--non-interactive", "--color", "never", ...args], folder, environment);
    }

    /** Previews the Python stack with Pulumi's SDK from PyPI; undefined where this machine has no Python for it. */
    async previewPython(): Promise<Answer | undefined> {
        const environment = path.join(this.folder, "python");
        const made = await run("python3", ["-m", "venv", environment], this.folder, process.env);
        if (made.code !== 0) {
            return undefined;
        }
        const python = path.join(environment, "bin", "python");
        const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "pulumi==3.272.0"];
        const installed = await run(python, pip, this.folder, process.env);
        if (installed.code !== 0) {
            throw new Error(installed.output);
        }
        const program = path.join(__dirname, "foreign", "stack.py");
        const pack = path.join(this.folder, "node_modules", "@encrypted-edge", "policy");
        return run(python, [program, this.#cli, pack], this.folder, rehearsalEnvironment(this.folder));
    }

    async remove(): Promise<void> {
        await rm(this.folder, { recursive: true, force: true });
    }

    async #installProvider(): Promise<void> {
        const home = rehearsalEnvironment(this.folder).PULUMI_HOME ?? "";
        const plugin = path.join(home, "plugins", "resource-aws-v7.0.0");
        await mkdir(plugin, { recursive: true });
        const program = path.join(this.folder, "echoProvider.js");
        await cp(path.join(__dirname, "foreign", "echoProvider.js"), program);
        const start = `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`;
        await writeFile(path.join(plugin, "pulumi-resource-aws"), start, { mode: 0o755 });
    }

    async #npm(folder: string, ...args: string[]): Promise<void> {
        const { code, output } = await run("npm", args, folder, process.env);
        if (code !== 0) {
            throw new Error(`npm ${args[0] ?? ""} failed: ${output}`);
        }
    }
}

function run(file: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<Answer> {
    return new Promise((resolve) => {
        const options = { cwd, env, timeout: 240_000, maxBuffer: 64 * 1024 * 1024 };
        execFile(file, args, options, (error: ExecFileException | null, stdout, stderr) => {
            const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
            resolve({ code, output: `${stdout}${stderr}${code === -1 ? (error?.message ?? "") : ""}` });
        });
    });
}
