import { type ChildProcess, spawn, type SpawnOptions } from "node:child_process";
import { createRequire } from "node:module";
import * as path from "node:path";

/** What a child process is for: the engine cancels programs, and ends each plugin by itself. */
export type Purpose = "program" | "plugin";

const endWithLanguageHost = path.join(__dirname, "..", "endWithLanguageHost.js");

/** Processes that were started for the engine, so that none outlives it. */
export class ChildProcesses {
    readonly #running = new Map<ChildProcess, Purpose>();
    readonly #ended = new WeakSet<ChildProcess>();

    start(
        purpose: Purpose,
        command: string,
        words: readonly string[],
        { env = process.env, ...options }: SpawnOptions,
    ): ChildProcess {
        const child = spawn(command, words, {
            ...options,
            env: {
                ...env,
                NODE_OPTIONS: `${env.NODE_OPTIONS ?? ""} --require ${JSON.stringify(endWithLanguageHost)}`.trim(),
                REHEARSAL_LANGUAGE_HOST_PROCESS: String(process.pid),
            },
        });
        this.#running.set(child, purpose);
        const forget = () => this.#running.delete(child);
        child.on("exit", forget).on("error", forget);
        return child;
    }

    /** Whether a process was ended by {@link end}, and not by itself. */
    wasEnded(child: ChildProcess): boolean {
        return this.#ended.has(child);
    }

    end(purpose: Purpose): void {
        for (const [child, its] of this.#running) {
            if (its === purpose) {
                this.#ended.add(child);
                child.kill("SIGTERM");
            }
        }
    }
}

/**
 * Finds a script of `@pulumi/pulumi` as the program itself would: the program, a pack and a plugin each run under the
 * SDK that lies in their own node_modules.
 */
export function sdkScript(directory: string, script: "run" | "run-policy-pack" | "run-plugin"): string {
    try {
        return createRequire(path.join(directory, "package.json")).resolve(`@pulumi/pulumi/cmd/${script}`);
    } catch {
        throw new Error(
            `The package @pulumi/pulumi is not installed for ${directory}. Run "npm install" there (or at the top of its repository), then try again.`,
        );
    }
}
